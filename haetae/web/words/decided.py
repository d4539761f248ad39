"""What was decided, on what ground, and what can be done about it: for whoever told us, and for whoever posted it.

Anybody may have told us of a place, and whoever posted it may be the one to be feared. So nobody who voted, reported or
is shown is named, nothing says how old anybody is, and what was written for the operator is not here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haetae.flow.review.rules import Reason
from haetae.flow.review.statement import Statement
from haetae.flow.review.states import Because, State
from haetae.web.words.language import in_korean

_DECIDED: Final[Mapping[State, str | Promise]] = {
    State.REMOVE: gettext_lazy("It must be deleted."),
    State.BLOCK_ACCESS: gettext_lazy("It must stay hidden for good, so that nobody can open it."),
    State.NOT_HARMFUL: gettext_lazy("It may stay where it is."),
}
# Two grounds have one sentence: one of them alone would tell that a minor is shown.
_RIGHTS: Final = gettext_lazy("Spreading it infringes the rights of the person in it.")
_GROUNDS: Final[Mapping[Reason, str | Promise]] = {
    Reason.NO_CONSENT: _RIGHTS,
    Reason.MINOR: _RIGHTS,
    Reason.MANIPULATED: gettext_lazy(
        "The face, body or voice of a person in it was edited, or made by a machine."
    ),
    Reason.OUT_OF_REACH: gettext_lazy("It cannot be deleted where it lies, so it has to be hidden."),
    Reason.LAWFUL: gettext_lazy("Nothing was found in it that breaks the law."),
    Reason.MISTAKEN: gettext_lazy("It is another picture than the one that was looked for."),
}


@dataclass(frozen=True, kw_only=True)
class Decided:
    """`who` decided and `on` which day; `can_object`: whoever told us may have it decided anew, which happens once."""

    words: str
    ground: str
    who: str
    on: str
    can_object: bool
    objected: bool


def decided(found: Statement) -> Decided:
    may_stay, objected = found.decision is State.NOT_HARMFUL, found.because is Because.OBJECTION
    return Decided(
        words=str(_DECIDED[found.decision]),
        ground=str(_GROUNDS[found.reason]),
        who=found.commission_ko if in_korean() else found.commission_en,
        on=date_format(found.decided_at.astimezone(ZoneInfo(settings.TIME_ZONE)), _("j F Y")),
        can_object=may_stay and not objected,
        objected=may_stay and objected,
    )
