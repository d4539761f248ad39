"""What a mail says: nothing that tells anybody else anything. Written by hand in each language."""

from dataclasses import dataclass
from typing import Final

from haetae.agencies.support.notices.states import Cause


@dataclass(frozen=True, kw_only=True)
class Words:
    subject: str
    text: str


_SUBJECT: Final = {"ko": "안내", "en": "Information"}
_TEXT: Final = {
    ("ko", Cause.CONFIRM): (
        "확인 번호: {code}\n\n"
        "번호를 요청한 페이지에 30분 안에 입력하세요.\n"
        "요청한 적이 없다면 아무것도 하지 않아도 돼요. 메일이 더 오지 않아요.\n"
    ),
    ("ko", Cause.GONE): (
        "알고 있는 페이지에 새로운 내용이 있어요.\n\n그만 받고 싶으면 그 페이지에서 언제든 끌 수 있어요.\n"
    ),
    ("ko", Cause.MONTH): (
        "한 달에 한 번 받기로 한 안내예요. 알고 있는 페이지를 보고 싶을 때 보세요.\n\n"
        "그만 받고 싶으면 그 페이지에서 언제든 끌 수 있어요.\n"
    ),
    ("en", Cause.CONFIRM): (
        "Your number: {code}\n\n"
        "Type it in within 30 minutes, on the page where you asked for it.\n"
        "You asked for nothing? Then you need do nothing, and no more mail comes.\n"
    ),
    ("en", Cause.GONE): (
        "There is something new on the page you know.\n\nYou can stop these mails on that page at any time.\n"
    ),
    ("en", Cause.MONTH): (
        "You wanted to hear from us once a month. Look at the page you know whenever you like.\n\n"
        "You can stop these mails on that page at any time.\n"
    ),
}


def words_for(cause: Cause, *, language: str, code: str = "") -> Words:
    """In the person's language, or else in Korean."""
    spoken = language if language in _SUBJECT else "ko"
    return Words(subject=_SUBJECT[spoken], text=_TEXT[spoken, cause].format(code=code))
