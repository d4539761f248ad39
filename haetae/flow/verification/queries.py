"""Everything that reads probes."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Prefetch, QuerySet

from haetae.flow.verification.models import Probe, Sight
from haetae.flow.verification.states import Purpose, State


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


def last_seen(request_ids: Iterable[UUID], *, purpose: Purpose) -> dict[UUID, tuple[bool, datetime]]:
    """Of each request what a probe has last seen twice, and when: gone, or live. What nobody has seen is missing."""
    rows = Probe.objects.filter(
        request_id__in=list(request_ids), purpose=purpose, state__in=[State.GONE, State.LIVE]
    )
    found = rows.annotate(seen_at=Max("sights__at")).order_by("seen_at")
    return {probe.request_id: (probe.state == State.GONE, probe.seen_at) for probe in found}
