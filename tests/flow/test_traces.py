"""What work leaves behind goes when its time is over: to the second, and not before."""

from datetime import UTC, datetime, timedelta

import pytest
from asgiref.sync import async_to_sync
from django.contrib.sessions.models import Session
from django.db import connection
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.manager import JobManager

from haetae.accounts.actions import issue_one_time_sign_in, seat_official
from haetae.accounts.models import OneTimeSignIn
from haetae.accounts.permissions import Role
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.common import clock
from haetae.flow.jobs import forget_ended_jobs, forget_traces
from tests.people import COUNSELLOR

# 29 February: a week before lies in the same month, whatever a calendar would do with a year.
NOW = datetime(2028, 2, 29, 3, 0, tzinfo=UTC)
WEEK, SECOND = timedelta(days=7), timedelta(seconds=1)


@pytest.fixture
def sign_in(db: None, monkeypatch: pytest.MonkeyPatch) -> OneTimeSignIn:
    """Issued an hour before NOW, so that it runs out in that very second."""
    monkeypatch.setattr(clock, "now", lambda: NOW - timedelta(hours=1))
    official = seat_official(
        username=COUNSELLOR.name,
        role=Role.COUNSELLOR,
        agency="support_centre",
        since=NOW.date(),
        actor=SYSTEM,
    )
    issue_one_time_sign_in(official=official)
    found = OneTimeSignIn.objects.get()
    assert found.expires_at == NOW
    return found


@pytest.mark.parametrize(("at", "stays"), [(NOW, True), (NOW + WEEK - SECOND, True), (NOW + WEEK, False)])
def test_a_sign_in_that_ran_out_goes_a_week_later_to_the_second(
    sign_in: OneTimeSignIn, monkeypatch: pytest.MonkeyPatch, at: datetime, stays: bool
) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)
    forget_traces(timestamp=0)
    assert OneTimeSignIn.objects.filter(pk=sign_in.pk).exists() == stays
    assert Event.objects.filter(name="accounts.sign_in_issued").exists()


def test_one_that_was_used_goes_a_week_after_its_use(
    sign_in: OneTimeSignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    OneTimeSignIn.objects.update(used_at=NOW - timedelta(minutes=30))
    monkeypatch.setattr(clock, "now", lambda: NOW - timedelta(minutes=30) + WEEK)
    forget_traces(timestamp=0)
    assert not OneTimeSignIn.objects.exists()


@pytest.mark.django_db
def test_a_session_goes_when_it_has_run_out_and_none_before(monkeypatch: pytest.MonkeyPatch) -> None:
    for key, ends in (("over", NOW), ("running", NOW + SECOND)):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    forget_traces(timestamp=0)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["running"]


def test_work_that_was_given_up_goes_after_a_week_and_what_failed_is_tried_again(
    several_at_once: None,
) -> None:
    with connection.cursor() as cursor:
        for task, status, age in (
            ("old", "aborted", "7 days 1 minute"),
            ("young", "aborted", "6 days 23 hours"),
            ("failed", "failed", "30 days"),
        ):
            cursor.execute(
                "INSERT INTO procrastinate_jobs (task_name, status, args, attempts, queue_name) "
                "VALUES (%s, %s, '{}', 1, 'flow') RETURNING id",
                [task, status],
            )
            number = cursor.fetchone()[0]
            cursor.execute(
                "UPDATE procrastinate_events SET at = now() - %s::interval WHERE job_id = %s", [age, number]
            )
            cursor.execute(
                "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, %s, now() - %s::interval)",
                [number, status, age],
            )
    async_to_sync(forget_ended_jobs)(JobManager(DjangoConnector()))
    assert set(ProcrastinateJob.objects.values_list("task_name", flat=True)) == {"young", "failed"}
