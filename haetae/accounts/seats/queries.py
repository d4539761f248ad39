"""Everything that reads who sits in an agency, and who carries what somebody else has begun."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from haetae.accounts.models import HandedOver, Official, Seat
from haetae.accounts.permissions import Role
from haetae.common import clock


def today() -> date:
    return timezone.localdate(clock.now())


def agency_of_administrator(official: Official) -> str:
    """The agency in which somebody says who sits where today. Raises Seat.DoesNotExist for whoever says it nowhere."""
    seat = _on(today()).filter(official=official, role=Role.AGENCY_ADMINISTRATOR).order_by("since").first()
    if seat is None:
        raise Seat.DoesNotExist
    return str(seat.agency)


def seats_in(agency: str) -> QuerySet[Seat]:
    """Held today or from a later day on, by people who can come in."""
    running = Seat.objects.filter(Q(until=None) | Q(until__gte=today()), agency=agency)
    return running.filter(official__is_active=True).select_related("official").order_by("since", "pk")


def former_in(agency: str) -> QuerySet[Seat]:
    """Those that are over, the newest first."""
    over = Seat.objects.filter(Q(until__lt=today()) | Q(official__is_active=False), agency=agency)
    return over.select_related("official").order_by("-until", "-pk")


def get_seat(agency: str, seat_id: int) -> Seat:
    """Raises Seat.DoesNotExist for one of another agency, and for one that is over."""
    return seats_in(agency).get(pk=seat_id)


def colleague(agency: str, official_id: UUID) -> Official:
    """Raises Official.DoesNotExist for whoever holds no seat here, or one elsewhere as well."""
    found = Official.objects.get(pk=official_id, pk__in=seats_in(agency).values("official"))
    if sits_elsewhere(found.get_username(), agency):
        raise Official.DoesNotExist
    return found


def sits_elsewhere(username: str, agency: str) -> bool:
    """Whoever sits, or sat, at an operator or in another agency is nobody's to let in here."""
    return Seat.objects.filter(official__username=username).exclude(agency=agency).exists()


def other_administrators(agency: str, official_id: UUID) -> int:
    """Who could still let people in from tomorrow on."""
    lasting = seats_in(agency).filter(role=Role.AGENCY_ADMINISTRATOR, until=None, since__lte=today())
    return lasting.exclude(official=official_id).count()


def roles_held(agency: str, official_id: UUID) -> frozenset[Role]:
    """Today, in this agency."""
    held = _on(today()).filter(agency=agency, official=official_id)
    return frozenset(Role(role) for role in held.values_list("role", flat=True))


def carriers_of(subject_ids: Iterable[UUID]) -> dict[UUID, Official]:
    """Who has what now, of that which was handed over; what never was is with whoever began it."""
    rows = (
        HandedOver.objects.filter(subject_id__in=list(subject_ids)).select_related("to").order_by("at", "pk")
    )
    return {row.subject_id: row.to for row in rows}


def carried_on_by(official_id: UUID) -> set[UUID]:
    """What somebody has taken over and not handed on."""
    ever = HandedOver.objects.filter(to=official_id).values_list("subject_id", flat=True)
    return {subject for subject, holder in carriers_of(ever).items() if holder.pk == official_id}


def carried_on(subject_id: UUID) -> frozenset[UUID]:
    """Everybody who has taken this over since it was begun: for a second signature they count like who began it."""
    rows = HandedOver.objects.filter(subject_id=subject_id)
    return frozenset(rows.values_list("to_id", flat=True))


def beginners_of(subject_ids: Iterable[UUID]) -> list[UUID]:
    """Who had these first."""
    rows = HandedOver.objects.filter(subject_id__in=list(subject_ids)).order_by("at", "pk")
    first: dict[UUID, UUID] = {}
    for row in rows:
        first.setdefault(row.subject_id, row.left_id)
    return sorted(set(first.values()))


def _on(day: date) -> QuerySet[Seat]:
    return Seat.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day).exclude(agency="")
