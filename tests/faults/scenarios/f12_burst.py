"""F12: many people report at once, while watching has found more than anybody can look at.

In full it is a hundred reports a second for a minute, behind 50,000 finds. How fast words for a case can be drawn at
all is bound by what they cost (scrypt, some 40 ms of a core each): whoever comes while all places are taken is told to
come back, keeps the form, and is counted here. What must hold on any machine is the order.
"""

import math
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from tests.faults.house import house
from tests.faults.scenario import Outcome, Stage
from tests.faults.visitor import Form, NoAnswerError, Visitor

SAYS: Final = "a hundred reports a second for a minute, behind 50,000 pictures that watching has found"
_WAITS_MOST_S: Final = 600.0
_SENDERS: Final = 64
_GROWS_MOST_MIB: Final = 150.0
_EXCHANGE_P95_S: Final = 2.0


@dataclass(kw_only=True)
class Intake:
    """`answered_s`: each exchange; `taken_s`: from the moment somebody wanted to report until they had their words."""

    answers: Counter[str] = field(default_factory=Counter)
    answered_s: list[float] = field(default_factory=list)
    taken_s: list[float] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What stood in the database afterwards; `passed_by` counts finds begun while each report waited."""

    left: int
    alarm: bool
    waits_s: list[float]
    passed_by: list[int]
    grown_mib: dict[str, int]


def play(stage: Stage) -> Outcome:
    finds, a_second, seconds = (50_000, 100, 60) if stage.full else (1_500, 10, 5)
    here = house(stage)

    visitor = Visitor(web_origin=here.whole.web_origin)
    forms = [form for _ in range(a_second * seconds) if (form := visitor.open_form())]
    before = _memory_mib(here)
    _found(finds)
    intake = _burst(visitor, forms, stage, a_second=a_second, origin=here.whole.platform_origin)
    left, alarm = _finds_waiting(), _alarm_is_raised()
    waits_s, passed_by = _until_looked_up(intake.links)
    after = _memory_mib(here)
    grown = {name: round(after[name] - before[name]) for name in ("web", "worker", "keys")}
    seen = Seen(left=left, alarm=alarm, waits_s=waits_s, passed_by=passed_by, grown_mib=grown)
    _drain(stage)
    counts: dict[str, int | float | str] = {
        "finds": finds,
        "finds left after the burst": left,
        "reports sent": len(forms),
        "reports taken": len(intake.taken_s),
        "told to come back": intake.answers["503"],
        "an answer, p95 s": _p95(intake.answered_s),
        "the words, p95 s": _p95(intake.taken_s),
        "looked up, p95 s": _p95(waits_s),
        "finds that passed one by": max(passed_by, default=0),
        "grown, MiB": ", ".join(f"{name} {size:.0f}" for name, size in grown.items()),
    }
    return Outcome(counts=counts, broken=list(_broken(stage, len(forms), intake, seen)))


def _broken(stage: Stage, sent: int, intake: Intake, seen: Seen) -> Iterator[str]:
    strange = {name: count for name, count in intake.answers.items() if name not in ("taken", "503")}
    if strange:
        yield f"A report was answered otherwise than by words or by 'come back': {strange}."
    if len(intake.taken_s) != sent:
        yield f"{sent - len(intake.taken_s)} reports were never taken, however often they were sent."
    if len(seen.waits_s) != len(intake.links):
        yield f"{len(intake.links) - len(seen.waits_s)} reports that were taken are lost, or were not looked up."
    # Those at work already are brought to their end; beyond them only idle hands may take a find.
    if seen.left and max(seen.passed_by, default=0) > _may_pass_by(stage):
        yield f"{max(seen.passed_by)} finds were begun while a report waited to be looked up."
    if seen.left and not seen.alarm:
        yield "Work waits, and no alarm says so."
    if any(size > _GROWS_MOST_MIB for size in seen.grown_mib.values()):
        yield f"Memory grew with the burst: {seen.grown_mib} MiB."
    if stage.full and _p95(intake.answered_s) > _EXCHANGE_P95_S:
        yield f"An answer took {_p95(intake.answered_s)} s at p95."


def _may_pass_by(stage: Stage) -> int:
    return 1_000 if stage.full else 300


def _found(number: int) -> None:
    """As register_sighting leaves them, in bulk: the rows, their events, and the jobs behind all others."""
    from django.db import connection, transaction

    from haetae.audit.models import Event
    from haetae.common import clock, jobs
    from haetae.common.ids import new_id
    from haetae.common.sealed import search_digest
    from haetae.flow.arrival.actions import register_sighting
    from haetae.flow.arrival.models import Sighting
    from haetae.flow.arrival.states import Source

    now = clock.now()
    places = [f"https://nobody.invalid/{new_id()}" for _ in range(number - 1)]
    rows = [
        Sighting(
            page_url=place,
            media_url=f"{place}.jpg",
            locator_digest=search_digest(f"{place}.jpg"),
            source=Source.WATCH,
            found_at=now,
        )
        for place in places
    ]
    with transaction.atomic():
        register_sighting(
            page_url="https://nobody.invalid/",
            media_url=f"https://nobody.invalid/{new_id()}",
            source=Source.WATCH,
        )
        Sighting.objects.bulk_create(rows, batch_size=2_000)
        told = [
            Event(
                at=now,
                name="arrival.found",
                subject_kind="arrival.sighting",
                subject_id=row.pk,
                actor_kind="system",
                facts={"source": "watch"},
            )
            for row in rows
        ]
        numbers = [event.pk for event in Event.objects.bulk_create(told, batch_size=2_000)]
        with connection.cursor() as cursor:
            # Like the one that the product has just put there.
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args)"
                " SELECT model.queue_name, model.task_name, model.priority, jsonb_build_object('event_id', event)"
                " FROM unnest(%s::bigint[]) event, (SELECT * FROM procrastinate_jobs WHERE task_name = %s"
                " ORDER BY id DESC LIMIT 1) model",
                [numbers, jobs.NEXT_STEP],
            )


def _burst(visitor: Visitor, forms: Sequence[Form], stage: Stage, *, a_second: int, origin: str) -> Intake:
    """Open loop: people come when they come, whether or not others were answered."""
    intake, began_s = Intake(), time.monotonic()

    def report(number: int) -> None:
        wanted_s = began_s + number / a_second
        time.sleep(max(0.0, wanted_s - time.monotonic()))
        link = f"{origin}/p/burst-{number}-{stage.chance.getrandbits(32):08x}"
        while time.monotonic() - began_s < _WAITS_MOST_S:
            asked_s = time.monotonic()
            try:
                answer = visitor.send(forms[number], link=link)
            except NoAnswerError as nothing:
                intake.answers[f"no answer: {nothing}"] += 1
                return
            intake.answered_s.append(time.monotonic() - asked_s)
            if answer.is_taken:
                intake.answers["taken"] += 1
                intake.taken_s.append(time.monotonic() - wanted_s)
                intake.links.append(link)
                return
            intake.answers[str(answer.status)] += 1
            if answer.status != 503:
                return
            time.sleep(min(5.0, float(answer.headers.get("retry-after", "1"))))

    with ThreadPoolExecutor(_SENDERS) as senders:
        list(senders.map(report, range(len(forms))))
    return intake


def _finds_waiting() -> int:
    from procrastinate.contrib.django.models import ProcrastinateJob

    from haetae.common import jobs

    return int(
        ProcrastinateJob.objects.filter(status="todo", priority=jobs.BEHIND, task_name=jobs.NEXT_STEP).count()
    )


def _alarm_is_raised() -> bool:
    """What stands at the top of every page of the control room; in the short form, what stands there a minute later."""
    from haetae.common import clock
    from haetae.flow.overview.health import health
    from haetae.web.console.alarms import is_late

    later = clock.now() + timedelta(minutes=2)
    return is_late(health(now=later).queue.oldest_at, later)


def _until_looked_up(links: Sequence[str]) -> tuple[list[float], list[int]]:
    """For each report: how long it took, and how many finds were begun in between."""
    from haetae.audit.models import Event
    from haetae.flow.arrival.models import Report
    from haetae.flow.models import Step

    end_s, wanted = time.monotonic() + _WAITS_MOST_S, set(links)
    while time.monotonic() < end_s and Report.objects.filter(state="received").exists():
        time.sleep(0.5)
    ours = {row.pk for row in Report.objects.exclude(state="received") if row.link in wanted}
    told: dict[Any, dict[str, Any]] = {}
    for event in Event.objects.filter(subject_id__in=ours, name__startswith="arrival."):
        told.setdefault(event.subject_id, {})[event.name] = event.at
    finds = sorted(Step.objects.filter(step="assess_sighting").values_list("taken_at", flat=True))
    waits, passed = [], []
    for times in told.values():
        ended = times.get("arrival.not_found") or times.get("arrival.located")
        if ended is not None:
            waits.append((ended - times["arrival.reported"]).total_seconds())
            passed.append(sum(times["arrival.reported"] <= at <= ended for at in finds))
    return waits, passed


def _drain(stage: Stage) -> None:
    """In the short form the finds are brought to their end, so that what is played next starts in a quiet house."""
    end_s = time.monotonic() + _WAITS_MOST_S
    while not stage.full and time.monotonic() < end_s and _finds_waiting():
        time.sleep(0.5)


def _memory_mib(here: Any) -> dict[str, float]:
    from bench.whole.memory import memory_of

    supervisor = here.whole.supervisor
    return {name: memory_of(supervisor.process_id(name)).own for name in supervisor.restarts()}


def _p95(times: list[float]) -> float:
    return round(sorted(times)[math.ceil(0.95 * len(times)) - 1], 2) if times else 0.0
