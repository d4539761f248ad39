"""The notice to whoever has to pay what a deletion cost: a document in both languages, with its calculation. Pure.

No address of a picture and no person shown is in it: places are counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from haetae.agencies.recovery.states import Work
from haetae.documents.document import Document, Facts, Language, Paragraph, Part, Table
from haetae.documents.words import long_day


@dataclass(frozen=True, kw_only=True)
class Priced:
    """One line: pieces of work at one price, which the ministry set for work from `since` on, resting on `source`."""

    work: Work
    pieces: int
    each_won: int
    since: date
    source: str

    @property
    def won(self) -> int:
        return self.pieces * self.each_won


@dataclass(frozen=True, kw_only=True)
class Notice:
    """`law` names the two articles in Korean and in English; `left_out` is work that no price held for."""

    name: str
    address: str
    decision: str
    decided_on: date
    pay_to: str
    places: int
    lines: Sequence[Priced]
    left_out: int
    pay_within_days: int
    issuer: tuple[str, str]
    law: tuple[Sequence[str], Sequence[str]]
    on: date

    @property
    def won(self) -> int:
        return sum(line.won for line in self.lines)


_WORK_KO: Final = {
    Work.EXAMINATION: "게시된 사진·영상의 검사",
    Work.REQUEST: "사업자에게 보낸 삭제 요청",
    Work.LOOK: "삭제 여부의 확인",
}
_WORK_EN: Final = {
    Work.EXAMINATION: "Pictures or films examined",
    Work.REQUEST: "Requests to delete sent to operators",
    Work.LOOK: "Looks whether they are gone",
}


def letters(notice: Notice) -> tuple[Document, Document]:
    """The Korean one first: that is the one that binds."""
    return _korean(notice), _english(notice)


def _korean(notice: Notice) -> Document:
    rows = [
        ("납부할 금액", f"{notice.won:,}원"),
        ("납부 기한", f"이 통지서를 받은 날의 다음 날부터 {notice.pay_within_days}일 이내"),
        ("납부할 곳", notice.pay_to),
        ("근거가 된 재판", f"{notice.decision} ({long_day(notice.decided_on, Language.KO)})"),
        ("삭제를 지원한 게시 위치", f"{notice.places:,}곳"),
    ]
    lines = [
        (_WORK_KO[line.work], f"{line.pieces:,}건", f"{line.each_won:,}원", f"{line.won:,}원")
        for line in notice.lines
    ]
    return Document(
        language=Language.KO,
        title="삭제 지원 비용 납부 통지서",
        issuer=notice.issuer[0],
        on=notice.on,
        addressed_to=f"{notice.name} 귀하, {notice.address}",
        parts=[
            Part(
                title="",
                content=[
                    Paragraph(
                        text="불법 촬영물·합성물의 삭제를 지원하는 데 든 비용을 아래와 같이 청구합니다."
                    ),
                    Facts(rows=rows),
                ],
            ),
            Part(
                title="산정 내역",
                content=[
                    Table(
                        head=("한 일", "건수", "단가", "금액"),
                        rows=[*lines, ("합계", "", "", f"{notice.won:,}원")],
                        numeric=frozenset({1, 2, 3}),
                    )
                ],
            ),
            Part(title="단가의 근거", content=[Facts(rows=_sources(notice, Language.KO))]),
            Part(title="안내", content=_good_to_know_ko(notice)),
        ],
        law=notice.law[0],
        notes=["단가는 소관 부처가 정한 금액이며, 법령에서 읽은 금액이 아닙니다."],
        how_to_contest="이 청구에 이의가 있으면 통지서를 보낸 기관에 문의하거나 행정심판·행정소송을 제기할 수 있습니다."
        " 제기 기간은 이 시스템이 확인하지 않았습니다.",
    )


def _english(notice: Notice) -> Document:
    rows = [
        ("Sum to pay", f"{notice.won:,} won"),
        ("By when", f"within {notice.pay_within_days} days from the day after this notice reached you"),
        ("To where", notice.pay_to),
        ("Decision that it rests on", f"{notice.decision} ({long_day(notice.decided_on, Language.EN)})"),
        ("Places that were deleted", f"{notice.places:,}"),
    ]
    lines = [
        (_WORK_EN[line.work], f"{line.pieces:,}", f"{line.each_won:,} won", f"{line.won:,} won")
        for line in notice.lines
    ]
    return Document(
        language=Language.EN,
        title="Notice to pay what a deletion cost",
        issuer=notice.issuer[1],
        on=notice.on,
        addressed_to=f"{notice.name}, {notice.address}",
        parts=[
            Part(
                title="",
                content=[
                    Paragraph(
                        text="You are asked to pay what it cost to have the pictures or films deleted."
                    ),
                    Facts(rows=rows),
                ],
            ),
            Part(
                title="How the sum comes about",
                content=[
                    Table(
                        head=("Work", "Pieces", "Each", "Sum"),
                        rows=[*lines, ("Together", "", "", f"{notice.won:,} won")],
                        numeric=frozenset({1, 2, 3}),
                    )
                ],
            ),
            Part(title="Where the prices come from", content=[Facts(rows=_sources(notice, Language.EN))]),
            Part(title="Good to know", content=_good_to_know_en(notice)),
        ],
        law=notice.law[1],
        notes=["The ministry has set the prices; they were not read in a law."],
        how_to_contest="If you disagree, ask the agency that sent this notice, or contest it by an administrative"
        " appeal or in court. This system has not checked how long you have for that.",
    )


def _good_to_know_ko(notice: Notice) -> list[Paragraph]:
    return [
        Paragraph(
            text="건수는 이 시스템의 기록에서 세었습니다. 한 건마다 증명하는 기록이 있으며, 확인을 요청할 수 있습니다."
        ),
        *(
            [Paragraph(text=f"단가가 없는 일 {notice.left_out:,}건은 청구하지 않았습니다.")]
            if notice.left_out
            else []
        ),
        Paragraph(text="나누어 낼 수 있으며, 낸 만큼 남은 금액이 줄어듭니다."),
    ]


def _good_to_know_en(notice: Notice) -> list[Paragraph]:
    return [
        Paragraph(
            text="The pieces are counted in the record of this system. A row proves each of them,"
            " and you can ask to have them checked."
        ),
        *(
            [Paragraph(text=f"Work that has no price is not charged: {notice.left_out:,} pieces.")]
            if notice.left_out
            else []
        ),
        Paragraph(text="You can pay in parts. Each part lowers what is left."),
    ]


def _sources(notice: Notice, language: Language) -> list[tuple[str, str]]:
    names = _WORK_KO if language is Language.KO else _WORK_EN
    mark = "부터" if language is Language.KO else " on"
    start = "" if language is Language.KO else "from "
    return [
        (names[line.work], f"{line.source} ({start}{long_day(line.since, language)}{mark})")
        for line in notice.lines
    ]
