"""Everything that reads about officials and operators."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Q, QuerySet

from haetae.accounts.models import ApiKey, BlockDelegation, KeyScope, Official, Operator, Seat
from haetae.accounts.permissions import Permission, Role, who_may


def roles_on(official: Official, *, day: date) -> frozenset[Role]:
    """The roles that somebody holds on one day."""
    seats = Seat.objects.filter(Q(until__isnull=True) | Q(until__gte=day), official=official, since__lte=day)
    return frozenset(Role(role) for role in seats.values_list("role", flat=True))


def seats_in(agency: str, *, role: Role) -> QuerySet[Seat]:
    """Every seat of this role in an agency, of any time."""
    return Seat.objects.filter(agency=agency, role=role)


def holders_on(agency: str, *, role: Role, day: date) -> frozenset[UUID]:
    """Who holds a role in an agency on one day."""
    seats = seats_in(agency, role=role).filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)
    return frozenset(seats.values_list("official_id", flat=True))


def who_may_on(permission: Permission, *, day: date) -> QuerySet[Official]:
    """Everybody whose role grants this on one day, by name."""
    seats = Seat.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day), since__lte=day, role__in=who_may(permission)
    )
    return Official.objects.filter(pk__in=seats.values("official_id")).order_by("username")


@dataclass(frozen=True, kw_only=True)
class Sat:
    """A seat in an agency, by the agency's key; what it was called on a day is data of the jurisdiction pack."""

    agency: str
    since: date
    until: date | None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def agencies_of(official_ids: Iterable[UUID]) -> dict[UUID, list[Sat]]:
    """Every seat in an agency that these people hold or held."""
    found: dict[UUID, list[Sat]] = {}
    for seat in Seat.objects.filter(official__in=set(official_ids)).exclude(agency="").order_by("since"):
        sat = Sat(agency=seat.agency, since=seat.since, until=seat.until)
        found.setdefault(seat.official_id, []).append(sat)
    return found


def operator_of(official: Official, *, day: date) -> Operator | None:
    """The operator at which somebody sits on one day; None for officials of agencies and strangers."""
    seats = Seat.objects.filter(Q(until__isnull=True) | Q(until__gte=day), official=official, since__lte=day)
    seat = seats.filter(operator__isnull=False).select_related("operator").first()
    return seat.operator if seat else None


def is_of_an_operator(official: Official) -> bool:
    """Whether somebody sits at an operator, or did, or will; such an account never holds a seat in an agency."""
    return official.seats.filter(operator__isnull=False).exists()


def origin_of(url: str) -> str:
    """`scheme://host:port` in the form in which operators' origins are kept (default ports left out)."""
    parts = urlsplit(url)
    default = {"http": 80, "https": 443}.get(parts.scheme)
    port = "" if parts.port in {None, default} else f":{parts.port}"
    return f"{parts.scheme}://{(parts.hostname or '').lower()}{port}"


def operator_at(url: str) -> Operator | None:
    """The registered operator whose exact origin this address belongs to; None for a malformed address too."""
    try:
        origin = origin_of(url)
    except ValueError:
        return None
    return Operator.objects.filter(origin=origin).first()


def operators() -> QuerySet[Operator]:
    """All registered operators, by name."""
    return Operator.objects.order_by("name")


def may_block_for(operator: Operator | None, *, day: date) -> bool:
    """Whether this operator's recorded delegation lets us block in its name on that day."""
    if operator is None:
        return False
    running = BlockDelegation.objects.filter(operator=operator, since__lte=day)
    return running.filter(Q(until__isnull=True) | Q(until__gte=day)).exists()


def operator_with_token(token: str) -> Operator | None:
    """The operator that asks before it publishes and holds this token, or None."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    return Operator.objects.filter(upload_check_digest=digest).exclude(upload_check="").first()


def key_of(secret: str, *, scope: KeyScope) -> ApiKey | None:
    """The key in force with this secret and scope, with its holder, or None.

    It is looked up by its digest, so the time that takes says nothing about how much of the secret was right.
    """
    digest = hashlib.sha256(secret.encode()).hexdigest()
    found = ApiKey.objects.select_related("operator", "partner")
    return found.filter(digest=digest, scope=scope, ended_at=None).first()
