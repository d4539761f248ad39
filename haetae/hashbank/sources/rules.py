"""When a foreign list is asked again, for how much, and what is not believed. Pure."""

import re
from datetime import timedelta
from typing import Final

_FIRST_PAUSE_S: Final = 60
_LONGEST_PAUSE_S: Final = 6 * 3_600
_SIZES: Final = (800, 800, 200, 50, 10)
PAGES_A_JOB: Final = 25  # then others have their turn; the next job goes on where this one stopped
EMPTY_PAGES_MOST: Final = 50  # in a row: whoever always has one more page without a record never ends
ODD_KEPT: Final = 10
# By then no withdrawal has come for a day either: a person asks what is the matter.
SILENT_AFTER: Final = timedelta(days=1)
LONGEST_PAUSE: Final = timedelta(days=8)  # nothing lawful puts a list off for longer
# After these the place in the middle of a round is worth nothing: it begins again.
BEGIN_AGAIN: Final = frozenset({"position_refused", "loop", "endless"})
_NAME: Final = re.compile(r"[A-Za-z0-9_.+-]{1,56}")


def why_not_name(name: str) -> str | None:
    """None when a source can have this name."""
    return None if _NAME.fullmatch(name) else "name: 1 to 56 of the characters A-Z a-z 0-9 _ . + and -."


def every(seconds: int) -> timedelta:
    """The pause between two rounds that went well."""
    return timedelta(seconds=seconds)


def pause(*, failures: int, retry_after_s: int | None) -> timedelta:
    """How long after a failure to wait: longer each time, and never less than the other side asks for."""
    ours_s = min(_FIRST_PAUSE_S * 2 ** min(max(failures - 1, 0), 20), _LONGEST_PAUSE_S)
    return timedelta(seconds=max(ours_s, retry_after_s or 0))


def page_size(*, failures: int) -> int:
    """Fewer records after failures: a page that breaks by its size, or in one place, comes through in pieces."""
    return _SIZES[min(failures, len(_SIZES) - 1)]


def plain(words: str, *, most: int = 300) -> str:
    """Words for a person's screen, whatever somebody else put into them."""
    return "".join(character if character.isprintable() else "?" for character in words)[:most]
