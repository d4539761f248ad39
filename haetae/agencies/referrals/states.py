"""What can become of a referral, and the codes it is told in. Pure."""

from enum import StrEnum


class State(StrEnum):
    SENT = "sent"
    OVERDUE = "overdue"  # nobody has answered in our own term
    ACCEPTED = "accepted"
    RETURNED = "returned"  # they will not, or cannot
    CALLED_BACK = "called_back"  # the person agrees no more, before anybody accepted it


MOVES: dict[State, frozenset[State]] = {
    State.SENT: frozenset({State.OVERDUE, State.ACCEPTED, State.RETURNED, State.CALLED_BACK}),
    State.OVERDUE: frozenset({State.ACCEPTED, State.RETURNED, State.CALLED_BACK}),
    State.ACCEPTED: frozenset(),
    State.RETURNED: frozenset(),
    State.CALLED_BACK: frozenset(),
}
OPEN = frozenset({State.SENT, State.OVERDUE})


# What was called back, or sent back, is nobody's to read any more.
READABLE = OPEN | {State.ACCEPTED}


class To(StrEnum):
    POLICE = "police"
    LAWYER = "lawyer"
    REGIONAL_CENTRE = "regional_centre"
    REVIEWER = "reviewer"
    REGULATOR = "regulator"
    SUPPORT_CENTRE = "support_centre"  # asked by who investigates, without a request of the person


class Sender(StrEnum):
    """Which agency hands it over. A person's case comes from the support centre alone."""

    SUPPORT_CENTRE = "support_centre"
    POLICE = "police"
    REVIEWER = "reviewer"
    REGULATOR = "regulator"
    PROSECUTOR = "prosecutor"


class Matter(StrEnum):
    """What it is about: one of them, never two."""

    CASE = "case"
    PLACE = "place"
    OPERATOR = "operator"


class Basis(StrEnum):
    """Why it may be handed over at all."""

    CONSENT = "consent"
    EX_OFFICIO = "ex_officio"  # the law demands it without a request
    LAW = "law"  # an article by which one agency hands it to another; which one is data of the pack


class Returned(StrEnum):
    """Why it came back."""

    NOT_COMPETENT = "not_competent"
    NO_CAPACITY = "no_capacity"
    MORE_NEEDED = "more_needed"
    PERSON_NOT_REACHED = "person_not_reached"
