"""Who may be given a seat in an agency, whose seat may end, and who may carry on. Pure: it says why not, in a code."""

from collections.abc import Set as AbstractSet
from datetime import date

from haetae.accounts.agencies import SITS_IN
from haetae.accounts.colleagues.rules import why_not_name
from haetae.accounts.permissions import Role

# Whoever holds no other role carries nothing of a case, an order or a review.
CARRIES_NOTHING = frozenset({Role.AGENCY_ADMINISTRATOR, Role.AUDITOR, Role.POLICY_LEAD})


def why_not_give(
    *, name: str, role: Role, agency: str, is_self: bool, sits_elsewhere: bool, since: date, today: date
) -> str | None:
    """Nobody gives a seat to themselves: who says who decides does not decide."""
    if why_not_name(name) is not None:
        return "colleague_name"
    if agency not in SITS_IN.get(role, frozenset()):
        return "choose_role"
    if is_self:
        return "seat_for_yourself"
    if sits_elsewhere:
        return "sits_elsewhere"
    return "day_is_over" if since < today else None


def why_no_place(*, taken: int, places: int | None) -> str | None:
    """Where the law gives a role a number of seats, there are no more."""
    return "seats_are_taken" if places is not None and taken >= places else None


def why_not_end(
    *, role: Role, other_administrators: int, since: date, last_day: date, today: date
) -> str | None:
    """Somebody has to be left who can let others in, and no day that is over is taken back."""
    if role is Role.AGENCY_ADMINISTRATOR and not other_administrators:
        return "last_administrator"
    return "day_is_over" if last_day < max(since, today) else None


def why_not_carry_on(*, leaver: AbstractSet[Role], successor: AbstractSet[Role], is_same: bool) -> str | None:
    """Whoever carries on may do all that the one who leaves could."""
    if is_same:
        return "successor_is_leaver"
    return None if leaver - CARRIES_NOTHING <= successor else "successor_has_another_role"


def why_not_end_without(*, carries: int, could_carry_on: int) -> str | None:
    """While a colleague could take it over nothing is left lying."""
    return "choose_successor" if carries and could_carry_on else None
