"""Who is written to, when, and when no more. Pure: it says why not, in a code."""

import re
from datetime import datetime, timedelta
from typing import Final

from haetae.agencies.support.notices.states import Cause
from haetae.agencies.support.states import Cadence, State

ADDRESS_LONGEST: Final = 254  # RFC 5321, 4.5.3.1.3, without the brackets
CODE_DIGITS: Final = 6
CODE_VALID: Final = timedelta(minutes=30)
CODE_TRIES: Final = 5
CONFIRMATIONS_A_DAY: Final = 3
NOT_SOONER: Final = timedelta(days=1)
MONTH: Final = timedelta(days=30)

_ADDRESS: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]"
)
_LOCAL_LONGEST: Final = 64
# Whoever waits for a number waits for minutes, and can ask again.
_PAUSES: Final = {
    True: (timedelta(minutes=1), timedelta(minutes=5)),
    False: (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8)),
}
_CAUSE_OF: Final = {Cadence.WHEN_GONE: Cause.GONE, Cadence.MONTHLY: Cause.MONTH}


def why_not_mailbox(address: str) -> str | None:
    """A code for what stands against writing there, or None. Only what every mail server takes."""
    if not address:
        return "mailbox_missing"
    fits = len(address) <= ADDRESS_LONGEST and len(address.partition("@")[0]) <= _LOCAL_LONGEST
    return None if fits and _ADDRESS.fullmatch(address) else "mailbox_unreadable"


def why_not_ask(state: State, *, confirmations: int) -> str | None:
    """`confirmations`: how many were asked for today, for this case or for this mailbox, whichever is more."""
    if state is not State.OPEN:
        return f"case_{state.value}"
    return "asked_too_often" if confirmations >= CONFIRMATIONS_A_DAY else None


def why_not_confirm(*, tries: int, code_until: datetime | None, at: datetime) -> str | None:
    """Before the number is looked at: a few tries, and for half an hour."""
    if code_until is None or code_until <= at:
        return "code_over"
    return "code_tried_too_often" if tries >= CODE_TRIES else None


def wants(cause: Cause, *, state: State, cadence: Cadence, confirmed: bool) -> bool:
    """Whether the person still wants this mail now."""
    if state is not State.OPEN:
        return False
    if cause is Cause.CONFIRM:
        return not confirmed
    return confirmed and _CAUSE_OF.get(cadence) is cause


def due_at(cause: Cause, *, at: datetime, last_at: datetime | None) -> datetime:
    """At once, but never sooner than a day after the last one. A number to type in is waited for."""
    if cause is Cause.CONFIRM or last_at is None:
        return at
    return max(at, last_at + NOT_SOONER)


def pause_after(tries: int, *, cause: Cause) -> timedelta | None:
    """How long to wait after so many tries, from 1; None: it is given up."""
    pauses = _PAUSES[cause is Cause.CONFIRM]
    return pauses[tries - 1] if tries <= len(pauses) else None
