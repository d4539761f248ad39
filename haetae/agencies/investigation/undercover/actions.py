"""How an operation ends: by a word, by itself, or with its application. And what somebody tried in vain."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.investigation.files import queries as files
from haetae.agencies.investigation.undercover import queries, rules
from haetae.agencies.investigation.undercover.models import UndercoverApplication, UndercoverOperation
from haetae.agencies.investigation.undercover.states import (
    MOVES,
    OPEN,
    PAPER_MOVES,
    Desk,
    Paper,
    State,
    WhyEnded,
)
from haetae.audit.actions import record
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.states import check_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Kind


class CannotGoUndercoverError(ValueError):
    """A code of what stands against it."""


@transaction.atomic
def end(*, operation_id: UUID, why: WhyEnded, official_id: UUID) -> None:
    """An officer of the file says that it is over; twice is once. Raises NotYoursError, CannotGoUndercoverError."""
    operation = locked(operation_id)
    files.opened_by(operation.investigation_id, official_id, writes=True)
    if why not in {WhyEnded.PURPOSE_REACHED, WhyEnded.GIVEN_UP}:
        raise CannotGoUndercoverError("end_reason_missing")
    _end(operation, why=why, official_id=official_id)


@transaction.atomic
def end_from_desk(*, operation_id: UUID, desk: Desk, official_id: UUID) -> None:
    """Whoever approved or petitioned says that its purpose is reached. Raises CannotGoUndercoverError."""
    operation = locked(operation_id)
    first = UndercoverApplication.objects.get(operation=operation, number=1)
    parts = {Desk.APPROVER: first.decided_by_id, Desk.PROSECUTOR: first.petitioned_by_id}
    if not queries.holds(desk, official_id) or parts.get(desk) != official_id:
        raise CannotGoUndercoverError("not_your_desk")
    _end(operation, why=WhyEnded.PURPOSE_REACHED, official_id=official_id)


@transaction.atomic
def time_is_over(*, operation_id: UUID) -> None:
    """A due date has come: it stops by itself where nothing permits it any more. Twice is once."""
    operation, now = locked(operation_id), clock.now()
    lapsed = _lapsed(operation, now=now)
    if lapsed is not None:
        why, at = lapsed
        end_operation(operation, why=why, at=at, official_id=None)
        record(event="undercover.stopped_by_itself", subject=operation, actor=SYSTEM, facts={"why": str(why)})


@transaction.atomic
def end_again(*, operation_id: UUID, why: WhyEnded, at: datetime) -> None:
    """It had ended then, in a database that burnt; this one was put back and does not know of it."""
    operation = locked(operation_id)
    if State(operation.state) is not State.ENDED and rules.why_not_end(State(operation.state)) is None:
        end_operation(operation, why=why, at=at, official_id=None)
        record(event="undercover.stopped_by_itself", subject=operation, actor=SYSTEM, facts={"why": str(why)})


@transaction.atomic
def denied(*, operation_id: UUID, code: str, official_id: UUID) -> None:
    """Somebody tried what may not be; called after the try was undone."""
    operation = UndercoverOperation.objects.filter(pk=operation_id).first()
    if operation is not None:
        record(
            event="undercover.denied",
            subject=operation,
            actor=official_actor(official_id),
            facts={"code": code},
        )


def locked(operation_id: UUID) -> UndercoverOperation:
    """Every change locks the operation first. Raises CannotGoUndercoverError for one that is not there."""
    found = UndercoverOperation.objects.select_for_update().filter(pk=operation_id).first()
    if found is None:
        raise CannotGoUndercoverError("operation_unknown")
    return found


def move(operation: UndercoverOperation, after: State) -> None:
    """Part of a change that records."""
    check_move(MOVES, State(operation.state), after)
    operation.state, operation.changed_at = after, clock.now()
    operation.save()


def move_paper(application: UndercoverApplication, after: Paper) -> None:
    """Part of a change that records."""
    check_move(PAPER_MOVES, Paper(application.state), after)
    application.state, application.changed_at = after, clock.now()
    application.save()


def end_operation(
    operation: UndercoverOperation, *, why: WhyEnded, at: datetime, official_id: UUID | None
) -> None:
    """It is over, and with it what was still asked for it. Part of a change that records."""
    operation.why_ended, operation.ended_at, operation.ended_by_id = why, at, official_id
    move(operation, State.ENDED)
    for application in UndercoverApplication.objects.filter(operation=operation, state__in=OPEN):
        move_paper(application, Paper.LAPSED)
    deadlines.close(subject_id=operation.pk, kinds=[Kind.URGENT_ENDS, Kind.PERMIT_ENDS])


def _end(operation: UndercoverOperation, *, why: WhyEnded, official_id: UUID) -> None:
    """Where its time was over already, that is why it ended, whatever is said now."""
    if State(operation.state) is State.ENDED:
        return
    problem = rules.why_not_end(State(operation.state))
    if problem is not None:
        raise CannotGoUndercoverError(problem)
    now = clock.now()
    because, at = _lapsed(operation, now=now) or (why, now)
    end_operation(operation, why=because, at=at, official_id=official_id if because is why else None)
    record(
        event="undercover.ended",
        subject=operation,
        actor=official_actor(official_id),
        facts={"why": str(because)},
    )


def _lapsed(operation: UndercoverOperation, *, now: datetime) -> tuple[WhyEnded, datetime] | None:
    """Why and when it ended by itself, reckoned from what was permitted and not from what a clock has done."""
    if State(operation.state) is State.URGENT and operation.urgent_until and now >= operation.urgent_until:
        return WhyEnded.NOT_PERMITTED_IN_TIME, operation.urgent_until
    until = queries.permitted_until(operation)
    if State(operation.state) is State.RUNNING and until is not None and now >= until:
        return WhyEnded.PERIOD_OVER, until
    return None
