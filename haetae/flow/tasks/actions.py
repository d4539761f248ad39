"""Everything that writes tasks."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from haetae.audit.actions import record
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock
from haetae.common.states import check_move
from haetae.flow.tasks import rules
from haetae.flow.tasks.models import Bar, Task
from haetae.flow.tasks.states import MOVES, Kind, Outcome, State
from haetae.flow.urgency import NO_TERM, UNWEIGHED, Risk, Urgency


class CannotFinishError(Exception):
    """`code` says why a task may not be ended so."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def open_task(
    *,
    kind: Kind,
    subject_id: UUID,
    sighting_id: UUID | None = None,
    since: datetime | None = None,
    not_by: Iterable[UUID] = (),
) -> Task:
    """A person is needed; part of the change that needs one. The same reason for the same subject is one task.

    `since`: it is the same question that waits since then. `not_by` have had to do with it. A second look that waits
    there gives way: this one acts.
    """
    second = Task.objects.filter(kind=kind, subject_id=subject_id, state=State.WAITING, second=True)
    for waiting in second.select_for_update():
        _resolve(waiting)
    task, is_new = Task.objects.get_or_create(
        kind=kind,
        subject_id=subject_id,
        state=State.WAITING,
        defaults={
            "sighting_id": sighting_id,
            "opened_at": since or clock.now(),
            "rank": UNWEIGHED if sighting_id else Urgency(risk=Risk.MANY).rank,
        },
    )
    if is_new:
        facts = {"kind": str(kind), "for": str(subject_id)}
        record(event="tasks.opened", subject=task, actor=SYSTEM, facts=facts)
        _bar(task, not_by)
    return task


@transaction.atomic
def open_second(
    *, subject_id: UUID, sighting_id: UUID, urgency: Urgency, since: datetime, not_by: Iterable[UUID]
) -> Task | None:
    """Somebody else is to judge what was decided, as if nobody had; None while a person judges it anyway.

    It has its turn by what was known when it was decided, as if it waited `since` then: a term that runs because of
    the decision, or a place in the queue that its age does not explain, would tell of it.
    """
    if Task.objects.filter(kind=Kind.JUDGE, subject_id=subject_id, state=State.WAITING).exists():
        return None
    task = Task.objects.create(
        kind=Kind.JUDGE,
        subject_id=subject_id,
        sighting_id=sighting_id,
        second=True,
        opened_at=since,
        rank=urgency.rank,
    )
    facts = {"kind": task.kind, "for": str(subject_id)}
    record(event="tasks.second_opened", subject=task, actor=SYSTEM, facts=facts)
    _bar(task, not_by)
    return task


@transaction.atomic
def bar_from_second(*, sighting_id: UUID, official_id: UUID) -> None:
    """Somebody reads what was decided at this place: a second look that waits there is theirs no more."""
    waiting = Task.objects.filter(sighting_id=sighting_id, state=State.WAITING, second=True)
    for task in waiting.select_for_update():  # of two pages that are opened at once, one bars
        if task.bars.filter(official_id=official_id).exists():
            continue
        record(event="tasks.second_barred", subject=task, actor=Actor(kind="official", id=str(official_id)))
        _bar(task, [official_id])


@transaction.atomic
def end_second(*, task_id: UUID) -> None:
    """Nobody has taken this second look in time."""
    waiting = Task.objects.select_for_update().filter(pk=task_id, second=True, state=State.WAITING)
    for task in waiting:
        _resolve(task)


@transaction.atomic
def finish_task(*, task_id: UUID, outcome: Outcome, note: str, official_id: UUID) -> None:
    """A person has dealt with it, and says how. Raises CannotFinishError; a task ends once."""
    task = Task.objects.select_for_update().get(pk=task_id)
    why_not = rules.why_not_finish(State(task.state), kind=Kind(task.kind), outcome=outcome, note=note)
    if why_not is None and task.bars.filter(official_id=official_id).exists():
        why_not = "task_of_others"
    if why_not is not None:
        raise CannotFinishError(why_not)
    task.outcome, task.note, task.ended_by = outcome, note.strip(), official_id
    _end(task, State.DONE)
    actor = Actor(kind="official", id=str(official_id))
    facts = {"kind": task.kind, "outcome": str(outcome), "for": str(task.subject_id)}
    if task.second:
        record(event="tasks.second_said", subject=task, actor=actor, facts=facts)
    else:
        record(event="tasks.done", subject=task, actor=actor, facts=facts)


@transaction.atomic
def resolve(*, subject_id: UUID, kinds: frozenset[Kind] = frozenset(Kind)) -> None:
    """What these tasks were about has come right by itself; part of the change that set it right."""
    waiting = Task.objects.select_for_update().filter(
        subject_id=subject_id, kind__in=list(kinds), state=State.WAITING
    )
    for task in waiting:
        _resolve(task)


def weigh(*, sighting_id: UUID, urgency: Urgency) -> None:
    """What waits about this place has its turn by this from now on; part of the step that has gathered it."""
    waiting = Task.objects.filter(sighting_id=sighting_id, state=State.WAITING, second=False)
    waiting.update(law_ends_at=urgency.law_ends_at or NO_TERM, rank=urgency.rank)


def set_term(*, sighting_id: UUID, law_ends_at: datetime | None) -> None:
    """A term of the law is near its end at this place, or runs no more; part of the change that says so."""
    waiting = Task.objects.filter(sighting_id=sighting_id, state=State.WAITING, second=False)
    waiting.update(law_ends_at=law_ends_at or NO_TERM)


def _end(task: Task, after: State) -> None:
    check_move(MOVES, State(task.state), after)
    task.state = after
    task.ended_at = clock.now()
    task.save()


def _resolve(task: Task) -> None:
    _end(task, State.RESOLVED)
    record(event="tasks.resolved", subject=task, actor=SYSTEM, facts={"kind": task.kind})


def _bar(task: Task, official_ids: Iterable[UUID]) -> None:
    Bar.objects.bulk_create(Bar(task=task, official_id=one) for one in sorted(set(official_ids)))
