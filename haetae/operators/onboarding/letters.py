"""The letter with the first sign-in. Written by hand in each language."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class Words:
    subject: str
    text: str


_SUBJECT: Final = {"ko": "사업자 창구 첫 로그인", "en": "Your first sign-in at the operators' desk"}
_TEXT: Final = {
    "ko": (
        "신청이 승인되었습니다. 아래 주소로 한 번 로그인할 수 있습니다. 주소는 1시간 동안 열립니다.\n\n{where}\n\n"
        "로그인 이름은 {name} 입니다. 들어가면 먼저 2단계 인증(패스키나 앱)을 설정하십시오.\n"
        "시간이 지났으면 담당 기관에 새 주소를 요청하십시오.\n"
    ),
    "en": (
        "Your application was approved. This address signs you in once, within an hour.\n\n{where}\n\n"
        "Your name there is {name}. First set up a second step: a passkey, or an app that shows codes.\n"
        "If the hour is over, ask the agency for a new address.\n"
    ),
}


def words_for(language: str, *, where: str, name: str) -> Words:
    """In the operator's language, or else in English."""
    spoken = language if language in _SUBJECT else "en"
    return Words(subject=_SUBJECT[spoken], text=_TEXT[spoken].format(where=where, name=name))
