"""F13: among honest work lies work that can never succeed, and media made to break whoever opens them."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from uuid import uuid4

import psutil

from tests.faults.scenario import Outcome, Stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from haetae.detect import OpenerPool

SAYS: Final = "poison lies in the queue and before the openers; its neighbours hardly notice"
_DELAYED_MOST_S: Final = 1.0
_DRAINS_WITHIN_S: Final = 120.0
_TRIES: Final = 3
_AT_ONCE: Final = 4
_NEIGHBOURS_AT_LEAST, _NEIGHBOURS_MOST = 10, 2_000
_OPENERS: Final = 2
# Each is a job that no version of its task can do: arguments of another kind, missing, too many, without end.
_BAD_ARGUMENTS: Final = (
    ("haetae.flow.next_step", {"event_id": "no number"}),
    ("haetae.flow.next_step", {}),
    ("haetae.flow.next_step", {"event_id": 1, "more": [None]}),
    ("haetae.flow.next_step", {"event_id": 10**30}),
    ("haetae.flow.next_step", {"event_id": [[[[]]]]}),
    ("haetae.assessment.examine", {"assessment_id": "not a number of ours"}),
    (
        "haetae.assessment.examine",
        {"assessment_id": "\ud800".encode("utf-8", "replace").decode() + "\ufffd" * 50},
    ),
    ("haetae.assessment.examine", {"assessment_id": {"$ne": 1}}),
    ("haetae.verification.look", {"probe_id": "'; DROP TABLE x; --"}),
    ("haetae.arrival.look_up", {"report_id": None}),
)
_LARGE_BYTES: Final = {False: 65_536, True: 10 * 1_048_576}


def play(stage: Stage) -> Outcome:
    from tests.faults import small

    with small.started(stage.folder / "home"):
        counts, broken = _in_the_queue(stage)
        more, worse = _before_the_openers(stage)
    return Outcome(counts={**counts, **more}, broken=[*broken, *worse])


def _in_the_queue(stage: Stage) -> tuple[dict[str, int | float | str], "Sequence[str]"]:
    from haetae.common import clock, jobs, poison
    from tests.faults import small

    rounds = 20 if stage.full else 1
    with small.working(at_once=_AT_ONCE):
        _a_neighbour_waits()  # the first one imports what its task needs
        alone = [_a_neighbour_waits() for _ in range(_NEIGHBOURS_AT_LEAST)]
        before = threading.active_count()
        poisoned = [_put(name, ids) for _ in range(rounds) for name, ids in _BAD_ARGUMENTS]
        poisoned.append(_put("haetae.flow.next_step", {"event_id": "x" * _LARGE_BYTES[stage.full]}))
        _put(
            "haetae.nobody.knows_this", {"a": 1}
        )  # as after an update that has gone back: it waits for its task
        beside: list[float] = []
        while _some_are_tried(poisoned) and len(beside) < _NEIGHBOURS_MOST:
            beside.append(_a_neighbour_waits())
        drained = small.until(lambda: jobs.queue(now=clock.now()).waiting == 0, within_s=_DRAINS_WITHIN_S)
        after = threading.active_count()
    told = {one.job_id: one.tries for one in poison.set_aside()}
    broken = list(_delayed("A neighbour", beside, alone=alone))
    if missing := set(poisoned) - told.keys():
        broken.append(f"{len(missing)} poisoned jobs were not set aside for a person.")
    if set(told.values()) != {_TRIES}:
        broken.append(f"Poison was tried {sorted(set(told.values()))} times.")
    if jobs.failed() != 1:
        broken.append("A job that nobody knows is not counted as failed.")
    if not drained:
        broken.append("The queue did not drain.")
    if after > before + _AT_ONCE:
        broken.append(f"Of {before} threads {after} were left.")
    counts: dict[str, int | float | str] = {
        "poisoned jobs": len(poisoned),
        "set aside after three tries": len(told.keys() & set(poisoned)),
        "neighbours": len(beside),
        "99 of 100 waited, s": round(_nearly_all(beside), 3),
        "without poison, s": round(_nearly_all(alone), 3),
    }
    return counts, broken


def _put(name: str, ids: dict[str, object]) -> int:
    """Past the house's own door, which knows its tasks: whatever can stand in the table."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('flow', %s, %s) RETURNING id",
            [name, json.dumps(ids)],
        )
        number: int = cursor.fetchone()[0]
    return number


def _some_are_tried(poisoned: "Sequence[int]") -> bool:
    from procrastinate.contrib.django.models import ProcrastinateJob

    return ProcrastinateJob.objects.filter(pk__in=poisoned, status__in=("todo", "doing")).exists()


