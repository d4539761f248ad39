"""The notice of a designation as a letter, in Korean and in English, each written by hand. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from haetae.documents.document import Document, Facts, Language, Paragraph, Part


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What both letters say. `issuer` and `law` are in both languages, Korean first; times are plain words of a day."""

    operator: str
    issuer: tuple[str, str]
    law: tuple[str, str]
    on: date
    reason: str
    daily_users: int
    users_on: date
    users_found: bool
    users_at_least: int
    channels: int
    last_seen_on: date | None
    name_within_days: int
    reply_within_hours: int


def letters(notice: Notice) -> tuple[Document, Document]:
    """The Korean one first."""
    return _korean(notice), _english(notice)


def _korean(notice: Notice) -> Document:
    return Document(
        language=Language.KO,
        title="청소년유해정보 매개·제공자 지정 통지서",
        issuer=notice.issuer[0],
        on=notice.on,
        addressed_to=f"{notice.operator} 귀중",
        parts=[
            _said("귀사를 청소년에게 유해한 정보를 매개·제공하는 사업자로 지정합니다."),
            Part(
                title="1. 근거가 된 사실",
                content=[Facts(rows=_rests_on_ko(notice)), Paragraph(text=notice.reason)],
            ),
            Part(title="2. 하실 일", content=[Facts(rows=_asked_ko(notice))]),
        ],
        law=[notice.law[0]],
        notes=_NOTES_KO,
        how_to_contest=_CONTEST_KO,
    )


def _rests_on_ko(notice: Notice) -> list[tuple[str, str]]:
    who = "규제기관이 확인" if notice.users_found else "귀사가 알림"
    users = f"{notice.daily_users:,}명({_day_ko(notice.users_on)}, {who})"
    return [
        ("하루 평균 이용자", f"{users}. 기준 {notice.users_at_least:,}명"),
        ("공개 채널", f"누구나 볼 수 있는 초대 링크 {notice.channels}개{_seen_ko(notice.last_seen_on)}"),
    ]


def _asked_ko(notice: Notice) -> list[tuple[str, str]]:
    days, hours = notice.name_within_days, notice.reply_within_hours
    return [
        ("청소년보호책임자", f"서명한 때부터 {days}일 안에 지정하여 알려 주십시오."),
        ("핫라인", f"같은 기간 안에 연락처를 알려 주시고, {hours}시간 안에 회신해 주십시오."),
    ]


def _english(notice: Notice) -> Document:
    return Document(
        language=Language.EN,
        title="Designation as an intermediary of content harmful to minors",
        issuer=notice.issuer[1],
        on=notice.on,
        addressed_to=notice.operator,
        parts=[
            _said("You are designated as an intermediary that provides content harmful to minors."),
            Part(
                title="1. What it rests on",
                content=[Facts(rows=_rests_on_en(notice)), Paragraph(text=notice.reason)],
            ),
            Part(title="2. What you have to do", content=[Facts(rows=_asked_en(notice))]),
        ],
        law=[notice.law[1]],
        notes=_NOTES_EN,
        how_to_contest=_CONTEST_EN,
    )


def _rests_on_en(notice: Notice) -> list[tuple[str, str]]:
    who = "found by the regulator" if notice.users_found else "as you told us"
    users = f"{notice.daily_users:,} ({_day_en(notice.users_on)}, {who})"
    return [
        ("Users a day", f"{users}; it applies from {notice.users_at_least:,} on"),
        ("Open channels", f"{notice.channels} invitations in public{_seen_en(notice.last_seen_on)}"),
    ]


def _asked_en(notice: Notice) -> list[tuple[str, str]]:
    days, hours = notice.name_within_days, notice.reply_within_hours
    return [
        ("Youth protection officer", f"Name one, and tell us within {days} days of the signature."),
        ("Hotline", f"Tell us its address within the same time, and answer there within {hours} hours."),
    ]


def _said(text: str) -> Part:
    """The sentence that the letter is about; it stands above everything, without a heading."""
    return Part(title="", content=[Paragraph(text=text)])


_CONTEST_KO: Final = (
    "이 지정에 이의가 있으면 행정심판이나 행정소송을 제기할 수 있습니다. "
    "제기 기간은 이 시스템이 확인하지 않았으므로 지정한 기관에 문의하십시오."
)
_CONTEST_EN: Final = (
    "You can contest this designation by an administrative appeal or in court. "
    "This system has not checked how long you have for that: ask the agency that made it."
)
_NOTES_KO: Final = (
    "개정된 청소년 보호법을 읽지 못하여, 이 지정의 법적 근거를 법령의 본문과 대조하지 못하였습니다.",
    "책임자를 알리는 기간과 회신 시간은 2024년의 관행이며, 법이 정한 기한이 아닙니다.",
    "이유는 작성된 언어 그대로 적었습니다.",
)
_NOTES_EN: Final = (
    "The Youth Protection Act was not read in its newest form: the basis was not checked against its text.",
    "The time to name an officer and the time to answer are practice of 2024, and no term of a law.",
    "The reasons stand in the language in which they were written.",
)


def _day_ko(day: date) -> str:
    return f"{day.year}년 {day.month}월 {day.day}일 기준"


def _day_en(day: date) -> str:
    return f"as of {day.day} {day:%B %Y}"


def _seen_ko(day: date | None) -> str:
    return f"(마지막 확인 {day.year}년 {day.month}월 {day.day}일)" if day else ""


def _seen_en(day: date | None) -> str:
    return f", last seen on {day.day} {day:%B %Y}" if day else ""
