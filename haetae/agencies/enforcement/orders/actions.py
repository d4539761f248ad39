"""Everything that writes corrective orders: drafted by one official, signed by another, and seen to be followed."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from haetae.accounts.actions import official_actor
from haetae.accounts.models import Operator
from haetae.agencies.enforcement.orders import queries, rules
from haetae.agencies.enforcement.orders.models import Confirmation, CorrectiveOrder, OrderItem
from haetae.agencies.enforcement.orders.papers.queries import letters_of
from haetae.agencies.enforcement.orders.states import MOVES, STANDS, WATCHED, Ground, Outcome, State, Way
from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock
from haetae.common.ids import derived_id
from haetae.common.states import check_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis, Kind
from haetae.flow.hearings import actions as hearings
from haetae.flow.hearings.states import Party
from haetae.flow.issued.actions import issue_document
from haetae.flow.issued.states import Kind as Issued
from haetae.flow.tasks import actions as tasks
from haetae.flow.tasks.states import Kind as Why
from haetae.law.packs import load_pack


class CannotOrderError(Exception):
    """`code` says why not."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def draft_order(
    *, operator_id: UUID, ground: Ground, duty: str, reasons: str, request_ids: Collection[UUID], form_key: UUID,
    official_id: UUID,
) -> UUID:  # fmt: skip
    """One official writes it. The same form sent twice is one draft. Raises CannotOrderError."""
    order_id = derived_id("corrective-order", operator_id, form_key)
    if CorrectiveOrder.objects.filter(pk=order_id).exists():
        return order_id
    asked = queries.asked_of(request_ids)
    if len(asked) != len(set(request_ids)) or not queries.of_this_operator(request_ids, operator_id):
        raise CannotOrderError("item_of_another")
    duties = {one.duty_id for one in load_pack(settings.JURISDICTION).orders.duties}
    _refuse(
        rules.why_not_draft(ground=ground, duty=duty, duties=duties, reasons=reasons, items=asked.values())
    )
    now = clock.now()
    order = CorrectiveOrder.objects.create(
        pk=order_id,
        operator=Operator.objects.get(pk=operator_id),
        ground=ground,
        duty=duty,
        reasons=reasons.strip(),
        drafted_by_id=official_id,
        drafted_at=now,
        changed_at=now,
    )
    _put_in(order, asked)
    facts: dict[str, Fact] = {"ground": str(ground), "items": len(asked), "operator": str(operator_id)}
    record(event="orders.drafted", subject=order, actor=official_actor(official_id), facts=facts)
    return order_id


def _put_in(order: CorrectiveOrder, request_ids: Collection[UUID]) -> None:
    try:
        with transaction.atomic():
            for request_id in request_ids:
                OrderItem.objects.create(order=order, request_id=request_id)
    except IntegrityError as clash:
        raise CannotOrderError("item_in_another_order") from clash


@transaction.atomic
def take_out(*, order_id: UUID, request_id: UUID, official_id: UUID) -> None:
    """A request that fits no longer leaves a draft; twice is once. Raises CannotOrderError."""
    order = _locked(order_id)
    item = OrderItem.objects.select_for_update().filter(order=order, request_id=request_id).first()
    if item is None:
        raise CannotOrderError("item_of_another")
    if item.taken_out_at is not None:
        return
    _refuse(rules.why_not_change(State(order.state)))
    item.taken_out_at, item.is_open = clock.now(), False
    item.save(update_fields=["taken_out_at", "is_open"])
    record(
        event="orders.item_out",
        subject=order,
        actor=official_actor(official_id),
        facts={"request": str(request_id)},
    )


@transaction.atomic
def to_prior_opinion(*, order_id: UUID, official_id: UUID) -> None:
    """The draft stands: the operator is to be heard, or the exception recorded. Raises CannotOrderError."""
    order = _locked(order_id)
    if State(order.state) is State.PRIOR_OPINION:
        return
    _refuse(rules.why_not_hear(State(order.state)))
    _move(order, State.PRIOR_OPINION)
    record(event="orders.prior_opinion", subject=order, actor=official_actor(official_id))


