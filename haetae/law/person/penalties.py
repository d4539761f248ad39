"""What a deed of a day is punished with, with the least apart from the most. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from haetae.law.facts import NotInForceError
from haetae.law.money import Money
from haetae.law.person.facts import Offence

_MONTHS: Final = 12
_PERCENT: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The bounds of one offence. None is what its article does not name: never zero, and never endless.

    `habit_most_months` is the most for whoever does it as a habit, where the law raises it and names a most at all.
    """

    offence: Offence
    least_months: int | None
    most_months: int | None
    life: bool
    most_fine: Money | None
    habit_most_months: int | None


def offences_on(offences: Iterable[Offence], day: date) -> tuple[Offence, ...]:
    """What a deed of that day is punished with. What was not read of that time is missing, not free."""
    return tuple(offence for offence in offences if offence.covers(day))


def limit_on(offences: Iterable[Offence], offence_id: str, day: date) -> Limit:
    """The bounds of one offence by the day of the deed; raises NotInForceError where none is known for that day."""
    known = [offence for offence in offences if offence.offence_id == offence_id]
    found = offences_on(known, day)
    if not found:
        first = min((one.valid_from for one in known if one.valid_from), default=None)
        why = f"the first day that can be vouched for is {first}" if first else "no offence has this id"
        raise NotInForceError(f"'{offence_id}' is not known for {day}: {why}.")
    return limit_of(found[0])


def limit_of(offence: Offence) -> Limit:
    """The bounds that one article names."""
    most = offence.max_months or (offence.max_years * _MONTHS if offence.max_years else None)
    return Limit(
        offence=offence,
        least_months=offence.min_years * _MONTHS if offence.min_years else None,
        most_months=most,
        life=offence.life,
        most_fine=offence.max_fine,
        habit_most_months=_raised(most, by_percent=offence.habit_percent),
    )


def _raised(most: int | None, *, by_percent: int | None) -> int | None:
    if most is None or by_percent is None:
        return None
    return most * (_PERCENT + by_percent) // _PERCENT
