"""The mail that says that an order waits at the desk, by hand in each language; of the order nothing is in it."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class Words:
    subject: str
    text: str


_SUBJECT: Final = {"ko": "시정명령이 도착했습니다", "en": "An order has been made"}
_TEXT: Final = {
    "ko": (
        "{agency}의 시정명령이 사업자 창구에 있습니다. 관리자로 로그인하여 읽으십시오.\n\n{where}\n\n"
        "언제까지 무엇을 해야 하는지, 어떻게 다툴 수 있는지는 명령에 적혀 있습니다.\n"
    ),
    "en": (
        "The {agency} has made an order that concerns you. It lies at the operators' desk; sign in to read it.\n\n"
        "{where}\n\nThe order says what to do by when, and how to contest it.\n"
    ),
}


def words_for(language: str, *, where: str, agency_ko: str, agency_en: str) -> Words:
    """In the operator's language, or else in English. The agency has the name of the day."""
    spoken = language if language in _SUBJECT else "en"
    agency = agency_ko if spoken == "ko" else agency_en
    return Words(subject=_SUBJECT[spoken], text=_TEXT[spoken].format(where=where, agency=agency))
