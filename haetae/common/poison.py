"""Work that cannot succeed: after three tries it is set aside for a person, so that it takes nobody's place.

A fault of the surroundings (the database is away, a disk is full) passes, and is tried again for as long as it takes. A
fault of the job itself (arguments that make no sense, a row that is not there, code that breaks over it) is the same at
every try.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DataError
from django.db.models import Max, QuerySet
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from haetae.common import clock

# Tries in all, the first among them: 2, 4, 8 ... seconds apart, over an hour and a quarter for what passes.
TRIES_AT_MOST, POISON_TRIES = 12, 3
_OF_THE_JOB: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NameError,
    RecursionError,
    TypeError,
    ValueError,
    ObjectDoesNotExist,
    ValidationError,
    DataError,
)
_SET_ASIDE: Final = range(POISON_TRIES, TRIES_AT_MOST)
_NEVER: Final = timedelta(days=36_500)


class AfterAFault(BaseRetryStrategy):
    """For what nobody foresaw. What is foreseen, such as an operator that is down, becomes a due date instead."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        tries = POISON_TRIES if is_of_the_job(exception) else TRIES_AT_MOST
        made = job.attempts + 1
        return None if made >= tries else RetryDecision(retry_in={"seconds": 2**made})


def is_of_the_job(fault: BaseException) -> bool:
    """Whether it will be the same at the next try. An OSError that is a ValueError too (TLS) is not."""
    return isinstance(fault, _OF_THE_JOB) and not isinstance(fault, OSError)


@dataclass(frozen=True, kw_only=True)
class SetAside:
    """A job that waits for a person: what it was to do, with which ids, how often it was tried, and when last."""

    job_id: int
    task: str
    ids: dict[str, object]
    tries: int
    failed_at: datetime | None


def is_set_aside(*, attempts: int) -> bool:
    """Of a failed job: it was given up before its time, which only poison is."""
    return attempts in _SET_ASIDE


def count() -> int:
    return _rows().count()


def set_aside() -> Sequence[SetAside]:
    """The oldest first."""
    rows = _rows().annotate(failed_at=Max("procrastinateevent__at")).order_by("pk")
    return [
        SetAside(job_id=row.pk, task=row.task_name, ids=row.args, tries=row.attempts, failed_at=row.failed_at)
        for row in rows
    ]


def try_again(job_id: int) -> bool:
    """One more try, now. False where no such job was set aside."""
    if not _is_there(job_id):
        return False
    _manager().retry_job_by_id(job_id=job_id, retry_at=clock.now())
    return True


def drop(job_id: int) -> bool:
    """It is never done; the row goes with the other traces. False where no such job was set aside."""
    if not _is_there(job_id):
        return False
    # What has failed cannot be cancelled, and what waits can.
    _manager().retry_job_by_id(job_id=job_id, retry_at=clock.now() + _NEVER)
    return _manager().cancel_job_by_id(job_id)


def _is_there(job_id: int) -> bool:
    return _rows().filter(pk=job_id).exists()


def _rows() -> QuerySet[ProcrastinateJob]:
    return ProcrastinateJob.objects.filter(status="failed", attempts__in=_SET_ASIDE)


def _manager() -> JobManager:
    return JobManager(DjangoConnector())
