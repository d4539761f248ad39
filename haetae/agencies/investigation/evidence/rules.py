"""Who may do what with a piece of evidence, until when a deletion waits for it, and why not. Pure: codes."""

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from haetae.agencies.investigation.evidence.states import IN_CUSTODY, MOVES, State
from haetae.law.evidence import Purpose

LONGEST_ADDRESS: Final = 2_000
REASON_SHORTEST: Final = 10
REASON_LONGEST: Final = 500
REFERENCE_LONGEST: Final = 60
MATERIAL_LONGEST: Final = 100_000
_RECIPIENT: Final = re.compile(r"age1[02-9ac-hj-np-z]{58}")


def why_not_ask(*, address: str, custodians: int) -> str | None:
    """What stands against keeping a page. Without a custodian's key there is nobody to lock it for."""
    if len(address) > LONGEST_ADDRESS or any(one.isspace() for one in address):
        return "evidence_address"
    try:
        parts = urlsplit(address)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None
    except ValueError:
        is_web = False
    if not is_web:
        return "evidence_address"
    return None if custodians else "evidence_no_custodian"


def why_not_keep(*, text: str, custodians: int) -> str | None:
    """What stands against keeping written material of an operation, or a statement."""
    if not _is_said(text, least=REASON_SHORTEST, most=MATERIAL_LONGEST):
        return "evidence_material"
    return None if custodians else "evidence_no_custodian"


def waits_until(*, asked_at: datetime, waits: timedelta) -> datetime:
    """The moment at which a deletion goes out, whether the place was kept or not."""
    return asked_at + waits


def deletion_goes_at(
    *, held_until: datetime, requested_at: datetime, may_be_a_minor: bool, waits_for_minors: timedelta
) -> datetime:
    """For a minor the wait also counts from the request itself: nobody makes it longer by asking late."""
    return min(held_until, requested_at + waits_for_minors) if may_be_a_minor else held_until


def why_not_use(*, purpose: str, reason: str, lawful: Collection[Purpose]) -> str | None:
    """Only for a purpose that the law names on that day, with a reason in words."""
    if purpose not in set(lawful):
        return "evidence_purpose"
    return None if _is_said(reason) else "evidence_reason"


def why_not_act(state: State, *, is_holder: bool, is_damaged: bool) -> str | None:
    """What stands against opening it or handing it out, or None."""
    if state is State.DESTROYED:
        return "evidence_destroyed"
    if not is_holder or state not in IN_CUSTODY:
        return "evidence_not_held"
    if state is State.HANDED_OVER:
        return "evidence_on_its_way"
    return "evidence_damaged" if is_damaged else None


def why_not_take(state: State) -> str | None:
    """It is taken once, when it is sealed."""
    return None if State.HELD in MOVES[state] and state is State.SEALED else "evidence_not_to_take"


def why_not_keeper(*, works_on_it: bool, asked_for_it: bool) -> str | None:
    """Who gathers evidence does not keep it."""
    return "evidence_own_file" if works_on_it or asked_for_it else None


def why_not_give(state: State, *, is_holder: bool, to_oneself: bool, is_custodian: bool) -> str | None:
    """Only whoever holds it gives it, to another custodian who has a key."""
    if not is_holder or state is not State.HELD:
        return "evidence_not_held"
    if to_oneself:
        return "evidence_to_oneself"
    return None if is_custodian else "evidence_no_receiver"


def why_not_receive(state: State, *, is_receiver: bool) -> str | None:
    """Only whom it was given to says that it came."""
    return None if state is State.HANDED_OVER and is_receiver else "evidence_not_given"


def why_not_destroy(
    *, state: State, is_holder: bool, is_held_back: bool, kept_until: datetime | None, now: datetime
) -> str | None:
    """A hold forbids it, and so does the time for which it must be kept; None as that time is for good."""
    if State.DESTROYED not in MOVES[state] or not is_holder:
        return "evidence_not_held"
    if is_held_back:
        return "evidence_hold"
    if kept_until is None:
        return "evidence_for_good"
    return "evidence_term" if now < kept_until else None


def why_not_confirm(*, asked_by_self: bool) -> str | None:
    """Whoever asks for its destruction does not confirm it."""
    return "evidence_same_person" if asked_by_self else None


def why_not_hold(
    *, state: State, until: datetime, now: datetime, latest: datetime, reason: str
) -> str | None:
    """What stands against a hold, or None. `latest` is the end of the longest one."""
    if state in {State.DESTROYED, State.NOT_CAPTURED}:
        return "evidence_destroyed"
    if until <= now:
        return "until_is_over"
    if until > latest:
        return "until_too_far"
    return None if _is_said(reason) else "evidence_reason"


def why_not_register(*, recipient: str, is_known: bool) -> str | None:
    """What stands against a custodian's key."""
    if not _RECIPIENT.fullmatch(recipient):
        return "evidence_key_unreadable"
    return "evidence_key_known" if is_known else None


def why_not_reference(reference: str) -> str | None:
    """The number of the court or of the office that gets it."""
    number = reference.strip()
    is_number = any(one.isdigit() for one in number) and number.isprintable()
    return None if is_number and len(number) <= REFERENCE_LONGEST else "export_reference"


def _is_said(text: str, *, least: int = REASON_SHORTEST, most: int = REASON_LONGEST) -> bool:
    return sum(one.isprintable() for one in text.strip()) >= least and len(text.strip()) <= most
