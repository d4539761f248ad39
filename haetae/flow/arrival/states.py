"""What can become of a report, and how things come to us. Pure."""

from enum import StrEnum


class State(StrEnum):
    RECEIVED = "received"
    LOCATED = "located"
    NOT_FOUND = "not_found"


MOVES: dict[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.LOCATED, State.NOT_FOUND}),
    State.LOCATED: frozenset(),
    State.NOT_FOUND: frozenset({State.LOCATED}),
}


# Why nothing was found: whoever sent the link had it destroyed before anybody looked.
ERASED = "erased"


class Source(StrEnum):
    """How something came to us."""

    REPORT = "report"
    WATCH = "watch"
    UPLOAD_CHECK = "upload_check"


class Depicted(StrEnum):
    """Who is in the picture, as the person who reports it says. Nobody asks for proof, so anybody can say anything."""

    ME = "me"
    IN_MY_CARE = "in_my_care"  # my child, or somebody I care for
    SOMEBODY_ELSE = "somebody_else"
    UNSAID = "unsaid"


# A report with this answer is by or for the person shown.
FOR_THE_DEPICTED = frozenset({Depicted.ME, Depicted.IN_MY_CARE})


class Outcome(StrEnum):
    """What a platform's question before publication came to, as it is counted."""

    REFUSED = "refused"
    DOUBTFUL = "doubtful"
    UNDETERMINED = "undetermined"
    NOTHING = "nothing"
    UNANSWERED = "unanswered"
