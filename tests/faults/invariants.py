"""What must be true after every scenario, whatever was broken in it.

No report is lost or doubled; every decision to ask is one request; each was seen by its operator under one key and one
body, or a person has it; the event log holds; no job is given up; and no secret can be read on the disk.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from haetae.audit.sealer import Sealer
from haetae.running.loops import HEADS
from tests.canary import haystacks
from tests.canary.planted import Planted, Search
from tests.faults.books import Faults, Seen, Told, compare
from tests.faults.readings import kept

_SAYS: Final = {
    "reports_lost": "A report that somebody has words for is gone",
    "receipts_without_report": "Words name no report, or another one",
    "reports_doubled": "One form became two reports",
    "reports_not_looked_up": "A report was never looked up",
    "sightings_doubled": "One place became two sightings",
    "decisions_not_followed": "A decision to ask became no request",
    "requests_doubled": "One request went out as two",
    "requests_unsaid": "A request was neither said nor given to a person",
    "requests_skipped": "A known picture was skipped",
    "log_broken": "The event log does not hold",
}
_SHOWN_MOST: Final = 3
_LOOKS_MOST: Final = 5


def broken(
    *,
    asked: Iterable[tuple[str, str]],
    home: Path,
    told: Told | None = None,
    not_ours: frozenset[Path] = frozenset(),
) -> list[str]:
    """Each promise that was not kept, as a sentence. Seals first what is not sealed yet.

    `asked` is what operators saw: key and digest of each request that arrived whole. Below `not_ours` lies what belongs
    to others.
    """
    _seal()
    book = kept()
    faults = compare(told=told or Told(), kept=book, seen=Seen(asked=tuple(asked)))
    return [*sentences(faults), *jobs_given_up(), *secrets_on_disk(home, not_ours=not_ours)]


def sentences(faults: Faults) -> list[str]:
    return [_sentence(_SAYS[name], found) for name, found in vars(faults).items() if found]


def secrets_on_disk(home: Path, *, not_ours: frozenset[Path] = frozenset()) -> list[str]:
    """Whether the mark of a secret (tests.canary) can be read in any file below: data, journal, logs, leftovers."""
    looked = _looked_through(home, not_ours)
    count = sum(looked.hits.values())
    return [f"A secret can be read on the disk, {count} times: {', '.join(looked.hits)}."] if count else []


def _looked_through(home: Path, not_ours: frozenset[Path]) -> haystacks.Looked:
    """Once more where a file went while it was looked for: the database lives."""
    for _ in range(_LOOKS_MOST):
        with suppress(FileNotFoundError):
            return haystacks.files("the disk", home, Search(planted=Planted()), without=not_ours)
    raise RuntimeError(f"The files below {home} do not stand still.")


def _seal() -> None:
    sealer = Sealer(key=settings.KEYS.log_key, outside=settings.HAETAE_HOME / HEADS)
    while sealer.seal():
        pass


def jobs_given_up() -> Iterator[str]:
    """Whether the queue has a job that has used up its tries."""
    # What is done again and again anyway is tried once each time: the next round makes good what an outage stopped.
    app.perform_import_paths()
    rounds = [name for name, task in app.tasks.items() if task.retry_strategy is None]
    failed = ProcrastinateJob.objects.filter(status="failed").exclude(task_name__in=rounds)
    if failed:
        yield _sentence("A job was given up", list(failed.values_list("task_name", flat=True)))


def _sentence(says: str, found: Sequence[str]) -> str:
    more = f" and {len(found) - _SHOWN_MOST} more" if len(found) > _SHOWN_MOST else ""
    return f"{says}: {', '.join(found[:_SHOWN_MOST])}{more}."
