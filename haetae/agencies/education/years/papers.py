"""The letter by which a training of managers is ordered."""

from typing import Final

from django.conf import settings
from django.utils import timezone

from haetae.agencies.education.models import Training
from haetae.agencies.education.states import Poor
from haetae.common import clock
from haetae.documents.document import Document, Facts, Language, Paragraph, Part
from haetae.documents.words import long_day
from haetae.law.facts import Role
from haetae.law.packs import load_pack

_POOR_KO: Final = {
    Poor.NO_REPORT: "교육 실적을 제출하지 않음",
    Poor.NO_SESSION: "교육을 실시하지 않음",
    Poor.TOO_SHORT: "교육 시간이 모자람",
    Poor.FEW_OF_THE_STAFF: "교육을 받은 직원의 비율이 낮음",
    Poor.HEAD_ABSENT: "기관장이 교육을 받지 않음",
}
_POOR_EN: Final = {
    Poor.NO_REPORT: "no report was handed in",
    Poor.NO_SESSION: "no session was held",
    Poor.TOO_SHORT: "the sessions were too short",
    Poor.FEW_OF_THE_STAFF: "few of the staff were taught",
    Poor.HEAD_ABSENT: "the head was not taught",
}


def letters_of(training: Training) -> tuple[Document, Document]:
    """In Korean and in English, as it is ordered."""
    pack, on = load_pack(settings.JURISDICTION), timezone.localdate(clock.now())
    agency, owed = pack.agency(role=Role.SUPPORT_MINISTRY, on=on), pack.teaching
    assert training.due_at is not None
    by, row = timezone.localdate(training.due_at), training.year
    reasons = [Poor(reason) for reason in row.poor]
    korean = Document(
        language=Language.KO,
        title="관리자 특별교육 통지서",
        issuer=agency.name_ko,
        on=on,
        addressed_to=f"{row.institution.name} 기관장 귀하",
        parts=[
            Part(
                title="",
                content=[
                    Paragraph(
                        text="점검 결과 예방교육이 부실하다고 인정되어 관리자 특별교육을 실시하도록 합니다."
                    ),
                    Facts(
                        rows=[
                            ("점검한 해", f"{row.year}년"),
                            ("사유", ", ".join(_POOR_KO[reason] for reason in reasons)),
                            ("실시할 날", f"{long_day(by, Language.KO)}까지"),
                        ]
                    ),
                ],
            ),
        ],
        law=[one.source.cite_ko(one.article) for one in (owed.check, owed.training)],
        notes=["실시할 날과 직원 비율의 기준은 이 시스템의 운영 기준이며, 법령에서 읽은 값이 아닙니다."],
        how_to_contest="이 통지에 이의가 있으면 통지서를 보낸 기관에 문의하거나 행정심판·행정소송을 제기할 수 있습니다."
        " 제기 기간은 이 시스템이 확인하지 않았습니다.",
    )
    english = Document(
        language=Language.EN,
        title="Training of managers",
        issuer=agency.name_en,
        on=on,
        addressed_to=f"The head of {row.institution.name}",
        parts=[
            Part(
                title="",
                content=[
                    Paragraph(
                        text="The yearly check found your teaching poor. Your managers have to be trained."
                    ),
                    Facts(
                        rows=[
                            ("Year that was checked", str(row.year)),
                            ("Because", ", ".join(_POOR_EN[reason] for reason in reasons)),
                            ("By", long_day(by, Language.EN)),
                        ]
                    ),
                ],
            ),
        ],
        law=[one.source.cite_en(one.article) for one in (owed.check, owed.training)],
        notes=[
            "The day, and the share of staff that counts as few, are our own rules and were not read in a law."
        ],
        how_to_contest="If you disagree, ask the agency that sent this letter, or contest it by an administrative"
        " appeal or in court. This system has not checked how long you have for that.",
    )
    return korean, english
