"""The reports to the commission and to the assembly as documents, in Korean and in English, each by hand. Pure.

They bear a number and no address at which anybody could ask about them: they are secret (SCA 22-8).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from haetae.agencies.investigation.undercover.reports.rules import AssemblyReport, CommissionReport
from haetae.agencies.investigation.undercover.states import WhyEnded
from haetae.documents.document import Document, Facts, Language, Paragraph, Part, Table

_REASONS: Final[Mapping[Language, Mapping[str, str]]] = {
    Language.KO: {
        WhyEnded.PURPOSE_REACHED: "목적 달성",
        WhyEnded.PERIOD_OVER: "승인 기간 만료",
        WhyEnded.NOT_PERMITTED_IN_TIME: "48시간 안에 승인받지 못함",
        WhyEnded.REFUSED: "승인하지 않음",
        WhyEnded.WITHDRAWN: "신청 철회",
        WhyEnded.GIVEN_UP: "중단",
    },
    Language.EN: {
        WhyEnded.PURPOSE_REACHED: "purpose reached",
        WhyEnded.PERIOD_OVER: "the approved period is over",
        WhyEnded.NOT_PERMITTED_IN_TIME: "not approved within 48 hours",
        WhyEnded.REFUSED: "refused",
        WhyEnded.WITHDRAWN: "application taken back",
        WhyEnded.GIVEN_UP: "given up",
    },
}
_KEPT_CLOSE_KO: Final = "비밀입니다. 직무상 알게 된 사항을 외부에 공개하거나 누설하여서는 아니 됩니다."
_KEPT_CLOSE_EN: Final = "Secret. What is learned from it in office may not be told or published."


@dataclass(frozen=True, kw_only=True)
class Frame:
    """From whom, to whom, by which law; in Korean and in English. `number` names the report."""

    issuer: tuple[str, str]
    receiver: tuple[str, str]
    law: tuple[str, str]
    on: date
    zone: ZoneInfo
    number: str


def commission_letter(report: CommissionReport, frame: Frame, language: Language) -> Document:
    """Exactly the eight things of the decree."""
    ko = language is Language.KO
    missing = "아직 적지 않음" if ko else "not written yet"
    rows = [
        ("요청 관서" if ko else "Requesting office", report.office),
        ("승인 기간" if ko else "Approved period", _period(report.approved_period, frame, ko=ko)),
        ("종료 일시" if ko else "Ended", _moment(report.ended_at, frame)),
        ("종료 사유" if ko else "Reason of the end", _REASONS[language][report.end_reason]),
        ("대상" if ko else "Target", "; ".join(report.target)),
        ("방법" if ko else "Method", "; ".join(report.method)),
        ("주요 내용" if ko else "Summary", report.summary or missing),
        ("필요성" if ko else "Why it was necessary", report.necessity),
    ]
    title = "신분비공개수사 종료 보고" if ko else "Report on an undisclosed operation that has ended"
    return _document(title, [Facts(rows=rows)], frame, language)


def assembly_letter(report: AssemblyReport, frame: Frame, language: Language) -> Document:
    """A half-year: how many, and of each the office, the period, the end and its reason."""
    ko = language is Language.KO
    if ko:
        title = f"신분비공개수사 반기 보고({report.year}년 {'상' if report.half == 1 else '하'}반기)"
        head = ["요청 관서", "승인 기간", "종료 일시", "종료 사유"]
        said = f"이 반기에 끝난 신분비공개수사는 {report.count}건입니다."
    else:
        title = f"Undisclosed operations, half-year {report.half} of {report.year}"
        head = ["Office", "Approved period", "Ended", "Reason of the end"]
        said = f"Undisclosed operations that ended in this half-year: {report.count}."
    rows = [
        [
            one.office,
            _period(one.approved_period, frame, ko=ko),
            _moment(one.ended_at, frame),
            _REASONS[language][one.end_reason],
        ]
        for one in report.lines
    ]
    content: list[Paragraph | Facts | Table] = [Paragraph(text=said)]
    if rows:
        content.append(Table(head=head, rows=rows))
    return _document(title, content, frame, language)


def _document(
    title: str, content: list[Paragraph | Facts | Table] | list[Facts], frame: Frame, language: Language
) -> Document:
    at = 0 if language is Language.KO else 1
    return Document(
        language=language,
        title=title,
        issuer=frame.issuer[at],
        on=frame.on,
        addressed_to=frame.receiver[at],
        parts=[Part(title="", content=content)],
        law=[frame.law[at]],
        notes=[_KEPT_CLOSE_KO if language is Language.KO else _KEPT_CLOSE_EN],
        reference=frame.number,
    )


def _period(period: tuple[datetime, datetime] | None, frame: Frame, *, ko: bool) -> str:
    if period is None:
        return "승인받지 못함" if ko else "never approved"
    return f"{_moment(period[0], frame)} – {_moment(period[1], frame)}"


def _moment(at: datetime, frame: Frame) -> str:
    return at.astimezone(frame.zone).strftime("%Y-%m-%d %H:%M")
