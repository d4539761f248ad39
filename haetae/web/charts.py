"""Bars as SVG, made by the server: readable on a phone, without colour, without a script, and with a table beside.

Lengths are in the units of the viewBox, 340 across: on a phone about a pixel. What is hidden is no bar of length
nothing: it is hatched, and says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _

WIDTH: Final = 340
_LINE: Final = 42  # a label above its bar
_BAR: Final = 14
_TOP: Final = 8
_ROOM: Final = 64  # for the number to the right of the longest bar
_AXIS: Final = 26
_HATCHED: Final = 28
_LONGEST_LABEL: Final = 26  # characters of a Korean label that fit across; Latin ones are about half as wide
_LEAST: Final = 2


@dataclass(frozen=True, kw_only=True)
class Bar:
    """`y` is of the label's baseline; the bar begins at `bar_y`. `value` is None where the number is hidden."""

    label: str
    words: str
    value: int | None
    y: int
    bar_y: int
    length: int
    number_x: int


@dataclass(frozen=True, kw_only=True)
class Chart:
    """`title` says the finding, `about` what is drawn for whoever cannot see it. `name` is unique on its page."""

    name: str
    title: str
    about: str
    unit: str
    bars: Sequence[Bar]
    height: int
    axis_y: int
    longest: str
    longest_x: int

    @property
    def bar_height(self) -> int:
        return _BAR

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def some_hidden(self) -> bool:
        return any(bar.value is None for bar in self.bars)


def hidden_words(fewest: int) -> str:
    return _("fewer than %(count)s, or not shown") % {"count": fewest}


def bars(rows: Sequence[tuple[str, int | None]], *, name: str, title: str, unit: str, fewest: int) -> Chart:
    """One bar a row, the rows in their order."""
    longest = max((count for _label, count in rows if count is not None), default=0)
    drawn = [
        _bar(label, count, row=number, longest=longest, fewest=fewest)
        for number, (label, count) in enumerate(rows)
    ]
    axis = _TOP + _LINE * len(rows) + 4
    return Chart(
        name=name,
        title=title,
        about="; ".join(f"{label}: {bar.words}" for (label, _count), bar in zip(rows, drawn, strict=True)),
        unit=unit,
        bars=drawn,
        height=axis + _AXIS,
        axis_y=axis,
        longest=str(intcomma(longest)),
        longest_x=WIDTH - _ROOM,
    )


def _bar(label: str, count: int | None, *, row: int, longest: int, fewest: int) -> Bar:
    length = _HATCHED
    if count is not None:
        length = max(_LEAST, round((WIDTH - _ROOM) * count / longest)) if count else 0
    y = _TOP + _LINE * row + 14
    return Bar(
        label=_short(label),
        words=hidden_words(fewest) if count is None else str(intcomma(count)),
        value=count,
        y=y,
        bar_y=y + 6,
        length=length,
        number_x=length + 6,
    )


def _short(label: str) -> str:
    """Cut where it would run out of the picture; the table has all of it."""
    width = 0
    for at, sign in enumerate(label):
        width += 2 if ord(sign) > 0x2E80 else 1
        if width > 2 * _LONGEST_LABEL - 6:
            return label[:at].rstrip() + "…"
    return label
