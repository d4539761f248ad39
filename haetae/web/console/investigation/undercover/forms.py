"""What somebody sent in a form about an undercover operation."""

from datetime import datetime, time
from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.utils.dateparse import parse_date
from django.utils.timezone import get_current_timezone

from haetae.agencies.investigation.undercover.acts.actions import Done
from haetae.agencies.investigation.undercover.consent.rules import Given
from haetae.agencies.investigation.undercover.deciding.actions import Decision
from haetae.agencies.investigation.undercover.rules import Applied
from haetae.agencies.investigation.undercover.states import Item, Material
from haetae.common.written import lines_of
from haetae.law.undercover import ActKind, Threshold
from haetae.web.sent import IncompleteError, moment_in, uuid_in

_LAST_SECOND: Final = time(23, 59, 59)
TEXTS: Final = ("office", "purpose", "scope", "support", "urgency")


def end_of_day(request: HttpRequest, name: str = "until") -> datetime:
    """The last second of a day that somebody typed, in the zone of the officials. Raises IncompleteError."""
    try:
        day = parse_date(request.POST.get(name, ""))
    except ValueError:
        day = None
    if day is None:
        raise IncompleteError("period_missing")
    return datetime.combine(day, _LAST_SECOND, tzinfo=get_current_timezone())


def applied_in(request: HttpRequest) -> Applied:
    """Raises IncompleteError."""
    texts = {name: request.POST.get(name, "").strip() for name in TEXTS}
    return Applied(
        **texts,
        acts=acts_in(request),
        items={item: tuple(lines_of(request.POST.get(item, ""))) for item in Item},
        until=end_of_day(request),
        thresholds={one: request.POST.get(one, "").strip() for one in Threshold},
    )


def acts_in(request: HttpRequest) -> frozenset[ActKind]:
    """Every kind that is chosen; what is no kind is left out."""
    return frozenset(ActKind(one) for one in request.POST.getlist("acts") if one in set(ActKind))


def done_in(request: HttpRequest) -> Done:
    """Raises IncompleteError."""
    kind, material = request.POST.get("kind", ""), request.POST.get("material", "") or Material.NONE
    if kind not in set(ActKind):
        raise IncompleteError("acts_missing")
    if material not in set(Material):
        raise IncompleteError("material_not_said")
    return Done(
        kind=ActKind(kind),
        items={item: uuid_in(request, item) for item in Item},
        what=request.POST.get("what", ""),
        material=Material(material),
        consent_id=uuid_in(request, "consent"),
        intent_was_there="intent_was_there" in request.POST,
        intent=request.POST.get("intent", ""),
    )


def given_in(request: HttpRequest) -> Given:
    """Raises IncompleteError."""
    return Given(
        who=request.POST.get("who", ""),
        of_what=request.POST.get("of_what", ""),
        explained=request.POST.get("explained", ""),
        acts=acts_in(request),
        explained_at=moment_in(request, "explained_at", code="consent_words_missing"),
        until=end_of_day(request),
        is_adult="is_adult" in request.POST,
        can_judge="can_judge" in request.POST,
        is_written="is_written" in request.POST,
    )


def decision_in(request: HttpRequest) -> Decision:
    """Raises IncompleteError."""
    return Decision(
        purpose=request.POST.get("purpose", ""),
        scope=request.POST.get("scope", ""),
        acts=acts_in(request),
        items=frozenset(_uuids(request.POST.getlist("items"))),
        until=end_of_day(request),
    )


def _uuids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
