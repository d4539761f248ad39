"""Something happened inside an institution: the person decides whether the ministry learns of it; times run."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction

from haetae.agencies.education import queries
from haetae.agencies.education.duty.actions import note_duty_met
from haetae.agencies.education.incidents.actions import (
    answer_plan,
    change_wish,
    note_incident,
    send_plan,
    tell_ministry,
)
from haetae.agencies.education.institutions.actions import CannotTeachError
from haetae.agencies.education.models import DutyMet, Incident
from haetae.agencies.education.states import (
    ByRole,
    Category,
    IncidentState,
    InstitutionKind,
    ToldWhom,
    Wish,
)
from haetae.audit.models import Event
from haetae.common import clock
from haetae.flow.deadlines.actions import pass_due
from haetae.flow.deadlines.models import Deadline
from haetae.flow.next_step import next_step
from tests import people
from tests.educating import PLAN, an_incident, an_institution, officer, supervisor, today

pytestmark = pytest.mark.django_db
SEOUL = ZoneInfo("Asia/Seoul")


@pytest.fixture
def cho():
    return supervisor()


@pytest.fixture
def school(cho):
    return an_institution(cho)


@pytest.fixture
def bang(cho, school):
    return officer(cho, school)


def clocks(incident_id) -> dict[tuple[str, str], datetime | None]:
    rows = Deadline.objects.filter(subject_id=incident_id, state="set")
    return {(row.kind, row.basis): row.due_at for row in rows}


def take_what_is_due() -> None:
    for event in Event.objects.filter(name="deadlines.passed", facts__kind__startswith="incident"):
        next_step(event.pk)


def test_a_clear_objection_keeps_it_inside_and_no_clock_runs(school, bang):
    incident_id = an_incident(school, bang, wish=Wish.OBJECTS)
    assert not clocks(incident_id)
    with pytest.raises(CannotTeachError, match="incident_objected"):
        tell_ministry(institution_id=school, incident_id=incident_id, official_id=bang.pk)
    with pytest.raises(CannotTeachError, match="incident_objected"):
        send_plan(institution_id=school, incident_id=incident_id, text=PLAN, official_id=bang.pk)
    assert queries.withheld(school) == 1
    assert not queries.incidents_told().exists()


def test_the_database_itself_holds_back_what_the_person_objects_to(school, bang):
    an_incident(school, bang, wish=Wish.OBJECTS)
    with pytest.raises(IntegrityError, match="what_the_person_objects_to"), transaction.atomic():
        Incident.objects.update(state="noted")


def test_whoever_could_not_be_asked_has_not_objected(school, bang):
    incident_id = an_incident(school, bang, wish=Wish.COULD_NOT_ASK)
    tell_ministry(institution_id=school, incident_id=incident_id, official_id=bang.pk)
    assert queries.get_told_incident(incident_id).state == "told"


def test_the_person_may_change_their_mind_until_it_is_told(school, bang):
    incident_id = an_incident(school, bang)
    assert len(clocks(incident_id)) == 3
    change_wish(institution_id=school, incident_id=incident_id, wish=Wish.OBJECTS, official_id=bang.pk)
    assert not clocks(incident_id)
    change_wish(institution_id=school, incident_id=incident_id, wish=Wish.NO_OBJECTION, official_id=bang.pk)
    assert len(clocks(incident_id)) == 3
    tell_ministry(institution_id=school, incident_id=incident_id, official_id=bang.pk)
    with pytest.raises(CannotTeachError, match="incident_told_already"):
        change_wish(institution_id=school, incident_id=incident_id, wish=Wish.OBJECTS, official_id=bang.pk)


@pytest.mark.parametrize(
    ("kind", "by_head", "legal", "ours"),
    [
        (InstitutionKind.SCHOOL, False, date(2026, 4, 1), None),
        # The decree names no heads of schools: three months by law, and our own month beside it.
        (InstitutionKind.SCHOOL, True, date(2026, 4, 1), date(2026, 2, 1)),
        (InstitutionKind.EDUCATION_OFFICE, True, date(2026, 2, 1), None),
        (InstitutionKind.EDUCATION_OFFICE, False, date(2026, 4, 1), None),
    ],
)
def test_a_plan_is_owed_three_months_from_the_day_of_learning_or_one_for_a_head_of_the_law(
    cho, kind, by_head, legal, ours
):
    with time_machine.travel(datetime(2026, 1, 4, 12, tzinfo=SEOUL), tick=False):
        place = an_institution(cho, name="Hill Office", kind=kind)
        tak = officer(cho, place, people.SECOND_EDUCATOR)
        incident_id = note_incident(
            institution_id=place,
            category=Category.SPREAD,
            known_on=date(2025, 12, 31),
            by_head=by_head,
            wish=Wish.NO_OBJECTION,
            form_key=uuid4(),
            official_id=tak.pk,
        )
    midnight = datetime(legal.year, legal.month, legal.day, tzinfo=SEOUL).astimezone(UTC)
    assert clocks(incident_id)["incident_plan", "legal"] == midnight
    own = clocks(incident_id).get(("incident_plan", "policy"))
    assert own == (datetime(ours.year, ours.month, ours.day, tzinfo=SEOUL).astimezone(UTC) if ours else None)
    assert clocks(incident_id)["incident_notice", "legal"] is None


def test_a_plan_goes_to_and_fro_until_it_is_accepted(school, bang, cho):
    incident_id = an_incident(school, bang)
    with pytest.raises(CannotTeachError, match="incident_not_told"):
        send_plan(institution_id=school, incident_id=incident_id, text=PLAN, official_id=bang.pk)
    tell_ministry(institution_id=school, incident_id=incident_id, official_id=bang.pk)
    with pytest.raises(CannotTeachError, match="plan_text"):
        send_plan(institution_id=school, incident_id=incident_id, text="soon", official_id=bang.pk)
    send_plan(institution_id=school, incident_id=incident_id, text=PLAN, official_id=bang.pk)
    with pytest.raises(CannotTeachError, match="plan_why"):
        answer_plan(incident_id=incident_id, answer=IncidentState.RETURNED, why="", official_id=cho.pk)
    answer_plan(
        incident_id=incident_id,
        answer=IncidentState.RETURNED,
        why="Say who does it, and by when.",
        official_id=cho.pk,
    )
    send_plan(institution_id=school, incident_id=incident_id, text=f"{PLAN} By June.", official_id=bang.pk)
    answer_plan(incident_id=incident_id, answer=IncidentState.ACCEPTED, why="", official_id=cho.pk)
    assert Incident.objects.get().state == "accepted"
    assert queries.plans_of(incident_id).count() == 2


def test_a_plan_that_does_not_come_is_late_by_the_law_and_one_that_came_never_is(school, bang):
    late, in_time = an_incident(school, bang), an_incident(school, bang)
    tell_ministry(institution_id=school, incident_id=late, official_id=bang.pk)
    tell_ministry(institution_id=school, incident_id=in_time, official_id=bang.pk)
    send_plan(institution_id=school, incident_id=in_time, text=PLAN, official_id=bang.pk)
    with time_machine.travel(clock.now() + timedelta(days=100), tick=False):
        pass_due(at=clock.now())
        take_what_is_due()
    assert dict(Incident.objects.values_list("pk", "is_late")) == {late: True, in_time: False}
    assert Event.objects.filter(name="education.plan_late").count() == 1


def test_what_is_not_told_in_our_own_time_is_said_and_stays_to_be_told(school, bang):
    incident_id = an_incident(school, bang)
    with time_machine.travel(clock.now() + timedelta(days=3), tick=False):
        pass_due(at=clock.now())
        take_what_is_due()
        assert Event.objects.filter(name="education.notice_late").count() == 1
        tell_ministry(institution_id=school, incident_id=incident_id, official_id=bang.pk)


def test_a_day_to_come_and_one_long_past_are_refused(school, bang):
    for known_on, code in ((today() + timedelta(days=1), "to_come"), (date(2000, 1, 1), "too_old")):
        with pytest.raises(CannotTeachError, match=code):
            note_incident(
                institution_id=school,
                category=Category.OTHER,
                known_on=known_on,
                by_head=False,
                wish=Wish.NO_OBJECTION,
                form_key=uuid4(),
                official_id=bang.pk,
            )


def test_the_record_of_an_incident_holds_nothing_of_a_person(school, bang):
    an_incident(school, bang)
    assert {field.name for field in Incident._meta.fields} == {
        "id", "institution", "state", "category", "known_on", "by_head", "wish", "noted_by", "noted_at", "told_at",
        "plan_due_at", "is_late",
    }  # fmt: skip
    assert Event.objects.get(name="education.incident_noted").facts == {"wish": "no_objection"}


def test_a_report_to_the_police_is_noted_by_day_and_work_alone(school, bang):
    note_duty_met(
        institution_id=school,
        by_role=ByRole.TEACHER,
        learnt_on=today(),
        told_on=today(),
        told=ToldWhom.CALL,
        form_key=uuid4(),
        official_id=bang.pk,
    )
    assert Event.objects.get(name="education.duty_met").facts == {"role": "teacher"}
    with pytest.raises(CannotTeachError, match="duty_before_knowing"):
        note_duty_met(
            institution_id=school,
            by_role=ByRole.TEACHER,
            learnt_on=today(),
            told_on=today() - timedelta(days=1),
            told=ToldWhom.CALL,
            form_key=uuid4(),
            official_id=bang.pk,
        )
    assert DutyMet.objects.count() == 1
