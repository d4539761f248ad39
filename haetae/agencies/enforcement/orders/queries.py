"""Everything that reads corrective orders, and what the record says of the requests in them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db.models import Q, QuerySet

from haetae.accounts.seats.queries import carried_on
from haetae.agencies.enforcement.orders import rules
from haetae.agencies.enforcement.orders.models import Confirmation, CorrectiveOrder, OrderItem
from haetae.agencies.enforcement.orders.rules import Asked, Seen
from haetae.agencies.enforcement.orders.states import STANDS, UNSIGNED, WATCHED, Ground, Outcome, State
from haetae.audit.models import Event
from haetae.common import clock
from haetae.flow.hearings.queries import why_not_act
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.states import Ordered
from haetae.flow.removal.states import State as Request
from haetae.flow.verification.queries import last_seen
from haetae.flow.verification.states import Purpose

_HAD_IT = ("removal.sent", "removal.claimed", "removal.refused", "removal.unsure", "removal.access_blocked")
_FALSE = "removal.claim_false"
# Of the rules only what the database can leave out at once; the rules themselves have the last word.
_MAY_FIT = {
    Ground.DECISION_IGNORED: ~Q(ordered=""),
    Ground.CLAIM_FALSE: Q(state__in=[Request.CLAIM_FALSE, Request.OVERDUE]),
    Ground.OVERDUE: Q(ordered="", state=Request.OVERDUE),
}


@dataclass(frozen=True, kw_only=True)
class Item:
    """One request of an order, and what has become of it; `why_not` is why it fits no longer, before it is signed."""

    row: OrderItem
    asked: Asked
    outcome: Outcome
    why_not: str | None


def get_order(order_id: UUID) -> CorrectiveOrder:
    """With its operator and officials. Raises CorrectiveOrder.DoesNotExist."""
    return CorrectiveOrder.objects.select_related("operator", "drafted_by", "issued_by").get(pk=order_id)


def of_operator(operator_id: UUID) -> QuerySet[CorrectiveOrder]:
    """Every order to one operator, the newest first."""
    rows = CorrectiveOrder.objects.select_related("operator", "drafted_by", "issued_by")
    return rows.filter(operator_id=operator_id).order_by("-drafted_at", "pk")


def served_to(operator_id: UUID) -> QuerySet[CorrectiveOrder]:
    """What an operator may read: orders that were signed, the newest first. A draft is read where it is heard."""
    return of_operator(operator_id).filter(issued_at__isnull=False)


def standing_by_operator() -> dict[UUID, list[CorrectiveOrder]]:
    """Orders that are not at their end, for pages that list every operator."""
    found: defaultdict[UUID, list[CorrectiveOrder]] = defaultdict(list)
    for order in CorrectiveOrder.objects.filter(state__in=sorted(STANDS)).order_by("drafted_at"):
        found[order.operator_id].append(order)
    return found


def watched_with(request_id: UUID) -> list[UUID]:
    """Orders in force that are about this request."""
    rows = OrderItem.objects.filter(request_id=request_id, is_open=True, order__state__in=sorted(WATCHED))
    return list(rows.values_list("order_id", flat=True))


def is_over(order_id: UUID) -> bool:
    """Whether the time of an order that is not followed yet has passed."""
    rows = CorrectiveOrder.objects.filter(pk=order_id, state=State.ISSUED, comply_by__lte=clock.now())
    return rows.exists()


def items_of(order: CorrectiveOrder) -> list[Item]:
    """What is still in it, in the order in which it was asked."""
    rows = list(
        order.items.filter(taken_out_at=None)
        .select_related("request__sighting__operator")
        .order_by("request__requested_at", "pk")
    )
    asked, ground = asked_of([row.request_id for row in rows]), Ground(order.ground)
    seen = _seen(asked.values())
    return [
        Item(
            row=row,
            asked=asked[row.request_id],
            outcome=rules.outcome(
                ground, asked[row.request_id], seen=seen.get(row.request_id), comply_by=order.comply_by
            ),
            why_not=rules.why_not_item(ground, asked[row.request_id]) if order.state in UNSIGNED else None,
        )
        for row in rows
    ]


def why_not_sign(order: CorrectiveOrder, items: Sequence[Item], *, official_id: UUID) -> str | None:
    """Why this official may not sign it now, or None."""
    of_none = [] if order.ground == Ground.DUTY else ["order_no_items"]
    return rules.why_not_issue(
        State(order.state),
        drafters={order.drafted_by_id, *carried_on(order.pk)},
        official_id=official_id,
        hearing=why_not_act(order.pk),
        items=[item.why_not for item in items] or of_none,
    )


def asked_of(request_ids: Iterable[UUID]) -> dict[UUID, Asked]:
    """What the record says of these requests; nothing for one that does not exist."""
    wanted = list(request_ids)
    happened: defaultdict[UUID, set[str]] = defaultdict(set)
    events = Event.objects.filter(subject_id__in=wanted, name__in=[*_HAD_IT, _FALSE])
    for subject_id, name in events.values_list("subject_id", "name"):
        happened[subject_id].add(name)
    return {
        row.pk: Asked(
            request_id=row.pk,
            state=Request(row.state),
            ordered=Ordered(row.ordered) if row.ordered else None,
            had_it=bool(happened[row.pk] & set(_HAD_IT)),
            was_false=_FALSE in happened[row.pk],
        )
        for row in DeletionRequest.objects.filter(pk__in=wanted)
    }


def fitting(operator_id: UUID, ground: Ground) -> list[UUID]:
    """Requests to one operator that an order of this ground may be about and that stand in none, the oldest first."""
    if ground is Ground.DUTY:
        return []
    waiting = DeletionRequest.objects.filter(
        _MAY_FIT[ground],
        operator_id=operator_id,
        state__in=[Request.REFUSED, Request.OVERDUE, Request.CLAIM_FALSE, Request.UNSURE],
    )
    taken = OrderItem.objects.filter(is_open=True).values("request_id")
    rows = waiting.exclude(pk__in=taken).order_by("requested_at", "pk").values_list("pk", flat=True)
    found: list[UUID] = []
    left = rows.iterator(chunk_size=rules.MOST_ITEMS)
    # The record of a few is read at a time: of an operator that leaves everything waiting nobody orders all at once.
    while len(found) < rules.MOST_ITEMS and (some := list(islice(left, rules.MOST_ITEMS))):
        asked = asked_of(some)
        found += [pk for pk in some if rules.why_not_item(ground, asked[pk]) is None]
    return found[: rules.MOST_ITEMS]


def of_this_operator(request_ids: Collection[UUID], operator_id: UUID) -> bool:
    """Whether all of these requests went to one operator."""
    rows = DeletionRequest.objects.filter(pk__in=list(request_ids), operator_id=operator_id)
    return rows.count() == len(set(request_ids))


def findings(order_id: UUID) -> Sequence[Confirmation]:
    """What officials have found of an order, the first first."""
    return list(Confirmation.objects.filter(order_id=order_id).select_related("official").order_by("at"))


def _seen(asked: Iterable[Asked]) -> dict[UUID, Seen]:
    """What was last seen of each: hidden, where the decision was to hide it, and gone otherwise."""
    rows = list(asked)
    hidden = [one.request_id for one in rows if one.ordered is Ordered.BLOCK_ACCESS]
    removed = [one.request_id for one in rows if one.ordered is not Ordered.BLOCK_ACCESS]
    found = last_seen(hidden, purpose=Purpose.BLOCK) | last_seen(removed, purpose=Purpose.REMOVAL)
    return {request_id: Seen(is_gone=is_gone, at=at) for request_id, (is_gone, at) in found.items()}


def drafts_of(official_id: UUID) -> list[UUID]:
    """What this official has drafted and nobody has signed or dropped."""
    drafts = CorrectiveOrder.objects.filter(
        drafted_by=official_id, state__in=[State.DRAFT, State.PRIOR_OPINION]
    )
    return list(drafts.order_by("drafted_at").values_list("pk", flat=True))
