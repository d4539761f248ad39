"""What can become of one mail to a person. Pure."""

from enum import StrEnum


class State(StrEnum):
    PLANNED = "planned"
    SENDING = "sending"  # its address is opened; whoever finds it so later does not know whether it arrived
    SENT = "sent"
    UNSURE = "unsure"  # it may have arrived: it is not sent again
    FAILED = "failed"  # it surely did not arrive, and is tried no more
    DROPPED = "dropped"  # nobody wants it any more


MOVES: dict[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.SENDING, State.FAILED, State.DROPPED}),
    State.SENDING: frozenset({State.PLANNED, State.SENT, State.UNSURE, State.FAILED}),
    State.SENT: frozenset(),
    State.UNSURE: frozenset(),
    State.FAILED: frozenset(),
    State.DROPPED: frozenset(),
}
# What has arrived, or may have.
MAY_HAVE_ARRIVED = frozenset({State.SENDING, State.SENT, State.UNSURE})


class Cause(StrEnum):
    """Why it is sent."""

    CONFIRM = "confirm"  # a number to type in, so that nobody has somebody else written to
    GONE = "gone"  # a place was proven gone
    MONTH = "month"  # a month is over and something is still open
