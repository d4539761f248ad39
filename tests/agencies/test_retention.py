"""How long a case is kept: by its class, by the calendar of the law, to the very second."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from haetae.agencies.support.actions import write_message
from haetae.agencies.support.destroying.actions import destroy_case
from haetae.agencies.support.destroying.models import DeletionRecord
from haetae.agencies.support.destroying.queries import is_proven
from haetae.agencies.support.models import Case, CaseText
from haetae.agencies.support.retention import actions, rules
from haetae.agencies.support.retention.queries import term_of
from haetae.agencies.support.states import Age, State
from haetae.audit.actor import PUBLIC
from haetae.common import clock
from haetae.flow.deadlines.models import Deadline
from haetae.law.packs import load_pack
from haetae.law.person.facts import RetentionClass
from tests.agencies.ending import StandingClock, follow, time_passes, whole_case

NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def standing(monkeypatch: pytest.MonkeyPatch) -> StandingClock:
    standing = StandingClock(NOW)
    monkeypatch.setattr(clock, "now", standing)
    return standing


@pytest.mark.parametrize(
    ("age", "asked", "kind"),
    [
        (Age.UNDER_19, False, RetentionClass.CHILD_MATERIAL),
        (Age.UNDER_19, True, RetentionClass.CHILD_MATERIAL),
        (Age.ADULT, True, RetentionClass.ASKED_BY_INVESTIGATORS),
        (Age.UNSAID, True, RetentionClass.ASKED_BY_INVESTIGATORS),
        (Age.ADULT, False, RetentionClass.OTHER),
        (Age.UNSAID, False, RetentionClass.OTHER),
    ],
)
def test_each_case_has_one_class_and_a_childs_is_kept_longest(
    age: Age, asked: bool, kind: RetentionClass
) -> None:
    assert rules.class_of(age=age, asked_by_investigators=asked) is kind


@pytest.mark.parametrize(
    ("kind", "last_at", "due_at"),
    [
        # The calendar is Seoul's: this is the evening of 28 February in UTC, and 29 February where it counts.
        (RetentionClass.OTHER, "2024-02-28T15:00:00+00:00", "2029-02-27T15:00:00+00:00"),
        (RetentionClass.OTHER, "2024-02-28T14:59:59+00:00", "2029-02-28T14:59:59+00:00"),
        # 29 February and five years is no day: the last of that month counts.
        (RetentionClass.OTHER, "2028-02-29T03:00:00+00:00", "2033-02-28T03:00:00+00:00"),
        (RetentionClass.ASKED_BY_INVESTIGATORS, "2028-02-29T03:00:00+00:00", "2038-02-28T03:00:00+00:00"),
        (RetentionClass.OTHER, "2026-12-31T14:59:59+00:00", "2031-12-31T14:59:59+00:00"),
        (RetentionClass.CHILD_MATERIAL, "2026-12-31T14:59:59+00:00", None),
    ],
)
def test_years_are_counted_by_the_calendar_of_the_law(
    kind: RetentionClass, last_at: str, due_at: str | None
) -> None:
    term = rules.term_of(load_pack("kr"), kind=kind, last_at=datetime.fromisoformat(last_at))
    assert term.due_at == (None if due_at is None else datetime.fromisoformat(due_at))


@pytest.mark.django_db
def test_a_case_is_destroyed_in_the_very_second_in_which_its_term_ends(standing: StandingClock) -> None:
    case = whole_case().case
    follow("support.opened")
    due = Deadline.objects.get(kind="retention_ends")
    assert due.due_at == datetime(2031, 11, 26, 3, 0, tzinfo=UTC)
    assert (due.basis, due.source) == ("legal", "svp_rule 2-6(4)3")
    time_passes(standing, to=due.due_at - SECOND)
    case.refresh_from_db()
    assert case.state == State.OPEN
    assert CaseText.objects.count() == 5
    time_passes(standing, to=due.due_at)
    case.refresh_from_db()
    record = DeletionRecord.objects.get()
    assert (case.state, record.rule, record.by) == ("destroyed", "term_over", "clock")
    assert not CaseText.objects.exists()
    assert is_proven(record)


@pytest.mark.django_db
def test_whatever_happens_in_a_case_begins_its_term_anew(standing: StandingClock) -> None:
    opened = whole_case()
    follow("support.opened")
    standing.at = NOW + timedelta(days=400)
    write_message(opened=opened, text="And now?", form_key=uuid4(), official_id=None, actor=PUBLIC)
    time_passes(standing, to=datetime(2031, 11, 26, 3, 0, tzinfo=UTC))
    opened.case.refresh_from_db()
    assert opened.case.state == State.OPEN
    again = Deadline.objects.get(kind="retention_ends", state="set")
    assert again.due_at == datetime(2032, 12, 31, 3, 0, tzinfo=UTC)
    time_passes(standing, to=again.due_at)
    opened.case.refresh_from_db()
    assert opened.case.state == State.DESTROYED


@pytest.mark.django_db
def test_a_case_about_a_child_is_kept_for_good_and_still_destroyed_when_the_person_says_so() -> None:
    opened = whole_case(age=Age.UNDER_19)
    follow("support.opened")
    assert not Deadline.objects.filter(kind="retention_ends").exists()
    assert term_of(opened.case).due_at is None
    record = destroy_case(opened=opened)
    assert (record.retention_class, record.source) == ("child_material", "svp_rule 2-6(4)1")
    assert record.keeps == {}


@pytest.mark.django_db
def test_who_turns_out_to_be_under_19_has_no_term_any_more() -> None:
    case = whole_case().case
    actions.set_term(case_id=case.pk)
    Case.objects.update(age=Age.UNDER_19)
    actions.set_term(case_id=case.pk)
    assert Deadline.objects.get(kind="retention_ends").state == "closed"
