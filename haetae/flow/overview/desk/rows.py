"""The requests of one operator, a line for each. Nothing here says who reported, or whether anybody did."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.expressions import Combinable

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
from haetae.flow.review.states import UNDECIDED, Block

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
# It was decided to show it again, and nobody says yet that it is.
_TO_BE_SHOWN: Final = frozenset({Block.LIFTING, Block.NOT_BACK})


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
        return self.block is not None and Block(self.block.state) in _TO_BE_SHOWN


def requests_of(operator_id: UUID) -> QuerySet[DeletionRequest]:
    """Every request to this operator, with its place; not one that waits until the place was kept as evidence.

    That wait is over with its moment, also where no clock of ours runs to say so.
    """
    rows = DeletionRequest.objects.select_related("sighting", "assessment")
    # Asked of each that is not sent yet: there are few of these, and many due dates.
    waits = Deadline.objects.filter(
        subject_id=OuterRef("pk"), source=HELD_FOR_EVIDENCE, state=Due.SET, due_at__gt=clock.now()
    )
    unsaid = Delivery.objects.filter(
        Exists(waits), kind=Said.DELETE, subject_id=OuterRef("pk"), attempts__isnull=True
    )
    return rows.filter(sighting__operator_id=operator_id).exclude(Q(state=State.REQUESTED) & Exists(unsaid))


def part_of(operator_id: UUID, part: Part) -> QuerySet[DeletionRequest]:
    """One list of the desk: what is open by its due date, the earliest first; the others with the newest first."""
    rows = requests_of(operator_id).annotate(shown_again=_shown_again())
    if part is not Part.OPEN:
        wanted = rows.filter(state__in=sorted(STATES[part])).exclude(shown_again=True)
        return wanted.order_by("-changed_at", "-pk")
    ahead = Deadline.objects.filter(
        subject_id=OuterRef("pk"), kind=Kind.REMOVE, state__in=[Due.SET, Due.PASSED], due_at__isnull=False
    ).order_by("due_at")
    awaited = rows.filter(Q(state__in=sorted(STATES[part])) | Q(shown_again=True))
    dated = awaited.annotate(due_at=Subquery(ahead.values("due_at")[:1]))
    return dated.order_by(F("due_at").asc(nulls_first=True), "requested_at", "pk")


def how_many(operator_id: UUID) -> dict[Part, int]:
    """How long each of the lists is."""
    rows = requests_of(operator_id).annotate(shown_again=_shown_again())
    found = dict.fromkeys(Part, 0)
    part_by_state = {str(state): part for part, states in STATES.items() for state in states}
    for group in rows.values("state", "shown_again").annotate(count=Count("pk")).order_by():
        part = Part.OPEN if group["shown_again"] else part_by_state[group["state"]]
        found[part] += group["count"]
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


def _shown_again() -> Combinable:
    """Of the newest request about a place: what is hidden there is to be shown again."""
    later = DeletionRequest.objects.filter(sighting=OuterRef("sighting"), round__gt=OuterRef("round"))
    hidden = ProvisionalBlock.objects.filter(sighting=OuterRef("sighting"), state__in=sorted(_TO_BE_SHOWN))
    return ExpressionWrapper(Exists(hidden) & ~Exists(later), output_field=BooleanField())
