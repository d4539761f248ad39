"""Pairs of drawings, one of each altered after it was made: one module for each idea of an alteration.

All of it is drawn by this code. In the last two nothing shows the alteration, because that is how it often is.
"""

from typing import Final

from haetae.booth.pairs import avenue, balloons, fruit, house, lake, meadow, month, shadows, stripes, waving
from haetae.booth.pairs.drawing import Mark, Pair

__all__ = ["PAIRS", "Mark", "Pair"]

PAIRS: Final = tuple(
    idea.PAIR for idea in (shadows, waving, lake, month, avenue, balloons, fruit, meadow, stripes, house)
)
