"""Which language the reader has: facts of the law come in both."""

from django.conf import settings
from django.utils.translation import get_language


def in_korean() -> bool:
    return (get_language() or settings.LANGUAGE_CODE).startswith("ko")
