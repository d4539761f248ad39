"""A file is read by whoever works on it, after saying why, and by nobody else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from haetae.agencies.investigation.files import actions, queries
from haetae.agencies.investigation.files.actions import About, CannotInvestigateError
from haetae.agencies.investigation.files.models import Investigation, Member
from haetae.agencies.investigation.files.queries import NotYoursError
from haetae.agencies.investigation.files.states import Reason, Victim
from haetae.audit.models import Event
from haetae.common import clock
from tests import people
from tests.investigations import SECRET_NAME, approver, begin_file, officer

pytestmark = pytest.mark.django_db


def test_whoever_begins_a_file_works_on_it_and_reads_its_name():
    park = officer()
    opened = begin_file(park)
    assert opened.name == SECRET_NAME
    assert [one.pk for one in queries.files_of(park.pk)] == [opened.investigation.pk]


def test_the_same_form_sent_twice_is_one_file():
    park, form_key = officer(), uuid4()
    about = About(name=SECRET_NAME, victim=Victim.ADULT, offence="spread")
    first, second = (actions.begin(about=about, form_key=form_key, official_id=park.pk) for _ in range(2))
    assert first.investigation.pk == second.investigation.pk
    assert Investigation.objects.count() == 1


def test_the_name_stands_in_no_row_and_no_event():
    opened = begin_file(officer())
    row = Investigation.objects.values().get(pk=opened.investigation.pk)
    assert SECRET_NAME.encode() not in b"".join(bytes(v) for v in row.values() if isinstance(v, memoryview))
    assert SECRET_NAME not in str(list(Event.objects.values()))


def test_another_officer_reads_nothing_until_a_member_adds_them():
    park, shin = officer(), officer(people.SECOND_OFFICER)
    opened = begin_file(park)
    with pytest.raises(NotYoursError, match="file_of_others"):
        actions.open_for(investigation_id=opened.investigation.pk, reason=Reason.CHECK, official_id=shin.pk)
    actions.add_member(investigation_id=opened.investigation.pk, colleague_id=shin.pk, official_id=park.pk)
    with pytest.raises(NotYoursError, match="file_not_opened"):
        queries.opened_by(opened.investigation.pk, shin.pk)
    actions.open_for(investigation_id=opened.investigation.pk, reason=Reason.CHECK, official_id=shin.pk)
    assert queries.opened_by(opened.investigation.pk, shin.pk).name == SECRET_NAME


def test_a_reason_holds_until_midnight(monkeypatch):
    park = officer()
    opened = begin_file(park)
    later = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(NotYoursError, match="file_not_opened"):
        queries.opened_by(opened.investigation.pk, park.pk)


def test_only_an_officer_joins_and_the_last_one_does_not_leave():
    park, noh = officer(), approver()
    opened = begin_file(park)
    with pytest.raises(CannotInvestigateError, match="file_no_officer"):
        actions.add_member(investigation_id=opened.investigation.pk, colleague_id=noh.pk, official_id=park.pk)
    with pytest.raises(CannotInvestigateError, match="file_last_member"):
        actions.end_membership(
            investigation_id=opened.investigation.pk, colleague_id=park.pk, official_id=park.pk
        )


def test_whoever_left_reads_nothing_any_more():
    park, shin = officer(), officer(people.SECOND_OFFICER)
    opened = begin_file(park)
    file_id = opened.investigation.pk
    actions.add_member(investigation_id=file_id, colleague_id=shin.pk, official_id=park.pk)
    actions.open_for(investigation_id=file_id, reason=Reason.HAND_OVER, official_id=shin.pk)
    actions.end_membership(investigation_id=file_id, colleague_id=park.pk, official_id=shin.pk)
    with pytest.raises(NotYoursError, match="file_of_others"):
        queries.opened_by(file_id, park.pk)


def test_a_closed_file_is_read_and_not_written_in():
    park, shin = officer(), officer(people.SECOND_OFFICER)
    opened = begin_file(park)
    file_id = opened.investigation.pk
    for _ in range(2):
        actions.close(investigation_id=file_id, official_id=park.pk)
    assert queries.opened_by(file_id, park.pk).name == SECRET_NAME
    with pytest.raises(NotYoursError, match="file_closed"):
        actions.add_member(investigation_id=file_id, colleague_id=shin.pk, official_id=park.pk)


@pytest.mark.parametrize(
    ("name", "offence", "code"),
    [("ab", "spread", "file_name_length"), ("A name", "jaywalking", "file_no_offence")],
)
def test_a_file_without_a_name_or_an_offence_is_refused(name, offence, code):
    with pytest.raises(CannotInvestigateError, match=code):
        begin_file(officer(), name=name, offence=offence)


def test_the_database_refuses_to_let_somebody_stand_twice():
    park = officer()
    opened = begin_file(park)
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(
            investigation=opened.investigation, official=park, added_by=park, since=clock.now()
        )
