"""What stands against asking a platform to keep data. Pure: codes that pages word."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from haetae.agencies.investigation.letters.hosts import is_host
from haetae.agencies.investigation.preservation.states import WAITS, State

ACCOUNTS_MOST: Final = 20
TEXT_SHORTEST: Final = 10
TEXT_LONGEST: Final = 2_000


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is to be kept, and why. There is nothing in it by which data could come in."""

    platform: str
    accounts: Collection[str]
    why: str
    office: str
    contact: str
    urgent_because: str = ""


def why_not_want(wanted: Wanted, *, urgent: bool) -> str | None:
    """What stands against it, or None."""
    if not is_host(wanted.platform):
        return "platform_is_no_host"
    accounts = [one.strip() for one in wanted.accounts if one.strip()]
    if not accounts:
        return "no_account"
    if len(accounts) > ACCOUNTS_MOST or any(len(one) > 200 for one in accounts):
        return "too_many_accounts"
    texts = (wanted.why, wanted.office, wanted.contact, wanted.urgent_because)
    if any(len(one) > TEXT_LONGEST for one in texts):
        return "request_text_long"
    if len(wanted.why.strip()) < TEXT_SHORTEST:
        return "why_keep_missing"
    if len(wanted.office.strip()) < 2 or len(wanted.contact.strip()) < 5:
        return "office_missing"
    return "urgency_missing" if urgent and len(wanted.urgent_because.strip()) < TEXT_SHORTEST else None


def why_not_decide(state: State, *, is_own: bool, is_member: bool, approves: bool, why: str) -> str | None:
    """Whoever asked for it, or works on the file, does not approve it; a no says why."""
    if is_own:
        return "keep_own_application"
    if is_member:
        return "keep_own_file"
    if state not in WAITS:
        return "keep_not_waiting"
    return "keep_refusal_missing" if not approves and len(why.strip()) < TEXT_SHORTEST else None


def why_not_order(*, is_member: bool, laid_before: bool) -> str | None:
    """By themselves a prosecutor acts in a file that was laid before them, and on which they do not work."""
    if not laid_before:
        return "keep_file_unknown"
    return "keep_own_file" if is_member else None
