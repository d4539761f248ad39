"""What a deletion cost is worked out of the record, signed by another official, and paid within the law's time."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from haetae.agencies.recovery import queries, rules
from haetae.agencies.recovery.actions import (
    CannotChargeError,
    draft,
    overdue,
    serve,
    sign,
    withdraw,
)
from haetae.agencies.recovery.costs.actions import CannotSetCostError, set_cost
from haetae.agencies.recovery.models import Charge, ChargeLine
from haetae.agencies.recovery.paying.actions import paid
from haetae.agencies.recovery.rules import Cost, Done
from haetae.agencies.recovery.states import ServedBy, State, Work
from haetae.audit.models import Event
from haetae.common import clock
from haetae.documents.document import Language
from haetae.documents.plain import plain
from haetae.flow.deadlines.actions import pass_due
from haetae.flow.deadlines.models import Deadline
from haetae.flow.issued.queries import document_of, of_subject
from haetae.flow.next_step import next_step
from tests import people
from tests.recovering import OFFENDER, SOURCE, a_charge, a_place_that_is_gone, recoverer, with_prices

pytestmark = pytest.mark.django_db
WHY = "The court has quashed the decision that it rests on."


@pytest.fixture
def son():
    return recoverer()


@pytest.fixture
def ahn():
    return recoverer(people.SECOND_RECOVERER)


def today() -> date:
    return timezone.localdate(clock.now())


def take_what_is_due() -> None:
    for event in Event.objects.filter(name="deadlines.passed", facts__kind="repay_by"):
        next_step(event.pk)


def served(charge_id, by, *, second) -> Charge:
    sign(charge_id=charge_id, official_id=second.pk)
    serve(charge_id=charge_id, served_on=today(), served_by=ServedBy.POST, official_id=by.pk)
    return Charge.objects.get(pk=charge_id)


def test_the_sum_is_counted_in_the_record_and_every_piece_is_proved(son):
    with_prices(son)
    charge = queries.get_charge(a_charge(son, [a_place_that_is_gone()]))
    pieces = {line.cost.work: line.pieces for line in queries.lines_of(charge.pk)}
    assert pieces == {Work.EXAMINATION: 1, Work.REQUEST: 1, Work.LOOK: 2}
    assert charge.won == 1_000 + 5_000 + 2 * 300
    assert queries.is_proved(charge.pk)


def test_a_line_that_names_work_that_the_record_does_not_show_is_found_and_not_signed(son, ahn):
    with_prices(son)
    charge_id = a_charge(son, [a_place_that_is_gone()])
    price = set_cost(work=Work.LOOK, won=10, since=date(2026, 1, 2), source=SOURCE, official_id=son.pk)
    ChargeLine.objects.create(charge_id=charge_id, cost_id=price, pieces=1, records=[f"{uuid4()}:1"], won=10)
    with pytest.raises(CannotChargeError, match="charge_record_changed"):
        sign(charge_id=charge_id, official_id=ahn.pk)


def test_whoever_drafted_it_does_not_sign_it_and_the_database_says_so_too(son, ahn):
    with_prices(son)
    charge_id = a_charge(son, [a_place_that_is_gone()])
    with pytest.raises(CannotChargeError, match="charge_own"):
        sign(charge_id=charge_id, official_id=son.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Charge.objects.filter(pk=charge_id).update(signed_by=son)
    sign(charge_id=charge_id, official_id=ahn.pk)
    assert Charge.objects.get(pk=charge_id).state == State.SIGNED


def test_the_notice_says_the_sum_how_it_comes_about_and_the_thirty_days_and_no_address_of_a_picture(son, ahn):
    with_prices(son)
    charge_id = a_charge(son, [a_place_that_is_gone()])
    sign(charge_id=charge_id, official_id=ahn.pk)
    (issued,) = of_subject(charge_id)
    documents = [document_of(issued, language) for language in Language]
    korean, english = map(plain, documents)
    assert all(OFFENDER.name in document.addressed_to for document in documents)
    for text in (korean, english):
        assert "6,600" in text
        assert SOURCE in text
        assert "board.example" not in text
    assert "30일 이내" in korean
    assert "within 30 days" in english
    assert "성평등가족부" in issued.agency_name_ko


def test_it_is_paid_in_parts_and_the_same_payment_twice_is_one(son, ahn):
    with_prices(son)
    charge_id = a_charge(son, [a_place_that_is_gone()])
    served(charge_id, son, second=ahn)
    first = {"charge_id": charge_id, "won": 6_000, "paid_on": today(), "reference": "A1"}
    for _ in range(2):
        assert not paid(**first, official_id=son.pk)
    assert queries.rest_of(queries.get_charge(charge_id)) == 600
    assert paid(charge_id=charge_id, won=600, paid_on=today(), reference="A2", official_id=son.pk)
    assert Charge.objects.get(pk=charge_id).state == State.PAID
    assert Deadline.objects.get(subject_id=charge_id).state == "met"


def test_the_time_to_pay_is_the_laws_and_ends_thirty_days_after_the_day_of_service(son, ahn):
    with_prices(son)
    charge = served(a_charge(son, [a_place_that_is_gone()]), son, second=ahn)
    assert charge.pay_by is not None
    assert timezone.localdate(charge.pay_by) == charge.served_on + timedelta(days=31)
    deadline = Deadline.objects.get(subject_id=charge.pk)
    assert (deadline.basis, deadline.source) == ("legal", "svp_rule 2-6(7)")
    with time_machine.travel(charge.pay_by - timedelta(seconds=1), tick=False):
        pass_due(at=clock.now())
        take_what_is_due()
    assert Charge.objects.get(pk=charge.pk).state == State.SERVED
    with time_machine.travel(charge.pay_by, tick=False):
        pass_due(at=clock.now())
        take_what_is_due()
    assert Charge.objects.get(pk=charge.pk).state == State.OVERDUE


def test_what_is_overdue_can_still_be_paid_and_what_is_paid_is_never_overdue(son, ahn):
    with_prices(son)
    charge_id = a_charge(son, [a_place_that_is_gone()])
    served(charge_id, son, second=ahn)
    overdue(charge_id=charge_id)
    assert paid(charge_id=charge_id, won=6_600, paid_on=today(), reference="B1", official_id=son.pk)
    overdue(charge_id=charge_id)
    assert Charge.objects.get(pk=charge_id).state == State.PAID


def test_one_place_is_charged_once_until_the_charge_is_withdrawn(son, ahn):
    with_prices(son)
    place = a_place_that_is_gone()
    charge_id = a_charge(son, [place])
    with pytest.raises(CannotChargeError, match="charge_place_charged"):
        a_charge(ahn, [place])
    withdraw(charge_id=charge_id, why=WHY, official_id=ahn.pk)
    assert a_charge(ahn, [place]) != charge_id
    with pytest.raises(CannotChargeError, match="charge_not_drafted"):
        sign(charge_id=charge_id, official_id=ahn.pk)


def test_the_same_form_sent_twice_is_one_charge(son):
    with_prices(son)
    place, key = a_place_that_is_gone(), uuid4()
    ids = {draft(offender=OFFENDER, places=[str(place)], form_key=key, official_id=son.pk) for _ in range(2)}
    assert len(ids) == 1
    assert Charge.objects.count() == 1


def test_work_of_a_day_on_which_no_price_held_is_charged_to_nobody(son):
    place = a_place_that_is_gone()
    with pytest.raises(CannotChargeError, match="charge_nothing"):
        a_charge(son, [place])
    with_prices(son, since=today() + timedelta(days=1))
    with pytest.raises(CannotChargeError, match="charge_nothing"):
        a_charge(son, [place])


def test_each_piece_costs_what_held_on_its_own_day():
    old, new = (
        Cost(cost_id=uuid4(), work=Work.LOOK, won=won, since=since)
        for won, since in ((100, date(2026, 1, 1)), (250, date(2026, 6, 1)))
    )
    done = [
        Done(work=Work.LOOK, record=str(at), on=day)
        for at, day in enumerate((date(2025, 12, 31), date(2026, 1, 1), date(2026, 5, 31), date(2026, 6, 1)))
    ]
    calculation = rules.calculated(done, [new, old])
    assert [(line.cost.won, line.records) for line in calculation.lines] == [(100, ("1", "2")), (250, ("3",))]
    assert calculation.won == 450
    assert [one.record for one in calculation.left_out] == ["0"]


def test_a_price_is_never_changed_another_one_holds_from_another_day(son):
    with_prices(son)
    with pytest.raises(CannotSetCostError, match="cost_set_already"):
        set_cost(work=Work.LOOK, won=1, since=date(2026, 1, 1), source=SOURCE, official_id=son.pk)
    with pytest.raises(CannotSetCostError, match="cost_sum"):
        set_cost(work=Work.LOOK, won=0, since=date(2026, 2, 1), source=SOURCE, official_id=son.pk)


@pytest.mark.parametrize(
    ("code", "wrong", "places"),
    [
        ("charge_name", {"name": " "}, None),
        ("charge_address", {"address": ""}, None),
        ("charge_decision", {"decision": ""}, None),
        ("charge_decided_on", {"decided_on": date(2999, 1, 1)}, None),
        ("charge_pay_to", {"pay_to": "x"}, None),
        ("charge_places", {}, []),
        ("charge_place_unreadable", {}, ["https://board.example/posts/1"]),
        ("charge_place_unknown", {}, [str(uuid4())]),
    ],
)
def test_nobody_is_charged_without_a_decision_and_places_that_were_seen(son, code, wrong, places):
    with_prices(son)
    place = a_place_that_is_gone()
    with pytest.raises(CannotChargeError, match=code):
        draft(
            offender=replace(OFFENDER, **wrong),
            places=[str(place)] if places is None else places,
            form_key=uuid4(),
            official_id=son.pk,
        )
    assert not Charge.objects.exists()


@pytest.mark.parametrize(
    ("code", "won", "days", "reference"),
    [
        ("charge_too_much", 6_601, 0, "C1"),
        ("charge_won", 0, 0, "C1"),
        ("charge_won", None, 0, "C1"),
        ("charge_day_to_come", 100, 1, "C1"),
        ("charge_paid_before", 100, -1, "C1"),
        ("charge_reference", 100, 0, " "),
    ],
)
def test_a_payment_that_cannot_be_is_refused(son, ahn, code, won, days, reference):
    with_prices(son)
    charge_id = a_charge(son, [a_place_that_is_gone()])
    served(charge_id, son, second=ahn)
    with pytest.raises(CannotChargeError, match=code):
        paid(
            charge_id=charge_id,
            won=won,
            paid_on=today() + timedelta(days=days),
            reference=reference,
            official_id=son.pk,
        )
    assert not queries.payments_of(charge_id)


def test_nobodys_name_stands_in_the_record(son, ahn):
    with_prices(son)
    charge_id = a_charge(son, [a_place_that_is_gone()])
    served(charge_id, son, second=ahn)
    withdraw(charge_id=charge_id, why=WHY, official_id=son.pk)
    facts = str(list(Event.objects.filter(name__startswith="recovery.").values()))
    assert "recovery.withdrawn" in facts
    assert OFFENDER.name not in facts
    assert "quashed" not in facts
    row = Charge.objects.values().get(pk=charge_id)
    assert {"name", "address", "decision", "why_withdrawn"} <= set(row)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM recovery_charge t")
        stored = cursor.fetchone()[0]
    assert OFFENDER.name.encode().hex() not in stored
    assert OFFENDER.name not in stored
