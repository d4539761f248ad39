"""How long the support centres have to keep what belongs to a person, by what it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from haetae.law.person.facts import Retention, RetentionClass

_MONTHS_IN_A_YEAR: Final = 12
_WHAT: Final[Mapping[RetentionClass, str | Promise]] = {
    RetentionClass.CHILD_MATERIAL: _("when it shows somebody under 19"),
    RetentionClass.ASKED_BY_INVESTIGATORS: _("when the police or a prosecutor asked for the deletion"),
    RetentionClass.OTHER: _("everything else"),
}


@dataclass(frozen=True, kw_only=True)
class Kept:
    what: str
    how_long: str
    checked: bool


def kept_words(retention: Retention) -> Kept:
    return Kept(what=str(_WHAT[retention.kind]), how_long=_how_long(retention), checked=retention.verified)


def _how_long(retention: Retention) -> str:
    if retention.keep_for is None:
        return now("for good")
    return now("%(years)s years") % {"years": retention.keep_for.months // _MONTHS_IN_A_YEAR}
