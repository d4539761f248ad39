"""Everything that writes about looks."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from haetae.accounts.actions import official_actor
from haetae.accounts.models import Official
from haetae.accounts.queries import roles_on
from haetae.agencies.looks import queries, rules
from haetae.agencies.looks.models import Look
from haetae.agencies.looks.rules import Seen, Wish
from haetae.agencies.looks.states import (
    FINDINGS,
    FOR_A_REVIEW,
    FOR_A_TASK,
    MOVES,
    Answer,
    Reason,
    State,
)
from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.states import check_move
from haetae.flow.review.queries import get_review
from haetae.flow.tasks import actions as tasks
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.queries import is_barred
from haetae.flow.tasks.states import Kind, Outcome


class CannotLookError(Exception):
    """`code` says why somebody may not look, or may not say this of what they saw."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def begin_look(*, task_id: UUID, official_id: UUID, reason: str, step: str, said_minor: bool) -> UUID:
    """Allow one look, for a reason; the id is good once, for a short while. Raises CannotLookError, Task.DoesNotExist.

    `said_minor` is what overview.minors knows of reports; it is never all that is asked. One official's wishes come one
    after the other, so that two at once cannot both be the last of the day.
    """
    official = Official.objects.select_for_update().get(pk=official_id)
    task = Task.objects.get(pk=task_id)
    is_theirs = not is_barred(task_id, official_id=official_id)
    if task.kind != Kind.JUDGE or task.sighting_id is None or not is_theirs:
        raise CannotLookError("nothing_to_judge")
    wanted = Look(
        official=official,
        sighting_id=task.sighting_id,
        assessment_id=task.subject_id,
        task=task,
        reason=reason,
        step=step,
    )
    return _begin(wanted, reasons=FOR_A_TASK, minor=said_minor or queries.is_about_a_minor(task))


@transaction.atomic
def begin_look_before(
    *, review_id: UUID, official_id: UUID, reason: str, step: str, said_minor: bool
) -> UUID:
    """The same before a decision, while it is hidden or not. Raises CannotLookError, Review.DoesNotExist."""
    official = Official.objects.select_for_update().get(pk=official_id)
    review = get_review(review_id)
    wanted = Look(
        official=official,
        sighting_id=review.sighting_id,
        assessment_id=review.request.assessment_id,
        review=review,
        reason=reason,
        step=step,
    )
    return _begin(wanted, reasons=FOR_A_REVIEW, minor=said_minor or queries.is_about_a_minor(review))


def _begin(wanted: Look, *, reasons: frozenset[Reason], minor: bool) -> UUID:
    wish = Wish(
        roles=roles_on(wanted.official, day=timezone.localdate(clock.now())),
        reason=wanted.reason,
        reasons=reasons,
        step=wanted.step,
        left=queries.left_today(wanted.official_id),
        minor=minor,
        waits=queries.waits(wanted),
        has_seen=queries.has_seen(wanted.assessment_id, official_id=wanted.official_id),
    )
    problem = rules.why_not_look(wish)
    if problem is not None:
        raise CannotLookError(problem)
    wanted.begun_at = clock.now()
    wanted.save()
    facts = _about(wanted) | {"why": wanted.reason, "step": wanted.step, "left": wish.left - 1}
    record(event="looks.begun", subject=wanted, actor=official_actor(wanted.official_id), facts=facts)
    return wanted.pk


@transaction.atomic
def take_look(*, look_id: UUID) -> None:
    """Use it up, before anything is fetched: whatever happens then, it is not had twice. Raises CannotLookError."""
    look = Look.objects.select_for_update().filter(pk=look_id).first()
    if look is None:
        raise CannotLookError("look_used")
    open_for = queries.policy().open_for.as_timedelta()
    now = clock.now()
    problem = rules.why_not_show(State(look.state), begun_at=look.begun_at, now=now, open_for=open_for)
    if problem is not None:
        raise CannotLookError(problem)
    look.taken_at = now
    _move(look, State.TAKEN)
    record(event="looks.taken", subject=look, actor=official_actor(look.official_id), facts=_about(look))


@transaction.atomic
def look_shown(*, look_id: UUID) -> None:
    """The picture is handed over now."""
    look = Look.objects.select_for_update().get(pk=look_id)
    look.shown_at = clock.now()
    _move(look, State.SHOWN)
    record(event="looks.shown", subject=look, actor=official_actor(look.official_id), facts=_about(look))


