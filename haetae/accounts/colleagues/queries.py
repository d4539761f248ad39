"""Everything that reads who sits at an operator."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from haetae.accounts.models import Official, Operator, Seat
from haetae.accounts.permissions import Role
from haetae.common import clock


def seats_today(operator: Operator) -> QuerySet[Seat]:
    """Held today by people who can come in, in the order in which they were given."""
    today = timezone.localdate(clock.now())
    running = Seat.objects.filter(Q(until=None) | Q(until__gte=today), operator=operator, since__lte=today)
    return running.filter(official__is_active=True).select_related("official").order_by("since", "pk")


def administrators(operator: Operator) -> QuerySet[Official]:
    """Who can let others in today."""
    seats = seats_today(operator).filter(role=Role.OPERATOR_ADMINISTRATOR)
    return Official.objects.filter(pk__in=seats.values("official"))


def roles_ended_today(operator: Operator, username: str) -> frozenset[Role]:
    """Held for the last time today by whoever has this account."""
    today = timezone.localdate(clock.now())
    ended = Seat.objects.filter(operator=operator, official__username=username, until=today)
    return frozenset(Role(role) for role in ended.values_list("role", flat=True))


def colleague(operator: Operator, official_id: UUID) -> Official:
    """Raises Official.DoesNotExist for whoever does not sit there today."""
    return Official.objects.get(pk=official_id, pk__in=seats_today(operator).values("official"))
