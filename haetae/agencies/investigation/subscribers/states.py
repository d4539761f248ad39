"""What can become of a request for data, how it went out, and why a platform refuses. Pure."""

from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    SIGNED = "signed"  # by another officer of the file; from here on its letter never changes
    DROPPED = "dropped"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    NO_ANSWER = "no_answer"  # our own term is over; an answer may still come
    PARTLY = "partly"
    ANSWERED = "answered"
    REFUSED = "refused"


_ANSWERS = frozenset({State.PARTLY, State.ANSWERED, State.REFUSED})
MOVES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SIGNED, State.DROPPED}),
    State.SIGNED: frozenset({State.SENT, State.DROPPED}),
    State.DROPPED: frozenset(),
    State.SENT: _ANSWERS | {State.ACKNOWLEDGED, State.NO_ANSWER},
    State.ACKNOWLEDGED: _ANSWERS | {State.NO_ANSWER},
    State.NO_ANSWER: _ANSWERS | {State.ACKNOWLEDGED},
    State.PARTLY: frozenset({State.ANSWERED}),
    State.ANSWERED: frozenset(),
    State.REFUSED: frozenset(),
}
# What a platform can be noted to have said.
SAID = _ANSWERS | {State.ACKNOWLEDGED}
WITH_DATA = frozenset({State.PARTLY, State.ANSWERED})


class Way(StrEnum):
    """How people sent it. Nothing here signs in to a platform."""

    PLATFORM_FORM = "platform_form"
    MAIL = "mail"
    LETTER = "letter"
    THROUGH_MINISTRY = "through_ministry"  # by mutual legal assistance


class Refusal(StrEnum):
    """Why a platform hands nothing over, or not all of it, as it said."""

    NOT_DUAL_CRIMINAL = "not_dual_criminal"  # no crime where the platform is
    POLICY = "policy"
    NO_DATA = "no_data"
    NO_JURISDICTION = "no_jurisdiction"
    NEEDS_MLAT = "needs_mlat"
    NEEDS_WARRANT = "needs_warrant"
    TOO_BROAD = "too_broad"
    NO_REASON = "no_reason"
