"""Everything that reads remedies."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from haetae.accounts.models import Operator
from haetae.flow.remedies.models import Remedy, Serves
from haetae.flow.remedies.rules import EVERYWHERE, only_hidden
from haetae.flow.remedies.states import OVER, Kind, State


def get_remedy(remedy_id: UUID) -> Remedy:
    """With its intermediary, sighting, request and examination. Raises Remedy.DoesNotExist."""
    joined = Remedy.objects.select_related("intermediary", "sighting", "request__assessment")
    return joined.get(pk=remedy_id)


def remedy_named(number: UUID) -> Remedy | None:
    """The remedy whose own id, or whose key as it stands in the notice, this is."""
    return Remedy.objects.filter(Q(pk=number) | Q(key=number)).first()


def get_serving(serving_id: UUID) -> Serves:
    """Raises Serves.DoesNotExist."""
    return Serves.objects.get(pk=serving_id)


def standing_before(origins: Iterable[str], *, day: date) -> QuerySet[Operator]:
    """Who stands before these origins on that day, each once, by name."""
    running = Serves.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day), since__lte=day, origin__in=[*origins, EVERYWHERE]
    )
    return Operator.objects.filter(pk__in=running.values("intermediary")).order_by("name")


def servings() -> QuerySet[Serves]:
    """All that lasts, with the intermediaries, by name and origin."""
    rows = Serves.objects.select_related("intermediary").filter(until=None)
    return rows.order_by("intermediary__name", "origin")


def of_sightings(sighting_ids: Iterable[UUID]) -> QuerySet[Remedy]:
    """Every remedy about these places with its intermediary, in the order in which they were first wanted."""
    rows = Remedy.objects.select_related("intermediary").filter(sighting_id__in=list(sighting_ids))
    return rows.order_by("wanted_at", "kind", "intermediary__name")


def may_only_be_hidden(sighting_id: UUID) -> bool:
    """Whether an intermediary that hides and does not delete may be why nobody sees the picture."""
    claimed = Remedy.objects.filter(sighting_id=sighting_id, state=State.CLAIMED)
    return only_hidden([Kind(kind) for kind in claimed.values_list("kind", flat=True)])


def undeliverable_to(operator_id: UUID) -> QuerySet[Remedy]:
    """What this intermediary could not be asked."""
    return Remedy.objects.filter(intermediary_id=operator_id, state=State.UNDELIVERABLE)


def counted() -> Counter[tuple[str, str]]:
    """How many remedies of each kind stand in which state. A figure of its own: none of these is a removal."""
    rows = Remedy.objects.values("kind", "state").annotate(count=Count("pk")).order_by()
    return Counter({(row["kind"], row["state"]): row["count"] for row in rows})


def blocked_by(operator_id: UUID) -> QuerySet[Remedy]:
    """The addresses that an access provider is to open no more, with their sightings, in a lasting order."""
    rows = Remedy.objects.select_related("sighting", "request").filter(
        intermediary_id=operator_id, kind=Kind.ACCESS_BLOCK
    )
    return rows.exclude(state__in=sorted({*OVER, State.REFUSED})).order_by("wanted_at", "pk")
