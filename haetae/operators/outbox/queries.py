"""Everything that reads what is asked of an operator. Own data only: whoever is not the operator finds nothing."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from haetae.flow.deadlines import queries as deadlines
from haetae.flow.deadlines.models import Deadline
from haetae.flow.deadlines.states import Kind as Due
from haetae.flow.deadlines.states import State as DueState
from haetae.flow.delivery.models import Delivery
from haetae.flow.delivery.states import Kind
from haetae.flow.delivery.states import State as Said
from haetae.flow.remedies.models import Remedy
from haetae.flow.remedies.states import State as Remedied
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.states import State as Request
from haetae.flow.review.models import ProvisionalBlock
from haetae.flow.review.states import Block
from haetae.operators.outbox.rules import SETTLED, Cursor

# Until then we wait for a word of the operator's.
_REQUEST_WAITS: Final = (Request.REQUESTED, Request.SENT, Request.OVERDUE)
_NOT_RECEIVED: Final = (Request.REQUESTED, Request.OVERDUE)
_BLOCK_WAITS: Final = (Block.WANTED, Block.NOT_DONE)
_RESTORE_WAITS: Final = (Block.LIFTING, Block.NOT_BACK)
_REMEDY_WAITS: Final = (Remedied.WANTED, Remedied.SENT)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One thing asked. `key` is the number under which it is answered, `due` only what still runs."""

    key: UUID
    kind: Kind
    state: str
    notice: Mapping[str, Any]
    due: Sequence[Deadline]


@dataclass(frozen=True, kw_only=True)
class Page:
    """`next` leads on; None where the page is empty."""

    asked: Sequence[Asked]
    next: Cursor | None


def page_of(operator_id: UUID, *, only_open: bool, after: Cursor | None, limit: int, now: datetime) -> Page:
    """What was said last comes last."""
    rows = _said(operator_id).filter(said_at__lte=now - SETTLED)
    if only_open:
        rows = rows.filter(pk__in=_waits(operator_id))
    if after is not None:
        later = Q(said_at__gt=after.said_at) | Q(said_at=after.said_at, pk__gt=after.delivery_id)
        rows = rows.filter(later, said_at__gte=after.said_at)
    found = list(rows.order_by("said_at", "pk")[:limit])
    last = found[-1] if found else None
    return Page(asked=_as_asked(found), next=last and Cursor(said_at=last.said_at, delivery_id=last.pk))


def asked_under(key: UUID, *, operator_id: UUID) -> Asked | None:
    """The operator's own, by the number of its notice; None when it has none of that number."""
    found = _as_asked(_said(operator_id).filter(key=key))
    return found[0] if found else None


def request_behind(named: UUID) -> UUID:
    """The request, or remedy, of which a number speaks, whoever's it is: that of a notice, or already its own."""
    said = Delivery.objects.filter(key=named).first()
    if said is None:
        return named
    if Kind(said.kind) in {Kind.DELETE, Kind.REMEDY, Kind.LIFT}:
        return said.subject_id
    return ProvisionalBlock.objects.get(pk=said.subject_id).request_id


def not_yet_received(operator_id: UUID, *, up_to: Cursor, most: int) -> list[UUID]:
    """What was asked on pages up to this one and is still being said, or was given up: nobody knew that it arrived."""
    rows = _said(operator_id).filter(state__in=(Said.WAITING, Said.DEAD))
    earlier = Q(said_at__lt=up_to.said_at) | Q(said_at=up_to.said_at, pk__lte=up_to.delivery_id)
    waiting = DeletionRequest.objects.filter(operator_id=operator_id, state__in=_NOT_RECEIVED)
    wanted = Remedy.objects.filter(intermediary_id=operator_id, state=Remedied.WANTED)
    about = Q(kind=Kind.DELETE, subject_id__in=waiting.values("pk")) | Q(
        kind=Kind.REMEDY, subject_id__in=wanted.values("pk")
    )
    rows = rows.filter(earlier, about, said_at__lte=up_to.said_at)
    return list(rows.order_by("said_at", "pk").values_list("subject_id", flat=True)[:most])


def _said(operator_id: UUID) -> QuerySet[Any]:
    """Deliveries with a notice, which has been written just after the first attempt began."""
    return Delivery.objects.filter(operator_id=operator_id, notice__isnull=False, said_at__isnull=False)


def _waits(operator_id: UUID) -> QuerySet[Any]:
    """Ids of deliveries of which a word is still awaited. Begun with what waits: what was ever said is much more."""
    requests = DeletionRequest.objects.filter(operator_id=operator_id)
    blocks = ProvisionalBlock.objects.filter(request__operator_id=operator_id)
    remedies = Remedy.objects.filter(intermediary_id=operator_id)
    subjects: Mapping[Kind, QuerySet[Any]] = {
        Kind.DELETE: requests.filter(state__in=_REQUEST_WAITS),
        Kind.BLOCK: blocks.filter(state__in=_BLOCK_WAITS),
        Kind.RESTORE: blocks.filter(state__in=_RESTORE_WAITS),
        Kind.REMEDY: remedies.filter(state__in=_REMEDY_WAITS),
        Kind.LIFT: remedies.filter(state=Remedied.WITHDRAWN),
    }
    first, *others = (
        Delivery.objects.filter(kind=kind, subject_id__in=rows.values("pk")).values("pk")
        for kind, rows in subjects.items()
    )
    return first.union(*others)


def _as_asked(rows: Iterable[Delivery]) -> list[Asked]:
    found = list(rows)
    subjects = [row.subject_id for row in found]
    states: dict[UUID, str] = {}
    for model in (DeletionRequest, ProvisionalBlock, Remedy):
        states |= dict(model.objects.filter(pk__in=subjects).values_list("pk", "state"))
    due: dict[UUID, list[Deadline]] = {}
    for row in deadlines.of_subjects(subjects).filter(kind=Due.REMOVE, state=DueState.SET):
        due.setdefault(row.subject_id, []).append(row)
    return [
        Asked(
            key=row.key,
            kind=Kind(row.kind),
            state=states[row.subject_id],
            notice=json.loads(row.notice or "{}"),
            due=due.get(row.subject_id, []),
        )
        for row in found
    ]
