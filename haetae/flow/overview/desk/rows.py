"""The requests of one operator, a line for each. Nothing here says who reported, or whether anybody did."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Exists, F, Model, OrderBy, OuterRef, Q, QuerySet, Subquery

from haetae.audit import queries as events
from haetae.common import clock
from haetae.flow.deadlines import queries as deadlines
from haetae.flow.deadlines.models import Deadline
from haetae.flow.deadlines.states import Basis, Kind
from haetae.flow.deadlines.states import State as Due
from haetae.flow.delivery.actions import HELD_FOR_EVIDENCE
from haetae.flow.delivery.models import Delivery
from haetae.flow.delivery.states import Kind as Said
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.states import State
from haetae.flow.review import queries as reviews
from haetae.flow.review.block.term import queries as terms
from haetae.flow.review.models import ProvisionalBlock, Review
from haetae.flow.review.states import TO_BE_SHOWN, UNDECIDED, Block

DESK_PAGE: Final = 25


class Part(StrEnum):
    """The three lists of the desk."""

    OPEN = "open"  # the operator's act is awaited
    WITH_US = "with_us"  # answered: we look, or the regulator's side decides
    ENDED = "ended"


_WITH_US: Final = frozenset({State.CLAIMED, State.REFUSED, State.UNSURE, State.ACCESS_BLOCKED})
_ENDED: Final = frozenset({State.VERIFIED, State.REAPPEARED, State.SUPERSEDED, State.NOT_HARMFUL})
STATES: Final[Mapping[Part, frozenset[State]]] = {
    Part.OPEN: frozenset(State) - _WITH_US - _ENDED,
    Part.WITH_US: _WITH_US,
    Part.ENDED: _ENDED,
}


@dataclass(frozen=True, kw_only=True)
class DeskRow:
    """`legal` and `target` are the due dates that run or have passed; `decide_by` is ours, while it is reviewed.

    `seen_live`: the operator had said that it is removed, and we have seen it twice. `may_judge`: it is hidden, and the
    operator may show it by its own judgement, because it was extended or nobody can decide.
    """

    request: DeletionRequest
    legal: Sequence[Deadline]
    target: Deadline | None
    block: ProvisionalBlock | None
    block_ends: Deadline | None
    decide_by: datetime | None
    seen_live: bool
    may_judge: bool

    @property
    def to_be_shown(self) -> bool:
        """It was hidden, and the operator is asked to show it again."""
        return self.block is not None and Block(self.block.state) in TO_BE_SHOWN


def requests_of(operator_id: UUID) -> QuerySet[DeletionRequest]:
    """Every request to this operator, with its place; not one that waits until the place was kept as evidence.

    That wait is over with its moment, also where no clock of ours runs to say so.
    """
    return _asked(operator_id).select_related("sighting", "assessment")


def _asked(operator_id: UUID) -> QuerySet[DeletionRequest]:
    # Asked of each that is not sent yet: there are few of these, and many due dates.
    waits = Deadline.objects.filter(
        subject_id=OuterRef("pk"),
        kind=Kind.SEND_AGAIN,
        source=HELD_FOR_EVIDENCE,
        state=Due.SET,
        due_at__gt=clock.now(),
    )
    unsaid = Delivery.objects.filter(
        Exists(waits), kind=Said.DELETE, subject_id=OuterRef("pk"), attempts__isnull=True
    )
    rows = DeletionRequest.objects.filter(operator_id=operator_id)
    return rows.exclude(Q(state=State.REQUESTED) & Exists(unsaid))


def page_of(operator_id: UUID, part: Part, *, first: int, most: int) -> list[DeletionRequest]:
    """So many of one list from `first` on: what is open by its due date, else the newest first.

    Each state is asked for no more than the page needs, in the order of an index: a list may hold years.
    """
    if part is Part.OPEN:
        due = Deadline.objects.filter(
            subject_id=OuterRef("pk"), kind=Kind.REMOVE, state__in=[Due.SET, Due.PASSED], due_at__isnull=False
        ).order_by("due_at")
        awaited = _asked(operator_id).filter(state__in=sorted(STATES[part]))
        ways: list[QuerySet[DeletionRequest, Any]] = [
            rows.annotate(due_at=Subquery(due.values("due_at")[:1])).values("pk", "due_at", "requested_at")
            for rows in (awaited, _to_be_shown(operator_id))
        ]
        order: Sequence[str | OrderBy] = (F("due_at").asc(nulls_first=True), "requested_at", "pk")
    else:
        rows = _asked(operator_id).exclude(pk__in=_to_be_shown(operator_id).values("pk"))
        order = ("-changed_at", "-pk")
        ways = [
            rows.filter(state=state).values("pk", "changed_at").order_by(*order)[: first + most]
            for state in sorted(STATES[part])
        ]
    ids = [row["pk"] for row in ways[0].union(*ways[1:]).order_by(*order)[first : first + most]]
    found = DeletionRequest.objects.select_related("sighting", "assessment").in_bulk(ids)
    return [found[each] for each in ids]


def how_many(operator_id: UUID) -> dict[Part, int]:
    """How long each of the lists is."""
    found = dict.fromkeys(Part, 0)
    part_by_state = {str(state): part for part, states in STATES.items() for state in states}
    for group in _asked(operator_id).values("state").annotate(count=Count("pk")).order_by():
        found[part_by_state[group["state"]]] += group["count"]
    for state in _to_be_shown(operator_id).values_list("state", flat=True):
        found[part_by_state[state]] -= 1
        found[Part.OPEN] += 1
    return found


def rows_of(requests: Iterable[DeletionRequest]) -> list[DeskRow]:
    """In the order in which they are given; as many queries for a page as for one."""
    asked = list(requests)
    places = [request.sighting_id for request in asked]
    blocks = reviews.running_blocks_of(places)
    undecided = {
        row.request_id: row
        for row in Review.objects.filter(sighting_id__in=places, state__in=sorted(UNDECIDED))
    }
    about: Sequence[DeletionRequest | ProvisionalBlock | Review] = [
        *asked,
        *blocks.values(),
        *undecided.values(),
    ]
    due, false = _dues(thing.pk for thing in about), _false_claims(asked)
    judged = terms.may_be_judged_by_operator(blocks.values())
    return [
        _row(
            request,
            blocks.get(request.sighting_id),
            undecided.get(request.pk),
            due=due,
            seen_live=request.pk in false,
            may_judge=request.sighting_id in judged,
        )
        for request in asked
    ]


_Dues = dict[tuple[UUID, str, str], list[Deadline]]


def _row(
    request: DeletionRequest,
    block: ProvisionalBlock | None,
    review: Review | None,
    *,
    due: _Dues,
    seen_live: bool,
    may_judge: bool,
) -> DeskRow:
    def first(thing: Model | None, kind: Kind, basis: Basis) -> Deadline | None:
        return next(iter(due.get((thing.pk, kind, basis), ())), None) if thing else None

    decide = first(review, Kind.DECIDE, Basis.POLICY)
    return DeskRow(
        request=request,
        legal=due.get((request.pk, Kind.REMOVE, Basis.LEGAL), []),
        target=first(request, Kind.REMOVE, Basis.POLICY),
        block=block,
        block_ends=first(block, Kind.BLOCK_ENDS, Basis.POLICY) or first(block, Kind.BLOCK_ENDS, Basis.LEGAL),
        decide_by=decide.due_at if decide else None,
        seen_live=seen_live,
        may_judge=may_judge,
    )


def _dues(subjects: Iterable[UUID]) -> _Dues:
    """The newest first: a target that was set anew stands before the one that passed."""
    rows = deadlines.of_subjects(subjects).filter(state__in=[Due.SET, Due.PASSED])
    found: _Dues = {}
    for row in rows.order_by(F("due_at").desc(nulls_last=True)):
        found.setdefault((row.subject_id, row.kind, row.basis), []).append(row)
    return found


def _false_claims(asked: Sequence[DeletionRequest]) -> set[UUID]:
    late = [request.pk for request in asked if request.state in {State.OVERDUE, State.CLAIM_FALSE}]
    return set(events.about(late).filter(name="removal.claim_false").values_list("subject_id", flat=True))


def _to_be_shown(operator_id: UUID) -> QuerySet[DeletionRequest]:
    """The newest request about each place of this operator at which what is hidden is to be shown again."""
    later = DeletionRequest.objects.filter(sighting=OuterRef("sighting"), round__gt=OuterRef("round"))
    hidden = ProvisionalBlock.objects.filter(state__in=sorted(TO_BE_SHOWN)).values("sighting_id")
    return _asked(operator_id).filter(~Exists(later), sighting_id__in=hidden)
