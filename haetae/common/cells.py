"""Cells of tables that people open in a spreadsheet."""

_BEGINS = frozenset("=+-@\t\r")


def harmless(text: str) -> str:
    """What a spreadsheet would read as the begin of a formula is text: a name that somebody gave is not ours."""
    return f"'{text}" if text[:1] in _BEGINS else text
