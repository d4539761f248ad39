"""Everything that reads deliveries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, OuterRef, QuerySet, Subquery

from haetae.audit.queries import was_ever_restored
from haetae.flow.delivery.models import Attempt, Breaker, Delivery
from haetae.flow.delivery.states import Gate, Kind, State


def get_delivery(delivery_id: UUID) -> Delivery:
    """With its operator. Raises Delivery.DoesNotExist."""
    return Delivery.objects.select_related("operator").get(pk=delivery_id)


def delivery_of(subject_id: UUID, kind: Kind) -> Delivery | None:
    """The delivery of this kind that belongs to a request or a block, with its operator."""
    return Delivery.objects.select_related("operator").filter(subject_id=subject_id, kind=kind).first()


def of_subjects(subject_ids: Iterable[UUID]) -> QuerySet[Delivery]:
    """The deliveries that belong to these requests or blocks."""
    return Delivery.objects.filter(subject_id__in=list(subject_ids)).order_by("waiting_since")


def attempts_of(subject_ids: Iterable[UUID]) -> QuerySet[Attempt]:
    """Every attempt for these requests or blocks, in order."""
    return Attempt.objects.filter(delivery__subject_id__in=list(subject_ids)).order_by("begun_at")


def last_outcomes(delivery_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What came of the newest attempt of each of these deliveries, as a code."""
    rows = Attempt.objects.filter(delivery_id__in=list(delivery_ids)).order_by("number")
    return dict(rows.values_list("delivery_id", "outcome"))


def may_have_arrived(attempt: Attempt) -> bool:
    """Whether an earlier attempt may have reached the operator (a crash counts: it may have).

    In a database that was put back also one of which it knows nothing any more.
    """
    if was_ever_restored():
        return True
    earlier = Attempt.objects.filter(delivery_id=attempt.delivery_id, number__lt=attempt.number)
    return earlier.filter(may_have_arrived=True).exists()


def has_arrived(*, subject_id: UUID, kind: Kind) -> bool:
    """Whether any attempt to say this may have reached the other side."""
    said = Attempt.objects.filter(delivery__subject_id=subject_id, delivery__kind=kind)
    return said.filter(may_have_arrived=True).exists()


def without_a_channel() -> QuerySet[Delivery]:
    """Requests to delete that nobody could be asked, whatever became of them meanwhile."""
    return Delivery.objects.filter(kind=Kind.DELETE, state=State.NO_CHANNEL)


def failing() -> QuerySet[Breaker]:
    """Operators that are left alone at present, with their names."""
    return Breaker.objects.select_related("operator").exclude(gate=Gate.CLOSED).order_by("changed_at")


@dataclass(frozen=True, kw_only=True)
class Struggling:
    """An operator to which something could not be said at the first try, and waits to be said again."""

    operator: str
    waiting: int
    oldest_at: datetime
    last_failure: str


def struggling() -> list[Struggling]:
    """Such operators by name. `last_failure` is a code; what is nobody's has no name."""
    newest = Breaker.objects.filter(operator_id=OuterRef("operator_id")).values("last_failure")[:1]
    rows = Delivery.objects.filter(state=State.WAITING, tries__gt=0).values("operator__name")
    found = rows.annotate(
        waiting=Count("pk"), oldest=Min("waiting_since"), failure=Subquery(newest)
    ).order_by("operator__name")
    return [
        Struggling(
            operator=row["operator__name"] or "",
            waiting=row["waiting"],
            oldest_at=row["oldest"],
            last_failure=row["failure"] or "",
        )
        for row in found
    ]


def was_ever_said(sighting_id: UUID, *, kinds: Iterable[Kind]) -> bool:
    """Whether anything of these kinds was ever tried to be said about a place."""
    rows = Attempt.objects.filter(delivery__sighting_id=sighting_id, delivery__kind__in=list(kinds))
    return rows.exists()
