"""Speaking with the operator about what is hidden for now."""

from collections.abc import Callable
from uuid import UUID

from procrastinate.contrib.django import app

from haetae.audit.actor import Actor
from haetae.common.jobs import AFTER_A_FAULT
from haetae.connectors import connector_for
from haetae.connectors.base import BlockOrder, Connector, Locator
from haetae.flow.delivery.handing_over import hand_over
from haetae.flow.delivery.models import Attempt, Delivery
from haetae.flow.delivery.queries import get_delivery
from haetae.flow.delivery.states import Kind as Said
from haetae.flow.delivery.writing import Matter, document_for
from haetae.flow.review import queries
from haetae.flow.review.block import actions
from haetae.flow.review.models import ProvisionalBlock
from haetae.flow.review.states import TO_BE_SHOWN, Block
from haetae.notice.document import Asked, Ground, Place

# What must still hold when the operator is spoken with.
_STILL_WANTED = {
    Said.BLOCK: frozenset({Block.WANTED, Block.NOT_DONE}),
    Said.RESTORE: TO_BE_SHOWN,
}
Act = Callable[[Connector, BlockOrder], None]


@app.task(name="haetae.review.block", queue="send", priority=4, retry=AFTER_A_FAULT)
def block(delivery_id: str) -> None:
    """Hide it for now, in the operator's name."""
    _say(UUID(delivery_id), lambda connector, order: connector.block(order), actions.block_answered)


@app.task(name="haetae.review.restore", queue="send", priority=4, retry=AFTER_A_FAULT)
def restore(delivery_id: str) -> None:
    """Show it again."""
    _say(UUID(delivery_id), lambda connector, order: connector.restore(order), actions.lift_answered)


def _say(delivery_id: UUID, act: Act, answered: Callable[..., bool]) -> None:
    delivery = get_delivery(delivery_id)
    found = queries.get_block(delivery.subject_id)
    if Block(found.state) not in _STILL_WANTED[Said(delivery.kind)]:
        return  # something else was decided meanwhile

    def talk(_: Attempt) -> None:
        act(connector_for(delivery.operator), _order(found, delivery))

    def take(attempt: Attempt, _: None) -> None:
        actor = Actor(kind="operator", id=str(delivery.operator_id or ""))
        answered(block_id=found.pk, attempt_id=attempt.pk, actor=actor)

    hand_over(delivery_id, talk=talk, take=take)


def _order(found: ProvisionalBlock, delivery: Delivery) -> BlockOrder:
    sighting = found.sighting
    locator = Locator(page_url=sighting.page_url, media_url=sighting.media_url)
    notice = document_for(delivery, _matter(found, delivery))
    return BlockOrder(key=delivery.key, locator=locator, reference=str(found.request_id), notice=notice)


def _matter(found: ProvisionalBlock, delivery: Delivery) -> Matter:
    """What there is to say: to hide while it is in doubt, or to show again."""
    request, sighting = found.request, found.sighting
    hides = delivery.kind == Said.BLOCK
    ended = Ground.NOT_HARMFUL if request.state == "not_harmful" else Ground.BLOCK_ENDED
    return Matter(
        asked=Asked.BLOCK_FOR_NOW if hides else Asked.RESTORE,
        ground=Ground.DOUBT if hides else ended,
        place=Place(page=sighting.page_url, media=sighting.media_url),
        kept=request.assessment.fingerprints,
        legal_basis=request.legal_basis,
        asked_at=delivery.waiting_since,
        minor_protected=request.minor_protected,
    )
