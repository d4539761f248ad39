"""A job belongs to the change that causes it: they come and go together, also inside a worker."""

import pytest
from asgiref.sync import async_to_sync
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.testing import InMemoryConnector

from haetae.common import jobs
from haetae.flow.jobs import take_up_failed_jobs

pytestmark = pytest.mark.django_db


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
        return int(cursor.fetchone()[0])


def test_a_change_that_is_rolled_back_takes_its_job_with_it() -> None:
    with transaction.atomic():
        jobs.defer(jobs.NEXT_STEP, event_id=1)
        assert waiting() == 1
        transaction.set_rollback(True)
    assert waiting() == 0


def test_inside_a_worker_a_job_is_deferred_on_the_connection_of_the_change() -> None:
    """A worker replaces the queue's connector by its own; a job deferred through that would outrun its change."""
    workers_own = InMemoryConnector()
    with app.replace_connector(workers_own):
        jobs.defer(jobs.NEXT_STEP, event_id=1)
    assert waiting() == 1
    assert workers_own.jobs == {}


def test_of_jobs_that_wait_under_one_name_there_is_one() -> None:
    for _ in range(2):
        with transaction.atomic():
            jobs.defer_unless_waiting("haetae.arrival.watch", waiting_as="watch:1", operator_id="1")
    assert waiting() == 1


def test_a_job_that_used_up_its_tries_is_counted_and_taken_up_again() -> None:
    """Run on the real queue's SQL, with the connection that the test can see."""
    jobs.defer(jobs.NEXT_STEP, event_id=1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    assert jobs.failed() == 1
    manager = JobManager(DjangoConnector())
    async_to_sync(take_up_failed_jobs)(manager)
    assert (jobs.failed(), waiting()) == (0, 1)
