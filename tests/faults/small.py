"""The smallest installation that can be broken: a real database with its tables, keys, and what a scenario adds."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from tests import tables

if TYPE_CHECKING:
    from haetae.accounts.models import Operator
    from haetae.detect.finding import Finding
    from haetae.running.installation import Installation

_PASSES_WITHIN_S = 60.0
_AT_ONCE = 50
_JOBS_MOST = 100_000  # one wakes the other for ever


@contextmanager
def started(home: Path) -> "Iterator[Installation]":
    """Django is set up in this process, for a database that nobody but this scenario has."""
    from haetae.running import installation

    tables.lay(home / "postgres")
    with (home / "postgres" / "postgresql.conf").open("a") as settled:
        settled.write("\nfsync = off  # nothing of it outlives the scenario\n")
    with installation.opened() as here:
        installation.django_ready(here)
        from django.db import connections

        try:
            yield here
        finally:
            connections.close_all()


@contextmanager
def working(*, at_once: int = 2, keeps_time: bool = True) -> Iterator[None]:
    """Both crews of a real worker and, unless others are there for that, a real clock; in threads of this process."""
    from django.db import connection
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params

    from haetae.flow.timekeeper import Timekeeper
    from haetae.running import worker
    from haetae.running.queue_connection import QueueConnection

    queue = QueueConnection(on_loss=lambda: None, kwargs=connector_params())
    crews: list[worker.Worker] = []
    begun, stopped, problems = threading.Event(), threading.Event(), []

    async def work() -> None:
        async with connected.open_async():
            connected.perform_import_paths()  # type: ignore[no-untyped-call]
            wanted = worker.crews_of(connected, at_once=at_once)
            crews.extend(worker._crew(connected, queues, size) for queues, size in wanted.items())
            loop = asyncio.get_running_loop()
            loop.set_default_executor(worker.ThreadPoolExecutor(sum(wanted.values())))
            begun.set()
            await asyncio.gather(*(crew.run() for crew in crews))

    def run() -> None:
        try:
            asyncio.run(work())
        except Exception as problem:
            problems.append(problem)
            begun.set()

    def keep_time() -> None:
        timekeeper = Timekeeper()
        while not stopped.wait(0.0 if timekeeper.tick() else 0.05):
            pass
        connection.close()

    acts = (run, keep_time) if keeps_time else (run,)
    with app.replace_connector(queue) as connected:
        threads = [threading.Thread(target=act, daemon=True) for act in acts]
        for thread in threads:
            thread.start()
        begun.wait(_PASSES_WITHIN_S)
        try:
            yield
        finally:
            stopped.set()
            for crew in crews:
                crew.stop()  # type: ignore[no-untyped-call]
            for thread in threads:
                thread.join(_PASSES_WITHIN_S)
    if problems:
        raise problems[0]


def until(done: Callable[[], bool], *, within_s: float = _PASSES_WITHIN_S) -> bool:
    """Whether it came about in time."""
    deadline = time.monotonic() + within_s
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


class SetClock:
    """The clock of this process, set as the scenario likes. It stands still unless it is made to `run`."""

    def __init__(self, at: datetime | None = None) -> None:
        from haetae.common import clock

        self._module, self._real = clock, clock.now
        self.at = at or clock.now()

    def __enter__(self) -> "SetClock":
        self._module.now = lambda: self.at  # type: ignore[assignment]
        return self

    def __exit__(self, *_: object) -> None:
        self._module.now = self._real

    def goes(self, **time_: float) -> None:
        self.at += timedelta(**time_)


def asked_for(origin: str, *, many: int) -> None:
    """Decided likewise, and everything done that follows at once."""
    for first in range(0, many, _AT_ONCE):
        decided(origin, many=min(_AT_ONCE, many - first), first=first)
        do_what_is_due()


def let_time_pass(clock: SetClock, *, until_: datetime) -> int:
    """From one due date to the next, each at its very moment; returns how many jobs were done."""
    from haetae.flow.deadlines.queries import next_due_at

    done = do_what_is_due()
    while (due_at := next_due_at()) is not None and due_at <= until_:
        clock.at = max(clock.at, due_at)
        done += do_what_is_due()
    clock.at = until_
    return done


def do_what_is_due() -> int:
    """Everything that is due by this process' clock and everything that follows, at once; returns how many jobs."""
    from haetae.common import clock
    from haetae.flow.deadlines.actions import pass_due
    from tests.work import do_all_jobs

    done = len(do_all_jobs(at_most=_JOBS_MOST))
    while pass_due(at=clock.now()):
        done += len(do_all_jobs(at_most=_JOBS_MOST))
    return done


def operator(
    name: str, *, origin: str, connector: str = "sandbox", endpoint: str = "", jurisdiction: str = "kr"
) -> "Operator":
    """Registered, with a token of its own where it speaks the sandbox platform's interface."""
    from django.conf import settings

    from haetae.accounts.actions import Standing, register_operator
    from haetae.audit.actor import SYSTEM

    secret = f"{sha256(name.encode()).hexdigest()[:12]}-token" if connector == "sandbox" else ""
    if secret:
        settings.KEYS.store(secret, b"of-this-scenario-alone")
    standing = Standing(endpoint=endpoint, jurisdiction=jurisdiction)
    return register_operator(
        name=name, connector=connector, origin=origin, secret_name=secret, standing=standing, actor=SYSTEM
    )


def decided(origin: str, *, many: int, first: int = 0) -> list[UUID]:
    """So many places of which it is decided to ask for deletion, from the verdict on as in real life; their sightings.

    Only the look at a picture is left out: the steps that lead to it count as taken, and the finding is written here.
    """
    return [_decided(f"{origin}/p/{number}", f"{origin}/m/{number}") for number in range(first, first + many)]


def _decided(page_url: str, media_url: str) -> UUID:
    from django.db import transaction

    from haetae.audit.models import Event
    from haetae.common import clock
    from haetae.flow.arrival.actions import register_sighting
    from haetae.flow.arrival.states import Source
    from haetae.flow.assessment.actions import examined, open_assessment
    from haetae.flow.models import Step

    with transaction.atomic():
        sighting = register_sighting(page_url=page_url, media_url=media_url, source=Source.WATCH)
        assessment = open_assessment(sighting_id=sighting, reported=False)
        assert assessment is not None
        for subject, step in ((sighting, "assess_sighting"), (assessment, "examine")):
            event = Event.objects.get(subject_id=str(subject))
            Step.objects.create(event_id=event.pk, step=step, taken_at=clock.now())
        examined(assessment_id=assessment, finding=_a_known_picture(media_url))
    return sighting


def _a_known_picture(url: str) -> "Finding":
    from haetae.detect import finding
    from haetae.detect.finding import Fingerprints, Media, Signal, SignalKind, Verdict
    from haetae.detect.matching import Tier

    facts = {"entry_id": "1", "list_name": "faults", "tier": int(Tier.COUNSELLOR_CHECKED)}
    facts |= {"distance_bits": 0, "confirmed": True, "exact": True, "variant": "file"}
    digest = sha256(url.encode()).hexdigest()
    return finding.Finding(
        media=Media(kind="image", format="jpeg", width_px=9, height_px=9, frames=1, size_bytes=9),
        fingerprints=Fingerprints(sha256=digest),
        signals=(Signal(kind=SignalKind.KNOWN_HASH, facts=facts),),
        verdict=Verdict.REQUEST,
        reasons=(),
    )
