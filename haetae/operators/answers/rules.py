"""What an operator can say, why it refuses, and what can become of what it says. Pure: codes that pages word."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from haetae.flow.removal.states import MOVES, State

# An answer that was signed longer ago, or that far ahead, is not taken (Standard Webhooks names no number).
SIGNED_WITHIN: Final = timedelta(minutes=5)
_CODE: Final = re.compile(r"[A-Za-z0-9_.:+-]{0,64}")


class Way(StrEnum):
    """The door."""

    API = "api"
    WEBHOOK = "webhook"
    MAIL_LINK = "mail_link"
    DESK = "desk"


class Word(StrEnum):
    """What the operator says. `removed`, `hidden` and `restored` are claims: we look for ourselves."""

    RECEIVED = "received"
    REMOVED = "removed"
    REFUSED = "refused"
    UNSURE = "unsure"
    BLOCKED = "blocked"  # hidden for good, not deleted
    HIDDEN = "hidden"  # hidden for now, while it is decided
    RESTORED = "restored"


class Reason(StrEnum):
    """Why it refuses."""

    NOT_INTIMATE = "not_intimate"
    CONSENT_SHOWN = "consent_shown"
    NOTHING_THERE = "nothing_there"
    NOT_OURS = "not_ours"
    LAWFUL = "lawful"
    PRIVATE_CHAT = "private_chat"  # out of scope: only what is open to the public is asked for


class Outcome(StrEnum):
    """What became of an answer. All but the first two are refusals, and nothing changed."""

    TAKEN = "taken"
    SAID_ALREADY = "said_already"
    UNSIGNED = "unsigned"
    BAD_SIGNATURE = "bad_signature"
    STALE = "stale"
    REPLAYED = "replayed"
    UNKNOWN_SCHEMA = "unknown_schema"
    MALFORMED = "malformed"
    NOT_YOURS = "not_yours"
    UNKNOWN_REQUEST = "unknown_request"
    LINK_USED = "link_used"
    LINK_OVER = "link_over"
    TOO_LATE = "too_late"
    REASON_MISSING = "reason_missing"
    NOTHING_HIDDEN = "nothing_hidden"


# What a word makes of the request. `hidden` and `restored` speak of a block, and leave the request as it is.
MEANING: Final = {
    Word.RECEIVED: State.SENT,
    Word.REMOVED: State.CLAIMED,
    Word.REFUSED: State.REFUSED,
    Word.UNSURE: State.UNSURE,
    Word.BLOCKED: State.ACCESS_BLOCKED,
}
WORKED: Final = frozenset({Outcome.TAKEN, Outcome.SAID_ALREADY})


@dataclass(frozen=True, kw_only=True)
class Said:
    """`blocked`: with `unsure`, that nobody can see it for now. `reference` is the operator's own number, as a code."""

    word: Word
    reason: Reason | None = None
    reference: str = ""
    blocked: bool = False


def why_malformed(said: Said) -> Outcome | None:
    """What is wrong with an answer by itself, or None."""
    if said.word is Word.REFUSED and said.reason is None:
        return Outcome.REASON_MISSING
    return None if _CODE.fullmatch(said.reference) else Outcome.MALFORMED


def can_be_said(state: State) -> frozenset[Word]:
    """What an operator may still say of a request in this state, also to correct what it said before."""
    return frozenset(word for word, meant in MEANING.items() if meant in MOVES[state])


def is_stale(*, signed_at: datetime, now: datetime) -> bool:
    """Whether an answer was signed too long ago, or too far ahead, to be believed."""
    return abs(now - signed_at) > SIGNED_WITHIN
