"""What can become of a task, why there is one, and how it may end. Pure."""

from enum import StrEnum


class State(StrEnum):
    WAITING = "waiting"
    DONE = "done"  # a person has dealt with it
    RESOLVED = "resolved"  # what it was about has come right by itself


MOVES: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.DONE, State.RESOLVED}),
    State.DONE: frozenset(),
    State.RESOLVED: frozenset(),
}


class Kind(StrEnum):
    """Why a person is needed."""

    JUDGE = "judge"  # only a person can say whether to ask the operator
    DEAD_LETTER = "dead_letter"  # every try to reach the operator has failed
    NO_CHANNEL = "no_channel"  # there is no way yet to ask this operator
    NOTICE_UNFIT = "notice_unfit"  # the notice lacks something that the law wants, and is not sent
    CLAIM_FALSE = "claim_false"  # the operator says removed, and we still see it
    OVERDUE = "overdue"  # our own target for removal has passed
    TERM_OVER = "term_over"  # the term that the law gives for removal has passed
    NOT_BLOCKED = "not_blocked"  # the operator is unsure, and everybody can still see it
    BLOCK_ENDS = "block_ends"  # a provisional block ends soon without a decision, or was extended by a clock
    SHOWN_UNDECIDED = "shown_undecided"  # it is shown again, and nobody has decided
    REVIEW_LATE = "review_late"  # the time for a decision is up
    NOT_RESTORED = "not_restored"  # decided not harmful, and it is not back
    HOOK_DOWN = "hook_down"  # uploads are not being checked
    LIST_FLOODED = "list_flooded"  # a partner's list is put aside until somebody has looked at it
    SOURCE_SILENT = "source_silent"  # a list that we fetch has not come for a day
    ORDER_UNCLEAR = (
        "order_unclear"  # the time of an order is over, and our eyes cannot tell whether it was followed
    )
    REPORT_MISSING = "report_missing"  # an operator's yearly report has not come by the day of the law
    DESIGNATION_LATE = (
        "designation_late"  # a designated operator has named no officer, or its hotline is silent
    )
    NOT_PAID = "not_paid"  # a surcharge or a fine has not been paid in time
    CANARY = "canary"  # a harmless picture of ours would have been asked for
    EVIDENCE_DAMAGED = "evidence_damaged"  # what was kept as evidence is not what it was


class Outcome(StrEnum):
    """How a person ends a task."""

    ASK = "ask"  # ask the operator to delete
    LEAVE = "leave"  # nothing is asked
    SEND_AGAIN = "send_again"  # try the operator anew, from the first pause on
    REACHED = "reached"  # reached by another way: telephone, letter, another agency
    HANDLED = "handled"
    EXTEND = "extend"  # the block goes on, for a reason
    RESTORE = "restore"  # end the block now
    RELEASE = "release"  # match what is on the list


_ANY = frozenset({Outcome.HANDLED})
OUTCOMES: dict[Kind, frozenset[Outcome]] = {
    Kind.JUDGE: frozenset({Outcome.ASK, Outcome.LEAVE}),
    Kind.DEAD_LETTER: frozenset({Outcome.SEND_AGAIN, Outcome.REACHED}),
    Kind.NO_CHANNEL: frozenset({Outcome.SEND_AGAIN, Outcome.REACHED}),
    Kind.NOTICE_UNFIT: frozenset({Outcome.SEND_AGAIN, Outcome.REACHED}),
    Kind.CLAIM_FALSE: _ANY,
    Kind.OVERDUE: _ANY,
    Kind.TERM_OVER: _ANY,
    Kind.NOT_BLOCKED: _ANY,
    Kind.BLOCK_ENDS: frozenset({Outcome.EXTEND, Outcome.RESTORE}),
    Kind.SHOWN_UNDECIDED: _ANY,
    Kind.REVIEW_LATE: _ANY,
    Kind.NOT_RESTORED: _ANY,
    Kind.HOOK_DOWN: _ANY,
    Kind.LIST_FLOODED: frozenset({Outcome.RELEASE, Outcome.HANDLED}),
    Kind.SOURCE_SILENT: _ANY,
    Kind.ORDER_UNCLEAR: _ANY,
    Kind.REPORT_MISSING: _ANY,
    Kind.DESIGNATION_LATE: _ANY,
    Kind.NOT_PAID: _ANY,
    Kind.CANARY: _ANY,
    Kind.EVIDENCE_DAMAGED: _ANY,
}
