"""What can be asked of an intermediary, and what can become of it. Pure. An intermediary's word is a claim."""

from enum import StrEnum


class Kind(StrEnum):
    """What is asked, by who is asked."""

    HOST_NOTICE = "host_notice"  # whoever hosts the place: to take it down
    CDN_NOTICE = "cdn_notice"  # whoever delivers it: to deliver it no more
    DE_INDEX = "de_index"  # a search engine: to find the address no more
    CACHED_COPY = "cached_copy"  # a search engine: to drop its own copies
    ACCESS_BLOCK = (
        "access_block"  # an access provider: to open it no more; the state's measure, after a decision
    )


class State(StrEnum):
    WANTED = "wanted"  # written down, not yet with the intermediary
    SENT = "sent"  # the intermediary has it
    CLAIMED = "claimed"  # it says that it has acted
    REFUSED = "refused"
    UNSURE = "unsure"
    UNDELIVERABLE = "undeliverable"  # for people: there is no way yet to ask it
    CLAIM_FALSE = "claim_false"  # our own probe saw twice that what it claims to have taken away is there
    WITHDRAWN = "withdrawn"  # not needed any more, or not justified
    LIFTED = "lifted"  # it was told to undo what it did, and took it


class Ended(StrEnum):
    """Why a remedy is wanted no more."""

    GONE = "gone"  # our own eyes: the picture is not there any more
    NOT_HARMFUL = "not_harmful"  # the regulator's side decided that it may stay
    STOPPED = "stopped"  # nobody asks for it any more who could


ANSWERS = frozenset({State.SENT, State.CLAIMED, State.REFUSED, State.UNSURE})

MOVES: dict[State, frozenset[State]] = {
    State.WANTED: ANSWERS | {State.UNDELIVERABLE, State.WITHDRAWN},
    State.SENT: (ANSWERS - {State.SENT}) | {State.WITHDRAWN},
    State.CLAIMED: frozenset({State.CLAIM_FALSE, State.WANTED, State.WITHDRAWN}),
    State.REFUSED: frozenset({State.CLAIMED, State.WANTED, State.WITHDRAWN}),
    State.UNSURE: frozenset({State.CLAIMED, State.REFUSED, State.WANTED, State.WITHDRAWN}),
    # A message that nobody knows to have arrived may have, and is answered.
    State.UNDELIVERABLE: ANSWERS | {State.WANTED, State.WITHDRAWN},
    State.CLAIM_FALSE: frozenset({State.CLAIMED, State.WANTED, State.WITHDRAWN}),
    State.WITHDRAWN: frozenset({State.LIFTED, State.WANTED}),
    State.LIFTED: frozenset({State.WANTED}),
}

# What an intermediary has been asked in vain so far, or not at all.
NOT_ACTED = frozenset({State.WANTED, State.SENT, State.UNSURE, State.UNDELIVERABLE})
OVER = frozenset({State.WITHDRAWN, State.LIFTED})
# What our own look at the place can tell of: whether a search engine or an access provider acted, it cannot.
SEEN_FROM_OUTSIDE = frozenset({Kind.HOST_NOTICE, Kind.CDN_NOTICE})
# While one of these holds, and nobody took the picture away where it lies, gone may only be hidden.
HIDES = frozenset({Kind.CDN_NOTICE, Kind.ACCESS_BLOCK})
