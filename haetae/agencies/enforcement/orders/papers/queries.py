"""What of the record goes into the letter of an order."""

from uuid import UUID

from django.conf import settings
from django.utils import timezone

from haetae.agencies.enforcement.orders import queries
from haetae.agencies.enforcement.orders.models import CorrectiveOrder
from haetae.agencies.enforcement.orders.papers.letter import Heard, Matter, Order, documents_of
from haetae.agencies.enforcement.orders.states import Ground
from haetae.common import clock
from haetae.documents.document import Document
from haetae.flow.hearings.queries import of_subject
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.states import Ordered
from haetae.law.country.provisions import Actor, Step
from haetae.law.facts import Role
from haetae.law.packs import Pack, load_pack


def letters_of(order_id: UUID) -> list[Document]:
    """The order as it stands, in both languages. Raises CorrectiveOrder.DoesNotExist."""
    return documents_of(facts_of(queries.get_order(order_id)))


def facts_of(order: CorrectiveOrder) -> Order:
    """By the law and the names of the day on which it was signed; a draft, of today."""
    pack, on = load_pack(settings.JURISDICTION), timezone.localdate(order.issued_at or clock.now())
    power = next(one for one in pack.orders.powers if one.ground == order.ground and one.covers(on))
    duty = next((one for one in pack.orders.duties if one.duty_id == order.duty), None)
    costs = (*(duty.sanctions if duty else ()), *power.sanctions)
    agency = pack.agency(role=Role.REGULATOR, on=on)
    within = pack.orders.duty_within if order.ground == Ground.DUTY else pack.orders.follow_within
    return Order(
        operator=order.operator.name,
        ground=Ground(order.ground),
        power=power,
        duty=duty,
        sanctions=[one for one in pack.country.sanctions if one.sanction_id in costs and one.covers(on)],
        hearing_article=_hearing_article(pack),
        reasons=order.reasons,
        matters=[_matter(item.row.request) for item in queries.items_of(order)],
        heard=[Heard(state=one.state, exception=one.exception) for one in of_subject(order.pk)],
        issuer_ko=agency.name_ko,
        issuer_en=agency.name_en,
        on=on,
        within=within.as_timedelta(),
        comply_by=timezone.localdate(order.comply_by) if order.comply_by and order.served_at else None,
    )


def _matter(request: DeletionRequest) -> Matter:
    return Matter(
        number=str(request.pk)[:8],
        reference=request.operator_reference,
        asked_on=timezone.localdate(request.requested_at),
        ordered=Ordered(request.ordered) if request.ordered else None,
    )


def _hearing_article(pack: Pack) -> Step:
    """Where the law says that the regulator hears before it orders."""
    steps = (step for procedure in pack.country.procedures for step in procedure.steps)
    return next(step for step in steps if step.by is Actor.REGULATOR and step.step_id == "hear")
