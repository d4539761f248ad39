"""Everything that reads probes."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from haetae.flow.verification.models import Probe, Sight


def get_probe(probe_id: UUID) -> Probe:
    """With request, sighting and operator. Raises Probe.DoesNotExist."""
    return Probe.objects.select_related("request__sighting__operator", "request__assessment").get(pk=probe_id)


def of_requests(request_ids: Iterable[UUID]) -> QuerySet[Probe]:
    """All probes of these requests with every look, in the order of the claims."""
    sights = Prefetch("sights", queryset=Sight.objects.order_by("at"))
    return (
        Probe.objects.filter(request_id__in=list(request_ids))
        .prefetch_related(sights)
        .order_by("claim", "pk")
    )
