"""How many objections there were, how many were right, and how long it took until a wrong was undone."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from haetae.audit import queries as events
from haetae.flow.removal.states import TAKEN_DOWN
from haetae.flow.review import queries as reviews
from haetae.flow.review.models import ProvisionalBlock
from haetae.flow.review.states import Block
from haetae.operators.appeals.models import Appeal
from haetae.operators.appeals.states import UNDECIDED, State

_TAKEN_DOWN = frozenset(f"removal.{state}" for state in TAKEN_DOWN)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """`wrongful_removals`: places where it was deleted or hidden for good, and decided that it may be seen.

    They count with or without an objection; `wrongful_blocks` were only hidden for now. `restored` of both our own eyes
    have seen back, and `kept` stay hidden for another open case with the same picture. `restoration_median` runs from
    the objection to that look, over those that an objection brought back.
    """

    filed: int
    undecided: int
    upheld: int
    rejected: int
    withdrawn: int
    moot: int
    wrongful_removals: int
    wrongful_blocks: int
    restored: int
    kept: int
    restoration_median: timedelta | None


def figures(
    *, operator_id: UUID | None = None, since: datetime | None = None, until: datetime | None = None
) -> Figures:
    """Of objections filed, and of decisions made about what was taken down, from `since` and before `until`."""
    appeals = Appeal.objects.all()
    undone = reviews.undone_blocks()
    if operator_id is not None:
        appeals = appeals.filter(request__sighting__operator=operator_id)
        undone = undone.filter(sighting__operator=operator_id)
    if since is not None:
        appeals, undone = appeals.filter(filed_at__gte=since), undone.filter(changed_at__gte=since)
    if until is not None:
        appeals, undone = appeals.filter(filed_at__lt=until), undone.filter(changed_at__lt=until)
    states = Counter(appeals.values_list("state", flat=True))
    blocks = list(undone)
    removed = _taken_down(blocks)
    return Figures(
        filed=states.total(),
        undecided=sum(states[state] for state in UNDECIDED),
        upheld=states[State.UPHELD],
        rejected=states[State.REJECTED],
        withdrawn=states[State.WITHDRAWN],
        moot=states[State.MOOT],
        wrongful_removals=len(removed),
        wrongful_blocks=sum(block.begun_at is not None for block in blocks if block.pk not in removed),
        restored=sum(block.state == Block.RESTORED for block in blocks),
        kept=sum(block.state == Block.KEPT for block in blocks),
        restoration_median=_median(blocks),
    )


def _taken_down(blocks: list[ProvisionalBlock]) -> set[UUID]:
    """Those of these places that were said, or seen, to be deleted or hidden for good before."""
    done = events.about(block.request_id for block in blocks).filter(name__in=sorted(_TAKEN_DOWN))
    requests = set(done.values_list("subject_id", flat=True))
    return {block.pk for block in blocks if block.request_id in requests}


def _median(blocks: list[ProvisionalBlock]) -> timedelta | None:
    back = {block.request_id: block.changed_at for block in blocks if block.state == Block.RESTORED}
    upheld = Appeal.objects.filter(request__in=back, state=State.UPHELD)
    took = [back[row.request_id] - row.filed_at for row in upheld]
    return timedelta(seconds=median(each.total_seconds() for each in took)) if took else None
