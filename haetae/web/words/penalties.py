"""A lower bound is never worded like an upper one; where the law names no bound, there are no words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from haetae.law.person.facts import Offence, Shown
from haetae.web.words.language import in_korean

_MILLION: Final = 1_000_000
# 천만 is the unit in which such sums are said in Korean.
_TEN_MILLION: Final = 10_000_000
_GROUPS: Final[Mapping[Shown, str | Promise]] = {
    Shown.ANYONE: _("A fake of anybody"),
    Shown.UNDER_19: _("Sexual material that shows somebody under 19, fakes too"),
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
