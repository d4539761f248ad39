"""Everything that writes due dates."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM
from haetae.flow.deadlines.models import Deadline
from haetae.flow.deadlines.states import MOVES, Basis, Kind, State

_BATCH = 100
# Any fixed number: whoever holds this advisory lock is the clock that passes what is due.
_CLOCK_LOCK = 0x636C_6F63_6B73
# A clock looks five times a second; a minute behind means that none was running, or that it was set wrong.
_LATE_AFTER = timedelta(minutes=1)
# A clock that stands still in the middle of a batch loses its connection, and with it the lock: another goes on.
_STANDS_STILL_MS = 60_000
# The one that is open, by the constraint `one_open_deadline_of_a_kind`.
_SET = """
INSERT INTO deadlines_deadline (id, kind, subject_id, basis, pack, state, source, due_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (kind, subject_id, basis, pack) WHERE state = 'set'
DO UPDATE SET source = EXCLUDED.source, due_at = EXCLUDED.due_at RETURNING id
"""


def set_deadline(
    *, kind: Kind, subject_id: UUID, basis: Basis, source: str, due_at: datetime | None, pack: str = ""
) -> Deadline:
    """Say what is due when. An open one of the same kind keeps its row and gets the new date.

    `pack` is the country whose law says so, where that is not our own: its term stands beside ours.

    Part of the change that causes it: call it inside that transaction. The row is its own record; an event is
    written when it passes.
    """
    deadline = Deadline(
        kind=kind,
        subject_id=subject_id,
        basis=basis,
        pack=pack,
        state=State.SET,
        source=source,
        due_at=due_at,
    )
    with connection.cursor() as cursor:
        # One statement instead of four: each place has some fifteen due dates.
        given: list[UUID | str | datetime | None] = [
            deadline.pk,
            str(kind),
            subject_id,
            str(basis),
            pack,
            State.SET.value,
            source,
            due_at,
        ]
        cursor.execute(_SET, given)
        (deadline.pk,) = cursor.fetchone()
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
    """Every open row whose moment has come passes, exactly once, however many clocks run; returns how many.

    In order of due date: while one clock passes a batch, another finds the lock taken and passes nothing. A row that
    somebody is just changing is left to the next batch. What is more than a minute behind says by how much.
    """
    if not _is_the_only_clock():
        return 0
    due = list(
        Deadline.objects.select_for_update(skip_locked=True)
        .filter(state=State.SET, due_at__lte=at)
        .order_by("due_at", "pk")[:_BATCH]
    )
    for deadline in due:
        assert State.PASSED in MOVES[State(deadline.state)]
        deadline.state = State.PASSED
        deadline.save(update_fields=["state"])
        record(event="deadlines.passed", subject=deadline, actor=SYSTEM, facts=_facts(deadline, at=at))
    return len(due)


def _facts(deadline: Deadline, *, at: datetime) -> dict[str, Fact]:
    assert deadline.due_at is not None
    facts: dict[str, Fact] = {
        "kind": deadline.kind,
        "basis": deadline.basis,
        "for": str(deadline.subject_id),
    }
    if deadline.pack:
        facts["pack"] = deadline.pack
    late = at - deadline.due_at
    return facts | ({"late_s": int(late.total_seconds())} if late >= _LATE_AFTER else {})


def _is_the_only_clock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_CLOCK_LOCK])
        is_free = bool(cursor.fetchone()[0])
        cursor.execute(f"SET LOCAL idle_in_transaction_session_timeout = {_STANDS_STILL_MS:d}")
        return is_free
