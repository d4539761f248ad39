"""What stands against drafting, signing, sending and answering a request for data. Pure: codes that pages word."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from haetae.agencies.investigation.letters.hosts import is_host
from haetae.agencies.investigation.subscribers.states import WITH_DATA, Refusal, State
from haetae.law.asking import DataBasis, DataKind, Instrument

ACCOUNTS_MOST: Final = 20
ACCOUNT_LONGEST: Final = 200
TEXT_LONGEST: Final = 2_000
NOTE_SHORTEST: Final = 10
DATA_LONGEST: Final = 20_000
_WARRANT: Final = re.compile(r"[0-9A-Za-z가-힣._:/-]{4,60}")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked. `act_on` is the day of the deed: it decides which penalty the letter names.

    `since` and `until` bound the time that the data is of, with a zone. `of_preserved`: it acquires what was kept.
    """

    platform: str
    abroad: bool
    basis: str
    data: Collection[DataKind]
    accounts: Collection[str]
    act_on: date
    since: datetime
    until: datetime
    office: str
    contact: str
    facts: str
    dual_criminality: str = ""
    warrant: str = ""
    of_preserved: bool = False
    wants_kept: bool = True
    wants_silence: bool = True


def why_not_ask(asked: Asked, *, basis: DataBasis | None, is_offence: bool, now: datetime) -> str | None:
    """What stands against a draft, or None. `is_offence`: the file's offence was one on the day of the deed."""
    if basis is None:
        return "no_legal_basis"
    return (
        _why_not_whom(asked)
        or _why_not_when(asked, is_offence=is_offence, now=now)
        or _why_not_what(asked, basis)
        or _why_not_said(asked)
    )


def _why_not_whom(asked: Asked) -> str | None:
    if not is_host(asked.platform):
        return "platform_is_no_host"
    accounts = [one.strip() for one in asked.accounts if one.strip()]
    if not accounts:
        return "no_account"
    long = any(len(one) > ACCOUNT_LONGEST for one in accounts)
    return "too_many_accounts" if long or len(accounts) > ACCOUNTS_MOST else None


def _why_not_when(asked: Asked, *, is_offence: bool, now: datetime) -> str | None:
    if not is_offence:
        return "no_offence_that_day"
    return None if asked.since < asked.until <= now else "time_range_wrong"


def _why_not_what(asked: Asked, basis: DataBasis) -> str | None:
    if not asked.data:
        return "no_data_chosen"
    if not set(asked.data) <= set(basis.data):
        return "data_beyond_basis"
    # What was kept is acquired by a court's word alone, whatever the instrument.
    if asked.of_preserved and basis.instrument is not Instrument.WARRANT:
        return "preserved_needs_warrant"
    if basis.needs_warrant and not _WARRANT.fullmatch(asked.warrant):
        return "warrant_missing"
    return "warrant_not_needed" if asked.warrant and not basis.needs_warrant else None


def _why_not_said(asked: Asked) -> str | None:
    texts = (asked.office, asked.contact, asked.facts, asked.dual_criminality)
    if any(len(one) > TEXT_LONGEST for one in texts):
        return "request_text_long"
    if len(asked.office.strip()) < 2 or len(asked.contact.strip()) < 5:
        return "office_missing"
    if len(asked.facts.strip()) < NOTE_SHORTEST:
        return "facts_missing"
    if asked.abroad and len(asked.dual_criminality.strip()) < NOTE_SHORTEST:
        return "dual_criminality_missing"
    return None


def why_not_sign(*, is_own: bool) -> str | None:
    """Four eyes: whoever drafted it does not sign it."""
    return "request_own_draft" if is_own else None


def why_not_when(at: datetime, *, after: datetime, now: datetime) -> str | None:
    """What people note lies neither ahead nor before the step before it; they note minutes."""
    if at > now:
        return "day_ahead"
    return "day_before_last" if at < after.replace(second=0, microsecond=0) else None


def why_not_answer(after: State, *, reasons: Collection[Refusal], data: str) -> str | None:
    """A refusal, and a part, say why; data comes with an answer alone."""
    if after in {State.REFUSED, State.PARTLY} and not reasons:
        return "refusal_reason_missing"
    if after not in {State.REFUSED, State.PARTLY} and reasons:
        return "reasons_without_refusal"
    if after in WITH_DATA and not data.strip():
        return "answer_empty"
    if after not in WITH_DATA and data.strip():
        return "data_without_answer"
    return "answer_too_long" if len(data) > DATA_LONGEST else None
