"""Who answers for it may forbid for a time that evidence is destroyed: what it names, to the second, and no more."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from haetae.accounts.actions import seat_official
from haetae.accounts.models import Official
from haetae.accounts.permissions import Role
from haetae.agencies.support import queries, receipt
from haetae.agencies.support.destroying import rules as destroying
from haetae.agencies.support.destroying.actions import CannotDestroyError, destroy_case, erase_identity
from haetae.agencies.support.destroying.models import DeletionRecord
from haetae.agencies.support.destroying.queries import explain, is_proven
from haetae.agencies.support.models import Case, CaseText, Hold, Message
from haetae.agencies.support.retention.actions import CannotHoldError, end_hold, hold_link, set_hold
from haetae.agencies.support.retention.queries import cases_told_of, holds_on, standing_holds
from haetae.agencies.support.retention.states import EVIDENCE, Kept, Part, Reason
from haetae.agencies.support.states import Age, State, Text
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.common import clock
from haetae.common.case_keys import open_text
from haetae.flow.arrival.actions import register_sighting, report_located
from haetae.flow.arrival.models import Report
from haetae.flow.arrival.states import Source
from haetae.hashbank.models import KnownPicture
from tests.agencies.ending import ENTRY, LINK, SAID, StandingClock, follow, order, time_passes, whole_case
from tests.people import OFFICER

NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing(monkeypatch: pytest.MonkeyPatch) -> StandingClock:
    standing = StandingClock(NOW)
    monkeypatch.setattr(clock, "now", standing)
    return standing


@pytest.fixture
def officer() -> Official:
    return seat_official(
        username=OFFICER.name, role=Role.POLICE_OFFICER, agency="police", since=NOW.date(), actor=SYSTEM
    )


def test_a_hold_keeps_what_it_names_and_lets_the_rest_and_the_way_in_be_destroyed(officer: Official) -> None:
    bits = receipt.draw()
    opened = whole_case(bits=bits)
    set_hold(case_id=opened.case.pk, order=order(officer))
    record = destroy_case(opened=opened)
    case = Case.objects.get()
    assert (case.state, case.lookup, case.key_for_person) == ("held", None, None)
    assert queries.case_of_receipt(bits) is None
    assert record.keeps == {"told": "hold", "links": "hold", "fingerprints": "hold"}
    assert record.keys == ["lookup", "key_for_person"]
    assert {row.kind for row in CaseText.objects.all()} == {Text.STORY, Text.KEYWORDS, Text.POSTER}
    assert not Message.objects.exists()
    # Whoever the law lets see the evidence reads it through the custodian, and nobody else does.
    key = settings.KEYS.open_case_key(case.key_for_custodian, case_id=case.pk)
    story = CaseText.objects.get(kind=Text.STORY)
    assert open_text(story.sealed, key=key, about=story.pk) == SAID[Text.STORY]
    assert is_proven(record)


def test_what_is_kept_as_evidence_is_no_reason_to_look_for_anything_any_more(officer: Official) -> None:
    opened = whole_case(age=Age.ADULT)
    set_hold(case_id=opened.case.pk, order=order(officer))
    destroy_case(opened=opened)
    known, report = KnownPicture.objects.get(), Report.objects.get()
    assert (known.withdrawn_at is not None, known.pdq) == (True, ENTRY.pdq)
    assert (report.withdrawn_at is not None, report.link) == (True, LINK)


def test_a_hold_ends_by_itself_in_its_very_second_and_the_rest_goes_then(
    officer: Official, standing: StandingClock
) -> None:
    opened = whole_case()
    hold = set_hold(case_id=opened.case.pk, order=order(officer))
    destroy_case(opened=opened)
    time_passes(standing, to=hold.until - SECOND)
    assert Case.objects.get().state == State.HELD
    assert CaseText.objects.count() == 3
    time_passes(standing, to=hold.until)
    assert Case.objects.get().state == State.DESTROYED
    assert not CaseText.objects.exists()
    last = DeletionRecord.objects.latest("at")
    assert (last.rule, last.by, last.keys, last.keeps) == ("hold_over", "clock", ["key_for_custodian"], {})
    assert last.rows == {"support.CaseText": 3, "support.CaseLink": 1, "support.CaseHash": 1}
    assert KnownPicture.objects.get().pdq == ""
    hold.refresh_from_db()
    assert (hold.ended_at, hold.ended_by) == (hold.until, None)


def test_at_its_end_a_hold_keeps_nothing_even_before_the_clock_has_passed_it(
    officer: Official, standing: StandingClock
) -> None:
    opened = whole_case()
    hold = set_hold(case_id=opened.case.pk, order=order(officer))
    standing.at = hold.until - SECOND
    assert explain(opened.case).held
    standing.at = hold.until
    assert explain(opened.case).held == ()
    assert destroy_case(opened=opened).keeps == {}


def test_of_two_holds_the_case_waits_for_the_last_and_what_only_the_first_kept_goes_with_it(
    officer: Official, standing: StandingClock
) -> None:
    opened = whole_case()
    set_hold(case_id=opened.case.pk, order=order(officer, keeps=[Part.TOLD, Part.COUNSELLING]))
    longer = order(officer, keeps=[Part.TOLD], until=NOW + timedelta(days=60))
    set_hold(case_id=opened.case.pk, order=longer)
    destroy_case(opened=opened)
    assert Message.objects.exists()
    time_passes(standing, to=NOW + timedelta(days=30))
    assert not Message.objects.exists()
    assert Case.objects.get().state == State.HELD
    time_passes(standing, to=NOW + timedelta(days=60))
    assert Case.objects.get().state == State.DESTROYED


def test_a_hold_that_names_only_links_lets_the_last_key_go(officer: Official) -> None:
    opened = whole_case()
    set_hold(case_id=opened.case.pk, order=order(officer, keeps=[Part.LINKS]))
    record = destroy_case(opened=opened)
    assert record.keys == ["lookup", "key_for_person", "key_for_custodian"]
    assert Case.objects.get().state == State.HELD


def test_an_officer_ends_a_hold_and_a_case_that_nobody_wanted_destroyed_goes_on(officer: Official) -> None:
    opened = whole_case()
    hold = set_hold(case_id=opened.case.pk, order=order(officer))
    for _ in range(2):
        end_hold(hold_id=hold.pk, by=officer)
    follow("support.hold_ended")
    hold.refresh_from_db()
    assert (hold.ended_at, hold.ended_by) == (NOW, officer)
    assert Event.objects.filter(name="support.hold_ended").count() == 1
    opened.case.refresh_from_db()
    assert opened.case.state == State.OPEN
    assert CaseText.objects.count() == 5
    assert not standing_holds()


def test_the_term_of_the_law_waits_for_a_hold(officer: Official, standing: StandingClock) -> None:
    case = whole_case().case
    follow("support.opened")
    ends = datetime(2031, 11, 26, 3, 0, tzinfo=UTC)
    standing.at = ends - timedelta(days=10)
    set_hold(case_id=case.pk, order=order(officer))
    time_passes(standing, to=ends)
    case.refresh_from_db()
    assert (case.state, CaseText.objects.count()) == ("held", 3)
    time_passes(standing, to=ends + timedelta(days=20))
    case.refresh_from_db()
    assert case.state == State.DESTROYED


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"until": NOW}, "until_is_over"),
        ({"until": datetime(2027, 11, 26, 3, 0, 1, tzinfo=UTC)}, "until_too_far"),
        ({"keeps": []}, "nothing_to_keep"),
        ({"reference": ""}, "reference_missing"),
        ({"reference": "a" * 41}, "reference_missing"),
        ({"reference": "the girl from the other class"}, "reference_is_no_code"),
    ],
)
def test_a_hold_that_nobody_could_answer_for_is_refused_with_a_code(
    officer: Official, more: dict[str, object], code: str
) -> None:
    case = whole_case().case
    with pytest.raises(CannotHoldError, match=code):
        set_hold(case_id=case.pk, order=order(officer, **more))
    assert not Hold.objects.exists()


def test_the_longest_hold_ends_to_the_second_after_a_year(officer: Official) -> None:
    longest = order(officer, until=datetime(2027, 11, 26, 3, 0, tzinfo=UTC))
    assert set_hold(case_id=whole_case().case.pk, order=longest).until.year == 2027


def test_nothing_can_be_held_of_a_case_that_is_gone(officer: Official) -> None:
    opened = whole_case()
    destroy_case(opened=opened)
    with pytest.raises(CannotHoldError, match="case_destroyed"):
        set_hold(case_id=opened.case.pk, order=order(officer))


def test_the_same_form_sent_twice_is_one_hold(officer: Official) -> None:
    case, form = whole_case().case, uuid4()
    holds = {set_hold(case_id=case.pk, order=order(officer, form_key=form)).pk for _ in range(2)}
    assert len(holds) == 1
    assert Event.objects.filter(name="support.hold_set").count() == 1


def test_a_link_holds_every_case_in_which_it_was_told(officer: Official) -> None:
    cases = [whole_case().case for _ in range(2)]
    with pytest.raises(CannotHoldError, match="no_case_at_link"):
        hold_link(link=LINK, order=order(officer))
    place = register_sighting(page_url=LINK, media_url=f"{LINK}.png", source=Source.REPORT)
    for report in Report.objects.all():
        report_located(report_id=report.pk, sighting_ids=[place])
    assert {case.pk for case in cases_told_of(LINK)} == {case.pk for case in cases}
    holds = hold_link(link=f"{LINK}.png", order=order(officer))
    assert {hold.case_id for hold in holds} == {case.pk for case in cases}
    assert all(holds_on(case, at=NOW) for case in cases)


def test_a_name_that_is_held_is_not_erased_and_one_that_is_not_is(officer: Official) -> None:
    opened = whole_case()
    hold = set_hold(case_id=opened.case.pk, order=order(officer, keeps=[Part.IDENTITY]))
    with pytest.raises(CannotDestroyError, match="identity_held"):
        erase_identity(opened=opened)
    end_hold(hold_id=hold.pk, by=officer)
    assert erase_identity(opened=opened) is not None


def test_what_is_explained_before_is_what_happens_then(officer: Official) -> None:
    opened = whole_case()
    set_hold(case_id=opened.case.pk, order=order(officer))
    said = explain(opened.case)
    assert [(one.part, one.reason) for one in said.held] == [
        (part, Reason.INVESTIGATION) for part in Part if part in EVIDENCE
    ]
    assert (said.why_not, said.kept_by_law) == (None, ())
    record = destroy_case(opened=opened)
    assert set(record.keeps) == {one.part.value for one in said.held}
    assert set(Part) - set(record.keeps) == set(said.destroys)
    assert explain(Case.objects.get()).why_not == "case_destroyed"


def test_where_a_law_kept_a_class_against_the_wish_only_the_way_in_would_go() -> None:
    kept = destroying.plan(held=[], demanded=True, destroyed_on_demand=False)
    assert (kept.destroys, set(kept.keeps.values()), kept.after) == (frozenset(), {Kept.LAW}, State.HELD)
    over = destroying.plan(held=[Part.LINKS], demanded=False, destroyed_on_demand=False)
    assert dict(over.keeps) == {Part.LINKS: Kept.HOLD}


def test_the_database_refuses_a_held_case_that_a_receipt_opens() -> None:
    whole_case()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.update(state="held")
