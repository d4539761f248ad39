"""What can become of a corrective order, and what it may rest on. Pure."""

from enum import StrEnum


class Ground(StrEnum):
    """What the operator did not do. The regulator decides no single content: it orders what was decided, or a duty."""

    DECISION_IGNORED = "decision_ignored"  # the commission decided, the operator was asked and did not follow
    CLAIM_FALSE = "claim_false"  # it says removed, and our own probes see it
    OVERDUE = "overdue"  # it neither acted nor asked the commission, without delay
    DUTY = "duty"  # a duty that is about no single picture: an officer, a report, a comparison before publication


class Way(StrEnum):
    """How an order reached its operator."""

    MAIL = "mail"  # the server of its mailbox took it
    DESK = "desk"  # somebody of the operator opened it at its desk
    LETTER = "letter"  # by post or by hand, as an official wrote down


class Outcome(StrEnum):
    """What has become of one request in an order."""

    DONE = "done"  # our own probe saw it gone, or hidden where that was ordered
    ASKED = "asked"  # the operator has asked the commission, where nobody had decided
    SETTLED = "settled"  # the commission has decided since: that decision says what follows
    LIVE = "live"  # our own probe saw it after the day
    UNKNOWN = "unknown"  # neither: our eyes cannot tell, or have not looked yet


class State(StrEnum):
    DRAFT = "draft"
    PRIOR_OPINION = "prior_opinion"  # the operator is heard, or the exception is recorded
    ISSUED = "issued"  # signed by another official than the one who drafted it
    COMPLIED = "complied"  # our own probes say so, or two officials for a duty that no probe can see
    NOT_COMPLIED = "not_complied"
    MOOT = (
        "moot"  # the commission has decided about all of it since: nobody followed it, and nobody failed to
    )
    DROPPED = "dropped"  # before it was issued


MOVES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.PRIOR_OPINION, State.DROPPED}),
    State.PRIOR_OPINION: frozenset({State.ISSUED, State.DROPPED}),
    State.ISSUED: frozenset({State.COMPLIED, State.NOT_COMPLIED, State.MOOT}),
    # Late is late: what was not complied with in time may still be done, and the sanction is weighed by it.
    State.NOT_COMPLIED: frozenset({State.COMPLIED}),
    State.COMPLIED: frozenset(),
    State.MOOT: frozenset(),
    State.DROPPED: frozenset(),
}

# It binds, or is about to: a request in it stands in no other order.
STANDS = frozenset({State.DRAFT, State.PRIOR_OPINION, State.ISSUED, State.NOT_COMPLIED})
# Still to be changed by whoever drafts it.
UNSIGNED = frozenset({State.DRAFT, State.PRIOR_OPINION})
# In force and not fulfilled: our eyes, or two officials, may yet say that it is.
WATCHED = frozenset({State.ISSUED, State.NOT_COMPLIED})
