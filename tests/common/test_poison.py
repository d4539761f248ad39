"""A job that cannot succeed is set aside after three tries; one that only met a bad hour goes on being tried."""

import json
import ssl

import pytest
from asgiref.sync import async_to_sync
from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError, OperationalError, connection
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

from haetae.common import jobs, poison
from haetae.common.poison import POISON_TRIES, TRIES_AT_MOST, AfterAFault
from haetae.flow.jobs import take_up_failed_jobs

OF_THE_JOB = [TypeError(), ValueError(), KeyError("x"), ObjectDoesNotExist(), DataError(), RecursionError()]
PASSING = [OperationalError(), OSError(), TimeoutError(), MemoryError(), ssl.SSLCertVerificationError("late")]


def pauses(fault: Exception) -> list[int]:
    """The seconds before each further try."""
    waits: list[int] = []
    while True:
        job = Job(id=1, queue="flow", lock=None, queueing_lock=None, task_name="x", attempts=len(waits))
        decision = AfterAFault().get_retry_decision(exception=fault, job=job)
        if decision is None:
            return waits
        waits.append(2 ** (len(waits) + 1))


@pytest.mark.parametrize("fault", OF_THE_JOB, ids=repr)
def test_what_lies_in_the_job_itself_is_tried_three_times(fault: Exception) -> None:
    assert len(pauses(fault)) == POISON_TRIES - 1 == 2


@pytest.mark.parametrize("fault", PASSING, ids=repr)
def test_what_passes_is_tried_for_more_than_an_hour(fault: Exception) -> None:
    assert len(pauses(fault)) == TRIES_AT_MOST - 1
    assert sum(pauses(fault)) > 3600


@pytest.mark.django_db
def test_what_was_set_aside_waits_for_a_person_and_for_nothing_else() -> None:
    set_aside, passing = fail(tries=POISON_TRIES), fail(tries=TRIES_AT_MOST)
    once = fail(tries=1)
    assert (poison.count(), jobs.failed()) == (1, 2)
    async_to_sync(take_up_failed_jobs)(JobManager(DjangoConnector()))
    assert [one.job_id for one in poison.set_aside()] == [set_aside]
    assert (status(passing), status(once)) == ("todo", "todo")
    assert poison.set_aside()[0].ids == {"event_id": "no number"}


@pytest.mark.django_db
def test_a_person_has_it_tried_once_more_or_gives_it_up() -> None:
    one, other, healthy = fail(tries=3), fail(tries=4), fail(tries=TRIES_AT_MOST)
    assert poison.try_again(one)
    assert poison.drop(other)
    assert (status(one), status(other), poison.count()) == ("todo", "cancelled", 0)
    assert not poison.try_again(healthy)
    assert not poison.drop(healthy)
    assert not poison.drop(10**9)


def fail(*, tries: int) -> int:
    """A job on the real queue that has failed after so many tries."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts)"
            " VALUES ('flow', %s, %s, 'doing', %s) RETURNING id",
            [jobs.NEXT_STEP, json.dumps({"event_id": "no number"}), tries],
        )
        number: int = cursor.fetchone()[0]
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [number])
    return number


def status(number: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [number])
        return str(cursor.fetchone()[0])
