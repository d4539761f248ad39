"""Everything that reads deliveries."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from haetae.flow.delivery.models import Attempt, Breaker, Delivery
from haetae.flow.delivery.states import Gate, State


def get_delivery(delivery_id: UUID) -> Delivery:
    """With its operator. Raises Delivery.DoesNotExist."""
    return Delivery.objects.select_related("operator").get(pk=delivery_id)


def of_subjects(subject_ids: Iterable[UUID]) -> QuerySet[Delivery]:
    """The deliveries that belong to these requests or blocks."""
    return Delivery.objects.filter(subject_id__in=list(subject_ids)).order_by("waiting_since")


def attempts_of(subject_ids: Iterable[UUID]) -> QuerySet[Attempt]:
    """Every attempt for these requests or blocks, in order."""
    return Attempt.objects.filter(delivery__subject_id__in=list(subject_ids)).order_by("begun_at")


def may_have_arrived(attempt: Attempt) -> bool:
    """Whether an earlier attempt may have reached the operator (a crash counts: it may have)."""
    earlier = Attempt.objects.filter(delivery_id=attempt.delivery_id, number__lt=attempt.number)
    return earlier.filter(may_have_arrived=True).exists()


def waiting_for(operator_id: UUID) -> list[UUID]:
    """What waits to be said to an operator, the oldest first."""
    waiting = Delivery.objects.filter(operator_id=operator_id, state=State.WAITING)
    return list(waiting.order_by("waiting_since").values_list("pk", flat=True))


def failing() -> QuerySet[Breaker]:
    """Operators that are left alone at present, with their names."""
    return Breaker.objects.select_related("operator").exclude(gate=Gate.CLOSED).order_by("changed_at")
