"""The letter that tells an operator that its word is waited for. Written by hand in each language. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from haetae.flow.hearings.states import About


@dataclass(frozen=True, kw_only=True)
class Words:
    subject: str
    text: str


_WHAT: Final[Mapping[str, Mapping[About, str]]] = {
    "ko": {
        About.REVIEW: "심의위원회가 귀사에 보낸 요청 한 건을 심의합니다.",
        About.ORDER: "규제기관이 귀사에 대한 시정명령을 준비하고 있습니다.",
        About.SANCTION: "규제기관이 과징금 또는 과태료 부과를 준비하고 있습니다.",
        About.DESIGNATION: "규제기관이 의무가 따르는 지정을 준비하고 있습니다.",
    },
    "en": {
        About.REVIEW: "The review commission decides about one of our requests to you.",
        About.ORDER: "The regulator prepares an order to you.",
        About.SANCTION: "The regulator prepares a surcharge or a fine.",
        About.DESIGNATION: "The regulator prepares a designation that brings duties with it.",
    },
}
_SUBJECT: Final = {"ko": "의견 제출 요청", "en": "You are asked for your opinion"}
_TEXT: Final = {
    "ko": (
        "{what}\n그에 앞서 의견을 듣습니다. 제출 기한: {until}\n\n{where}\n\n"
        "위 주소에서 로그인하면 내용을 읽고 의견을 내거나, 의견이 없다고 알릴 수 있습니다.\n"
        "기한까지 의견이 없으면 그대로 진행합니다.\n"
    ),
    "en": (
        "{what}\nBefore that you are asked what you think. Until: {until}\n\n{where}\n\n"
        "Sign in at this address to read what it is about, and to say what you think or that you have nothing to say.\n"
        "If nothing comes by then, it goes on without.\n"
    ),
}


def words_for(language: str, *, about: About, until: str, where: str) -> Words:
    """In the operator's language, or else in English. Nothing of what it is about stands in a mail."""
    spoken = language if language in _SUBJECT else "en"
    text = _TEXT[spoken].format(what=_WHAT[spoken][about], until=until, where=where)
    return Words(subject=_SUBJECT[spoken], text=text)
