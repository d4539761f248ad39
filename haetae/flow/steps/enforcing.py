"""From an order that is signed to an order that is followed, or not: told, looked at, and left to people in doubt."""

from uuid import UUID

from haetae.accounts.actions import official_actor
from haetae.agencies.enforcement.orders import actions as orders
from haetae.agencies.enforcement.orders import queries, rules
from haetae.agencies.enforcement.orders.states import Outcome, State
from haetae.audit.models import Event
from haetae.common import jobs
from haetae.flow.removal import queries as requests
from haetae.flow.removal.states import Ordered
from haetae.flow.review.asked import actions as asked
from haetae.flow.verification import actions as verification
from haetae.flow.verification.states import Purpose


def tell_operator(event: Event) -> None:
    """An order is signed: the operator reads it at its desk, and its mailbox is told where it has one."""
    jobs.defer("haetae.orders.tell", order_id=str(event.subject_id))


def time_to_comply_is_over(order_id: UUID) -> None:
    """The time of an order is over: we look at every place in it once more, and people see to what has no place."""
    order = queries.get_order(order_id)
    if order.state != State.ISSUED or orders.check_compliance(order_id=order_id) is not None:
        return
    waiting = [item for item in queries.items_of(order) if item.outcome is Outcome.UNKNOWN]
    if order.served_at is None or not waiting:
        orders.call_people(order_id=order_id)
    for item in waiting:
        hidden = item.asked.ordered is Ordered.BLOCK_ACCESS
        verification.look_for_order(
            request_id=item.asked.request_id, purpose=Purpose.BLOCK if hidden else Purpose.REMOVAL
        )


def look_at_orders(request_id: UUID) -> None:
    """Our own eyes have seen twice that it is gone, or live: orders about it are weighed by that."""
    for order_id in queries.watched_with(request_id):
        orders.check_compliance(order_id=order_id)


def ask_people_about_orders(request_id: UUID) -> None:
    """Our own eyes cannot tell: where the time of an order about it is over, a person sees to it."""
    for order_id in queries.watched_with(request_id):
        if queries.is_over(order_id):
            orders.call_people(order_id=order_id)


def ask_commission(*, request_id: UUID, agency: str, official_id: UUID) -> UUID:
    """The regulator asks the commission to decide about a request that nobody has decided.

    Raises orders.CannotOrderError for one that is decided, or that nobody contests.
    """
    why_not = rules.why_not_ask_commission(queries.asked_of([request_id])[request_id])
    if why_not is not None:
        raise orders.CannotOrderError(why_not)
    request = requests.get_request(request_id)
    return asked.ask_commission(
        request_id=request_id,
        sighting_id=request.sighting_id,
        agency=agency,
        actor=official_actor(official_id),
    )
