"""What can become of a corrective order, and what it may rest on. Pure."""

from enum import StrEnum


class Ground(StrEnum):
    """What the operator did not do. The regulator decides no single content: it orders what was decided, or a duty."""

    DECISION_IGNORED = "decision_ignored"  # the commission decided, the operator was asked and did not follow
    CLAIM_FALSE = "claim_false"  # it says removed, and our own probes see it
    OVERDUE = "overdue"  # it neither acted nor asked the commission, without delay
    DUTY = "duty"  # a duty that is about no single picture: an officer, a report, a comparison before publication


class State(StrEnum):
    DRAFT = "draft"
    PRIOR_OPINION = "prior_opinion"  # the operator is heard, or the exception is recorded
    ISSUED = "issued"  # signed by another official than the one who drafted it
    COMPLIED = "complied"  # our own probes say so, or two officials for a duty that no probe can see
    NOT_COMPLIED = "not_complied"
    DROPPED = "dropped"  # before it was issued


MOVES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.PRIOR_OPINION, State.DROPPED}),
    State.PRIOR_OPINION: frozenset({State.ISSUED, State.DROPPED}),
    State.ISSUED: frozenset({State.COMPLIED, State.NOT_COMPLIED}),
    # Late is late: what was not complied with in time may still be done, and the sanction is weighed by it.
    State.NOT_COMPLIED: frozenset({State.COMPLIED}),
    State.COMPLIED: frozenset(),
    State.DROPPED: frozenset(),
}
