"""The statement of reasons of a decision as a document, in Korean and in English, each by hand. Pure."""

from datetime import date
from typing import Final

from haetae.documents.document import Document, Facts, Language, Paragraph, Part
from haetae.flow.hearings.states import Party, Unheard
from haetae.flow.hearings.states import State as Hearing
from haetae.flow.review.rules import Reason
from haetae.flow.review.statement import Heard, Statement
from haetae.flow.review.states import State

_DECISIONS: Final = {
    State.REMOVE: ("삭제", "Remove"),
    State.BLOCK_ACCESS: ("접속 차단", "Block access"),
    State.NOT_HARMFUL: ("해당 없음", "Not harmful"),
}
_ASKED: Final = {
    State.REMOVE: (
        "사업자는 게시물을 지체 없이 삭제하여야 합니다.",
        "The operator must delete the content without delay.",
    ),
    State.BLOCK_ACCESS: (
        "사업자는 게시물에 계속 접속할 수 없게 하여야 합니다.",
        "The operator must keep the content inaccessible for good.",
    ),
    State.NOT_HARMFUL: (
        "게시물을 그대로 둘 수 있습니다. 임시로 가려진 것은 다시 보이게 합니다.",
        "The content may stay. What was hidden for the time being is shown again.",
    ),
}
_GROUNDS: Final = {
    Reason.NO_CONSENT: (
        "당사자의 의사에 반하여 만들어지거나 퍼진 것",
        "made or spread against the will of the person in it",
    ),
    Reason.MANIPULATED: (
        "사람의 얼굴ㆍ신체 또는 음성을 편집하거나 합성한 것",
        "the face, body or voice of a person edited or synthesised",
    ),
    Reason.MINOR: (
        "등장하는 사람이 아동ㆍ청소년이거나 아동ㆍ청소년으로 보이는 것",
        "the person in it is, or looks like, a minor",
    ),
    Reason.OUT_OF_REACH: ("있는 곳에서 삭제할 수 없는 것", "it cannot be deleted where it lies"),
    Reason.LAWFUL: ("법을 어긴 내용이 없음", "nothing in it breaks the law"),
    Reason.MISTAKEN: ("대상으로 여긴 영상물이 아님", "not the picture that it was taken for"),
}
_PARTIES: Final = {Party.OPERATOR: ("사업자", "Operator"), Party.POSTER: ("게시자", "Whoever posted it")}
_HEARD: Final = {
    Hearing.ASKED: ("의견을 요청함", "asked"),
    Hearing.HEARD: ("의견을 들음", "heard"),
    Hearing.WAIVED: ("의견이 없다고 함", "had nothing to say"),
    Hearing.SILENT: ("의견을 요청하였으나 내지 않음", "asked, and said nothing"),
}
_UNHEARD: Final = {
    Unheard.URGENT: ("긴급하여 의견 청취를 생략함", "not heard: it was urgent"),
    Unheard.DIFFICULT: (
        "의견 청취가 뚜렷이 곤란하여 생략함",
        "not heard: it clearly could not be done",
    ),
    Unheard.UNNECESSARY: (
        "의견 청취가 명백히 불필요하여 생략함",
        "not heard: it was clearly not needed",
    ),
}


def statement_paper(statement: Statement, *, language: Language, addressed_to: str = "") -> Document:
    """For the operator unless `addressed_to` says for whom. No address of the content stands in it, and no name."""
    write = _korean if language is Language.KO else _english
    return write(statement, addressed_to=addressed_to or statement.operator)


def _korean(statement: Statement, *, addressed_to: str) -> Document:
    law = statement.law
    decision = [
        ("결정", _DECISIONS[statement.decision][0]),
        ("사유", _GROUNDS[statement.reason][0]),
        ("결정일", _day_ko(statement.decided_on)),
    ]
    vote = [
        ("찬성", f"{statement.votes_for}명"),
        ("그 밖의 표", f"{statement.votes_against}명"),
        ("회피", f"{statement.recused}명"),
        ("의결 요건", f"위원 정수 {law.seats}명 중 {law.needed}명의 찬성"),
    ]
    if statement.round > 1:
        vote.append(("표결", f"{statement.round}차 표결에서 결정"))
    return Document(
        language=Language.KO,
        title="심의 결정서",
        issuer=statement.commission_ko,
        on=statement.decided_on,
        addressed_to=addressed_to,
        parts=[
            Part(title="결정", content=[Facts(rows=decision), Paragraph(text=_ASKED[statement.decision][0])]),
            Part(title="이유", content=[Paragraph(text=reason) for reason in statement.reasons]),
            Part(title="의결", content=[Facts(rows=vote)]),
            Part(title="의견 청취", content=[_heard(statement, 0, none="의견을 요청하지 않음")]),
        ],
        law=[law.source.cite_ko(article) for article in _articles(statement)],
        notes=[] if law.verified else ["의결 규정이 합성물에도 적용되는지는 확인되지 않았습니다."],
        how_to_contest=f"게시자는 {_day_ko(statement.object_until)}까지 이의를 제기할 수 있습니다.",
    )


def _english(statement: Statement, *, addressed_to: str) -> Document:
    law = statement.law
    decision = [
        ("Decision", _DECISIONS[statement.decision][1]),
        ("Ground", _GROUNDS[statement.reason][1]),
        ("Decided on", _day_en(statement.decided_on)),
    ]
    vote = [
        ("For", str(statement.votes_for)),
        ("Otherwise", str(statement.votes_against)),
        ("Took no part", str(statement.recused)),
        ("Needed", f"{law.needed} of {law.seats} seats must agree"),
    ]
    if statement.round > 1:
        vote.append(("Round", f"decided in round {statement.round}"))
    return Document(
        language=Language.EN,
        title="Decision of the review commission",
        issuer=statement.commission_en,
        on=statement.decided_on,
        addressed_to=addressed_to,
        parts=[
            Part(
                title="Decision",
                content=[Facts(rows=decision), Paragraph(text=_ASKED[statement.decision][1])],
            ),
            Part(title="Reasons", content=[Paragraph(text=reason) for reason in statement.reasons]),
            Part(title="Vote", content=[Facts(rows=vote)]),
            Part(title="Hearing", content=[_heard(statement, 1, none="Nobody was asked.")]),
        ],
        law=[law.source.cite_en(article) for article in _articles(statement)],
        notes=[] if law.verified else ["Whether the rule on this vote covers edited media was not checked."],
        how_to_contest=f"Whoever posted it may object until {_day_en(statement.object_until)}.",
    )


def _articles(statement: Statement) -> tuple[str, ...]:
    law = statement.law
    return (law.article, law.hearing_article, law.appeal_article)


def _heard(statement: Statement, language: int, *, none: str) -> Facts | Paragraph:
    rows = [(_PARTIES[one.party][language], _how(one)[language]) for one in statement.heard]
    return Facts(rows=rows) if rows else Paragraph(text=none)


def _how(heard: Heard) -> tuple[str, str]:
    if heard.state is Hearing.LEFT_OUT and heard.exception is not None:
        return _UNHEARD[heard.exception]
    return _HEARD[heard.state]


def _day_ko(day: date) -> str:
    return f"{day.year}년 {day.month}월 {day.day}일"


def _day_en(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
