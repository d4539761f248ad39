"""When two typed texts are one thing, and what is not taken. Pure: codes that pages word."""

import re
import unicodedata
from typing import Final

from haetae.agencies.investigation.linking.states import Kind

LONGEST: Final = 300
# Two signs in common are no watermark: they would link files that have nothing to do with each other.
WATERMARK_SHORTEST: Final = 4
_LINK: Final = re.compile(r"https://[^\s/?#@]+\.[^\s/?#@]+/\S+")


def plain(kind: Kind, text: str, *, service: str = "") -> str:
    """The form in which two of a kind are compared: what people write differently and mean alike is one."""
    if kind is Kind.CHANNEL:
        return text.strip()
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if kind is Kind.ACCOUNT:
        where = unicodedata.normalize("NFKC", service).casefold().strip().removeprefix("www.")
        return f"{where}\x1f{folded.removeprefix('@')}"
    return folded


def why_not_identifier(kind: Kind, text: str, *, service: str) -> str | None:
    """What stands against taking it, or None."""
    typed = text.strip()
    if not typed or len(typed) > LONGEST or not typed.isprintable():
        return "identifier_text"
    if kind is Kind.ACCOUNT and not 0 < len(service.strip()) <= LONGEST:
        return "identifier_service"
    if kind is Kind.CHANNEL and not _LINK.fullmatch(typed):
        return "identifier_link"
    return (
        "identifier_short"
        if kind is Kind.WATERMARK and len(plain(kind, typed)) < WATERMARK_SHORTEST
        else None
    )
