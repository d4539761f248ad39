"""What must be said before a record is handed out. Pure: it says what is missing, in a code."""

from typing import Final

SHORTEST_REASON: Final = 10
LONGEST_REASON: Final = 1_000
LONGEST_REFERENCE: Final = 60


def why_not_export(*, court_reference: str, reason: str) -> str | None:
    """`export_reference`, `export_reason`, or None. Courts number in letters of their own (2026고단1234)."""
    number = court_reference.strip()
    is_number = any(one.isdigit() for one in number) and number.isprintable()
    if not is_number or len(number) > LONGEST_REFERENCE:
        return "export_reference"
    readable = sum(one.isprintable() for one in reason.strip())
    return None if readable >= SHORTEST_REASON and len(reason.strip()) <= LONGEST_REASON else "export_reason"
