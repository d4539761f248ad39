"""F11: nobody passed due dates for two hours; then two clocks run at once, and one of them is killed."""

import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from typing import Final

from tests.faults import small
from tests.faults.platform import Platform, running
from tests.faults.scenario import Outcome, Stage

SAYS: Final = "no clock ran for two hours, then two at once, of which one is killed"
_GONE_FOR: Final = timedelta(hours=2)
_DONE_WITHIN_S: Final = 300.0


def play(stage: Stage) -> Outcome:
    many = stage.cases(short=60)
    platform = Platform()
    with small.started(stage.folder / "home") as here, running(platform):
        small.operator("asked", origin=platform.origin)
        small.asked_for(platform.origin, many=many)
        subjects = _fall_due(stage, many)
        began_s = time.monotonic()
        with small.working(keeps_time=False):
            clocks = [_clock(here.environment()) for _ in range(2)]
            try:
                small.until(lambda: _passed() >= 1, within_s=_DONE_WITHIN_S)
                clocks[0].kill()
                small.until(lambda: _escalated() >= many and _is_quiet(), within_s=_DONE_WITHIN_S)
            finally:
                for clock in clocks:
                    clock.terminate()
                    clock.wait(30)
        return _outcome(stage, platform, subjects, took_s=time.monotonic() - began_s)


def _clock(environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "haetae", "timekeeper"], env=environment, stdout=subprocess.DEVNULL
    )


def _fall_due(stage: Stage, many: int) -> list[str]:
    """Our own target for each request fell due at some moment of the last two hours; subjects in that order."""
    from haetae.common import clock
    from haetae.flow.deadlines.models import Deadline

    now, gone_s = clock.now(), int(_GONE_FOR.total_seconds())
    rows = list(Deadline.objects.filter(kind="remove", basis="policy", state="set").order_by("pk"))
    late = stage.chance.sample(range(1, gone_s * 1_000), many)
    for row, late_ms in zip(rows, late, strict=True):
        row.due_at = now - timedelta(milliseconds=late_ms)
        row.save(update_fields=["due_at"])
    return [str(row.subject_id) for row in sorted(rows, key=lambda row: row.due_at)]


def _passed() -> int:
    from haetae.audit.models import Event

    return Event.objects.filter(name="deadlines.passed", facts__kind="remove").count()


def _escalated() -> int:
    from haetae.audit.models import Event

    return Event.objects.filter(name="removal.overdue").count()


def _is_quiet() -> bool:
    """Nothing of a case is in anybody's hands; what the house does by the clock is none of it."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from haetae.common.jobs import by_the_clock

    ours = ProcrastinateJob.objects.filter(task_name__startswith="haetae.", status="doing")
    return not ours.exclude(task_name__in=by_the_clock()).exists()


def _outcome(stage: Stage, platform: Platform, subjects: list[str], *, took_s: float) -> Outcome:
    from haetae.audit.models import Event
    from haetae.flow.tasks.models import Task
    from tests.faults import invariants

    events = Event.objects.filter(name="deadlines.passed", facts__kind="remove").order_by("pk")
    passed = [str(event.facts["for"]) for event in events]
    escalated = Counter(
        str(subject)
        for subject in Event.objects.filter(name="removal.overdue").values_list("subject_id", flat=True)
    )
    tasks = Counter(str(row.subject_id) for row in Task.objects.filter(kind="overdue"))
    broken = invariants.broken(asked=platform.seen(), home=stage.folder / "home")
    for what, found in (
        ("passed", Counter(passed)),
        ("was escalated", escalated),
        ("was given to people", tasks),
    ):
        wrong = [subject for subject in subjects if found[subject] != 1]
        if wrong or len(found) != len(subjects):
            broken.append(f"Not every due date {what} exactly once: {len(wrong)} of {len(subjects)} did not.")
    if passed != subjects:
        broken.append("They did not pass in the order in which they fell due.")
    late = sum("late_s" in event.facts for event in events)
    return Outcome(
        counts={
            "due dates that nobody passed": len(subjects),
            "passed": len(passed),
            "that say how late they came": late,
            "escalated": escalated.total(),
            "tasks for people": tasks.total(),
            "all done after, s": took_s,
        },
        broken=broken,
    )
