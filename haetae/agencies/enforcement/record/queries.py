"""Everything that reads the record of operators."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from haetae.accounts.models import WhenWeAreDown
from haetae.agencies.enforcement.record.figures import Kind, Outages, Record
from haetae.audit.models import Event
from haetae.flow.arrival.models import HookOutage
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.numbers.figures import Figures
from haetae.flow.removal.numbers.queries import whole_of, wholes

PAGE_SIZE: Final = 50
# The first of these events of a request is the evidence of it.
_PROVES: Final[Mapping[Kind, Sequence[str]]] = {
    Kind.ASKED: ["removal.requested"],
    Kind.CLAIMED: ["removal.claimed"],
    Kind.VERIFIED: ["removal.verified"],
    Kind.CLAIM_FALSE: ["removal.claim_false"],
    Kind.REFUSED: ["removal.refused"],
    Kind.UNSURE: ["removal.unsure"],
    Kind.IGNORED: ["removal.refused", "removal.claim_false", "removal.overdue"],
    Kind.OVERDUE: ["removal.overdue"],
    Kind.REAPPEARED: ["removal.reappeared"],
}


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One request with the event that proves it, or one outage. `state` is how the request is now."""

    kind: Kind
    subject_id: UUID
    sighting_id: UUID | None
    event_id: int | None
    event: str
    at: datetime
    reason: str = ""
    state: str = ""
    ordered: str = ""
    ended_at: datetime | None = None


def record_of(operator_id: UUID, *, since: datetime, until: datetime) -> Record:
    """Of one operator, about requests made from `since` on and before `until`."""
    return Record(
        operator_id=operator_id,
        since=since,
        until=until,
        figures=whole_of(operator_id, since=since, until=until),
        outages=_outages([operator_id], since=since, until=until).get(operator_id, Outages()),
    )


def records(operator_ids: Iterable[UUID], *, since: datetime, until: datetime) -> dict[UUID, Record]:
    """Of each of these operators, also of those that were asked nothing; the reasons of refusals are left out."""
    wanted = list(operator_ids)
    figures, outages = wholes(since=since, until=until), _outages(wanted, since=since, until=until)
    return {
        operator_id: Record(
            operator_id=operator_id,
            since=since,
            until=until,
            figures=figures.get(operator_id) or Figures(operator_id=operator_id),
            outages=outages.get(operator_id, Outages()),
        )
        for operator_id in wanted
    }


def evidence(
    operator_id: UUID, kind: Kind, *, since: datetime, until: datetime, page: int = 1, size: int = PAGE_SIZE
) -> list[Evidence]:
    """What a figure counts, one by one, the newest first; as many in all as the figure says."""
    start = (page - 1) * size
    if kind is Kind.OUTAGE:
        rows = _outages_of([operator_id], since=since, until=until).order_by("-began_at")
        return [_outage(row) for row in rows[start : start + size]]
    requests = DeletionRequest.objects.filter(
        operator_id=operator_id, requested_at__gte=since, requested_at__lt=until
    )
    if kind is Kind.IGNORED:
        requests = requests.exclude(ordered="")
    first = (
        Event.objects.filter(subject_id__in=requests.values("pk"), name__in=_PROVES[kind])
        .order_by("subject_id", "pk")
        .distinct("subject_id")
    )
    events = list(Event.objects.filter(pk__in=first.values("pk")).order_by("-pk")[start : start + size])
    known = DeletionRequest.objects.in_bulk([event.subject_id for event in events])
    return [_proof(kind, event, known[event.subject_id]) for event in events]


def _proof(kind: Kind, event: Event, request: DeletionRequest) -> Evidence:
    return Evidence(
        kind=kind,
        subject_id=request.pk,
        sighting_id=request.sighting_id,
        event_id=event.pk,
        event=event.name,
        at=event.at,
        reason=str(event.facts.get("reason") or ""),
        state=request.state,
        ordered=request.ordered,
    )


def _outage(row: HookOutage) -> Evidence:
    return Evidence(
        kind=Kind.OUTAGE,
        subject_id=row.pk,
        sighting_id=None,
        event_id=None,
        event="arrival.hook_down",
        at=row.began_at,
        state=row.declared,
        ended_at=row.ended_at,
    )


def _outages_of(operator_ids: Sequence[UUID], *, since: datetime, until: datetime) -> QuerySet[HookOutage]:
    rows = HookOutage.objects.filter(operator_id__in=operator_ids, began_at__lt=until)
    return rows.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=since))


def _outages(operator_ids: Sequence[UUID], *, since: datetime, until: datetime) -> dict[UUID, Outages]:
    by_operator: defaultdict[UUID, list[HookOutage]] = defaultdict(list)
    for row in _outages_of(operator_ids, since=since, until=until):
        by_operator[row.operator_id].append(row)
    return {
        operator_id: Outages(
            count=len(rows),
            open_for=sum((_open_for(row, since=since, until=until) for row in rows), timedelta()),
            unanswered=sum(row.unanswered for row in rows),
        )
        for operator_id, rows in by_operator.items()
    }


def _open_for(row: HookOutage, *, since: datetime, until: datetime) -> timedelta:
    """How much of an outage lies in that time, where the operator publishes meanwhile; else nothing."""
    if row.declared != WhenWeAreDown.OPEN:
        return timedelta()
    return max(min(row.ended_at or until, until) - max(row.began_at, since), timedelta())