@transaction.atomic
def look_failed(*, look_id: UUID, code: str) -> None:
    """There was nothing to show; it costs nobody a look."""
    look = Look.objects.select_for_update().get(pk=look_id)
    look.failure = code[:64]
    _move(look, State.FAILED)
    record(event="looks.failed", subject=look, actor=SYSTEM, facts=_about(look) | {"code": look.failure})


@transaction.atomic
def say_match(*, look_id: UUID, official_id: UUID, note: str) -> None:
    """It is what it is known or was reported as: the operator is asked, and what it surely is known as may rise.

    Raises CannotLookError, and tasks.actions.CannotFinishError.
    """
    look, task_id = _answered_for_a_task(look_id, official_id, Answer.MATCH)
    record(event="looks.match", subject=look, actor=official_actor(official_id), facts=_about(look))
    tasks.finish_task(task_id=task_id, outcome=Outcome.ASK, note=note, official_id=official_id)


@transaction.atomic
def say_something_else(*, look_id: UUID, official_id: UUID, note: str) -> None:
    """It is something else: nothing is asked here, and nobody's entry is touched. Raises as say_match() does."""
    look, task_id = _answered_for_a_task(look_id, official_id, Answer.SOMETHING_ELSE)
    record(event="looks.something_else", subject=look, actor=official_actor(official_id), facts=_about(look))
    tasks.finish_task(task_id=task_id, outcome=Outcome.LEAVE, note=note, official_id=official_id)


@transaction.atomic
def say_cannot_tell(*, look_id: UUID, official_id: UUID) -> None:
    """Nothing follows; somebody else may see more. Raises CannotLookError."""
    look = _answered(look_id, official_id, Answer.CANNOT_TELL)
    record(event="looks.cannot_tell", subject=look, actor=official_actor(official_id), facts=_about(look))


@transaction.atomic
def say_found(
    *, look_id: UUID, official_id: UUID, answer: Answer, altered: bool = False, minor: bool = False
) -> None:
    """What somebody saw before a decision, in codes: all who decide read it, and nobody has to look again.

    That somebody in it looks like a minor holds from then on for every look at this picture, and is never taken back.
    Raises CannotLookError.
    """
    look = _answered(look_id, official_id, answer)
    if look.review is None or answer not in FINDINGS:
        raise CannotLookError("outcome_does_not_fit")
    if not queries.waits(look):
        raise CannotLookError("nothing_to_judge")
    look.altered, look.minor = altered, minor
    look.save(update_fields=["altered", "minor"])
    said: dict[str, Fact] = {"answer": str(answer), "altered": altered, "minor": minor}
    facts = _about(look) | said | {"review": str(look.review_id)}
    record(event="looks.found", subject=look, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def hand_on(*, look_id: UUID, official_id: UUID) -> None:
    """Leave it to somebody else, for no reason that has to be given. Raises CannotLookError."""
    look = _answered(look_id, official_id, Answer.HANDED_ON)
    record(event="looks.handed_on", subject=look, actor=official_actor(official_id), facts=_about(look))


def _answered_for_a_task(look_id: UUID, official_id: UUID, answer: Answer) -> tuple[Look, UUID]:
    look = _answered(look_id, official_id, answer)
    if look.task_id is None:
        raise CannotLookError("outcome_does_not_fit")
    return look, look.task_id


def _answered(look_id: UUID, official_id: UUID, answer: Answer) -> Look:
    look = Look.objects.select_for_update().filter(pk=look_id, official_id=official_id).first()
    if look is None:
        raise CannotLookError("not_seen")
    now = clock.now()
    seen = Seen(
        roles=roles_on(look.official, day=timezone.localdate(now)),
        state=State(look.state),
        said=look.answer,
        ends=queries.ends(look),
        ago=None if look.shown_at is None else now - look.shown_at,
    )
    problem = rules.why_not_say(answer, seen=seen, believed_for=queries.policy().believed_for.as_timedelta())
    if problem is not None:
        raise CannotLookError(problem)
    look.answer, look.answered_at = answer, now
    look.save(update_fields=["answer", "answered_at"])
    return look


def _about(look: Look) -> dict[str, Fact]:
    return {"sighting": str(look.sighting_id), "assessment": str(look.assessment_id)}


def _move(look: Look, after: State) -> None:
    check_move(MOVES, State(look.state), after)
    look.state = after
    look.save()
