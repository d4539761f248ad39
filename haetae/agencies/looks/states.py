"""What can become of a look, why one is taken, and what may be said after it. Pure."""

from enum import StrEnum


class State(StrEnum):
    BEGUN = "begun"  # allowed, and nothing has been fetched yet
    TAKEN = "taken"  # used up: the picture is being fetched, or whoever fetched it was killed
    SHOWN = "shown"  # the picture was handed over, and is kept nowhere
    FAILED = "failed"  # there was nothing to show


MOVES: dict[State, frozenset[State]] = {
    State.BEGUN: frozenset({State.TAKEN}),
    State.TAKEN: frozenset({State.SHOWN, State.FAILED}),
    State.SHOWN: frozenset(),
    State.FAILED: frozenset(),
}
# What somebody has seen, or may have seen.
COUNTED = frozenset({State.TAKEN, State.SHOWN})


class Step(StrEnum):
    """How much can be seen. Both are grey; nobody gets the clearer one first."""

    BLURRED = "blurred"
    CLEARER = "clearer"


class Reason(StrEnum):
    """Why somebody looks."""

    CHECK_MATCH = "check_match"  # whether it is what a hash was given for
    CHECK_REPORT = "check_report"  # whether it is what somebody reported
    CHECK_MODELS = "check_models"  # whether what models suspect is so
    DECIDE = "decide"  # whether it is harmful, where words and facts do not say


# Why somebody looks who is to say whether to ask, and why somebody looks before the commission decides.
FOR_A_TASK = frozenset({Reason.CHECK_MATCH, Reason.CHECK_REPORT, Reason.CHECK_MODELS})
FOR_A_REVIEW = frozenset({Reason.CHECK_MATCH, Reason.CHECK_REPORT, Reason.DECIDE})


class Answer(StrEnum):
    """What an official says after a look."""

    MATCH = "match"  # it is what it is known or was reported as
    SOMETHING_ELSE = "something_else"
    CANNOT_TELL = "cannot_tell"
    HANDED_ON = "handed_on"  # somebody else is to look


# These end the task; the others leave it to whoever comes next.
ENDS_THE_TASK = frozenset({Answer.MATCH, Answer.SOMETHING_ELSE})
# What stands in a review for all who decide it. It ends nothing: they do.
FINDINGS = frozenset({Answer.MATCH, Answer.SOMETHING_ELSE, Answer.CANNOT_TELL})
