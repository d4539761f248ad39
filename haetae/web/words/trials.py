"""Trying the connection, in words: what a trial came to, and why something was not begun."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.operators.trials.rules import Why
from haetae.operators.trials.states import State

WHY: Final[Mapping[Why, str | Promise]] = {
    Why.TOO_MANY: _("That was often enough for this hour, so nothing was sent. Try again in an hour."),
    Why.NOT_YOURS: _("There is no delivery to your platform under this number."),
    Why.NOTHING_TO_SAY: _(
        "What this delivery was for is over, so it is not sent again. The page of the request shows how it stands."
    ),
    Why.NOTICE_UNFIT: _(
        "This installation cannot write a notice that may go out. That is no fault of yours: tell the agency that"
        " runs it."
    ),
}
STATES: Final[Mapping[State, str | Promise]] = {
    State.WAITING: _("being sent, or waits to be fetched"),
    State.ARRIVED: _("arrived; waits for your answer"),
    State.FAILED: _("could not be handed over"),
    State.ANSWERED: _("answered; everything works"),
}


def why_words(why: Why) -> str:
    return str(WHY[why])


def trial_words(state: str) -> str:
    return str(STATES[State(state)])
