"""How an operator is reached: what was said to it and came of it, and what came in from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from haetae.flow.delivery.models import Attempt, Breaker, Delivery
from haetae.flow.delivery.states import State
from haetae.operators.answers.models import Inbound

SHOWN: Final = 30


@dataclass(frozen=True, kw_only=True)
class Connection:
    """`breaker` is None while nothing has ever failed. `attempts` and `came_in` are the newest, not more than SHOWN."""

    breaker: Breaker | None
    waiting: int
    attempts: Sequence[Attempt]
    came_in: Sequence[Inbound]


def connection_of(operator_id: UUID) -> Connection:
    # Whose newest attempt is not among the newest has none among them.
    said = Delivery.objects.filter(operator_id=operator_id, said_at__isnull=False).order_by("-said_at", "-pk")
    newest = list(said.values_list("pk", flat=True)[:SHOWN])
    attempts = Attempt.objects.select_related("delivery").filter(delivery__in=newest)
    came_in = Inbound.objects.select_related("official").filter(operator_id=operator_id)
    return Connection(
        breaker=Breaker.objects.filter(operator_id=operator_id).first(),
        waiting=Delivery.objects.filter(operator_id=operator_id, state=State.WAITING).count(),
        attempts=list(attempts.order_by("-begun_at", "-pk")[:SHOWN]),
        came_in=list(came_in.order_by("-at", "-pk")[:SHOWN]),
    )


def delivery_of(operator_id: UUID, delivery_id: UUID) -> Delivery:
    """Raises Delivery.DoesNotExist where it is none of this operator's."""
    return Delivery.objects.get(pk=delivery_id, operator_id=operator_id)
