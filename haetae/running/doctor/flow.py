"""What goes on, asked with Django: tables, processes of all machines, queues, due dates, the log, and backups."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.db import Error

from haetae.accounts.models import Operator
from haetae.audit.queries import newest_head, unprovable_tail
from haetae.common import clock, jobs, poison
from haetae.flow.deadlines.queries import behind
from haetae.flow.delivery.models import Breaker, Delivery
from haetae.flow.delivery.states import Gate
from haetae.flow.delivery.states import State as DeliveryState
from haetae.flow.overview.health import stamping
from haetae.running.beats.queries import Heard, heard
from haetae.running.doctor.checks import Check, ok, span, warning, wrong
from haetae.running.doctor.database import connections
from haetae.running.doctor.machine import not_looked_at, old
from haetae.running.kinds import CONNECTIONS, Kind
from haetae.running.readiness import not_applied

BACKUPS: Final = "backups.jsonl"
_MINUTE, _HOUR, _DAY = 60.0, 3_600.0, 86_400.0
# Without these nothing goes on; matcher, looker and watcher each stand for one thing alone.
_NEEDED: Final = (Kind.WEB, Kind.WORKER, Kind.TIMEKEEPER, Kind.SEALER)


def checks(url: str) -> Iterator[Check]:
    """One part after the other; what the database does not answer is said to be unknown."""
    parts = {
        "tables": _tables,
        "processes": _processes,
        "connections": lambda: _connections(url),
        "queues": _queues,
        "due_dates": _due_dates,
        "log": _log,
        "deliveries": _deliveries,
        "operators": _operators,
        "backups": _backups,
    }
    for code, part in parts.items():
        try:
            yield from part()
        except Error as trouble:
            yield not_looked_at(code, f"the database refused ({type(trouble).__name__})")


def _tables() -> Iterator[Check]:
    waiting = not_applied()
    if waiting:
        words = f"{len(waiting)} migrations of this code are not applied, the first is {waiting[0]}."
        yield wrong(
            "tables", words, "Run `haetae setup` with DATABASE_OWNER_URL; until then no page is ready."
        )
    else:
        yield ok("tables", "The tables are those of this code.")


def _processes() -> Iterator[Check]:
    found = heard(now=clock.now())
    living = Counter(one.kind for one in found if one.is_alive)
    missing = [kind.value for kind in _NEEDED if not living[kind]]
    said = ", ".join(f"{number} {kind}" for kind, number in sorted(living.items())) or "none"
    if missing:
        yield wrong(
            "processes", f"There is no {' and no '.join(missing)}; alive: {said}.", "Start what is missing."
        )
    else:
        yield ok("processes", f"Alive: {said}.")
    for one in found:
        if not one.is_alive:
            yield _silent(one)
    versions = sorted({one.version for one in found if one.is_alive})
    if len(versions) > 1:
        way_out = "So it is while an update goes on; otherwise start the old ones anew."
        yield warning("versions", f"Processes run different code: {', '.join(versions)}.", way_out)


def _silent(one: Heard) -> Check:
    words = f"A {one.kind} on {one.machine} fell silent {span(one.silent_s)} ago and did not end in order."
    return warning("process_silent", words, "Look at that machine; the line goes a day after its last word.")


def _connections(url: str) -> Iterator[Check]:
    found = connections(url)
    if found is None:
        yield not_looked_at("connections", "the database does not answer")
        return
    most, taken = found
    wanted = sum(CONNECTIONS[one.kind] for one in heard(now=clock.now()) if one.is_alive)
    words = (
        f"The processes open up to {wanted} connections; the server gives {most}, and {taken} are taken now."
    )
    if wanted > most:
        yield wrong("connections", words, "Raise max_connections, or put a pooler in front (session mode).")
    else:
        yield ok("connections", words)


def _queues() -> Iterator[Check]:
    now = clock.now()
    found = jobs.queues(now=now)
    waiting = sum(one.waiting for one in found)
    ages = [(now - one.oldest_at).total_seconds() for one in found if one.oldest_at]
    worst = min((one for one in found if one.oldest_at), key=lambda one: one.oldest_at or now, default=None)
    words = f"{waiting} jobs wait" + (f", most in need is the queue {worst.name}" if worst else "")
    way_out = "Start more workers, and look at what they log."
    yield old(
        "queues", words, age_s=max(ages, default=0), warn_s=_MINUTE, wrong_s=10 * _MINUTE, way_out=way_out
    )
    failed = jobs.failed()
    if failed:
        way_out = "They are tried again every ten minutes; the logs of the workers say what breaks them."
        yield warning("jobs_failed", f"{failed} jobs used up their tries.", way_out)
    if aside := poison.count():
        words = f"{aside} jobs can not succeed as they are, and were set aside after three tries."
        yield warning("jobs_set_aside", words, "`haetae jobs list` shows them; each waits for a person.")


def _due_dates() -> Iterator[Check]:
    now = clock.now()
    late = behind(at=now)
    age_s = (now - late.oldest_at).total_seconds() if late.oldest_at else 0.0
    words = f"{late.count} due dates have come and nothing followed"
    way_out = "Start a timekeeper: it makes up for every one of them, once."
    yield old("due_dates", words, age_s=age_s, warn_s=10, wrong_s=_MINUTE, way_out=way_out)


def _log() -> Iterator[Check]:
    now = clock.now()
    tail, head = unprovable_tail(), newest_head()
    age_s = (now - tail.oldest_at).total_seconds() if tail.oldest_at else 0.0
    newest = f"; the newest head covers {head.size}" if head else "; there is no head yet"
    words = f"{tail.events} events are under no signed head yet{newest}"
    way_out = "Start a sealer, and see that the keys answer."
    yield old("log", words, age_s=age_s, warn_s=_MINUTE, wrong_s=10 * _MINUTE, way_out=way_out)
    if stamping().is_late(now=now):
        way_out = "Ask the authority; `haetae verify-log` says which head it stamped last."
        yield warning("stamped", "No time stamp for more than 30 hours.", way_out)


def _deliveries() -> Iterator[Check]:
    dead = Delivery.objects.filter(
        state__in=[DeliveryState.DEAD.value, DeliveryState.NO_CHANNEL.value]
    ).count()
    if dead:
        way_out = "Each has a task at /console/tasks/: somebody asks the operator in another way."
        yield warning(
            "dead_letters", f"{dead} requests could not be handed over and wait for people.", way_out
        )
    else:
        yield ok("dead_letters", "Nothing that was to be said to an operator was given up.")
    shut = Breaker.objects.exclude(gate=Gate.CLOSED.value).count()
    if shut:
        yield warning("breakers", f"{shut} operators are left alone for now.", "See the page of health.")


def _operators() -> Iterator[Check]:
    known = Operator.objects.count()
    if not known:
        yield warning(
            "operators", "No operator is registered: nobody can be asked.", "See `haetae operator`."
        )
    else:
        yield ok(
            "operators", f"{known} operators are registered; `haetae operators check` tries the way to each."
        )


def _backups() -> Iterator[Check]:
    """What `haetae backup` writes down about each backup: one line of JSON with `at` in it."""
    file = settings.HAETAE_HOME / BACKUPS
    try:
        newest = max(_times(file.read_text(encoding="utf-8").splitlines()), default=None)
    except FileNotFoundError:
        newest = None
    except (OSError, UnicodeDecodeError):
        yield warning("backups", f"{file} cannot be read.", "See who owns it.")
        return
    if newest is None:
        words = "No backup is known in this home."
        yield warning(
            "backups", words, "Make one with `haetae backup`, or look at the machine that makes them."
        )
        return
    age_s = (clock.now() - newest).total_seconds()
    way_out = "Make one: what came after it would be lost with the database's disk."
    yield old(
        "backups", "There are backups", age_s=age_s, warn_s=1.25 * _DAY, wrong_s=8 * _DAY, way_out=way_out
    )


def _times(lines: list[str]) -> Iterator[datetime]:
    for line in lines:
        try:
            at = datetime.fromisoformat(str(json.loads(line)["at"]))
        except (ValueError, KeyError, TypeError):
            continue
        yield at if at.tzinfo else at.replace(tzinfo=UTC)
