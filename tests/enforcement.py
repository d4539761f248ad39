"""What the stories of the regulator do again and again: an operator that was asked, and orders to it."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID, uuid4

from haetae.accounts.actions import register_operator, seat_official
from haetae.accounts.models import Official, Operator
from haetae.accounts.permissions import Role
from haetae.agencies.enforcement.orders import actions as orders
from haetae.agencies.enforcement.orders.models import CorrectiveOrder
from haetae.agencies.enforcement.orders.states import Ground, State, Way
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock
from haetae.flow.arrival.actions import register_sighting
from haetae.flow.arrival.states import Source
from haetae.flow.assessment.actions import open_assessment
from haetae.flow.hearings import actions as hearings
from haetae.flow.hearings.states import About, Party, Unheard
from haetae.flow.removal import actions as removal
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.rules import Depicts
from haetae.flow.removal.states import Ordered
from haetae.flow.removal.states import State as Request
from tests.people import REGULATOR, SECOND_REGULATOR

WHY = "Our own looks of this month say otherwise than the operator does."


def regulators() -> tuple[Official, Official]:
    """Two officials of the regulator, each time the same two."""
    found = [Official.objects.filter(username=one.name).first() for one in (REGULATOR, SECOND_REGULATOR)]
    first, second = (
        known
        or seat_official(
            username=one.name, role=Role.REGULATOR, agency="regulator", since=date(2026, 1, 1), actor=SYSTEM
        )
        for known, one in zip(found, (REGULATOR, SECOND_REGULATOR), strict=True)
    )
    return first, second


def operator(name: str = "board") -> Operator:
    known = Operator.objects.filter(name=name).first()
    return known or register_operator(
        name=name, connector="sandbox", origin=f"https://{name}.example", actor=SYSTEM
    )


def asked(of: Operator, number: int) -> UUID:
    """A request that has reached the operator."""
    place = f"{of.origin}/posts/{number}"
    sighting_id = register_sighting(page_url=place, media_url=f"{place}.jpg", source=Source.WATCH)
    assessment_id = open_assessment(sighting_id=sighting_id, reported=False)
    assert assessment_id is not None
    request_id = removal.request_deletion(sighting_id=sighting_id, assessment_id=assessment_id)
    assert request_id is not None
    says(request_id, Request.SENT)
    return request_id


def says(request_id: UUID, answer: Request, *, reason: str = "") -> None:
    of = DeletionRequest.objects.get(pk=request_id).sighting.operator_id
    actor = Actor(kind="operator", id=str(of))
    removal.operator_answered(request_id=request_id, answer=answer, facts={"reason": reason}, actor=actor)


def sees(request_id: UUID, *, gone: bool) -> None:
    removal.probe_saw(request_id=request_id, gone=gone, hidden=False)


def overdue(of: Operator, number: int) -> UUID:
    request_id = asked(of, number)
    removal.mark_overdue(request_id=request_id)
    return request_id


def lied(of: Operator, number: int) -> UUID:
    """Said to be removed, and our own look saw it twice."""
    request_id = asked(of, number)
    says(request_id, Request.CLAIMED)
    sees(request_id, gone=False)
    removal.mark_overdue(request_id=request_id)
    return request_id


def decided(of: Operator, number: int, *, ordered: Ordered = Ordered.REMOVE) -> UUID:
    """The commission has decided, the operator has it, and refuses."""
    first = asked(of, number)
    says(first, Request.REFUSED, reason="lawful")
    request_id = removal.order_after_review(
        request_id=first, review_id=uuid4(), ordered=ordered, depicts=Depicts(manipulated=True)
    )
    assert request_id is not None
    says(request_id, Request.SENT)
    says(request_id, Request.REFUSED, reason="lawful")
    return request_id


def drafted(
    of: Operator,
    *,
    ground: Ground = Ground.DUTY,
    items: Collection[UUID] = (),
    duty: str = "prevention_officer",
) -> UUID:
    """By the first regulator."""
    return orders.draft_order(
        operator_id=of.pk,
        ground=ground,
        duty=duty if ground is Ground.DUTY else "",
        reasons=WHY,
        request_ids=items,
        form_key=uuid4(),
        official_id=regulators()[0].pk,
    )


def heard(order_id: UUID) -> None:
    """Nobody has to be heard: it is urgent."""
    first, _second = regulators()
    order = CorrectiveOrder.objects.get(pk=order_id)
    orders.to_prior_opinion(order_id=order_id, official_id=first.pk)
    hearings.leave_out(
        about=About.ORDER,
        subject_id=order_id,
        party=Party.OPERATOR,
        operator=order.operator,
        why=Unheard.URGENT,
        note="It spreads while we wait for a word.",
        official_id=first.pk,
    )


def issued(
    of: Operator,
    *,
    ground: Ground = Ground.DUTY,
    items: Collection[UUID] = (),
    duty: str = "prevention_officer",
) -> UUID:
    """Drafted by the first regulator, signed by the second, and served at the desk."""
    order_id = drafted(of, ground=ground, items=items, duty=duty)
    heard(order_id)
    orders.issue_order(order_id=order_id, official_id=regulators()[1].pk)
    orders.served(order_id=order_id, way=Way.DESK, at=clock.now(), actor=SYSTEM)
    return order_id


def not_followed(of: Operator, *, duty: str = "prevention_officer") -> CorrectiveOrder:
    """An order about a duty whose time is over, and two officials found that it was not followed."""
    order_id = issued(of, duty=duty)
    CorrectiveOrder.objects.filter(pk=order_id).update(comply_by=clock.now() - timedelta(minutes=1))
    for official in regulators():
        orders.confirm(order_id=order_id, complied=False, official_id=official.pk)
    order = CorrectiveOrder.objects.get(pk=order_id)
    assert order.state == State.NOT_COMPLIED
    return order
