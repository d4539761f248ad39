"""The certificate of a session: a document with a line for a name, which this system never learns."""

from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.utils import timezone

from haetae.agencies.education.lessons.facts import Audience
from haetae.agencies.education.lessons.reading import read
from haetae.agencies.education.models import Session
from haetae.agencies.education.states import Method
from haetae.common import clock
from haetae.documents.document import Document, Facts, Language, Paragraph, Part
from haetae.documents.words import long_day
from haetae.law.facts import Role
from haetae.law.packs import load_pack

_METHODS_KO: Final = {
    Method.LECTURE: "강의",
    Method.DISCUSSION: "토의",
    Method.FILM: "시청각 교육",
    Method.ONLINE: "온라인 교육",
    Method.BOOTH: "체험 부스",
}
_METHODS_EN: Final = {
    Method.LECTURE: "lecture",
    Method.DISCUSSION: "discussion",
    Method.FILM: "film",
    Method.ONLINE: "online",
    Method.BOOTH: "booth",
}
_LINE: Final = "＿" * 12


def letters_of(session: Session) -> tuple[Document, Document]:
    """In Korean and in English, as the session is recorded."""
    pack, on = load_pack(settings.JURISDICTION), timezone.localdate(clock.now())
    agency, law = pack.agency(role=Role.INSTITUTION, on=on), pack.teaching.records
    korean = Document(
        language=Language.KO,
        title="교육 이수 확인서",
        issuer=agency.name_ko,
        on=on,
        addressed_to=f"이름: {_LINE}",
        parts=[
            Part(
                title="",
                content=[
                    Paragraph(text="위 사람은 아래 교육을 받았음을 확인합니다."),
                    Facts(
                        rows=[
                            ("교육을 실시한 기관", session.institution.name),
                            ("교육일", long_day(session.on, Language.KO)),
                            ("교육 시간", f"{session.minutes:,}분"),
                            ("교육 방법", _METHODS_KO[Method(session.method)]),
                            ("교육 내용", _content(session, Language.KO)),
                        ]
                    ),
                ],
            ),
        ],
        law=[law.source.cite_ko(law.article)],
        notes=[
            "이름은 받은 사람이나 기관이 직접 적습니다. 이 시스템은 교육을 받은 사람의 이름을 저장하지 않으므로, "
            "누가 교육을 받았는지는 기관이 보관하는 명단으로 확인합니다."
        ],
    )
    english = Document(
        language=Language.EN,
        title="Certificate of a session",
        issuer=agency.name_en,
        on=on,
        addressed_to=f"Name: {_LINE}",
        parts=[
            Part(
                title="",
                content=[
                    Paragraph(text="The person named above took part in this session."),
                    Facts(
                        rows=[
                            ("Institution", session.institution.name),
                            ("Day", long_day(session.on, Language.EN)),
                            ("Length", f"{session.minutes:,} minutes"),
                            ("Method", _METHODS_EN[Method(session.method)]),
                            ("Content", _content(session, Language.EN)),
                        ]
                    ),
                ],
            ),
        ],
        law=[law.source.cite_en(law.article)],
        notes=[
            "The name is written by the person or the institution. This system keeps no name of anybody who was "
            "taught: who took part is shown by the list that the institution keeps."
        ],
    )
    return korean, english


def _content(session: Session, language: Language) -> str:
    """The lessons with the day of their text, and what else was taught."""
    said: Sequence[str] = [
        f"{titles[Audience(audience)]} ({day})"
        for titles in [_titles(language)]
        for audience, day in sorted(session.lessons.items())
    ]
    return "; ".join([*said, *([session.content] if session.content else [])])


def _titles(language: Language) -> dict[Audience, str]:
    pack, on = load_pack(settings.JURISDICTION), timezone.localdate(clock.now())
    return {lesson.audience: lesson.title for lesson in read(language.value, pack=pack, on=on)}
