"""What can become of an operation and of an application, and the codes around them. Pure."""

from enum import StrEnum


class State(StrEnum):
    """Of an operation. Only in the two in the middle may anything be done."""

    WAITING = "waiting"  # nobody has decided, and nothing has begun
    URGENT = "urgent"  # begun without a permission: hours are left to get one
    RUNNING = "running"
    ENDED = "ended"
    NEVER_BEGUN = "never_begun"  # refused or taken back before anything was done


MOVES: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.URGENT, State.RUNNING, State.NEVER_BEGUN}),
    State.URGENT: frozenset({State.RUNNING, State.ENDED}),
    State.RUNNING: frozenset({State.ENDED}),
    State.ENDED: frozenset(),
    State.NEVER_BEGUN: frozenset(),
}


class Paper(StrEnum):
    """Of an application, for a beginning or for an extension."""

    APPLIED = "applied"
    PETITIONED = "petitioned"  # the prosecutor has laid it before the court
    RETURNED = "returned"  # something is missing: the officer sends it again
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"  # what it was for is over


PAPER_MOVES: dict[Paper, frozenset[Paper]] = {
    Paper.APPLIED: frozenset(
        {Paper.PETITIONED, Paper.RETURNED, Paper.GRANTED, Paper.REFUSED, Paper.WITHDRAWN, Paper.LAPSED}
    ),
    Paper.PETITIONED: frozenset(
        {Paper.RETURNED, Paper.GRANTED, Paper.REFUSED, Paper.WITHDRAWN, Paper.LAPSED}
    ),
    Paper.RETURNED: frozenset({Paper.APPLIED, Paper.WITHDRAWN, Paper.LAPSED}),
    Paper.GRANTED: frozenset(),
    Paper.REFUSED: frozenset(),
    Paper.WITHDRAWN: frozenset(),
    Paper.LAPSED: frozenset(),
}
OPEN = frozenset({Paper.APPLIED, Paper.PETITIONED, Paper.RETURNED})
BEFORE_SOMEBODY = frozenset({Paper.APPLIED, Paper.PETITIONED})


class WhyEnded(StrEnum):
    PURPOSE_REACHED = "purpose_reached"
    PERIOD_OVER = "period_over"
    NOT_PERMITTED_IN_TIME = "not_permitted_in_time"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    GIVEN_UP = "given_up"  # it leads nowhere, or has become too dangerous


class Desk(StrEnum):
    """Whoever decides about an application, and is no member of the file."""

    APPROVER = "approver"
    PROSECUTOR = "prosecutor"
    COURT = "court"


class Item(StrEnum):
    """What a permission names one by one."""

    TARGET = "target"
    PLACE = "place"
    METHOD = "method"


class Material(StrEnum):
    """Who is shown in material that is held, handed on or shown."""

    NONE = "none"  # nothing is shown
    NOBODY = "nobody"
    ADULT = "adult"
    UNDER_19 = "under_19"
    INFIRM = "infirm"
    UNKNOWN = "unknown"
