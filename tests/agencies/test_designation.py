"""An intermediary is designated by two officials, after it was heard, on what is open to everybody."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.enforcement.designation import rules
from haetae.agencies.enforcement.designation.actions import (
    CannotDesignateError,
    complied,
    designate,
    drop,
    end,
    not_complied,
    open_hearing,
    propose,
)
from haetae.agencies.enforcement.designation.channels import queries as channels
from haetae.agencies.enforcement.designation.channels.actions import (
    CannotNoteChannelError,
    Seen,
    note_answer,
    note_channel,
    note_question,
)
from haetae.agencies.enforcement.designation.models import Designation, OpenChannel
from haetae.agencies.enforcement.designation.papers import letters
from haetae.agencies.enforcement.designation.queries import notice_of
from haetae.agencies.enforcement.designation.states import SeenOn, WhyEnded
from haetae.agencies.enforcement.filings.facts.actions import note_fact
from haetae.agencies.enforcement.filings.states import FactKind
from haetae.audit.models import Event
from haetae.common import clock
from haetae.documents.plain import plain
from haetae.flow.deadlines.actions import pass_due
from haetae.flow.deadlines.models import Deadline
from haetae.flow.hearings import actions as hearings
from haetae.flow.hearings.states import About, Party, Unheard
from haetae.flow.tasks.models import Task
from tests.agencies.desk import follow
from tests.agencies.filing import (
    a_fact,
    an_operator,
    first_official,
    second_official,
    with_a_channel,
    with_users,
)

pytestmark = pytest.mark.django_db
REASON = "Open channels that minors enter without any check of age."


@pytest.fixture
def operator(db):
    return an_operator()


@pytest.fixture
def official(db):
    return first_official()


@pytest.fixture
def other(db):
    return second_official()


@pytest.fixture
def standing_day():
    with time_machine.travel("2026-11-26T10:00:00+09:00", tick=False) as traveller:
        yield traveller


def proposed(operator, official):
    with_users(operator, official)
    with_a_channel(operator, official)
    return propose(operator_id=operator.pk, reason=REASON, official_id=official.pk)


def unheard(designation, official):
    open_hearing(designation_id=designation, official_id=official.pk)
    hearings.leave_out(
        **_before(designation),
        why=Unheard.UNNECESSARY,
        note="It said all of it in writing in October.",
        official_id=official.pk,
    )
    return designation


def _before(designation):
    about = {"about": About.DESIGNATION, "party": Party.OPERATOR}
    return {**about, "subject_id": designation, "operator": Designation.objects.get(pk=designation).operator}


def state(designation) -> str:
    return Designation.objects.get(pk=designation).state


def test_nothing_is_proposed_about_a_small_operator_or_without_an_open_channel(operator, official) -> None:
    def refused(code):
        with pytest.raises(CannotDesignateError, match=code):
            propose(operator_id=operator.pk, reason=REASON, official_id=official.pk)

    refused("users_not_known")
    with_users(operator, official, 99_999)
    with_a_channel(operator, official)
    refused("too_few_users")
    OpenChannel.objects.all().delete()
    with_users(operator, official, 100_000)
    refused("no_open_channel")
    with_a_channel(operator, official)
    designation = propose(operator_id=operator.pk, reason=REASON, official_id=official.pk)
    refused("designation_open_already")
    drop(designation_id=designation, official_id=official.pk)
    propose(operator_id=operator.pk, reason=REASON, official_id=official.pk)


def test_from_a_proposal_to_an_officer_and_a_hotline_in_two_days(
    operator, official, other, standing_day
) -> None:
    designation = proposed(operator, official)
    with pytest.raises(CannotDesignateError, match="designation_not_heard"):
        designate(designation_id=designation, official_id=other.pk)
    until = clock.now() + timedelta(days=7)
    open_hearing(designation_id=designation, official_id=official.pk)
    with pytest.raises(CannotDesignateError, match="designation_not_heard"):
        designate(designation_id=designation, official_id=other.pk)
    hearing = hearings.ask(**_before(designation), until=until, source="haetae", official_id=official.pk)
    with pytest.raises(CannotDesignateError, match="designation_hearing_runs"):
        designate(designation_id=designation, official_id=other.pk)
    hearings.heard(
        hearing_id=hearing, opinion="We check ages at the door.", actor=official_actor(official.pk)
    )
    with pytest.raises(CannotDesignateError, match="designation_same_official"):
        designate(designation_id=designation, official_id=official.pk)
    designate(designation_id=designation, official_id=other.pk)
    due = Deadline.objects.get(subject_id=designation)
    assert (due.kind, due.basis, due.source) == ("designation_due", "policy", "telegram_practice")
    assert due.due_at == clock.now() + timedelta(days=2)
    with pytest.raises(CannotDesignateError, match="no_officer_named"):
        complied(designation_id=designation, official_id=official.pk)
    for kind, code in ((FactKind.YOUTH_OFFICER, "no_hotline_named"), (FactKind.HOTLINE, "")):
        fact = a_fact(kind, text="youth desk, hotline@board.example")
        note_fact(operator_id=operator.pk, fact=fact, official_id=official.pk)
        if code:
            with pytest.raises(CannotDesignateError, match=code):
                complied(designation_id=designation, official_id=official.pk)
    complied(designation_id=designation, official_id=official.pk)
    assert state(designation) == "complied"
    end(designation_id=designation, why=WhyEnded.BELOW_SIZE, official_id=other.pk)
    with pytest.raises(CannotDesignateError, match="designation_not_in_force"):
        complied(designation_id=designation, official_id=official.pk)


def test_the_database_knows_the_second_signature_too(operator, official) -> None:
    designation = proposed(operator, official)
    with pytest.raises(IntegrityError), transaction.atomic():
        Designation.objects.filter(pk=designation).update(
            state="designated", signed_by=official, designated_at=clock.now()
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Designation.objects.filter(pk=designation).update(state="designated")


def test_the_time_to_name_somebody_is_over_and_people_have_the_task(
    operator, official, other, standing_day
) -> None:
    designation = unheard(proposed(operator, official), official)
    designate(designation_id=designation, official_id=other.pk)
    standing_day.shift(timedelta(days=2, seconds=1))
    pass_due(at=clock.now())
    follow()
    assert Task.objects.get(subject_id=designation).kind == "designation_late"
    not_complied(designation_id=designation, official_id=official.pk)
    follow()
    assert (state(designation), Task.objects.count()) == ("not_complied", 1)
    for kind in (FactKind.YOUTH_OFFICER, FactKind.HOTLINE):
        note_fact(operator_id=operator.pk, fact=a_fact(kind, text="named late"), official_id=official.pk)
    complied(designation_id=designation, official_id=other.pk)
    follow()
    assert Task.objects.get(subject_id=designation).state == "resolved"


def test_an_operator_that_has_become_small_meanwhile_is_not_designated(operator, official, other) -> None:
    designation = unheard(proposed(operator, official), official)
    fact = a_fact(FactKind.DAILY_USERS, number=40_000, since=date(2026, 11, 1))
    note_fact(operator_id=operator.pk, fact=fact, official_id=official.pk)
    with pytest.raises(CannotDesignateError, match="too_few_users"):
        designate(designation_id=designation, official_id=other.pk)


def test_a_channel_seen_again_is_one_row_and_its_link_lies_sealed(operator, official) -> None:
    first = with_a_channel(operator, official, day=date(2026, 11, 3))
    assert first == with_a_channel(operator, official, day=date(2026, 10, 2))
    row = OpenChannel.objects.get()
    assert (row.times_seen, row.first_seen_on, row.last_seen_on) == (2, date(2026, 10, 2), date(2026, 11, 3))
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM designation_openchannel t")
        assert b"open/1".hex() not in cursor.fetchone()[0]
    assert "open" not in str(Event.objects.filter(name="designation.channel_seen").values_list("facts"))


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("channel_not_public", {"is_public": False}),
        ("channel_link", {"link": "the room of the board"}),
        ("channel_link", {"link": "https://user@board.example/open/1"}),
        ("channel_source", {"source": ""}),
        ("channel_in_future", {"day": date(2999, 1, 1)}),
        ("channel_title", {"title": "t" * 201}),
        ("channel_subscribers", {"subscribers": 10**11}),
    ],
)
def test_only_what_everybody_can_read_is_noted(operator, official, code, wrong) -> None:
    link = wrong.get("link", "https://board.example/open/1")
    whole = {
        "seen_on": SeenOn.WEB_PAGE,
        "source": "a list of channels",
        "day": date(2026, 11, 1),
        "is_public": True,
    }
    seen = Seen(**whole | {name: value for name, value in wrong.items() if name != "link"})
    with pytest.raises(CannotNoteChannelError, match=code):
        note_channel(operator_id=operator.pk, link=link, seen=seen, official_id=official.pk)


def test_seen_again_a_channel_has_the_newest_title_and_number_and_an_older_look_changes_neither(
    operator, official
) -> None:
    link = "https://board.example/open/1"
    for day, title, subscribers in (
        (date(2026, 11, 1), "Paper boats", 12),
        (date(2026, 11, 5), "Paper ships", 40),
        (date(2026, 11, 3), "Paper kites", 20),
    ):
        seen = Seen(
            seen_on=SeenOn.WEB_PAGE,
            source="a list of channels",
            day=day,
            is_public=True,
            title=title,
            subscribers=subscribers,
        )
        note_channel(operator_id=operator.pk, link=link, seen=seen, official_id=official.pk)
    row = channels.channels_of(operator.pk).get()
    assert (row.title, row.subscribers, row.times_seen) == ("Paper ships", 40, 3)


def test_how_soon_the_hotline_answers_is_a_median_of_what_was_answered(
    operator, official, other, standing_day
) -> None:
    designation = unheard(proposed(operator, official), official)
    by = {"designation_id": designation, "official_id": official.pk}
    with pytest.raises(CannotNoteChannelError, match="designation_not_in_force"):
        note_question(asked_at=clock.now(), **by)
    designate(designation_id=designation, official_id=other.pk)
    start = clock.now()
    standing_day.shift(timedelta(days=3))
    for number, hours in enumerate((1, 5, None)):
        asked_at = start + timedelta(hours=number)
        question = note_question(asked_at=asked_at, **by)
        assert question == note_question(asked_at=asked_at, **by)
        if hours:
            note_answer(question_id=question, answered_at=asked_at + timedelta(hours=hours), **by)
    found = channels.replies_of(designation)
    assert (found.asked, found.answered, found.within) == (3, 2, 1)
    assert (found.median, found.longest) == (timedelta(hours=3), timedelta(hours=5))
    with pytest.raises(CannotNoteChannelError, match="question_order"):
        note_answer(question_id=question, answered_at=start, **by)
    assert rules.replies([], target=timedelta(hours=4)).median is None


def test_the_notice_says_in_both_languages_what_it_rests_on_and_what_nobody_checked(
    operator, official
) -> None:
    designation = proposed(operator, official)
    korean, english = letters(notice_of(designation))
    for letter, said in ((korean, "848,000명"), (english, "848,000 (as of 1 October 2026")):
        text = plain(letter)
        assert said in text
        assert REASON in text
        assert "board.example/open" not in text, "no locator leaves with a letter"
        assert len(letter.notes) == 3
    assert korean.issuer == "방송미디어통신위원회"
