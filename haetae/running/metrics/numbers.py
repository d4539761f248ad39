"""What is counted: rows by their state, how old the oldest is, and what the processes have tallied.

Labels are codes of ours: states, queues, names of routes and tasks. No place, no operator, no machine, no person.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.db import Error, connection
from django.db.models import Count, Min

from haetae.audit.queries import unprovable_tail
from haetae.common import jobs, poison
from haetae.common.tallies import labels_of
from haetae.flow.arrival.models import Report
from haetae.flow.assessment.models import Assessment
from haetae.flow.deadlines.queries import behind
from haetae.flow.delivery.models import Breaker, Delivery
from haetae.flow.delivery.states import Gate
from haetae.flow.delivery.states import State as DeliveryState
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review.queries import undecided_in_figures
from haetae.flow.tasks.queries import waiting_by_kind
from haetae.flow.verification.models import Probe
from haetae.running.beats.queries import heard, tallied
from haetae.running.metrics.text import Family, Histogram, gauge, histogram

_TALLIED: Final = {
    "haetae_http_seconds": "How long answers took, by the name of the route.",
    "haetae_job_seconds": "How long jobs took, examinations among them, by the name of the task.",
}


def page(*, now: datetime) -> str:
    """Everything; when the database does not answer, that alone."""
    try:
        lines = [line for family in _families(now) for line in gauge(family)]
        lines += [line for found in _histograms() for line in histogram(found)]
        answers = 1
    except Error:
        connection.close()
        lines, answers = [], 0
    up = Family(
        name="haetae_database_up", says="Whether the database answered.", samples=[("", float(answers))]
    )
    return "\n".join([*gauge(up), *lines]) + "\n"


def _families(now: datetime) -> Iterator[Family]:
    yield from _of_queues(now)
    yield _by_state(Delivery, "haetae_deliveries", "Things to say to operators, by state.")
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING.value).aggregate(at=Min("waiting_since"))
    yield _age("haetae_deliveries_oldest_seconds", "Age of the oldest that waits.", waiting["at"], now)
    yield _by_state(Assessment, "haetae_assessments", "Examinations, by their outcome.")
    yield _by_state(DeletionRequest, "haetae_requests", "Requests to delete, by state.")
    yield _by_state(Probe, "haetae_probes", "Points of the schedule at which we look, by state.")
    yield _one("haetae_reports", "Reports of people that were taken in.", Report.objects.count())
    gates = Counter({gate.value: 0 for gate in Gate})
    gates.update(dict(Breaker.objects.values_list("gate").annotate(number=Count("pk"))))
    yield _by("haetae_breakers", "Breakers before operators, by gate.", "gate", gates)
    due = behind(at=now)
    yield _one(
        "haetae_deadlines_overdue", "Due dates that have come and that no clock has passed.", due.count
    )
    yield _age("haetae_deadlines_oldest_seconds", "Age of the oldest of them.", due.oldest_at, now)
    tail = unprovable_tail()
    yield _one("haetae_events_unsealed", "Events that no signed head covers yet.", tail.events)
    yield _age("haetae_events_unsealed_oldest_seconds", "Age of the oldest of them.", tail.oldest_at, now)
    reviews = undecided_in_figures()
    yield _one("haetae_reviews_undecided", "Reviews that wait for the commission.", reviews.open)
    yield _age("haetae_reviews_oldest_seconds", "Age of the oldest of them.", reviews.oldest_at, now)
    tasks = Counter({one.kind: one.count for one in waiting_by_kind()})
    yield _by("haetae_tasks_waiting", "Tasks that wait for a person, by kind.", "kind", tasks)
    yield from _of_processes(now)


def _of_queues(now: datetime) -> Iterator[Family]:
    found = jobs.queues(now=now)
    waiting = Counter({one.name: one.waiting for one in found})
    yield _by("haetae_jobs_waiting", "Jobs that could run now, by queue.", "queue", waiting)
    yield _by(
        "haetae_jobs_doing", "Jobs under way.", "queue", Counter({one.name: one.doing for one in found})
    )
    oldest = [(labels_of({"queue": one.name}), _seconds(one.oldest_at, now)) for one in found]
    yield Family(name="haetae_jobs_oldest_seconds", says="Age of the oldest that waits.", samples=oldest)
    yield _one("haetae_jobs_failed", "Jobs that used up their tries.", jobs.failed())
    yield _one("haetae_jobs_set_aside", "Jobs that cannot succeed and wait for a person.", poison.count())


def _of_processes(now: datetime) -> Iterator[Family]:
    processes = heard(now=now)
    living: Counter[tuple[str, str]] = Counter()
    for one in processes:
        living[one.kind, one.state if one.is_alive else "silent"] += 1
    yield Family(
        name="haetae_processes",
        says="Processes of all machines, by kind and what they say of themselves.",
        samples=[
            (labels_of({"process": kind, "state": state}), float(number))
            for (kind, state), number in sorted(living.items())
        ],
    )


def _histograms() -> Iterator[Histogram]:
    found: defaultdict[str, defaultdict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for row in tallied():
        found[row.name][row.labels][row.bucket] = row.number
    for name, says in _TALLIED.items():
        yield Histogram(name=name, says=says, counted=found[name])


def _by_state(model: Any, name: str, says: str) -> Family:
    counted = Counter(dict(model.objects.values_list("state").annotate(number=Count("pk"))))
    return _by(name, says, "state", counted)


def _by(name: str, says: str, label: str, counted: Counter[str]) -> Family:
    samples = [(labels_of({label: code}), float(number)) for code, number in sorted(counted.items())]
    return Family(name=name, says=says, samples=samples)


def _one(name: str, says: str, number: int) -> Family:
    return Family(name=name, says=says, samples=[("", float(number))])


def _age(name: str, says: str, since: datetime | None, now: datetime) -> Family:
    """0 when there is none."""
    return Family(name=name, says=says, samples=[("", _seconds(since, now))])


def _seconds(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
