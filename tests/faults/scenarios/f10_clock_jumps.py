"""F10: the machine's clock jumps while due dates pass and jobs run; and ten thousand due dates are worked out twice."""

import os
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Final

from tests.faults import small
from tests.faults.platform import Platform, running
from tests.faults.scenario import Outcome, Stage

SAYS: Final = "the clock jumps an hour ahead and back while jobs run; due dates are worked out twice"
_JUMPS: Final = (timedelta(hours=1), timedelta(hours=-1), timedelta(seconds=7), timedelta(seconds=-7))
_JUMPS_MANY: Final = 40
# Two in the morning in New York on the day on which its clocks are put forward: the machine stands there.
_BEGINS: Final = datetime(2027, 3, 14, 6, 59, 50, tzinfo=UTC)
_OUR_TARGET: Final = timedelta(hours=24)
_READ_BACK: Final = 100


def play(stage: Stage) -> Outcome:
    os.environ["TZ"] = "America/New_York"
    time.tzset()
    many, platform = stage.cases(short=60), Platform()
    with small.started(stage.folder / "home"), running(platform), small.SetClock(_BEGINS) as clock:
        wrong, worked_out = _worked_out_twice(stage)
        small.operator("asked", origin=platform.origin)
        small.asked_for(platform.origin, many=many)
        jumps, back = _jump_while_it_passes(stage, clock)
        counts = {
            "due dates worked out twice": worked_out,
            "jumps of the clock": jumps,
            "of which back": back,
        }
        return _outcome(stage, platform, many, counts=counts, wrong=wrong)


def _worked_out_twice(stage: Stage) -> tuple[list[str], int]:
    """By the house's function and by an oracle that shares nothing with it; some of them read back from their row."""
    from uuid import uuid4

    from haetae.flow.deadlines.actions import set_deadline
    from haetae.flow.deadlines.models import Deadline
    from haetae.flow.deadlines.states import Basis, Kind
    from tests.law import oracle
    from tests.law.test_due_dates import TERMS, by_the_house, drawn, moment

    wrong, number, read_back = list[str](), 0, stage.cases(short=_READ_BACK)
    for case in drawn(stage.chance):
        number += 1
        months, seconds = TERMS[case.term]
        expected = moment(oracle.due(start=case.start, months=months, seconds=seconds, zone=case.zone))
        found = by_the_house(case)
        if number <= read_back:
            row = set_deadline(
                kind=Kind.LOOK, subject_id=uuid4(), basis=Basis.POLICY, source="haetae", due_at=found
            )
            found = Deadline.objects.get(pk=row.pk).due_at or found
        if found != expected:
            wrong.append(f"{case.term} in {case.zone.name}: {found} instead of {expected}")
    Deadline.objects.filter(kind="look", source="haetae").delete()
    return wrong, number


def _jump_while_it_passes(stage: Stage, clock: small.SetClock) -> tuple[int, int]:
    """Two clocks and a worker run while the time of day is put ahead and back around the moment of the target."""
    clock.at = _BEGINS + _OUR_TARGET - timedelta(minutes=30)
    stopped, problems = threading.Event(), list[Exception]()
    threads = [
        threading.Thread(target=_until, args=[stopped, problems, act], daemon=True)
        for act in (_tick, _tick, _work)
    ]
    for thread in threads:
        thread.start()
    jumps = [stage.chance.choice(_JUMPS) for _ in range(_JUMPS_MANY)]
    for jump in jumps:
        clock.at += jump
        time.sleep(0.05)
    clock.at = max(clock.at, _BEGINS + _OUR_TARGET + timedelta(hours=1))
    small.until(_all_have_passed)
    stopped.set()
    for thread in threads:
        thread.join(60)
    if problems:
        raise problems[0]
    small.do_what_is_due()
    return len(jumps), sum(jump < timedelta() for jump in jumps)


def _until(stopped: threading.Event, problems: list[Exception], act) -> None:  # type: ignore[no-untyped-def]
    from django.db import connection

    try:
        while not stopped.is_set():
            act()
            time.sleep(0.005)
    except Exception as problem:
        problems.append(problem)
    finally:
        connection.close()


def _tick() -> None:
    from haetae.flow.timekeeper import Timekeeper

    Timekeeper().tick()


def _work() -> None:
    from tests.work import do_all_jobs

    do_all_jobs(at_most=100_000)


def _all_have_passed() -> bool:
    from haetae.flow.deadlines.models import Deadline

    return not Deadline.objects.filter(kind="remove", state="set", due_at__isnull=False).exists()


def _outcome(
    stage: Stage, platform: Platform, many: int, *, counts: dict[str, int], wrong: list[str]
) -> Outcome:
    from haetae.audit.models import Event
    from haetae.flow.tasks.models import Task
    from tests.faults import invariants

    overdue = list(Event.objects.filter(name="removal.overdue"))
    times = Counter(event.subject_id for event in overdue)
    tasks = Task.objects.filter(kind="overdue")
    broken = invariants.broken(asked=platform.seen(), home=stage.folder / "home")
    broken += wrong[:5]
    if len(times) != many or any(count != 1 for count in times.values()):
        broken.append(f"{many} requests were escalated {len(overdue)} times.")
    if tasks.count() != many:
        broken.append(f"People have {tasks.count()} tasks for {many} requests.")
    return Outcome(
        counts={
            **counts,
            "of which the two differ": len(wrong),
            "requests": many,
            "escalated": len(overdue),
            "tasks for people": tasks.count(),
        },
        broken=broken,
    )
