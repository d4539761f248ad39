"""Data is kept because a prosecutor stands behind it, and keeping never brings any of it in."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction

from haetae.accounts.permissions import Role
from haetae.agencies.investigation.preservation import actions, queries
from haetae.agencies.investigation.preservation.actions import CannotKeepError
from haetae.agencies.investigation.preservation.models import Preservation
from haetae.agencies.investigation.preservation.rules import Wanted
from haetae.audit.models import Event
from haetae.common import clock
from haetae.flow.deadlines.models import Deadline
from haetae.flow.timekeeper import Timekeeper
from tests import people
from tests.agencies.desk import follow
from tests.commission import seat
from tests.investigations import begin_file, officer, prosecutor
from tests.official_requests import ACCOUNT, wanted

pytestmark = pytest.mark.django_db


def apply(opened, by, **changed):
    return actions.apply(
        investigation_id=opened.investigation.pk,
        wanted=wanted(**changed),
        form_key=uuid4(),
        official_id=by.pk,
    )


def urgent(opened, by, *, sent_at=None):
    return actions.ask_urgently(
        investigation_id=opened.investigation.pk,
        wanted=wanted(urgent_because="It is deleted within the hour."),
        sent_at=sent_at or clock.now(),
        form_key=uuid4(),
        official_id=by.pk,
    )


def state() -> str:
    return Preservation.objects.get().state


def test_nothing_of_this_room_could_hold_data_of_a_platform():
    columns = {field.name for field in Preservation._meta.get_fields()}
    assert columns == {
        "id", "investigation", "platform", "origin", "wanted", "why_refused", "state", "applied_by", "applied_at",
        "decided_by", "decided_at", "sent_at", "reported_at", "keep_until", "changed_at",
    }  # fmt: skip
    assert set(Wanted.__dataclass_fields__) == {
        "platform", "accounts", "why", "office", "contact", "urgent_because",
    }  # fmt: skip


def test_the_police_apply_a_prosecutor_approves_and_the_platform_reports_back():
    park, choi = officer(), prosecutor()
    opened = begin_file(park)
    found, file_id = apply(opened, park), opened.investigation.pk
    with pytest.raises(CannotKeepError, match="keep_not_now"):
        actions.sent(preservation_id=found, investigation_id=file_id, at=clock.now(), official_id=park.pk)
    actions.decide(preservation_id=found, approves=True, why="", official_id=choi.pk)
    actions.sent(preservation_id=found, investigation_id=file_id, at=clock.now(), official_id=park.pk)
    actions.reported(
        preservation_id=found, investigation_id=file_id, kept=True, at=clock.now(), official_id=park.pk
    )
    assert state() == "kept"
    row = Preservation.objects.get()
    due = Deadline.objects.get(subject_id=found, kind="preserved_until")
    assert (due.basis, due.due_at) == ("policy", row.keep_until)
    letter = queries.letters_of(row, opened.key)[1]
    from haetae.documents.plain import plain

    assert "a prosecutor of the Public Prosecution Office" in plain(letter)
    assert "From which day this article holds" in plain(letter)
    assert ACCOUNT not in str(list(Event.objects.values()))


def test_a_no_says_why_and_the_file_reads_it():
    park, choi = officer(), prosecutor()
    opened = begin_file(park)
    found = apply(opened, park)
    with pytest.raises(CannotKeepError, match="keep_refusal_missing"):
        actions.decide(preservation_id=found, approves=False, why="no", official_id=choi.pk)
    actions.decide(
        preservation_id=found, approves=False, why="The account is not named well.", official_id=choi.pk
    )
    assert queries.why_refused(Preservation.objects.get(), opened.key) == "The account is not named well."
    with pytest.raises(CannotKeepError, match="keep_not_waiting"):
        actions.decide(preservation_id=found, approves=True, why="", official_id=choi.pk)


def test_whoever_applied_or_works_on_the_file_approves_nothing_of_it():
    """One person may hold both seats, and still never decides about what is theirs."""
    park, shin = officer(), officer(people.SECOND_OFFICER)
    for person in (people.OFFICER, people.SECOND_OFFICER):
        seat(person, Role.PROSECUTOR, agency="prosecutor")
    opened = begin_file(park)
    found = apply(opened, park)
    with pytest.raises(CannotKeepError, match="keep_own_application"):
        actions.decide(preservation_id=found, approves=True, why="", official_id=park.pk)
    from haetae.agencies.investigation.files import actions as files

    files.add_member(investigation_id=opened.investigation.pk, colleague_id=shin.pk, official_id=park.pk)
    with pytest.raises(CannotKeepError, match="keep_own_file"):
        actions.decide(preservation_id=found, approves=True, why="", official_id=shin.pk)
    files.end_membership(investigation_id=opened.investigation.pk, colleague_id=shin.pk, official_id=park.pk)
    with pytest.raises(CannotKeepError, match="keep_own_file"):
        actions.decide(preservation_id=found, approves=True, why="", official_id=shin.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Preservation.objects.update(decided_by=park)


def test_an_urgent_one_stands_once_a_prosecutor_approves_it():
    park, choi = officer(), prosecutor()
    opened = begin_file(park)
    found = urgent(opened, park)
    legal = Deadline.objects.get(subject_id=found, basis="legal")
    assert (legal.kind, legal.due_at) == ("approve_urgent", None), "the law says immediately and no hour"
    actions.decide(preservation_id=found, approves=True, why="", official_id=choi.pk)
    assert state() == "sent"
    assert not Deadline.objects.filter(subject_id=found, kind="approve_urgent", state="set").exists()


@pytest.mark.parametrize(("late", "becomes"), [(-1, "urgent"), (1, "lapsed")])
def test_an_urgent_one_that_nobody_approves_lapses_and_is_approved_no_more(late, becomes):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        park, choi = officer(), prosecutor()
        found = urgent(begin_file(park), park)
        traveller.shift(timedelta(hours=24, seconds=late))
        Timekeeper().tick()
        follow()
        assert state() == becomes
        if becomes == "lapsed":
            with pytest.raises(CannotKeepError, match="keep_not_waiting"):
                actions.decide(preservation_id=found, approves=True, why="", official_id=choi.pk)


def test_an_urgent_one_is_approved_no_more_where_no_clock_has_run():
    with time_machine.travel(clock.now(), tick=False) as traveller:
        park, choi = officer(), prosecutor()
        found = urgent(begin_file(park), park)
        traveller.shift(timedelta(hours=24, seconds=1))
        with pytest.raises(CannotKeepError, match="keep_not_waiting"):
            actions.decide(preservation_id=found, approves=True, why="", official_id=choi.pk)
        assert state() == "urgent"


def test_an_urgent_one_told_after_its_time_is_no_urgent_one():
    park = officer()
    with pytest.raises(CannotKeepError, match="urgent_too_old"):
        urgent(begin_file(park), park, sent_at=clock.now() - timedelta(hours=25))


def test_a_prosecutor_acts_by_themselves_only_in_a_file_that_lay_before_them():
    park, choi = officer(), prosecutor()
    opened = begin_file(park)
    form = {
        "investigation_id": opened.investigation.pk,
        "wanted": wanted(platform="videos.example"),
        "form_key": uuid4(),
        "official_id": choi.pk,
    }
    with pytest.raises(CannotKeepError, match="keep_file_unknown"):
        actions.order(**form)
    apply(opened, park)
    assert actions.order(**form) == actions.order(**form)
    row = Preservation.objects.get(origin="prosecutor")
    assert (row.state, row.decided_by_id) == ("approved", choi.pk)
    assert len(queries.of_file(opened.investigation.pk)) == 2, "the officers of the file send it"


def test_another_prosecutor_reads_what_waits_and_not_what_was_decided():
    park, choi = officer(), prosecutor()
    other = seat(people.STRANGER, Role.PROSECUTOR, agency="prosecutor")
    opened = begin_file(park)
    found = apply(opened, park)
    assert queries.laid_one(found, other.pk).pk == found
    actions.decide(preservation_id=found, approves=True, why="", official_id=choi.pk)
    assert queries.laid_one(found, choi.pk).pk == found
    with pytest.raises(Preservation.DoesNotExist):
        queries.laid_one(found, other.pk)


def test_what_is_kept_ends_with_its_term():
    with time_machine.travel(clock.now(), tick=False) as traveller:
        park, choi = officer(), prosecutor()
        found = urgent(begin_file(park), park)
        actions.decide(preservation_id=found, approves=True, why="", official_id=choi.pk)
        traveller.shift(timedelta(days=90, seconds=1))
        Timekeeper().tick()
        follow()
        assert state() == "over"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"platform": "no host"}, "platform_is_no_host"),
        ({"accounts": []}, "no_account"),
        ({"why": "x"}, "why_keep_missing"),
        ({"contact": ""}, "office_missing"),
    ],
)
def test_what_is_not_whole_is_refused(changed, code):
    park = officer()
    with pytest.raises(CannotKeepError, match=code):
        apply(begin_file(park), park, **changed)
    assert not Preservation.objects.exists()
