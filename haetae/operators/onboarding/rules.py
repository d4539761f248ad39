"""Who may apply with what, and who may let it in. Pure: it says why not, in a code."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from haetae.operators.onboarding.states import FOR_OFFICIALS, OPEN, UNPROVEN, State, Way

PROOF_PATH: Final = "/.well-known/haetae-operator.txt"
PROVEN: Final = "proven"
# Of everybody together: nothing is kept of who applies by which one could be told from another.
APPLICATIONS_AN_HOUR: Final = 20
LOOK_AGAIN_AFTER: Final = timedelta(seconds=20)
NAME_LONGEST: Final = 120
ENDPOINT_LONGEST: Final = 500
_LABEL: Final = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_ORIGIN: Final = re.compile(rf"https://({_LABEL}\.)+[a-z]([a-z0-9-]{{0,61}}[a-z0-9])?", re.ASCII)
_ENDPOINT: Final = re.compile(rf"https://({_LABEL}\.)+[a-z][a-z0-9-]*[a-z0-9]/[!-~]*", re.ASCII)
_MAILBOX: Final = re.compile(rf"[A-Za-z0-9._+-]{{1,64}}@({_LABEL}\.)+[a-z][a-z0-9-]*[a-z0-9]", re.ASCII)
_ELSEWHERE: Final = "other"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the form says. `country` is the id of a law pack, or `other`; the last two are boxes."""

    name: str = ""
    origin: str = ""
    kind: str = ""
    country: str = ""
    zone: str = ""
    language: str = ""
    mailbox: str = ""
    way: str = ""
    endpoint: str = ""
    public_only: bool = False
    in_charge: bool = False


@dataclass(frozen=True, kw_only=True)
class Known:
    """What may stand in the fields of choice."""

    kinds: AbstractSet[str]
    packs: AbstractSet[str]
    zones: AbstractSet[str]
    languages: AbstractSet[str]


def read_origin(text: str) -> str:
    """As it is kept: in small letters, without the slash at the end and the port that goes without saying."""
    return text.strip().lower().removesuffix("/").removesuffix(":443")


def why_not_apply(wanted: Wanted, *, known: Known) -> dict[str, str]:
    """For each field that cannot stay so, a code."""
    problems = {
        "name": "" if 2 <= len(wanted.name) <= NAME_LONGEST and wanted.name.isprintable() else "name_length",
        "origin": ""
        if _ORIGIN.fullmatch(wanted.origin) and len(wanted.origin) < 255
        else "origin_unreadable",
        "kind": "" if wanted.kind in known.kinds else "choose_one",
        "country": "" if wanted.country in {*known.packs, _ELSEWHERE} else "choose_one",
        "zone": "" if wanted.zone in known.zones else "zone_unknown",
        "language": "" if wanted.language in known.languages else "choose_one",
        "mailbox": _why_not_mailbox(wanted),
        "way": "" if wanted.way in set(Way) else "choose_one",
        "endpoint": _why_not_endpoint(wanted),
        "public_only": "" if wanted.public_only else "public_only_missing",
        "in_charge": "" if wanted.in_charge else "in_charge_missing",
    }
    return {field: code for field, code in problems.items() if code}


def _why_not_mailbox(wanted: Wanted) -> str:
    fits = len(wanted.mailbox) <= 254 and _MAILBOX.fullmatch(wanted.mailbox.lower())
    return "" if fits else "mailbox_unreadable"


def _why_not_endpoint(wanted: Wanted) -> str:
    if wanted.way != Way.WEBHOOK:
        return "endpoint_needless" if wanted.endpoint else ""
    fits = len(wanted.endpoint) <= ENDPOINT_LONGEST and _ENDPOINT.fullmatch(wanted.endpoint)
    return "" if fits else "endpoint_unreadable"


def why_not_look(state: State, *, asked_at: datetime | None, now: datetime) -> str | None:
    """Before the origin is looked at once more."""
    if state not in UNPROVEN:
        return "proven_already" if state in FOR_OFFICIALS else "application_over"
    return "just_looked" if asked_at is not None and now - asked_at < LOOK_AGAIN_AFTER else None


def why_not_approve(state: State, *, first_by: UUID | None, official_id: UUID) -> str | None:
    """Two different officials; and nobody lets in what has not shown that the origin is its own."""
    if state in UNPROVEN:
        return "not_proven_yet"
    if state not in FOR_OFFICIALS:
        return "application_over"
    return "approved_by_you_already" if first_by == official_id else None


def why_not_end(state: State) -> str | None:
    """Declined by an official, or withdrawn by whoever applied."""
    return None if state in OPEN else "application_over"


def is_shown(body: bytes, *, token: str) -> bool:
    """Whether the file at the origin says what we asked for, in its first line."""
    lines = body[:1_000].decode("ascii", errors="replace").strip().splitlines()
    return bool(lines) and lines[0].strip() == token
