"""How sure a share is that was counted in few. Pure."""

from math import sqrt
from typing import Final

_Z: Final = 1.959964  # of 95 %, on both sides


def interval_of(count: int, *, of: int) -> tuple[float, float]:
    """The 95 % interval of the share `count` / `of` (Wilson, 1927); of nothing, anything is possible."""
    if of == 0:
        return 0.0, 1.0
    part, z2 = count / of, _Z**2
    middle = (part + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z * sqrt(part * (1 - part) / of + z2 / (4 * of**2)) / (1 + z2 / of)
    return max(0.0, middle - half), min(1.0, middle + half)
