"""A school teaches, reports what it taught, and is checked; where it was poor, two officials order a training."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction

from haetae.accounts.actions import WrongSeatError
from haetae.agencies.education import queries
from haetae.agencies.education.institutions.actions import (
    CannotTeachError,
    end_officer,
    name_officer,
    register,
)
from haetae.agencies.education.models import Institution, Session, Training, Year
from haetae.agencies.education.sessions.actions import certify, record_session, withdraw_session
from haetae.agencies.education.states import InstitutionKind, Method, Poor, YearState
from haetae.agencies.education.years import rules
from haetae.agencies.education.years.actions import (
    answer_report,
    drop_training,
    expect_year,
    order_training,
    propose_training,
    send_report,
    training_done,
)
from haetae.audit.models import Event
from haetae.common import clock
from haetae.documents.document import Language
from haetae.documents.plain import plain
from haetae.flow.deadlines.actions import pass_due
from haetae.flow.deadlines.models import Deadline
from haetae.flow.issued.queries import document_of, of_subject
from haetae.flow.next_step import next_step
from tests import people
from tests.educating import MEASURES, a_session, an_institution, held, officer, supervisor, today

pytestmark = pytest.mark.django_db
SEOUL = ZoneInfo("Asia/Seoul")


@pytest.fixture
def cho():
    return supervisor()


@pytest.fixture
def go():
    return supervisor(people.SECOND_SUPERVISOR)


@pytest.fixture
def school(cho):
    return an_institution(cho)


@pytest.fixture
def bang(cho, school):
    return officer(cho, school)


def take_what_is_due(kind: str) -> None:
    for event in Event.objects.filter(name="deadlines.passed", facts__kind=kind):
        next_step(event.pk)


def reported(school, bang, *sessions) -> Year:
    """About the year before this one, when it is over."""
    for one in sessions:
        a_session(school, bang, one)
    year = today().year - 1
    return Year.objects.get(
        pk=send_report(institution_id=school, year=year, measures=MEASURES, official_id=bang.pk)
    )


def last_year(month: int = 5) -> date:
    return date(today().year - 1, month, 12)


def test_a_session_says_day_method_how_many_and_with_which_text_and_names_nobody(school, bang):
    session = Session.objects.get(pk=a_session(school, bang, held(today())))
    assert (session.learners, session.staff) == (300, 38)
    assert set(session.lessons) == {"middle", "teachers"}
    assert all(date.fromisoformat(day) for day in session.lessons.values())
    assert not [field.name for field in Session._meta.fields if "name" in field.name]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"on": date(2999, 1, 1)}, "session_to_come"),
        ({"minutes": None}, "session_minutes"),
        ({"minutes": 0}, "session_minutes"),
        ({"learners": None}, "session_people"),
        ({"learners": 0, "staff": 0}, "session_nobody"),
        ({"staff": 41}, "session_more_staff"),
        ({"lessons": ("kittens",)}, "session_content"),
        ({"lessons": (), "content": "  "}, "session_content"),
        ({"list_kept": ""}, "session_list"),
    ],
)
def test_what_a_session_lacks_is_said(school, bang, change, code):
    with pytest.raises(CannotTeachError, match=code):
        a_session(school, bang, replace(held(today()), **change))
    assert not Session.objects.exists()


def test_the_same_form_twice_is_one_session(school, bang):
    key, what = uuid4(), held(today())
    for _ in range(2):
        record_session(
            institution_id=school, held=what, method=Method.FILM, form_key=key, official_id=bang.pk
        )
    assert Session.objects.count() == 1


def test_staff_that_came_twice_is_not_counted_twice():
    row = rules.Taught(session_id=uuid4(), minutes=30, learners=10, staff=20, parents=0, head_was_there=False)
    found = rules.figures([row, row], staff_total=40)
    assert (found.minutes, found.learners, found.staff_taught, found.staff_percent) == (60, 20, 20, 50)


def test_a_report_about_a_year_that_runs_is_refused(school, bang):
    with pytest.raises(CannotTeachError, match="year_not_over"):
        send_report(institution_id=school, year=today().year, measures=MEASURES, official_id=bang.pk)


def test_a_good_year_is_accepted_and_nothing_is_poor(school, bang, cho):
    row = reported(school, bang, held(last_year()))
    answer_report(year_id=row.pk, answer=YearState.ACCEPTED, why="", official_id=cho.pk)
    row.refresh_from_db()
    assert (row.state, row.poor) == ("accepted", [])
    with pytest.raises(CannotTeachError, match="training_not_poor"):
        propose_training(year_id=row.pk, official_id=cho.pk)


def test_what_is_poor_is_found_by_rule_and_each_reason_is_named(school, bang, cho):
    row = reported(school, bang, held(last_year(), minutes=40, staff=27, head=False))
    answer_report(year_id=row.pk, answer=YearState.ACCEPTED, why="", official_id=cho.pk)
    row.refresh_from_db()
    assert row.poor == [Poor.TOO_SHORT, Poor.FEW_OF_THE_STAFF, Poor.HEAD_ABSENT]


def test_no_session_at_all_is_one_reason_and_not_four():
    nothing = rules.figures([], staff_total=40)
    assert rules.poor(nothing, sessions=1, minutes=60, staff_percent=70) == (Poor.NO_SESSION,)
    assert rules.poor(None, sessions=1, minutes=60, staff_percent=70) == (Poor.NO_REPORT,)


def test_the_share_of_staff_is_not_reached_by_rounding():
    almost = rules.figures(
        [rules.Taught(session_id=uuid4(), minutes=60, learners=0, staff=699, parents=0, head_was_there=True)],
        staff_total=1_000,
    )
    assert almost.staff_percent == 69
    assert rules.poor(almost, sessions=1, minutes=60, staff_percent=70) == (Poor.FEW_OF_THE_STAFF,)


def test_figures_are_frozen_when_they_are_sent_and_a_reported_session_stays(school, bang, cho):
    row = reported(school, bang, held(last_year()))
    session = Session.objects.get()
    with pytest.raises(CannotTeachError, match="session_reported"):
        withdraw_session(institution_id=school, session_id=session.pk, why="A mistake", official_id=bang.pk)
    answer_report(
        year_id=row.pk,
        answer=YearState.RETURNED,
        why="The day of the session is not right.",
        official_id=cho.pk,
    )
    withdraw_session(institution_id=school, session_id=session.pk, why="A mistake", official_id=bang.pk)
    row.refresh_from_db()
    assert row.figures["sessions"] == 1, "what lay with the ministry changes only with a new report"
    send_report(institution_id=school, year=row.year, measures=MEASURES, official_id=bang.pk)
    row.refresh_from_db()
    assert (row.state, row.figures["sessions"], row.why) == ("sent", 0, "")


def test_a_report_is_due_at_the_end_of_february_in_seoul_also_in_a_leap_year():
    assert rules.due_at(2026, by_end_of_month=2, zone=SEOUL) == datetime(2027, 2, 28, 15, tzinfo=UTC)
    assert rules.due_at(2027, by_end_of_month=2, zone=SEOUL) == datetime(2028, 2, 29, 15, tzinfo=UTC)


def test_whoever_reports_nothing_is_missing_after_the_day_of_the_law_and_a_late_report_counts(
    school, bang, cho
):
    year = today().year
    assert expect_year(year=year, official_id=cho.pk) == 1
    assert expect_year(year=year, official_id=cho.pk) == 0
    with time_machine.travel(datetime(year + 1, 3, 1, 12, tzinfo=SEOUL), tick=False):
        pass_due(at=clock.now())
        take_what_is_due("teaching_report")
        row = Year.objects.get()
        assert (row.state, row.poor) == ("missing", ["no_report"])
        send_report(institution_id=school, year=year, measures=MEASURES, official_id=bang.pk)
        row.refresh_from_db()
        assert (row.state, row.poor) == ("sent", [])


def test_a_report_that_came_in_time_is_never_called_missing(school, bang, cho):
    year = today().year
    expect_year(year=year, official_id=cho.pk)
    with time_machine.travel(datetime(year + 1, 1, 20, 12, tzinfo=SEOUL), tick=False):
        send_report(institution_id=school, year=year, measures=MEASURES, official_id=bang.pk)
    with time_machine.travel(datetime(year + 1, 3, 2, 12, tzinfo=SEOUL), tick=False):
        assert pass_due(at=clock.now()) == 0
    assert Year.objects.get().state == "sent"


def test_a_training_is_proposed_by_one_and_ordered_by_another_with_a_letter(school, bang, cho, go):
    row = reported(school, bang, held(last_year(), minutes=20))
    answer_report(year_id=row.pk, answer=YearState.ACCEPTED, why="", official_id=cho.pk)
    propose_training(year_id=row.pk, official_id=cho.pk)
    with pytest.raises(CannotTeachError, match="training_same_official"):
        order_training(year_id=row.pk, official_id=cho.pk)
    order_training(year_id=row.pk, official_id=go.pk)
    training = Training.objects.get()
    (letter,) = of_subject(training.pk)
    document = document_of(letter, Language.EN)
    assert document.addressed_to == "The head of River School"
    assert "the sessions were too short" in plain(document)
    assert Deadline.objects.get(subject_id=training.pk).basis == "policy"
    training_done(year_id=row.pk, on=today(), official_id=cho.pk)
    training.refresh_from_db()
    assert training.state == "done"
    assert Deadline.objects.get(subject_id=training.pk).state == "met"


def test_the_database_itself_keeps_one_person_from_ordering_what_they_proposed(school, bang, cho):
    row = reported(school, bang)
    answer_report(year_id=row.pk, answer=YearState.ACCEPTED, why="", official_id=cho.pk)
    propose_training(year_id=row.pk, official_id=cho.pk)
    with pytest.raises(IntegrityError, match="training_is_ordered_by_another"), transaction.atomic():
        Training.objects.update(ordered_by=cho, due_at=clock.now(), state="ordered")
    drop_training(year_id=row.pk, official_id=cho.pk)
    with pytest.raises(CannotTeachError, match="training_over"):
        training_done(year_id=row.pk, on=today(), official_id=cho.pk)


def test_a_certificate_has_a_line_for_a_name_and_a_number_that_anybody_can_check(school, bang):
    session_id = a_session(school, bang, held(today()))
    for _ in range(2):
        certify(institution_id=school, session_id=session_id, official_id=bang.pk)
    (issued,) = of_subject(session_id)
    document = document_of(issued, Language.KO)
    assert document.addressed_to.startswith("이름: ＿")
    assert "River School" in plain(document)
    assert issued.reference in document.address
    assert issued.agency == "institution"


def test_a_withdrawn_session_is_not_certified(school, bang):
    session_id = a_session(school, bang, held(today()))
    withdraw_session(institution_id=school, session_id=session_id, why="Held next week.", official_id=bang.pk)
    with pytest.raises(CannotTeachError, match="session_withdrawn"):
        certify(institution_id=school, session_id=session_id, official_id=bang.pk)


def test_one_officer_works_for_one_institution_and_afterwards_for_none(cho, school, bang):
    other = an_institution(cho, name="Hill School")
    with pytest.raises(CannotTeachError, match="officer_of_another"):
        name_officer(institution_id=other, username=bang.username, official_id=cho.pk)
    assert queries.institution_of(bang.pk).pk == school
    end_officer(institution_id=school, officer_id=bang.pk, official_id=cho.pk)
    with pytest.raises(Institution.DoesNotExist):
        queries.institution_of(bang.pk)
    officer(cho, other)
    assert queries.institution_of(bang.pk).pk == other


def test_nobody_of_an_agency_becomes_the_officer_of_a_school(cho, school, go):
    with pytest.raises((CannotTeachError, WrongSeatError), match="officer_sits_elsewhere"):
        name_officer(institution_id=school, username=go.username, official_id=cho.pk)


@pytest.mark.parametrize(
    ("name", "staff", "code"),
    [
        ("", 10, "institution_name"),
        ("Hill School", None, "institution_staff"),
        ("River School", 5, "institution_taken"),
    ],
)
def test_what_the_register_needs_is_said(cho, school, name, staff, code):
    with pytest.raises(CannotTeachError, match=code):
        register(
            name=name,
            kind=InstitutionKind.SCHOOL,
            office="Example Office",
            staff=staff,
            form_key=uuid4(),
            official_id=cho.pk,
        )
