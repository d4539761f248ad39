"""A lower bound is never worded like an upper one; where the law names no bound, there are no words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from haetae.law.person.facts import Offence, Shown, TimeLimit
from haetae.law.person.penalties import Limit
from haetae.web.words.language import in_korean

_MILLION: Final = 1_000_000
# 천만 is the unit in which such sums are said in Korean.
_TEN_MILLION: Final = 10_000_000
_GROUPS: Final[Mapping[Shown, str | Promise]] = {
    Shown.ANYONE: _("A fake of anybody"),
    Shown.UNDER_19: _("Sexual material that shows somebody under 19, fakes too"),
}

_CLOCKS: Final[Mapping[TimeLimit, str | Promise]] = {
    TimeLimit.FROM_MAJORITY: _("the time limit for a trial begins when the child is of age"),
    TimeLimit.NONE: _("no time limit for a trial"),
}

_NO_DAY: Final[Mapping[str, str | Promise]] = {
    "day_unreadable": _("Write the day like 2026-11-26."),
    "day_to_come": _("That day is still to come. Choose the day on which it was done."),
    "day_not_read": _(
        "The law of that time was not read. A deed of then is not free for it: ask a prosecutor."
    ),
}


def group_words(shown: Shown) -> str:
    return str(_GROUPS[shown])


def at_least(offence: Offence) -> str:
    """Empty where the article names no least."""
    if offence.min_years is None:
        return ""
    if offence.min_years == 1:
        return now("1 year or more")
    return now("%(years)s years or more") % {"years": offence.min_years}


def at_most(offence: Offence) -> str:
    """Empty where the article names no most."""
    if offence.life:
        return now("for life")
    return now("up to %(years)s years") % {"years": offence.max_years} if offence.max_years else ""


def fine(offence: Offence) -> str:
    """A sum instead of prison."""
    won = offence.max_fine_won
    if won is None:
        return now("no fine instead")
    unit = _TEN_MILLION if in_korean() else _MILLION
    return now("%(sum)s million won") % {"sum": f"{won / unit:g}"}


def more_words(limit: Limit) -> list[str]:
    """What somebody in office has to know besides the bounds; what nobody has read is not said."""
    offence = limit.offence
    said = [now("trying is punished too")] if offence.attempt else []
    if offence.habit_percent is not None:
        said.append(_habit(limit))
    if offence.clock is not None:
        said.append(str(_CLOCKS[offence.clock]))
    return said


def _habit(limit: Limit) -> str:
    if limit.habit_most_months is None:
        return now("as a habit up to %(percent)s %% more") % {"percent": limit.offence.habit_percent}
    years, months = divmod(limit.habit_most_months, 12)
    return now("as a habit up to %(years)s years and %(months)s months") % {"years": years, "months": months}


def why_no_day(code: str) -> str:
    """What stands against a day of a deed."""
    return str(_NO_DAY[code])