@transaction.atomic
def issue_order(*, order_id: UUID, official_id: UUID) -> None:
    """Another official signs it, after the hearing. Raises CannotOrderError, also for whoever drafted it."""
    order = _locked(order_id)
    if State(order.state) in WATCHED and order.issued_by_id == official_id:
        return
    items = queries.items_of(order)
    _refuse(queries.why_not_sign(order, items, official_id=official_id))
    _settle_hearing(order_id)
    order.issued_by_id, order.issued_at = official_id, clock.now()
    _set_term(order, start=order.issued_at)
    _move(order, State.ISSUED)
    issue_document(
        kind=Issued.ORDER, subject_id=order_id, documents=letters_of(order_id), official_id=official_id
    )
    facts: dict[str, Fact] = {"ground": order.ground, "items": len(items), "operator": str(order.operator_id)}
    record(event="orders.issued", subject=order, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def drop_order(*, order_id: UUID, official_id: UUID) -> None:
    """Before it is signed it may be given up; twice is once. Raises CannotOrderError."""
    order = _locked(order_id)
    if State(order.state) is State.DROPPED:
        return
    _refuse(rules.why_not_change(State(order.state)))
    hearings.close(subject_id=order_id)
    _move(order, State.DROPPED)
    record(event="orders.dropped", subject=order, actor=official_actor(official_id))


@transaction.atomic
def served(*, order_id: UUID, way: Way, at: datetime, actor: Actor) -> None:
    """It has reached the operator, and its time begins with that; only the first time counts."""
    order = _locked(order_id)
    if State(order.state) not in WATCHED or order.served_at is not None:
        return
    now = clock.now()
    assert order.issued_at is not None
    if not order.issued_at <= at <= now:
        raise CannotOrderError("order_served_when")
    order.served_at, order.served_by = at, way
    _set_term(order, start=at)
    order.save(update_fields=["served_at", "served_by", "comply_by"])
    record(event="orders.served", subject=order, actor=actor, facts={"way": str(way)})


@transaction.atomic
def check_compliance(*, order_id: UUID) -> State | None:
    """What our own eyes make of it; returns the new state, or None where they say nothing new."""
    order = _locked(order_id)
    outcomes = [item.outcome for item in queries.items_of(order)]
    after = rules.after_look(
        State(order.state),
        outcomes,
        is_served=order.served_at is not None,
        at=clock.now(),
        comply_by=order.comply_by,
    )
    if after is not None:
        _settle(order, after, outcomes, actor=SYSTEM)
    return after


@transaction.atomic
def call_people(*, order_id: UUID) -> None:
    """Its time is over, and our eyes cannot tell, or it never reached the operator: a person sees to it."""
    order = _locked(order_id)
    if State(order.state) is State.ISSUED:
        tasks.open_task(kind=Why.ORDER_UNCLEAR, subject_id=order.pk)


@transaction.atomic
def confirm(*, order_id: UUID, complied: bool, official_id: UUID) -> State | None:
    """One official says what our eyes cannot see. With a second who says the same it counts; twice is once."""
    order = _locked(order_id)
    now, outcomes = clock.now(), [item.outcome for item in queries.items_of(order)]
    found = list(Confirmation.objects.filter(order=order, after=order.state))
    own = next((one for one in found if one.official_id == official_id), None)
    if own is not None and own.complied == complied:
        return None
    _refuse(
        rules.why_not_confirm(
            State(order.state),
            ground=Ground(order.ground),
            complied=complied,
            is_over=order.served_at is not None and order.comply_by is not None and now >= order.comply_by,
            outcomes=outcomes,
            has_found=own is not None,
        )
    )
    Confirmation.objects.create(
        order=order, official_id=official_id, complied=complied, after=order.state, at=now
    )
    actor = official_actor(official_id)
    record(event="orders.found", subject=order, actor=actor, facts={"complied": complied})
    if 1 + sum(one.complied == complied for one in found) < rules.FINDERS_NEEDED:
        return None
    after = State.COMPLIED if complied else State.NOT_COMPLIED
    _settle(order, after, outcomes, actor=actor)
    return after


@transaction.atomic
def refused(*, operator_id: UUID, code: str, official_id: UUID) -> None:
    """Somebody tried what may not be: that stands in the record too. Called after the attempt was rolled back."""
    record(
        event="orders.refused",
        subject=Operator.objects.get(pk=operator_id),
        actor=official_actor(official_id),
        facts={"code": code},
    )


def _settle_hearing(order_id: UUID) -> None:
    """From now on nobody is listened to any more, also not by somebody who speaks at this moment."""
    try:
        hearings.settle(subject_id=order_id, required={Party.OPERATOR})
    except hearings.CannotHearError as refused:
        raise CannotOrderError(refused.code) from refused


def _settle(order: CorrectiveOrder, after: State, outcomes: Collection[Outcome], *, actor: Actor) -> None:
    was_late = State(order.state) is State.NOT_COMPLIED
    _move(order, after)
    leave = deadlines.meet if after is State.COMPLIED else deadlines.close
    leave(subject_id=order.pk, kinds=[Kind.COMPLY])
    tasks.resolve(subject_id=order.pk, kinds=frozenset({Why.ORDER_UNCLEAR}))
    facts: dict[str, Fact] = {str(one): list(outcomes).count(one) for one in sorted(set(outcomes))}
    if after is State.COMPLIED:
        record(event="orders.complied", subject=order, actor=actor, facts=facts | {"late": was_late})
    elif after is State.MOOT:
        record(event="orders.moot", subject=order, actor=actor, facts=facts)
    else:
        record(event="orders.not_complied", subject=order, actor=actor, facts=facts)


def _set_term(order: CorrectiveOrder, *, start: datetime) -> None:
    pack = load_pack(settings.JURISDICTION)
    within = pack.orders.duty_within if order.ground == Ground.DUTY else pack.orders.follow_within
    order.comply_by = pack.due_at(start=start, duration=within)
    deadlines.set_deadline(
        kind=Kind.COMPLY,
        subject_id=order.pk,
        basis=Basis.POLICY,
        source=pack.orders.source.key,
        due_at=order.comply_by,
    )


def _refuse(code: str | None) -> None:
    if code is not None:
        raise CannotOrderError(code)


def _locked(order_id: UUID) -> CorrectiveOrder:
    return CorrectiveOrder.objects.select_for_update().get(pk=order_id)


def _move(order: CorrectiveOrder, after: State) -> None:
    check_move(MOVES, State(order.state), after)
    order.state, order.changed_at = after, clock.now()
    order.save()
    order.items.filter(taken_out_at=None).update(is_open=after in STANDS)
