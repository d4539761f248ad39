"""Somebody reports what they did: the moment is beyond doubt, one officer reads it, and nothing is promised."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
import time_machine
from django.db import connection

from haetae.agencies.investigation.files.queries import NotYoursError
from haetae.agencies.investigation.self_reports import queries
from haetae.agencies.investigation.self_reports.actions import (
    CannotSelfReportError,
    Told,
    close,
    give_back,
    make,
    put_into_file,
    take_up,
)
from haetae.agencies.investigation.self_reports.models import SelfReport
from haetae.agencies.investigation.self_reports.queries import NotYoursToReadError
from haetae.agencies.investigation.self_reports.states import Age, State, WhyClosed
from haetae.audit.models import Event
from haetae.law.packs import load_pack
from tests import people
from tests.investigations import begin_file, officer

pytestmark = pytest.mark.django_db
TEXT = "I edited a photograph of a lighthouse and sent it to a channel."
TOLD = Told(text=TEXT, contact="a letter box in the yard", age=Age.UNDER_19, has_understood=True)


@pytest.fixture
def park():
    return officer()


@pytest.fixture
def shin():
    return officer(people.SECOND_OFFICER)


def test_the_moment_is_kept_to_the_second_in_the_row_and_in_the_log():
    at = datetime(2026, 11, 3, 4, 5, 6, 789_000, tzinfo=UTC)
    with time_machine.travel(at, tick=False):
        made = make(told=TOLD, form_key=uuid4())
    assert made.made_at == at.replace(microsecond=0)
    event = Event.objects.get(name="self_reports.made")
    assert event.facts["made_at"] == "2026-11-03T04:05:06+00:00"
    assert event.facts["receipt"] == made.receipt
    assert event.actor_kind == "public"


def test_the_same_form_sent_later_keeps_the_first_moment_and_number():
    key = uuid4()
    with time_machine.travel(datetime(2026, 11, 3, 4, 5, 6, tzinfo=UTC), tick=False):
        first = make(told=TOLD, form_key=key)
    with time_machine.travel(datetime(2026, 11, 9, tzinfo=UTC), tick=False):
        second = make(told=TOLD, form_key=key)
    assert (first.pk, first.receipt, first.made_at) == (second.pk, second.receipt, second.made_at)
    assert Event.objects.filter(name="self_reports.made").count() == 1


def test_one_officer_reads_it_and_nobody_else_until_it_lies_in_a_file(park, shin):
    made = make(told=TOLD, form_key=uuid4())
    for by in (park, shin):
        with pytest.raises(NotYoursToReadError):
            queries.read_by(made.pk, by.pk)
    take_up(report_id=made.pk, official_id=park.pk)
    assert queries.read_by(made.pk, park.pk).told == TEXT
    with pytest.raises(NotYoursToReadError):
        queries.read_by(made.pk, shin.pk)
    with pytest.raises(CannotSelfReportError, match="self_report_taken"):
        take_up(report_id=made.pk, official_id=shin.pk)


def test_in_a_file_its_members_read_it_and_the_officer_of_before_no_more(park):
    made, opened = make(told=TOLD, form_key=uuid4()), begin_file(park)
    take_up(report_id=made.pk, official_id=park.pk)
    put_into_file(report_id=made.pk, investigation_id=opened.investigation.pk, official_id=park.pk)
    (read,) = queries.of_file(opened)
    assert (read.told, read.contact) == (TEXT, TOLD.contact)
    with pytest.raises(NotYoursToReadError):
        queries.read_by(made.pk, park.pk)


def test_it_goes_into_no_file_of_others_and_is_moved_by_nobody_else(park, shin):
    made, opened = make(told=TOLD, form_key=uuid4()), begin_file(shin)
    take_up(report_id=made.pk, official_id=park.pk)
    with pytest.raises(NotYoursError, match="file_of_others"):
        put_into_file(report_id=made.pk, investigation_id=opened.investigation.pk, official_id=park.pk)
    with pytest.raises(CannotSelfReportError, match="self_report_of_another"):
        close(report_id=made.pk, why=WhyClosed.TWICE, official_id=shin.pk)
    with pytest.raises(CannotSelfReportError, match="self_report_of_another"):
        give_back(report_id=made.pk, official_id=shin.pk)


def test_given_back_it_waits_for_another_and_closed_it_is_over(park, shin):
    made = make(told=TOLD, form_key=uuid4())
    take_up(report_id=made.pk, official_id=park.pk)
    give_back(report_id=made.pk, official_id=park.pk)
    assert [row.pk for row in queries.waiting()] == [made.pk]
    take_up(report_id=made.pk, official_id=shin.pk)
    close(report_id=made.pk, why=WhyClosed.NO_OFFENCE, official_id=shin.pk)
    with pytest.raises(CannotSelfReportError, match="self_report_over"):
        give_back(report_id=made.pk, official_id=shin.pk)


def test_at_a_desk_the_officer_who_wrote_it_down_has_it(park):
    made = make(told=TOLD, form_key=uuid4(), official_id=park.pk)
    assert made.state == State.TAKEN
    assert queries.read_by(made.pk, park.pk).told == TEXT
    assert Event.objects.get(name="self_reports.made").actor_kind == "official"


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("self_report_not_understood", {"has_understood": False}),
        ("self_report_told", {"text": " short "}),
        ("self_report_told", {"text": "x" * 8_001}),
        ("self_report_contact", {"contact": "x" * 301}),
    ],
)
def test_nothing_is_taken_from_whoever_did_not_read_what_it_is_not(code, wrong):
    whole = {"text": TEXT, "contact": "", "age": Age.UNSAID, "has_understood": True}
    with pytest.raises(CannotSelfReportError, match=code):
        make(told=Told(**whole | wrong), form_key=uuid4())
    assert not SelfReport.objects.exists()


def test_what_somebody_told_stands_in_no_column_and_no_event(park):
    made = make(told=TOLD, form_key=uuid4())
    take_up(report_id=made.pk, official_id=park.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM self_reports_selfreport t")
        stored = cursor.fetchone()[0]
    for secret in (TEXT, TOLD.contact):
        assert secret not in stored
        assert secret.encode().hex() not in stored
        assert secret not in str(list(Event.objects.values()))


def test_leniency_is_data_with_a_source_and_not_in_force():
    leniency = load_pack().self_reporting.leniency
    assert not leniency.enabled
    assert not leniency.source.kind.is_law
    assert "plan" in leniency.words_en
