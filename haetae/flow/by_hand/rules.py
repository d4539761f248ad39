"""Which addresses a mark covers, what a storm is, and who may end what. Pure."""

import re
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import unquote, urlsplit

from haetae.flow.by_hand.states import State

REFERENCE_LONGEST: Final = 40
_REFERENCE: Final = re.compile(r"[0-9A-Za-z가-힣._:/-]+")
PLACE_LONGEST: Final = 500
DEEPEST: Final = 12  # folders of an address that a mark can name; what lies deeper is covered with them
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}

# A host is stormed where one hour brings so many times what its hours usually bring, and in any case as many as the
# installation says. Usual is the mean of the two weeks before, or of the time since its first report, a day at least.
BASELINE: Final = timedelta(days=14)
_BASELINE_LEAST: Final = timedelta(days=1)
TIMES: Final = 10
# It is over when for so long no hour was like that.
QUIET: Final = timedelta(hours=2)
_HOUR: Final = timedelta(hours=1)


def host_of(url: str) -> str | None:
    """`host` or `host:port`, lower case, without a default port and a leading `www.`; None where there is none."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").strip("."), parts.port
    except ValueError:
        return None
    with suppress(UnicodeError):  # a name that no name server knows is compared as it is written
        host = host.encode("idna").decode() if host and ":" not in host else host
    host = host.lower().removeprefix("www.")
    if not host or parts.scheme not in _DEFAULT_PORTS:
        return None
    return host if port in {None, _DEFAULT_PORTS[parts.scheme]} else f"{host}:{port}"


def place_of(typed: str) -> str | None:
    """How a place is written: `host/` or `host/folder/folder/`; None for what is no web address.

    The query and the part of a page are no part of it. Spellings of one path are one place: percent signs, capitals,
    doubled and dotted folders make no difference.
    """
    url = typed.strip() if "://" in typed else f"https://{typed.strip()}"
    host = host_of(url)
    return None if host is None else "/".join([host, *_folders(url), ""])


def beginnings(url: str) -> list[str]:
    """Every place that covers this address: each beginning of its path, and the hosts above it as wholes."""
    host = host_of(url)
    if host is None:
        return []
    folders = _folders(url)[:DEEPEST]
    paths = ["/".join([host, *folders[:count], ""]) for count in range(len(folders) + 1)]
    labels = host.split(".")
    above = [".".join(labels[first:]) + "/" for first in range(1, len(labels) - 1)]
    return [*paths, *above]


def why_not_mark(place: str | None, *, reference: str) -> str | None:
    """A code for what is wrong with a mark that somebody wants to set, or None."""
    if place is None or "." not in place.partition("/")[0]:
        return "mark_place_unreadable"
    if len(place) > PLACE_LONGEST or place.count("/") > DEEPEST + 1:
        return "mark_place_too_long"
    if not reference or len(reference) > REFERENCE_LONGEST:
        return "reference_missing"
    return None if _REFERENCE.fullmatch(reference) else "reference_is_no_code"


def why_not_end(state: State, *, asked_by: object, by: object) -> str | None:
    """Two officials end a mark: who wanted it ended does not agree to that as well."""
    if state is not State.ENDING:
        return "mark_not_ending"
    return "mark_same_official" if asked_by == by else None


def is_storm(*, this_hour: int, before: int, known_for: timedelta, least: int) -> bool:
    """`before`: reports in the hours before this one within BASELINE; `known_for`: since the first of them."""
    return this_hour >= max(least, TIMES * usual(before=before, known_for=known_for))


def usual(*, before: int, known_for: timedelta) -> float:
    """Reports an hour."""
    return before / (min(max(known_for, _BASELINE_LEAST), BASELINE) / _HOUR)


def hour_of(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _folders(url: str) -> list[str]:
    found: list[str] = []
    for part in unquote(urlsplit(url).path).casefold().split("/"):
        if part == "..":
            found = found[:-1]
        elif part not in {"", "."}:
            found.append(part)
    return found
