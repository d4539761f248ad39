"""The flow as one drawing: a box for each chapter, and the one that is told now filled in."""

from dataclasses import dataclass
from typing import Final

from haetae.web.words.story import CHAPTERS
from haetae.web.words.story.labels import BOXES

_HIGH: Final = 44
# Left edge, top and width of each box, in the units of a drawing that is 360 wide.
_PLACES: Final = {
    "report": (8, 8, 132),
    "gone": (220, 8, 132),
    "doubt": (8, 92, 108),
    "sanction": (126, 92, 108),
    "back": (244, 92, 108),
    "support": (8, 184, 80),
    "police": (96, 184, 80),
    "end": (184, 184, 80),
    "proof": (272, 184, 80),
}


@dataclass(frozen=True, kw_only=True)
class Box:
    """`middle` and `baseline` are where its words stand."""

    x: int
    y: int
    width: int
    height: int
    middle: int
    baseline: int
    words: str
    is_now: bool


def drawing(chapter: str) -> list[Box]:
    """The boxes, of which that of this chapter is told now; with none each is as the others."""
    return [
        Box(
            x=x, y=y, width=width, height=_HIGH, middle=x + width // 2, baseline=y + _HIGH // 2 + 5,
            words=str(BOXES[one.name]), is_now=one.name == chapter,
        )
        for one in CHAPTERS
        for x, y, width in [_PLACES[one.name]]
    ]  # fmt: skip
