"""Why somebody takes the log out of the house. Pure; codes, because a text could name a person."""

from enum import StrEnum


class ExportReason(StrEnum):
    AUDIT = "audit"  # an audit by law or by order
    COURT = "court"  # a court or a party asks for it
    DOUBT = "doubt"  # somebody doubts the record
    KEPT_OUTSIDE = "kept_outside"  # given away regularly, so that nobody can cut the log back


def why_not_export(*, first: int, size: int, reason: str) -> str | None:
    """`log_reason`, `log_heads` (no head, or they are in the wrong order), or None."""
    if reason not in set(ExportReason):
        return "log_reason"
    return None if 0 <= first < size else "log_heads"
