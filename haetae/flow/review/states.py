"""What can become of a review, and of a provisional block. Pure."""

from enum import StrEnum


class Because(StrEnum):
    """Why there is a review."""

    UNSURE = "unsure"  # the operator cannot tell
    REFUSED = "refused"  # the operator says no
    HIDDEN_ONLY = (
        "hidden_only"  # the operator hides it for good and does not delete it, without an order to that
    )
    OBJECTION = "objection"  # somebody reports again what may stay
    ASKED = "asked"  # a state body asks, where nobody has decided: the law gives a time for it
    APPEAL = "appeal"  # whoever posted it objects to what was done
    SECOND_LOOK = "second_look"  # somebody who did not know that it was asked for would not have asked


class State(StrEnum):
    OPEN = "open"
    LATE = "late"  # our term for a decision is up: it stays to be decided, and people are told
    REMOVE = "remove"  # decided
    BLOCK_ACCESS = "block_access"  # decided: it stays hidden, where it cannot be deleted
    NOT_HARMFUL = "not_harmful"  # decided: it may stay, and what was hidden is shown again
    MOOT = "moot"  # it was gone, or the objection taken back, before anybody decided


DECISIONS = frozenset({State.REMOVE, State.BLOCK_ACCESS, State.NOT_HARMFUL})
UNDECIDED = frozenset({State.OPEN, State.LATE})

MOVES: dict[State, frozenset[State]] = {
    State.OPEN: DECISIONS | {State.LATE, State.MOOT},
    State.LATE: DECISIONS | {State.MOOT},
    State.REMOVE: frozenset(),
    State.BLOCK_ACCESS: frozenset(),
    State.NOT_HARMFUL: frozenset(),
    State.MOOT: frozenset(),
}


class By(StrEnum):
    """Whose act a block is."""

    OPERATOR = "operator"
    US = "us"  # in the operator's name, under its recorded delegation


class Block(StrEnum):
    """A provisional block. What the operator says of it is a claim until our own probe has seen it."""

    WANTED = "wanted"  # under its delegation we ask the operator's system to hide it
    CLAIMED = "claimed"  # the operator says that it is hidden
    HIDDEN = "hidden"  # our own probe saw twice that nobody can see it
    NOT_DONE = "not_done"  # for people: the operator is unsure, and everybody can see it
    EXPIRED = "expired"  # the term is over, and nobody has decided or extended: it is about to be shown again
    LASTING = "lasting"  # decided: it stays hidden
    LIFTING = "lifting"  # decided: it is to be shown again
    KEPT = "kept"  # decided, or its term is over, but another open case holds the same picture
    LIFT_CLAIMED = "lift_claimed"  # the operator says that it is back
    RESTORED = "restored"  # our own probe saw twice that it is back
    NOT_BACK = "not_back"  # for people: it ought to be back and is not
    ENDED = "ended"  # it was removed: nothing is left to hide


_DECIDED = frozenset({Block.LASTING, Block.LIFTING, Block.KEPT, Block.ENDED})

BLOCK_MOVES: dict[Block, frozenset[Block]] = {
    Block.WANTED: frozenset({Block.CLAIMED, Block.NOT_DONE, Block.LIFTING, Block.ENDED}),
    # The operator may end its own measure where it was extended, or where nobody can decide.
    Block.CLAIMED: _DECIDED | {Block.HIDDEN, Block.NOT_DONE, Block.EXPIRED, Block.LIFT_CLAIMED},
    Block.HIDDEN: _DECIDED | {Block.NOT_DONE, Block.EXPIRED, Block.LIFT_CLAIMED},
    Block.NOT_DONE: frozenset({Block.CLAIMED, Block.HIDDEN, Block.LIFTING, Block.ENDED}),
    Block.EXPIRED: _DECIDED | {Block.CLAIMED},
    Block.LASTING: frozenset({Block.LIFTING, Block.KEPT, Block.ENDED}),
    Block.LIFTING: frozenset({Block.LIFT_CLAIMED, Block.NOT_BACK, Block.RESTORED, Block.ENDED}),
    Block.KEPT: frozenset({Block.LIFTING, Block.LASTING, Block.ENDED}),
    Block.LIFT_CLAIMED: frozenset({Block.RESTORED, Block.NOT_BACK, Block.ENDED}),
    Block.NOT_BACK: frozenset({Block.LIFTING, Block.RESTORED, Block.LIFT_CLAIMED, Block.ENDED}),
    Block.RESTORED: frozenset(),
    Block.ENDED: frozenset(),
}
BLOCK_ENDS = frozenset(state for state, after in BLOCK_MOVES.items() if not after)
# In these nobody is meant to see it, and the law's term runs.
ON_THE_CLOCK = frozenset({Block.CLAIMED, Block.HIDDEN, Block.KEPT})
# In these the operator hides it, and nobody has decided.
MEANT_HIDDEN = frozenset({Block.CLAIMED, Block.HIDDEN, Block.EXPIRED})
# It was decided to show it again, and nobody says yet that it is.
TO_BE_SHOWN = frozenset({Block.LIFTING, Block.NOT_BACK})
# It was decided that it may be seen, and somebody has hidden or deleted it before.
UNDONE = frozenset({Block.LIFTING, Block.KEPT, Block.LIFT_CLAIMED, Block.RESTORED, Block.NOT_BACK})
