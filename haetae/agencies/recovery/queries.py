"""Everything that reads charges, and the work at a place that our own record proves."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from haetae.accounts.seats.queries import carried_on
from haetae.agencies.recovery import rules
from haetae.agencies.recovery.models import Charge, ChargeLine, ChargePlace, Paid
from haetae.agencies.recovery.rules import Done
from haetae.agencies.recovery.states import State, Work
from haetae.flow.arrival.models import Sighting
from haetae.flow.assessment.models import Assessment
from haetae.flow.delivery.queries import attempts_of
from haetae.flow.delivery.states import Kind as Said
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.verification.queries import of_requests
from haetae.flow.verification.states import Purpose


def all_charges() -> QuerySet[Charge]:
    """What was last changed first."""
    return Charge.objects.select_related("drafted_by", "signed_by").order_by("-changed_at", "pk")


def get_charge(charge_id: UUID) -> Charge:
    """Raises Charge.DoesNotExist."""
    return Charge.objects.select_related("drafted_by", "signed_by", "withdrawn_by").get(pk=charge_id)


def lines_of(charge_id: UUID) -> Sequence[ChargeLine]:
    """Kinds of work in their order, older prices first."""
    order = list(Work)
    rows = ChargeLine.objects.filter(charge=charge_id).select_related("cost").order_by("cost__since")
    return sorted(rows, key=lambda row: order.index(Work(row.cost.work)))


def places_of(charge_id: UUID) -> Sequence[UUID]:
    rows = ChargePlace.objects.filter(charge=charge_id).order_by("pk")
    return list(rows.values_list("sighting_id", flat=True))


def payments_of(charge_id: UUID) -> Sequence[Paid]:
    return list(Paid.objects.filter(charge=charge_id).order_by("paid_on", "noted_at"))


def rest_of(charge: Charge) -> int:
    """What is left to be paid, in whole won; nothing of what was withdrawn."""
    if charge.state == State.WITHDRAWN:
        return 0
    return charge.won - sum(one.won for one in payments_of(charge.pk))


def known_places(sighting_ids: Iterable[UUID]) -> set[UUID]:
    return set(Sighting.objects.filter(pk__in=list(sighting_ids)).values_list("pk", flat=True))


def charged_places(sighting_ids: Iterable[UUID]) -> set[UUID]:
    """For which somebody is charged now."""
    rows = ChargePlace.objects.filter(sighting_id__in=list(sighting_ids), stands=True)
    return set(rows.values_list("sighting_id", flat=True))


def work_at(sighting_ids: Collection[UUID]) -> list[Done]:
    """Every piece of work that the record shows for these places, each with the number of its row."""
    requests = list(
        DeletionRequest.objects.filter(sighting_id__in=sighting_ids).order_by("requested_at", "pk")
    )
    request_ids = [request.pk for request in requests]
    return [*_examinations(sighting_ids), *_requests(request_ids), *_looks(request_ids)]


def is_proved(charge_id: UUID) -> bool:
    """Whether the record still shows every piece that the lines of a charge name, and each line is its sum."""
    shown = {(one.work, one.record) for one in work_at(places_of(charge_id))}
    return all(
        {(Work(line.cost.work), record) for record in line.records} <= shown
        and len(set(line.records)) == len(line.records) == line.pieces
        and line.won == line.pieces * line.cost.won
        for line in lines_of(charge_id)
    )


def why_not_sign(charge: Charge, *, official_id: UUID) -> str | None:
    """Why this official may not sign it now, or None."""
    return rules.why_not_sign(
        State(charge.state),
        drafted_by={charge.drafted_by_id, *carried_on(charge.pk)},
        by=official_id,
        as_drafted=is_proved(charge.pk),
    )


def _examinations(sighting_ids: Collection[UUID]) -> Iterator[Done]:
    """Those that could open the picture: what failed is charged to nobody."""
    rows = Assessment.objects.filter(sighting_id__in=sighting_ids, examined_at__isnull=False)
    for pk, at in (
        rows.exclude(fingerprints={}).order_by("examined_at", "pk").values_list("pk", "examined_at")
    ):
        yield Done(work=Work.EXAMINATION, record=str(pk), on=timezone.localdate(at))


def _requests(request_ids: Collection[UUID]) -> Iterator[Done]:
    """One piece for a request that reached the operator, however many tries it took."""
    arrived: set[UUID] = set()
    attempts = attempts_of(request_ids).filter(delivery__kind=Said.DELETE, ended_at__isnull=False)
    for attempt in attempts.filter(may_have_arrived=True).select_related("delivery"):
        if attempt.delivery.subject_id not in arrived:
            arrived.add(attempt.delivery.subject_id)
            yield Done(
                work=Work.REQUEST,
                record=str(attempt.delivery.subject_id),
                on=timezone.localdate(attempt.begun_at),
            )


def _looks(request_ids: Collection[UUID]) -> Iterator[Done]:
    for probe in of_requests(request_ids).filter(purpose=Purpose.REMOVAL):
        for sight in probe.sights.all():
            yield Done(work=Work.LOOK, record=f"{probe.pk}:{sight.pk}", on=timezone.localdate(sight.at))
