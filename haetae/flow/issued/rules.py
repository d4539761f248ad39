"""How a document is numbered, and how a number or a digest that somebody types is read. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from haetae.documents.document import Document, Language
from haetae.law.facts import Agency

_INITIALS: Final = re.compile(r"\(([A-Z0-9]{2,8})\)")
_REFERENCE: Final = re.compile(r"[A-Z0-9_]{2,20}-[0-9]{4}-[0-9]{6,9}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class NotTwoLanguagesError(ValueError):
    """A document is issued in Korean and in English, once each."""


def prefix_of(agency: Agency) -> str:
    """The agency's own letters, as they stand behind its English name; else what it does."""
    found = _INITIALS.search(agency.name_en)
    return found.group(1) if found else agency.role.value.upper()


def reference_of(*, prefix: str, year: int, number: int) -> str:
    """KMCC-2026-000123."""
    return f"{prefix}-{year}-{number:06d}"


def read_reference(typed: str) -> str | None:
    """As it was meant: in capitals, without blanks; None for what cannot be one."""
    text = (
        re.sub(r"\s+", "", unicodedata.normalize("NFKC", typed[:80]))
        .upper()
        .replace("–", "-")
        .replace("‐", "-")
    )
    return text if _REFERENCE.fullmatch(text) else None


def read_digest(typed: str) -> str | None:
    """64 hex digits, however they are grouped; None for what cannot be a digest."""
    text = re.sub(r"[\s:-]+", "", unicodedata.normalize("NFKC", typed[:400])).lower()
    return text if _DIGEST.fullmatch(text) else None


def completed(
    documents: Sequence[Document], *, reference: str, address: str, agency: Agency, on: date
) -> dict[Language, Document]:
    """What its author wrote, with what only issuing gives. Raises NotTwoLanguagesError."""
    names = {Language.KO: agency.name_ko, Language.EN: agency.name_en}
    whole = {
        one.language: replace(one, reference=reference, address=address, issuer=names[one.language], on=on)
        for one in documents
    }
    if len(documents) != len(names) or set(whole) != set(names):
        raise NotTwoLanguagesError("A document is issued in Korean and in English, once each.")
    return whole
