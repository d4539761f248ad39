"""What was decided, why, and what can be done about it: for whoever told us, and for whoever posted it.

Nobody who voted, reported or is shown is named. The reasons are those that were written to be read.
"""

from collections.abc import Mapping, Sequence
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
_GROUNDS: Final[Mapping[Reason, str | Promise]] = {
    Reason.NO_CONSENT: gettext_lazy("It was made or spread against the will of the person in it."),
    Reason.MANIPULATED: gettext_lazy(
        "The face, body or voice of a person in it was edited, or made by a machine."
    ),
    Reason.MINOR: gettext_lazy("The person in it is under age, or looks so."),
    Reason.OUT_OF_REACH: gettext_lazy("It cannot be deleted where it lies, so it has to be hidden."),
    Reason.LAWFUL: gettext_lazy("Nothing was found in it that breaks the law."),
    Reason.MISTAKEN: gettext_lazy("It is another picture than the one that was looked for."),
}


@dataclass(frozen=True, kw_only=True)
class Decided:
    """`who` decided and `on` which day; `can_object`: whoever told us may have it decided anew, which happens once."""

    words: str
    ground: str
    reasons: Sequence[str]
    who: str
    on: str
    can_object: bool
    objected: bool


def decided(found: Statement, *, with_reasons: bool = True) -> Decided:
    """`with_reasons`: what was written; without them the ground alone, where the reader may not know the place."""
    may_stay, objected = found.decision is State.NOT_HARMFUL, found.because is Because.OBJECTION
    return Decided(
        words=str(_DECIDED[found.decision]),
        ground=str(_GROUNDS[found.reason]),
        reasons=found.reasons if with_reasons else (),
        who=found.commission_ko if in_korean() else found.commission_en,
        on=date_format(found.decided_at.astimezone(ZoneInfo(settings.TIME_ZONE)), _("j F Y")),
        can_object=may_stay and not objected,
        objected=may_stay and objected,
    )
