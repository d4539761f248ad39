"""Reports of operators: expected, filed, checked against our own record, published by a second official."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from haetae.agencies.enforcement.filings import queries
from haetae.agencies.enforcement.filings.actions import (
    CannotFileError,
    accept,
    enter_letter,
    expect_report,
    keep_draft,
    publish,
    send,
    send_back,
)
from haetae.agencies.enforcement.filings.comparing import Ours, Remark, compare, shown
from haetae.agencies.enforcement.filings.facts.actions import CannotNoteError, note_fact, withdraw_fact
from haetae.agencies.enforcement.filings.facts.queries import facts_of
from haetae.agencies.enforcement.filings.models import ExpectedReport, OperatorFact, TransparencyReport
from haetae.agencies.enforcement.filings.states import FactKind, Origin, Way, WhyReturned
from haetae.audit.models import Event
from haetae.common import clock
from haetae.flow.deadlines.actions import pass_due
from haetae.flow.deadlines.models import Deadline
from haetae.flow.tasks.models import Task
from tests.agencies.desk import follow
from tests.agencies.filing import SINCE, WHOLE, a_fact, an_operator, first_official, second_official
from tests.web.sightings import asked, found, verified

pytestmark = pytest.mark.django_db
YEAR = 2025


@pytest.fixture
def operator(db):
    return an_operator()


@pytest.fixture
def official(db):
    return first_official()


@pytest.fixture
def other(db):
    return second_official()


def sent(operator, official, contents=WHOLE, year=YEAR):
    return enter_letter(operator_id=operator.pk, year=year, contents=contents, official_id=official.pk)


def fresh(report_id):
    return TransparencyReport.objects.get(pk=report_id)


def test_a_newer_fact_ends_the_older_one_and_a_correction_withdraws_it(operator, official) -> None:
    def note(number, since, **more):
        fact = a_fact(FactKind.DAILY_USERS, number=number, since=since, **more)
        return note_fact(operator_id=operator.pk, fact=fact, official_id=official.pk)

    first = note(90_000, SINCE)
    own = note(50_000, SINCE, origin=Origin.OWN_WORD)
    second = note(120_000, date(2026, 11, 1))
    assert OperatorFact.objects.get(pk=first).until == date(2026, 10, 31)
    assert OperatorFact.objects.get(pk=own).until is None, "the operator's own word stands apart"
    between = note(95_000, date(2026, 10, 15))
    assert OperatorFact.objects.get(pk=between).until == date(2026, 10, 31)
    assert OperatorFact.objects.get(pk=first).until == date(2026, 10, 14)
    corrected = note(130_000, date(2026, 11, 1))
    assert set(facts_of(operator.pk).values_list("pk", flat=True)) == {first, own, between, corrected}
    withdraw_fact(operator_id=operator.pk, fact_id=corrected, official_id=official.pk)
    assert OperatorFact.objects.filter(pk__in=[second, corrected], withdrawn_at=None).count() == 0


@pytest.mark.parametrize(
    ("code", "fact"),
    [
        ("fact_source_missing", a_fact(FactKind.DAILY_USERS, number=1, source=" ")),
        ("fact_in_future", a_fact(FactKind.DAILY_USERS, number=1, since=date(2999, 1, 1))),
        ("fact_number_missing", a_fact(FactKind.DAILY_USERS)),
        ("fact_number_missing", a_fact(FactKind.REVENUE, detail="2025", number=-1)),
        ("fact_year", a_fact(FactKind.REVENUE, detail="next", number=1)),
        ("fact_service_missing", a_fact(FactKind.SERVICE, detail="bakery")),
        ("fact_detail_needless", a_fact(FactKind.HOTLINE, detail="2025", text="desk@board.example")),
        ("fact_text_missing", a_fact(FactKind.YOUTH_OFFICER)),
        (
            "fact_own_word_verified",
            a_fact(FactKind.DAILY_USERS, number=1, origin=Origin.OWN_WORD, verified=True),
        ),
    ],
)
def test_a_fact_that_says_nothing_is_refused_with_its_reason(operator, official, code, fact) -> None:
    with pytest.raises(CannotNoteError, match=code):
        note_fact(operator_id=operator.pk, fact=fact, official_id=official.pk)


def test_names_of_officers_lie_sealed(operator, official) -> None:
    note_fact(
        operator_id=operator.pk,
        fact=a_fact(FactKind.YOUTH_OFFICER, text="the youth desk of the board"),
        official_id=official.pk,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM filings_operatorfact t")
        assert b"youth desk".hex() not in cursor.fetchone()[0]


def test_a_report_is_due_on_the_last_of_january_and_its_absence_becomes_a_task(operator, official) -> None:
    with time_machine.travel("2026-01-15T10:00:00+09:00", tick=False) as traveller:
        expected = expect_report(operator_id=operator.pk, year=YEAR, official_id=official.pk)
        assert expected == expect_report(operator_id=operator.pk, year=YEAR, official_id=official.pk)
        due = Deadline.objects.get(subject_id=expected)
        assert (due.kind, due.basis, due.source) == ("report_due", "legal", "ict 44-14(2)")
        assert due.due_at.isoformat() == "2026-01-31T14:59:59.999999+00:00"
        traveller.move_to("2026-01-31T23:59:59+09:00")
        assert pass_due(at=clock.now()) == 0, "the last day is still theirs"
        traveller.move_to("2026-02-01T00:00:00+09:00")
        assert pass_due(at=clock.now()) == 1
        follow()
        follow()
        assert ExpectedReport.objects.get(pk=expected).state == "missing"
        assert Task.objects.get(subject_id=expected).kind == "report_missing"
        traveller.shift(timedelta(days=20))
        sent(operator, official)
        follow()
        assert ExpectedReport.objects.get(pk=expected).state == "filed"
        assert Task.objects.get(subject_id=expected).state == "resolved"
        assert Event.objects.get(name="filings.sent").facts["late"] is True


def test_a_draft_may_have_gaps_and_is_sent_once_when_it_is_whole(operator, official) -> None:
    draft = replace(WHOLE, received=None, training="")
    report = keep_draft(
        operator_id=operator.pk, year=YEAR, contents=draft, way=Way.DESK, official_id=official.pk
    )
    with pytest.raises(CannotFileError, match="report_numbers_missing"):
        send(report_id=report, official_id=official.pk)
    same = keep_draft(
        operator_id=operator.pk, year=YEAR, contents=WHOLE, way=Way.DESK, official_id=official.pk
    )
    assert same == report
    send(report_id=report, official_id=official.pk)
    with pytest.raises(CannotFileError, match="report_sent_already"):
        send(report_id=report, official_id=official.pk)
    with pytest.raises(CannotFileError, match="report_waits_already"):
        sent(operator, official)
    assert fresh(report).version == 1


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("report_more_removed", {"removed": 121}),
        ("report_incomplete", {"procedure": " - "}),
        ("report_has_address", {"efforts": "see https://board.example/post/1 for one of them"}),
        ("report_number", {"received": 3_000_000_000}),
        ("report_length", {"training": "x" * 6_001}),
    ],
)
def test_what_may_not_be_published_is_not_taken(operator, official, code, wrong) -> None:
    with pytest.raises(CannotFileError, match=code):
        sent(operator, official, replace(WHOLE, **wrong))
    assert not TransparencyReport.objects.exists(), "of a letter that is refused no draft is left"


def test_only_another_official_publishes_and_a_correction_takes_the_place(operator, official, other) -> None:
    first = sent(operator, official)
    with pytest.raises(CannotFileError, match="report_not_accepted"):
        publish(report_id=first, official_id=other.pk)
    accept(report_id=first, official_id=official.pk)
    with pytest.raises(CannotFileError, match="report_same_official"):
        publish(report_id=first, official_id=official.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        TransparencyReport.objects.filter(pk=first).update(published_by=official)
    publish(report_id=first, official_id=other.pk)
    second = sent(operator, official, replace(WHOLE, removed=111))
    assert queries.public_lines(YEAR)[0].report == fresh(first), (
        "the old one stays until the new one is signed"
    )
    accept(report_id=second, official_id=other.pk)
    publish(report_id=second, official_id=official.pk)
    assert (fresh(first).state, fresh(second).state, fresh(second).version) == ("superseded", "published", 2)


def test_what_comes_back_says_why_and_is_sent_anew(operator, official) -> None:
    first = sent(operator, official)
    with pytest.raises(CannotFileError, match="report_note_missing"):
        send_back(report_id=first, why=WhyReturned.INCOMPLETE, note=" ", official_id=official.pk)
    why = {"why": WhyReturned.NUMBERS_UNCLEAR, "note": "Say how you count.", "official_id": official.pk}
    send_back(report_id=first, **why)
    with pytest.raises(CannotFileError, match="report_not_waiting"):
        send_back(report_id=first, **why)
    assert fresh(sent(operator, official)).version == 2


def test_their_numbers_stand_beside_what_we_asked_and_saw_in_that_year(operator, official) -> None:
    with time_machine.travel("2025-12-31T23:00:00+09:00", tick=False):
        verified(found(1))
        asked(found(2))
    with time_machine.travel("2026-01-01T01:00:00+09:00", tick=False):
        asked(found(3))
    assert queries.our_counts(2025) == {operator.pk: Ours(asked=2, verified=1)}
    assert queries.our_counts(2026, operator_id=operator.pk) == {operator.pk: Ours(asked=1, verified=0)}
    report = sent(operator, official, replace(WHOLE, received=1, removed=1))
    compared = queries.comparison_of(fresh(report))
    assert compared is not None
    assert (compared.received_more, compared.removed_more) == (-1, 0)
    assert (compared.their_percent, compared.our_percent, compared.points_apart) == (100, 50, 50)
    assert compared.remarks == (Remark.FEWER_RECEIVED,)
    accept(report_id=report, official_id=official.pk)
    assert (fresh(report).our_asked, fresh(report).our_verified) == (2, 1)


def test_that_theirs_cover_more_is_no_remark_and_few_of_ours_are_not_published() -> None:
    assert compare(received=9, removed=3, ours=Ours(asked=5, verified=3)).remarks == ()
    assert compare(received=0, removed=0, ours=Ours(asked=0, verified=0)).points_apart is None
    assert shown(Ours(asked=4, verified=4)) == (None, None)
    assert shown(Ours(asked=5, verified=5)) == (5, 5)
    assert shown(Ours(asked=9, verified=5)) == (9, None), "the four that are left would be told"
    assert shown(Ours(asked=10, verified=5)) == (10, 5)
    assert shown(Ours(asked=100, verified=4)) == (100, None)


def test_whoever_was_expected_and_did_not_file_is_named_as_missing(operator, official) -> None:
    silent = an_operator("Another board")
    expect_report(operator_id=silent.pk, year=YEAR, official_id=official.pk)
    pass_due(at=clock.now())
    follow()
    (line,) = queries.public_lines(YEAR)
    assert (line.operator, line.report, line.due) == (silent, None, "missing")
    assert queries.public_years() == [YEAR]
