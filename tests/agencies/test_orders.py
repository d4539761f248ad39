"""Corrective orders: what they may rest on, who drafts and who signs, and what only two people can settle."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction

from haetae.agencies.enforcement.orders import actions as orders
from haetae.agencies.enforcement.orders import queries, rules
from haetae.agencies.enforcement.orders.models import CorrectiveOrder
from haetae.agencies.enforcement.orders.states import Ground, Outcome, State, Way
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.common import clock
from haetae.flow.deadlines.models import Deadline
from haetae.flow.deadlines.states import Basis, Kind
from haetae.flow.removal import actions as removal
from haetae.flow.removal.states import State as Request
from tests import enforcement
from tests.enforcement import (
    asked,
    decided,
    drafted,
    heard,
    issued,
    lied,
    operator,
    overdue,
    regulators,
    sees,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def moving() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-26T10:00:00+09:00", tick=False) as traveller:
        yield traveller


def why_not(**what: object) -> str:
    """The code with which a draft is refused."""
    with pytest.raises(orders.CannotOrderError) as refused:
        drafted(operator(), **what)  # type: ignore[arg-type]
    return refused.value.code


def state(order_id: UUID) -> str:
    return CorrectiveOrder.objects.get(pk=order_id).state


def happened() -> list[str]:
    return list(
        Event.objects.filter(name__startswith="orders.").order_by("pk").values_list("name", flat=True)
    )


def test_one_drafts_the_operator_is_heard_and_another_signs(moving: time_machine.Traveller) -> None:
    first, second = regulators()
    order_id = drafted(operator(), ground=Ground.CLAIM_FALSE, items=[lied(operator(), 1)])
    with pytest.raises(orders.CannotOrderError, match="order_not_heard"):
        orders.issue_order(order_id=order_id, official_id=second.pk)
    orders.to_prior_opinion(order_id=order_id, official_id=first.pk)
    with pytest.raises(orders.CannotOrderError, match="not_heard"):
        orders.issue_order(order_id=order_id, official_id=second.pk)
    heard(order_id)
    with pytest.raises(orders.CannotOrderError, match="order_same_person"):
        orders.issue_order(order_id=order_id, official_id=first.pk)
    orders.issue_order(order_id=order_id, official_id=second.pk)
    orders.issue_order(order_id=order_id, official_id=second.pk)
    assert happened() == ["orders.drafted", "orders.prior_opinion", "orders.issued"]
    due = Deadline.objects.get(subject_id=order_id, kind=Kind.COMPLY)
    assert due.basis == Basis.POLICY, "a term of ours, and no law's"
    assert due.due_at == clock.now() + timedelta(days=1)


def test_the_database_refuses_one_person_who_signs_what_they_drafted() -> None:
    first, _second = regulators()
    order_id = drafted(operator())
    rows = CorrectiveOrder.objects.filter(pk=order_id)
    with pytest.raises(IntegrityError, match="order_is_signed_by_another"), transaction.atomic():
        rows.update(state=State.ISSUED, issued_by=first, issued_at=clock.now())
    with pytest.raises(IntegrityError, match="order_in_force_is_signed"), transaction.atomic():
        rows.update(state=State.ISSUED)


def test_an_order_rests_on_what_is_decided_or_on_the_operators_own_word_or_lets_it_ask() -> None:
    board = operator()
    undecided, late, open_ = lied(board, 1), overdue(board, 2), asked(board, 3)
    ignored = decided(board, 4)
    assert why_not(ground=Ground.DECISION_IGNORED, items=[undecided]) == "item_not_decided"
    assert why_not(ground=Ground.CLAIM_FALSE, items=[late]) == "item_claim_not_false"
    assert why_not(ground=Ground.OVERDUE, items=[open_]) == "item_not_waiting"
    assert why_not(ground=Ground.OVERDUE, items=[ignored]) == "item_is_decided"
    assert why_not(ground=Ground.DUTY, items=[late]) == "duty_is_about_none"
    assert why_not(ground=Ground.DUTY, duty="made_up") == "order_no_duty"
    assert why_not(ground=Ground.OVERDUE, items=[]) == "order_no_items"
    assert why_not(ground=Ground.OVERDUE, items=[overdue(operator("other"), 5)]) == "item_of_another"
    assert not CorrectiveOrder.objects.exists(), "nothing of a refused draft stays"
    drafted(board, ground=Ground.DECISION_IGNORED, items=[ignored])


def test_a_request_stands_in_one_order_until_that_is_at_its_end() -> None:
    board, (first, _second) = operator(), regulators()
    late = overdue(board, 1)
    order_id = drafted(board, ground=Ground.OVERDUE, items=[late])
    assert why_not(ground=Ground.OVERDUE, items=[late]) == "item_in_another_order"
    assert queries.fitting(board.pk, Ground.OVERDUE) == []
    orders.drop_order(order_id=order_id, official_id=first.pk)
    assert queries.fitting(board.pk, Ground.OVERDUE) == [late]
    drafted(board, ground=Ground.OVERDUE, items=[late])


def test_the_same_form_sent_twice_is_one_draft() -> None:
    form_key, board = uuid4(), operator()
    both = {
        orders.draft_order(
            operator_id=board.pk,
            ground=Ground.DUTY,
            duty="prevention_officer",
            reasons=enforcement.WHY,
            request_ids=[],
            form_key=form_key,
            official_id=regulators()[0].pk,
        )
        for _ in range(2)
    }
    assert len(both) == 1
    assert happened() == ["orders.drafted"]


def test_what_was_removed_meanwhile_leaves_the_draft_before_it_is_signed() -> None:
    board, (first, second) = operator(), regulators()
    removed, still = overdue(board, 1), overdue(board, 2)
    order_id = drafted(board, ground=Ground.OVERDUE, items=[removed, still])
    heard(order_id)
    sees(removed, gone=True)
    with pytest.raises(orders.CannotOrderError, match="order_item_changed"):
        orders.issue_order(order_id=order_id, official_id=second.pk)
    orders.take_out(order_id=order_id, request_id=removed, official_id=first.pk)
    orders.issue_order(order_id=order_id, official_id=second.pk)
    with pytest.raises(orders.CannotOrderError, match="order_signed"):
        orders.take_out(order_id=order_id, request_id=still, official_id=first.pk)
    with pytest.raises(orders.CannotOrderError, match="order_signed"):
        orders.drop_order(order_id=order_id, official_id=first.pk)


def test_its_time_counts_from_when_it_reached_the_operator(moving: time_machine.Traveller) -> None:
    order_id = drafted(operator())
    heard(order_id)
    orders.issue_order(order_id=order_id, official_id=regulators()[1].pk)
    signed_at = clock.now()
    moving.shift(timedelta(days=3))
    with pytest.raises(orders.CannotOrderError, match="order_served_when"):
        orders.served(order_id=order_id, way=Way.LETTER, at=signed_at - timedelta(days=1), actor=SYSTEM)
    orders.served(order_id=order_id, way=Way.LETTER, at=clock.now(), actor=SYSTEM)
    moving.shift(timedelta(days=1))
    orders.served(order_id=order_id, way=Way.DESK, at=clock.now(), actor=SYSTEM)
    order = CorrectiveOrder.objects.get(pk=order_id)
    assert (order.served_by, order.served_at) == (Way.LETTER, signed_at + timedelta(days=3))
    assert order.comply_by == signed_at + timedelta(days=33), "a month to set something up"


def test_a_duty_is_found_fulfilled_by_two_officials_and_not_by_one(moving: time_machine.Traveller) -> None:
    first, second = regulators()
    order_id = issued(operator())
    with pytest.raises(orders.CannotOrderError, match="order_time_runs"):
        orders.confirm(order_id=order_id, complied=False, official_id=first.pk)
    assert orders.confirm(order_id=order_id, complied=True, official_id=first.pk) is None
    assert orders.confirm(order_id=order_id, complied=True, official_id=first.pk) is None, "twice is once"
    with pytest.raises(orders.CannotOrderError, match="order_found_already"):
        orders.confirm(order_id=order_id, complied=False, official_id=first.pk)
    assert state(order_id) == State.ISSUED
    assert orders.confirm(order_id=order_id, complied=True, official_id=second.pk) is State.COMPLIED
    with pytest.raises(orders.CannotOrderError, match="order_not_in_force"):
        orders.confirm(order_id=order_id, complied=False, official_id=second.pk)


def test_late_is_late_and_still_seen() -> None:
    order = enforcement.not_followed(operator())
    first, second = regulators()
    for official in (first, second):
        orders.confirm(order_id=order.pk, complied=True, official_id=official.pk)
    assert state(order.pk) == State.COMPLIED
    last = Event.objects.filter(name="orders.complied").get()
    assert last.facts["late"] is True


def test_people_do_not_speak_where_our_own_eyes_can_see() -> None:
    late = overdue(operator(), 1)
    order_id = issued(operator(), ground=Ground.OVERDUE, items=[late])
    with pytest.raises(orders.CannotOrderError, match="order_time_runs"):
        orders.confirm(order_id=order_id, complied=True, official_id=regulators()[0].pk)
    sees(late, gone=True)
    assert orders.check_compliance(order_id=order_id) is State.COMPLIED


def test_whoever_asks_the_commission_has_followed_an_order_that_rests_on_no_decision() -> None:
    board = operator()
    late, ignored = overdue(board, 1), decided(board, 2)
    may_ask = issued(board, ground=Ground.OVERDUE, items=[late])
    must_follow = issued(board, ground=Ground.DECISION_IGNORED, items=[ignored])
    enforcement.says(late, Request.UNSURE)
    assert orders.check_compliance(order_id=may_ask) is State.COMPLIED
    assert orders.check_compliance(order_id=must_follow) is None
    assert state(must_follow) == State.ISSUED


def test_what_was_refused_stands_in_the_record() -> None:
    first, _second = regulators()
    orders.refused(operator_id=operator().pk, code="order_same_person", official_id=first.pk)
    found = Event.objects.get(name="orders.refused")
    assert (found.facts, found.actor_id) == ({"code": "order_same_person"}, str(first.pk))


def test_an_order_about_what_the_commission_has_decided_since_was_neither_followed_nor_ignored() -> None:
    """The figures must not call that obedience. What was not followed in time before stays so."""
    late = overdue(operator(), 1)
    order_id = issued(operator(), ground=Ground.OVERDUE, items=[late])
    removal.let_be(request_id=late)
    assert orders.check_compliance(order_id=order_id) is State.MOOT
    assert happened()[-1] == "orders.moot"
    assert queries.watched_with(late) == []
    assert orders.check_compliance(order_id=order_id) is None
    settled = [Outcome.SETTLED]
    now = clock.now()

    def after(before: State, outcomes: list[Outcome]) -> State | None:
        return rules.after_look(before, outcomes, is_served=True, at=now, comply_by=now)

    assert after(State.NOT_COMPLIED, settled) is None
    assert after(State.ISSUED, [*settled, Outcome.DONE]) is State.COMPLIED


def test_of_many_that_fit_the_oldest_are_offered_and_no_more_of_the_record_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    board = operator()
    oldest = [lied(board, 1), *(overdue(board, number) for number in range(2, 6))]
    refused = decided(board, 6)
    assert queries.fitting(board.pk, Ground.DECISION_IGNORED) == [refused]
    assert queries.fitting(board.pk, Ground.DUTY) == []
    assert queries.fitting(board.pk, Ground.OVERDUE) == oldest
    read: list[UUID] = []
    record = queries.asked_of

    def noted(request_ids: Iterable[UUID]) -> dict[UUID, rules.Asked]:
        read.extend(request_ids)
        return record(request_ids)

    monkeypatch.setattr(queries, "asked_of", noted)
    monkeypatch.setattr(rules, "MOST_ITEMS", 2)
    assert queries.fitting(board.pk, Ground.OVERDUE) == oldest[:2] == read
