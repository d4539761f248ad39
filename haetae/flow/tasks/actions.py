"""Everything that writes tasks."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from haetae.audit.actions import record
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock
from haetae.common.states import check_move
from haetae.flow.tasks import rules
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import MOVES, Kind, Outcome, State
from haetae.flow.urgency import NO_TERM, UNWEIGHED, Risk, Urgency


class CannotFinishError(Exception):
    """`code` says why a task may not be ended so."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def open_task(*, kind: Kind, subject_id: UUID, sighting_id: UUID | None = None) -> Task:
    """A person is needed; part of the change that needs one. The same reason for the same subject is one task."""
    task, is_new = Task.objects.get_or_create(
        kind=kind,
        subject_id=subject_id,
        state=State.WAITING,
        defaults={
            "sighting_id": sighting_id,
            "opened_at": clock.now(),
            "rank": UNWEIGHED if sighting_id else Urgency(risk=Risk.MANY).rank,
        },
    )
    if is_new:
        facts = {"kind": str(kind), "for": str(subject_id)}
        record(event="tasks.opened", subject=task, actor=SYSTEM, facts=facts)
    return task


@transaction.atomic
def finish_task(*, task_id: UUID, outcome: Outcome, note: str, official_id: UUID) -> None:
    """A person has dealt with it, and says how. Raises CannotFinishError; a task ends once."""
    task = Task.objects.select_for_update().get(pk=task_id)
    why_not = rules.why_not_finish(State(task.state), kind=Kind(task.kind), outcome=outcome, note=note)
    if why_not is not None:
        raise CannotFinishError(why_not)
    task.outcome, task.note, task.ended_by = outcome, note.strip(), official_id
    _end(task, State.DONE)
    actor = Actor(kind="official", id=str(official_id))
    facts = {"kind": task.kind, "outcome": str(outcome), "for": str(task.subject_id)}
    record(event="tasks.done", subject=task, actor=actor, facts=facts)


@transaction.atomic
def resolve(*, subject_id: UUID, kinds: frozenset[Kind] = frozenset(Kind)) -> None:
    """What these tasks were about has come right by itself; part of the change that set it right."""
    waiting = Task.objects.select_for_update().filter(
        subject_id=subject_id, kind__in=list(kinds), state=State.WAITING
    )
    for task in waiting:
        _end(task, State.RESOLVED)
        record(event="tasks.resolved", subject=task, actor=SYSTEM, facts={"kind": task.kind})


def weigh(*, sighting_id: UUID, urgency: Urgency) -> None:
    """What waits about this place has its turn by this from now on; part of the step that has gathered it."""
    waiting = Task.objects.filter(sighting_id=sighting_id, state=State.WAITING)
    waiting.update(law_ends_at=urgency.law_ends_at or NO_TERM, rank=urgency.rank)


def set_term(*, sighting_id: UUID, law_ends_at: datetime | None) -> None:
    """A term of the law is near its end at this place, or runs no more; part of the change that says so."""
    waiting = Task.objects.filter(sighting_id=sighting_id, state=State.WAITING)
    waiting.update(law_ends_at=law_ends_at or NO_TERM)


def _end(task: Task, after: State) -> None:
    check_move(MOVES, State(task.state), after)
    task.state = after
    task.ended_at = clock.now()
    task.save()
