"""What came of one series. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Series:
    """What came of one series. Empty lists where all is well; `well_s` from requested to acknowledged.

    `used_s`: processor seconds by process; `others_s`: those of everything else on the machine meanwhile.
    """

    asked: int
    well: int
    well_s: Sequence[float]
    not_reached: Sequence[str]
    forgotten: Sequence[str]
    doubles: Sequence[str]
    attempts: int
    outcomes: dict[str, dict[str, int]]
    latest_start_s: float
    wall_s: float
    used_s: dict[str, float]
    others_s: float
    counted: dict[str, float]
