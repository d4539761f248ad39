"""Background work is named, not imported: a job is deferred in the transaction that caused it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db import transaction
from django.db.models import Count, Min, Q
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from haetae.common import poison
from haetae.common.poison import AfterAFault

NEXT_STEP = "haetae.flow.next_step"
AFTER_A_FAULT = AfterAFault()
# Lanes beside the tasks' own order: what a person waits for overtakes our own looks; what one network reports beyond
# its share comes after the reports of others; what a machine found by itself begins when nothing else waits. From then
# on it is like anything else, so the lane holds back what comes in.
AHEAD = 7
BEYOND_A_SHARE = 0
BEHIND = -1


def by_the_clock() -> frozenset[str]:
    """The names of what comes round by itself, whoever is there: nothing of it belongs to a case."""
    return frozenset(name for name, _ in app.periodic_registry.periodic_tasks)


def defer(
    name: str, *, one_at_a_time: str | None = None, priority: int | None = None, **ids: str | int
) -> None:
    """Put a job into the queue within the present transaction.

    `name` is the task's full name, `ids` are its keyword arguments (ids only, never content), and
    `one_at_a_time` names a lock: jobs with the same lock never run side by side. Another `priority` than the task's own
    puts it before or behind its like. Raises KeyError for a name that no room has.
    """
    _deferrer(name, lock=one_at_a_time, priority=priority).defer(**ids)


def defer_unless_waiting(
    name: str, *, waiting_as: str, priority: int | None = None, **ids: str | int
) -> None:
    """Put a job into the queue unless one waits there under the name `waiting_as`; of these, one runs at a time."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        _deferrer(name, lock=waiting_as, queueing_lock=waiting_as, priority=priority).defer(**ids)


def failed() -> int:
    """How many jobs have used up their tries and wait for another round; poison is counted apart (`poison.count`)."""
    return ProcrastinateJob.objects.filter(status="failed").count() - poison.count()


@dataclass(frozen=True, kw_only=True)
class Queue:
    """Jobs that could run now and that no worker has taken, and since when the oldest of them waits."""

    waiting: int
    oldest_at: datetime | None


def queue(*, now: datetime) -> Queue:
    """How it stands with the work in the background; a job that is planned for later does not wait."""
    due = Q(job__scheduled_at__isnull=True) | Q(job__scheduled_at__lte=now)
    rows = ProcrastinateEvent.objects.filter(due, type="deferred", job__status="todo")
    found = rows.aggregate(waiting=Count("job_id", distinct=True), oldest=Min("at"))
    return Queue(waiting=found["waiting"], oldest_at=found["oldest"])


@dataclass(frozen=True, kw_only=True)
class OneQueue:
    """One queue by its name: what could run now, since when the oldest of it waits, and what is being done."""

    name: str
    waiting: int
    oldest_at: datetime | None
    doing: int


def queues(*, now: datetime) -> list[OneQueue]:
    """Every queue in which something is; a job that is planned for later does not wait."""
    due = Q(status="todo") & (Q(scheduled_at__isnull=True) | Q(scheduled_at__lte=now))
    since = Min("procrastinateevent__at", filter=due & Q(procrastinateevent__type="deferred"))
    rows = ProcrastinateJob.objects.filter(status__in=("todo", "doing")).values("queue_name")
    told = rows.annotate(
        waiting=Count("pk", filter=due, distinct=True),
        oldest=since,
        doing=Count("pk", filter=Q(status="doing"), distinct=True),
    )
    return [
        OneQueue(name=row["queue_name"], waiting=row["waiting"], oldest_at=row["oldest"], doing=row["doing"])
        for row in told.order_by("queue_name")
    ]


def _deferrer(
    name: str, *, lock: str | None = None, queueing_lock: str | None = None, priority: int | None = None
) -> JobDeferrer:
    """The queue on Django's own connection.

    Inside a worker the queue's usual connector is replaced by one with connections of its own: a job deferred
    through that would be seen before the change that caused it, and would stay when that change is rolled back.
    """
    _know_all_tasks()
    task = app.tasks[name]
    return configure_task(
        name=name,
        job_manager=JobManager(DjangoConnector()),
        queue=task.queue,
        priority=task.priority if priority is None else priority,
        lock=lock,
        queueing_lock=queueing_lock,
    )


@cache
def _know_all_tasks() -> None:
    app.perform_import_paths()  # type: ignore[no-untyped-call]
