"""An operator's numbers beside ours. Pure, and neutral: theirs cover more than what we asked."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

SHOWN_FROM: Final = 5  # fewer of ours are no figure about an operator, and might be one about a person


class Remark(StrEnum):
    """What cannot be explained by theirs covering more than ours."""

    FEWER_RECEIVED = "fewer_received"  # it counts fewer requests than we alone made
    FEWER_REMOVED = "fewer_removed"  # it counts fewer removals than we alone saw


@dataclass(frozen=True, kw_only=True)
class Ours:
    """Of one operator and one year of our own calendar: requests made then, and those that we saw gone since."""

    asked: int
    verified: int


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Differences are theirs less ours; percents are of each side's own, None where nothing was asked."""

    received: int
    removed: int
    ours: Ours
    received_more: int
    removed_more: int
    their_percent: int | None
    our_percent: int | None
    remarks: tuple[Remark, ...]

    @property
    def points_apart(self) -> int | None:
        """Percentage points by which the share that they remove lies above the one that we saw."""
        if self.their_percent is None or self.our_percent is None:
            return None
        return self.their_percent - self.our_percent


def compare(*, received: int, removed: int, ours: Ours) -> Comparison:
    remarks = [
        remark
        for remark, is_so in (
            (Remark.FEWER_RECEIVED, received < ours.asked),
            (Remark.FEWER_REMOVED, removed < ours.verified),
        )
        if is_so
    ]
    return Comparison(
        received=received,
        removed=removed,
        ours=ours,
        received_more=received - ours.asked,
        removed_more=removed - ours.verified,
        their_percent=_percent(removed, received),
        our_percent=_percent(ours.verified, ours.asked),
        remarks=tuple(remarks),
    )


def shown(ours: Ours) -> tuple[int | None, int | None]:
    """What of ours may be published: None stands for "fewer than five".

    Where what is missing between the two is so few, the second would tell them: it is left out as well.
    """
    if ours.asked < SHOWN_FROM:
        return None, None
    left = ours.asked - ours.verified
    is_small = ours.verified < SHOWN_FROM or 0 < left < SHOWN_FROM
    return ours.asked, None if is_small else ours.verified


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None
