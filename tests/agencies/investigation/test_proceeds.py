"""What was earned with an offence is proposed by its day, decided by the prosecutor, and never taken here."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from haetae.agencies.investigation.files import actions as files
from haetae.agencies.investigation.files.queries import NotYoursError
from haetae.agencies.investigation.proceeds import queries
from haetae.agencies.investigation.proceeds.actions import (
    CannotTraceError,
    Found,
    decide,
    propose,
    trace,
    withdraw,
)
from haetae.agencies.investigation.proceeds.models import Proceeds
from haetae.agencies.investigation.proceeds.states import Form, State
from haetae.audit.models import Event
from haetae.common import clock
from haetae.law.packs import load_pack
from tests import people
from tests.investigations import begin_file, officer, prosecutor

pytestmark = pytest.mark.django_db
WALLET = "A wallet with the sign of a grey heron"
WHY = "The payments into it follow each sale by minutes."
FIRST_DAY = date(2025, 6, 21)


def found(**more) -> Found:
    whole = Found(
        form=Form.CRYPTO,
        what=WALLET,
        where="An exchange abroad",
        won=3_000_000,
        offence="spread_for_money",
        offence_on=FIRST_DAY,
    )
    return replace(whole, **more)


@pytest.fixture
def park():
    return officer()


@pytest.fixture
def choi():
    return prosecutor()


@pytest.fixture
def file(park):
    return begin_file(park)


def traced(file, by, **more):
    return trace(
        investigation_id=file.investigation.pk,
        found=found(**more),
        form_key=uuid4(),
        official_id=by.pk,
    )


def proposed(file, by, **more):
    row_id = traced(file, by, **more)
    propose(investigation_id=file.investigation.pk, proceeds_id=row_id, reason=WHY, official_id=by.pk)
    return row_id


def test_the_law_reaches_the_day_it_names_and_never_the_one_before(file, park):
    assert load_pack().confiscation.valid_from == FIRST_DAY
    row_id = proposed(file, park, offence_on=FIRST_DAY)
    assert Proceeds.objects.get(pk=row_id).state == State.PROPOSED
    with pytest.raises(CannotTraceError, match="confiscation_before"):
        proposed(file, park, offence_on=FIRST_DAY - timedelta(days=1))
    assert Proceeds.objects.filter(state=State.TRACED).count() == 1


def test_another_offence_than_the_article_names_is_not_proposed(file, park):
    with pytest.raises(CannotTraceError, match="confiscation_other_offence"):
        proposed(file, park, offence="name_the_person")


def test_the_prosecutor_reads_what_was_laid_open_and_decides(file, park, choi):
    row_id = proposed(file, park)
    laid = queries.for_decision(row_id, official_id=choi.pk)
    assert (laid.what, laid.won, laid.reason) == (WALLET, 3_000_000, WHY)
    decide(proceeds_id=row_id, outcome=State.ADOPTED, reason=WHY, official_id=choi.pk)
    assert Proceeds.objects.get(pk=row_id).state == State.ADOPTED
    assert Event.objects.get(name="proceeds.decided").facts == {"outcome": "adopted"}


def test_what_was_only_traced_is_read_by_no_prosecutor(file, park, choi):
    row_id = traced(file, park)
    with pytest.raises(NotYoursError, match="proceeds_not_proposed"):
        queries.for_decision(row_id, official_id=choi.pk)
    with pytest.raises(CannotTraceError, match="proceeds_not_proposed"):
        decide(proceeds_id=row_id, outcome=State.ADOPTED, reason=WHY, official_id=choi.pk)


def test_whoever_worked_on_the_file_does_not_decide_also_after_leaving_it(file, park):
    shin = officer(people.SECOND_OFFICER)
    file_id = file.investigation.pk
    files.add_member(investigation_id=file_id, colleague_id=shin.pk, official_id=park.pk)
    files.end_membership(investigation_id=file_id, colleague_id=shin.pk, official_id=park.pk)
    row_id = proposed(file, park)
    for by in (park, shin):
        with pytest.raises(CannotTraceError, match="proceeds_own"):
            decide(proceeds_id=row_id, outcome=State.ADOPTED, reason=WHY, official_id=by.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proceeds.objects.filter(pk=row_id).update(
            state=State.ADOPTED, decided_by=park, decided_at=clock.now(), decision=b"x"
        )


def test_it_is_decided_once_and_withdrawn_only_before(file, park, choi):
    row_id = proposed(file, park)
    decide(proceeds_id=row_id, outcome=State.DECLINED, reason=WHY, official_id=choi.pk)
    with pytest.raises(CannotTraceError, match="proceeds_not_proposed"):
        decide(proceeds_id=row_id, outcome=State.ADOPTED, reason=WHY, official_id=choi.pk)
    with pytest.raises(CannotTraceError, match="proceeds_decided"):
        withdraw(investigation_id=file.investigation.pk, proceeds_id=row_id, official_id=park.pk)


def test_an_officer_of_other_files_traces_nothing_here(file):
    with pytest.raises(NotYoursError, match="file_of_others"):
        traced(file, officer(people.THIRD_OFFICER))


def test_the_same_form_sent_twice_is_one_row(file, park):
    key = uuid4()
    ids = {
        trace(investigation_id=file.investigation.pk, found=found(), form_key=key, official_id=park.pk)
        for _ in range(2)
    }
    assert len(ids) == Proceeds.objects.count() == 1


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("proceeds_what", {"what": "  "}),
        ("proceeds_where", {"where": ""}),
        ("proceeds_sum", {"won": -1}),
        ("proceeds_offence", {"offence": "jaywalking"}),
        ("proceeds_day", {"offence_on": date(2999, 1, 1)}),
    ],
)
def test_what_is_missing_is_refused(file, park, code, wrong):
    with pytest.raises(CannotTraceError, match=code):
        traced(file, park, **wrong)


def test_what_it_is_lies_sealed_and_stands_in_no_event(file, park, choi):
    row_id = proposed(file, park, offence_on=timezone.localdate(clock.now()))
    decide(proceeds_id=row_id, outcome=State.ADOPTED, reason=WHY, official_id=choi.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM proceeds_proceeds t")
        stored = cursor.fetchone()[0]
    for secret in (WALLET, WHY, "3000000"):
        assert secret not in stored
        assert secret.encode().hex() not in stored
    assert "heron" not in str(list(Event.objects.values()))
