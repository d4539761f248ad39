"""F13: among honest work lies work that can never succeed, and media made to break whoever opens them."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from tests.faults.scenario import Outcome, Stage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from haetae.detect import OpenerPool

SAYS: Final = "poison lies in the queue and before the openers; its neighbours hardly notice"
_NEIGHBOURS_WAIT_MOST_S: Final = 1.0
_DRAINS_WITHIN_S: Final = 120.0
_TRIES: Final = 3
_AT_ONCE: Final = 4
_NEIGHBOURS_AT_LEAST: Final = 10
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
_LARGE_BYTES: Final = 10 * 1_048_576


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
    poisoned = [_put(name, ids) for _ in range(rounds) for name, ids in _BAD_ARGUMENTS]
    poisoned += [_put("haetae.flow.next_step", {"event_id": "x" * _LARGE_BYTES})]
    _put("haetae.nobody.knows_this", {"a": 1})  # as after an update that has gone back: it waits for its task
    waits: list[float] = []
    with small.working(at_once=_AT_ONCE):
        before = threading.active_count()
        while not _all_set_aside(poisoned) and len(waits) < 2_000:
            waits.append(_a_neighbour_waits())
        drained = small.until(lambda: jobs.queue(now=clock.now()).waiting == 0, within_s=_DRAINS_WITHIN_S)
        after = threading.active_count()
    tries = sorted({one.tries for one in poison.set_aside()})
    told = {one.job_id for one in poison.set_aside()}
    broken = list(_too_slow(waits, "A neighbour"))
    if missing := set(poisoned) - told:
        broken.append(f"{len(missing)} poisoned jobs were not set aside for a person.")
    if jobs.failed() != 1:
        broken.append("A job that nobody knows is not counted as failed.")
    if tries != [_TRIES]:
        broken.append(f"Poison was tried {tries} times.")
    if not drained:
        broken.append("The queue did not drain.")
    if after > before + _AT_ONCE:
        broken.append(f"Of {before} threads {after} were left.")
    counts: dict[str, int | float | str] = {
        "poisoned jobs": len(poisoned),
        "set aside": len(told & set(poisoned)),
        "neighbours": len(waits),
        "99 of 100 waited at most, s": round(_nearly_all(waits), 3),
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


def _all_set_aside(poisoned: "Sequence[int]") -> bool:
    from procrastinate.contrib.django.models import ProcrastinateJob

    return not ProcrastinateJob.objects.filter(pk__in=poisoned, status__in=("todo", "doing")).exists()


def _a_neighbour_waits() -> float:
    """How long an honest job of the same queue waits until it is done, in seconds."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from haetae.common import jobs

    began = time.monotonic()
    jobs.defer("haetae.assessment.look_back", version=2**31 - 1)
    while ProcrastinateJob.objects.filter(task_name="haetae.assessment.look_back").exists():
        if time.monotonic() - began > _DRAINS_WITHIN_S:
            break
        time.sleep(0.005)
    time.sleep(0.05)
    return time.monotonic() - began - 0.05


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
    waits: list[float] = []
    broken: list[str] = []
    why: Counter[str] = Counter()
    with breaking_out.ground(), OpenerPool(size=2, limits=Limits(cpu_s=2, wall_s=3)) as pool:
        before = _openers_when_all_kinds_are_there(pool, honest_files())
        over = threading.Event()
        neighbour = threading.Thread(target=_open_honest, args=[pool, honest, waits, over, broken])
        neighbour.start()
        for data in files:
            try:
                pool.open(data)
                why["opened"] += 1
            except Undecodable as refused:
                why[str(refused.why)] += 1
        over.set()
        neighbour.join()
        after = _openers_when_all_kinds_are_there(pool, honest_files())
    if after != before:
        broken.append(f"Of {before} openers {after} were left.")
    if why["crashed"] < _TRIES or why["too_slow"] < _TRIES:
        broken.append("It proves nothing: no opener was killed, or none hung.")
    broken += _too_slow(waits, "An honest picture")
    counts: dict[str, int | float | str] = {
        "hostile files": len(files),
        "opened after all": why["opened"],
        "openers killed": why["crashed"],
        "openers that hung": why["too_slow"],
        "honest pictures beside": len(waits),
        "99 of 100 opened within, s": round(_nearly_all(waits), 3),
    }
    return counts, broken


def _openers_when_all_kinds_are_there(pool: "OpenerPool", honest: "Mapping[str, bytes]") -> int:
    for data in honest.values():
        pool.open(data)
    return len(pool.process_ids())


def _open_honest(
    pool: "OpenerPool",
    honest: "Sequence[bytes]",
    waits: list[float],
    over: threading.Event,
    broken: list[str],
) -> None:
    while not over.is_set():
        for data in honest:
            began = time.monotonic()
            try:
                pool.open(data)
            except Exception as problem:
                broken.append(f"An honest picture was not opened: {problem!r}.")
            waits.append(time.monotonic() - began)
        time.sleep(0.01)


def _nearly_all(waits: "Sequence[float]") -> float:
    return sorted(waits)[int(len(waits) * 0.99)] if waits else 0.0


def _too_slow(waits: "Sequence[float]", whose: str) -> Iterator[str]:
    if len(waits) < _NEIGHBOURS_AT_LEAST:
        yield f"It proves nothing: {whose.lower()} was hardly ever there."
    if _nearly_all(waits) > _NEIGHBOURS_WAIT_MOST_S:
        yield f"{whose} waited for {_nearly_all(waits):.2f} s."
