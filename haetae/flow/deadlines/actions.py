"""Everything that writes due dates."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from haetae.audit.actions import record
from haetae.audit.actor import SYSTEM
from haetae.flow.deadlines.models import Deadline
from haetae.flow.deadlines.states import MOVES, Basis, Kind, State

_BATCH = 100


def set_deadline(
    *, kind: Kind, subject_id: UUID, basis: Basis, source: str, due_at: datetime | None
) -> Deadline:
    """Say what is due when. An open one of the same kind keeps its row and gets the new date.

    Part of the change that causes it: call it inside that transaction. The row is its own record; an event is
    written when it passes.
    """
    deadline, _ = Deadline.objects.update_or_create(
        kind=kind,
        subject_id=subject_id,
        basis=basis,
        state=State.SET,
        defaults={"source": source, "due_at": due_at},
    )
    return deadline


def meet(*, subject_id: UUID, kinds: Iterable[Kind]) -> None:
    """What was due has happened; part of the change that met it."""
    _leave(subject_id, kinds, State.MET)


def close(*, subject_id: UUID, kinds: Iterable[Kind]) -> None:
    """What was due did not happen and no longer runs, as after a refusal; part of the change that ends it."""
    _leave(subject_id, kinds, State.CLOSED)


def bring_forward(*, subject_ids: Iterable[UUID], kind: Kind, to: datetime) -> None:
    """Open ones of this kind are due at `to`, when that is sooner; the clock passes them in its own batches."""
    open_ones = Deadline.objects.filter(subject_id__in=list(subject_ids), kind=kind, state=State.SET)
    open_ones.filter(due_at__gt=to).update(due_at=to)


def _leave(subject_id: UUID, kinds: Iterable[Kind], after: State) -> None:
    assert after in MOVES[State.SET]
    open_ones = Deadline.objects.filter(subject_id=subject_id, kind__in=list(kinds), state=State.SET)
    open_ones.update(state=after)


@transaction.atomic
def pass_due(*, at: datetime) -> int:
    """Every open row whose moment has come passes, exactly once, however many clocks run; returns how many."""
    due = list(
        Deadline.objects.select_for_update(skip_locked=True)
        .filter(state=State.SET, due_at__lte=at)
        .order_by("due_at")[:_BATCH]
    )
    for deadline in due:
        assert State.PASSED in MOVES[State(deadline.state)]
        deadline.state = State.PASSED
        deadline.save(update_fields=["state"])
        facts = {"kind": deadline.kind, "basis": deadline.basis, "for": str(deadline.subject_id)}
        record(event="deadlines.passed", subject=deadline, actor=SYSTEM, facts=facts)
    return len(due)