def _a_neighbour_waits() -> float:
    """How long an honest job of the same crew waits until it is done, in seconds."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from haetae.common import jobs

    began = time.monotonic()
    jobs.defer("haetae.assessment.judge_again", entry_id=str(uuid4()))
    while ProcrastinateJob.objects.filter(task_name="haetae.assessment.judge_again").exists():
        if time.monotonic() - began > _DRAINS_WITHIN_S:
            break
        time.sleep(0.005)
    waited = time.monotonic() - began
    time.sleep(0.05)
    return waited


def _before_the_openers(stage: Stage) -> tuple[dict[str, int | float | str], "Sequence[str]"]:
    """Files that break, hang and starve openers, some of which they have taken over; honest ones beside them."""
    from haetae.detect import Limits, OpenerPool, Undecodable
    from haetae.detect.opening.syscalls import Profile
    from tests.detect import breaking_out
    from tests.detect.hostile_set import honest_files, hostile_files
    from tests.detect.taken_over import made

    every = list(hostile_files().values())
    files = every if stage.full else stage.chance.sample(every, 40)
    picture = breaking_out.PICTURES[Profile.STRICT]
    kills, hangs = made(picture, do="die"), made(picture, do="burn")
    files = [*files, *[kills] * _TRIES, *[hangs] * _TRIES]
    stage.chance.shuffle(files)
    honest = [data for name, data in honest_files().items() if name in {"jpeg", "png", "gif"}]
    alone: list[float] = []
    beside: list[float] = []
    broken: list[str] = []
    why: Counter[str] = Counter()
    there = _opening_children()  # those that this process has for other work
    with breaking_out.ground(), OpenerPool(size=_OPENERS, limits=Limits(cpu_s=2, wall_s=3)) as pool:
        for data in honest_files().values():
            pool.open(data)
        for _ in range(_NEIGHBOURS_AT_LEAST):
            _open_honest(pool, honest, alone, broken)
        over = threading.Event()

        def go_on() -> None:
            while not over.wait(0.01):
                _open_honest(pool, honest, beside, broken)

        neighbour = threading.Thread(target=go_on)
        neighbour.start()
        for data in files:
            try:
                pool.open(data)
                why["opened"] += 1
            except Undecodable as refused:
                why[str(refused.why)] += 1
        over.set()
        neighbour.join()
        for data in honest_files().values():
            pool.open(data)
        openers, children = set(pool.process_ids()), _opening_children() - there
    if not (len(Profile) <= len(openers) <= _OPENERS * len(Profile)) or children != openers:
        broken.append(f"{len(openers)} openers work and {len(children)} are there.")
    if why["crashed"] < _TRIES or why["too_slow"] < _TRIES:
        broken.append("It proves nothing: no opener was killed, or none hung.")
    broken += _delayed("An honest picture", beside, alone=alone)
    counts: dict[str, int | float | str] = {
        "hostile files": len(files),
        "opened after all": why["opened"],
        "openers killed": why["crashed"],
        "openers that hung": why["too_slow"],
        "honest pictures beside": len(beside),
        "99 of 100 opened within, s": round(_nearly_all(beside), 3),
        "without hostile files, s": round(_nearly_all(alone), 3),
    }
    return counts, broken


def _opening_children() -> set[int]:
    """Every child of this process that opens media, whoever knows of it."""
    return {
        child.pid
        for child in psutil.Process().children()
        if any("taken_over" in word or "opening.child" in word for word in child.cmdline())
    }


def _open_honest(
    pool: "OpenerPool", honest: "Sequence[bytes]", waits: list[float], broken: list[str]
) -> None:
    for data in honest:
        began = time.monotonic()
        try:
            pool.open(data)
        except Exception as problem:
            broken.append(f"An honest picture was not opened: {problem!r}.")
        waits.append(time.monotonic() - began)


def _nearly_all(waits: "Sequence[float]") -> float:
    return sorted(waits)[int(len(waits) * 0.99)] if waits else 0.0


def _delayed(whose: str, waits: "Sequence[float]", *, alone: "Sequence[float]") -> Iterator[str]:
    """Against what they wait on the same machine without poison: it may be busy with other things."""
    if len(waits) < _NEIGHBOURS_AT_LEAST:
        yield f"It proves nothing: {whose.lower()} was hardly ever there."
    if _nearly_all(waits) - _nearly_all(alone) > _DELAYED_MOST_S:
        yield f"{whose} waited for {_nearly_all(waits):.2f} s, without poison for {_nearly_all(alone):.2f} s."
