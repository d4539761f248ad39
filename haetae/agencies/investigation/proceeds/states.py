"""What can become of traced proceeds. Pure."""

from enum import StrEnum


class State(StrEnum):
    TRACED = "traced"  # an officer found them
    PROPOSED = "proposed"  # they lie before the prosecutor
    ADOPTED = "adopted"  # the prosecutor asks the court for them; taking them is not done here
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # by the officers, before anybody decided


MOVES: dict[State, frozenset[State]] = {
    State.TRACED: frozenset({State.PROPOSED, State.WITHDRAWN}),
    State.PROPOSED: frozenset({State.ADOPTED, State.DECLINED, State.WITHDRAWN}),
    State.ADOPTED: frozenset(),
    State.DECLINED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
DECIDED: frozenset[State] = frozenset({State.ADOPTED, State.DECLINED})
# They were laid before the prosecutor, and stand so.
LAID: frozenset[State] = DECIDED | {State.PROPOSED}


class Form(StrEnum):
    """What it is that somebody earned, or that they turned it into."""

    MONEY = "money"  # cash, or on an account
    CRYPTO = "crypto"
    CREDIT = "credit"  # points and gifts of a service
    THING = "thing"  # bought with it
    OTHER = "other"
