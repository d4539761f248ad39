"""What `haetae watch` does, once Django is ready: writes lists down, says how they go, and visits what is due."""

import signal
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any, Final

import structlog
from django.db import Error, connection
from django.utils import timezone

from haetae.accounts.agencies import AgencyKey
from haetae.accounts.queries import operators
from haetae.common import clock
from haetae.common.keys import KeysUnavailableError
from haetae.common.outbound import Origin
from haetae.connectors.crawling.engine import crawl
from haetae.flow.arrival.watching import actions, queries
from haetae.flow.arrival.watching.actions import CannotWatchError, Drafter
from haetae.flow.arrival.watching.frontier import DatabaseFrontier
from haetae.flow.arrival.watching.models import WatchList
from haetae.flow.arrival.watching.rules import Named, Wanted
from haetae.flow.arrival.watching.saying import why_not
from haetae.flow.arrival.watching.states import Kind, State
from haetae.running import pulse
from haetae.running.partners import CannotDoError

__all__ = ["CannotDoError", "Told", "add", "listed", "once", "watch_until_stopped"]
_PAUSE_AFTER_TROUBLE_S: Final = 1.0
_DAYS_MOST: Final = 36_500  # more is in no calendar

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Told:
    """A list as somebody types it: `kind` and `vanishes` are of all its places."""

    name: str
    places: Sequence[str]
    kind: str
    purpose: str
    basis: str
    days: int
    every_s: int
    follow_depth: int
    weight: int
    hosts: Sequence[str]
    phrases: Path | None
    vanishes: bool


def add(told: Told) -> dict[str, Any]:
    """Write a draft down. Whoever types commands is no official: one must switch it on.

    Raises CannotDoError.
    """
    if abs(told.days) > _DAYS_MOST:
        raise CannotDoError(f"--days: {why_not('watch_until_long')}")
    wanted = Wanted(
        name=told.name,
        purpose=told.purpose,
        basis=told.basis,
        until=clock.now() + timedelta(days=told.days),
        places=[Named(url=url, kind=Kind(told.kind), vanishes=told.vanishes) for url in told.places],
        every_s=told.every_s,
        follow_depth=told.follow_depth,
        weight=told.weight,
        hosts=told.hosts,
        phrases=_phrases(told.phrases),
    )
    try:
        list_id = actions.draft(wanted, by=Drafter(agency=AgencyKey.SUPPORT_CENTRE))
    except CannotWatchError as refused:
        raise CannotDoError(_sentence(refused, wanted)) from refused
    return _standing(queries.get_list(list_id))


def listed() -> list[dict[str, Any]]:
    """How each list goes. What it names is not among it: that is read on the pages, by whoever may."""
    return [_standing(row) for row in queries.all_lists()]


def once() -> dict[str, Any]:
    """One pass over all that is due, until nothing is; what another process is visiting is left to it."""
    lists = queries.lists_to_visit()
    frontier = DatabaseFrontier(one_pass=True)
    try:
        totals = crawl(frontier, origins=_origins)
    finally:
        frontier.close()
    return {
        "lists": len(lists),
        "drafts": queries.watching().drafts,
        "stopped": queries.stop_in_force() is not None,
        "visited": totals.visited,
        "seen": totals.seen,
        "missed": totals.missed,
        "by_reason": dict(sorted(totals.by_reason.items())),
        "pictures": totals.pictures,
        "found": frontier.found,
        "bytes_read": totals.bytes_read,
        "due": queries.due_now(lists),
    }


def watch_until_stopped() -> None:
    """The process `watcher`: visits what is due, and waits for more. After trouble with the database it begins anew."""
    stop = threading.Event()

    def told_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()
        pulse.told_to_stop()

    def is_told_to_stop() -> bool:
        """Asked with every round of the engine."""
        pulse.moved()
        return stop.is_set()

    signal.signal(signal.SIGTERM, told_to_stop)
    signal.signal(signal.SIGINT, told_to_stop)
    while not stop.is_set():
        frontier = DatabaseFrontier()
        try:
            crawl(frontier, until=is_told_to_stop, wait=True, origins=_origins)
            frontier.close()
        except (Error, KeysUnavailableError) as trouble:
            away = "database_away" if isinstance(trouble, Error) else "keys_away"
            log.warning(away, trouble=type(trouble).__name__)
            connection.close()
            pulse.waiting()
            stop.wait(_PAUSE_AFTER_TROUBLE_S)


def _origins() -> frozenset[Origin]:
    """What an administrator registered may be visited wherever it lies; all else must be public."""
    return frozenset(Origin.parse(one.origin) for one in operators().filter(public_only=False))


def _phrases(file: Path | None) -> list[str]:
    if file is None:
        return []
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise CannotDoError(
            f"--phrases: {file} cannot be read as UTF-8 text, one phrase a line."
        ) from problem
    return [line.strip() for line in text.splitlines() if line.strip()]


_OPTIONS: Final = {
    "watch_name": "NAME", "watch_name_taken": "NAME", "watch_purpose": "--purpose", "watch_basis": "--basis",
    "watch_until_over": "--days", "watch_until_long": "--days", "watch_every": "--every", "watch_depth": "--depth",
    "watch_weight": "--weight", "watch_hosts": "--host", "watch_host": "--host", "watch_phrases": "--phrases",
    "watch_phrase": "--phrases",
}  # fmt: skip


def _sentence(refused: CannotWatchError, wanted: Wanted) -> str:
    """Which option, which of its values, and what to do."""
    option = _OPTIONS.get(refused.code, "--place")
    many = {
        "--host": wanted.hosts,
        "--phrases": wanted.phrases,
        "--place": [one.url for one in wanted.places],
    }
    which = f" {many[option][refused.line - 1]!r}" if refused.line else ""
    known = (
        f" Those of today: {', '.join(queries.bases_on(timezone.localdate(clock.now())))}."
        if refused.code == "watch_basis"
        else ""
    )
    return f"{option}{which}: {why_not(refused.code)}{known}"


def _standing(row: WatchList) -> dict[str, Any]:
    goes = queries.progress_of(row)
    return {
        "id": str(row.pk),
        "name": row.name,
        "state": row.state,
        "agency": row.agency,
        "basis": row.basis,
        "until": row.until.isoformat(),
        "every_s": row.every_s,
        "waits_for": "another official" if row.state == State.DRAFT else "",
        "places": goes.places,
        "visited": goes.visited,
        "due": goes.due,
        "oldest_due_at": _iso(goes.oldest_due_at),
        "gone": goes.gone,
        "leads": goes.leads,
        "found": goes.finds,
        "today": dict(goes.today),
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
