"""How something that was decided is shown to whoever judges it again: as it would have waited, had nobody decided."""

from copy import copy
from typing import Final

from haetae.detect.finding import ReasonCode
from haetae.flow.assessment.models import Assessment
from haetae.flow.assessment.states import State

# What lets something act by itself. Whoever reads it knows that it has acted.
_ACTS: Final = frozenset({ReasonCode.KNOWN_CONFIRMED, ReasonCode.MODELS_AGREE})


def as_it_waited(examined: Assessment) -> Assessment:
    """A copy for the page, never to be saved: left to a person, and without the reasons that act by themselves.

    No other reason is put in their place.
    """
    shown = copy(examined)
    if State(examined.state) is State.REQUEST:
        shown.state = State.REVIEW
        shown.reasons = [reason for reason in examined.reasons if reason["code"] not in _ACTS]
    return shown
