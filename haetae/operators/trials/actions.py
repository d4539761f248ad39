"""Everything that writes trials, tests of a way and what is said once more."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from haetae.accounts.models import Operator
from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.common.states import check_move, may_move
from haetae.flow.delivery import actions as deliveries
from haetae.flow.delivery.models import Delivery
from haetae.flow.delivery.states import Kind
from haetae.flow.delivery.writing import Matter, written_for_trial
from haetae.flow.removal.queries import get_request
from haetae.flow.removal.rules import LEGAL_BASIS
from haetae.flow.removal.states import AWAITED
from haetae.flow.removal.states import State as Request
from haetae.notice.checking import UnfitNoticeError
from haetae.notice.document import Asked, Ground, Place
from haetae.operators.trials import queries, rules
from haetae.operators.trials.models import Replay, Trial, TrialAnswer, WayTest
from haetae.operators.trials.rules import Heard, Why
from haetae.operators.trials.states import MOVES, State

# Digests that no file has: an exercise must match nothing.
_NOBODYS: Final = {"sha256": "0" * 64}
_WORTH_SAYING: Final = AWAITED | {Request.OVERDUE, Request.CLAIM_FALSE, Request.UNDELIVERABLE}


class TrialRefusedError(Exception):
    """It is not begun; `why` is for a page to word."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def begin_trial(*, operator: Operator, actor: Actor) -> UUID:
    """An exercise goes the operator's own way. Raises TrialRefusedError."""
    _lock(operator)
    now, key = clock.now(), new_id()
    since = now - rules.COUNTED_OVER
    _refuse_if(rules.why_not_again(queries.trials_since(operator.pk, since=since), most=rules.TRIALS_MOST))
    place = f"https://example.invalid/trial/{key}"
    matter = Matter(
        asked=Asked.DELETE,
        ground=Ground.KNOWN_PICTURE,
        place=Place(page=f"{place}/page", media=f"{place}/media"),
        kept=_NOBODYS,
        legal_basis=LEGAL_BASIS,
        asked_at=now,
        minor_protected=False,
    )
    try:
        text = written_for_trial(key=key, operator=operator, matter=matter)
    except UnfitNoticeError:
        raise TrialRefusedError(Why.NOTICE_UNFIT) from None
    trial = Trial.objects.create(key=key, operator=operator, begun_at=now, notice_text=text)
    record(event="trials.begun", subject=trial, actor=actor, facts={"operator": str(operator.pk)})
    return trial.pk


@transaction.atomic
def handed_over(*, trial_id: UUID) -> None:
    """The operator's system took the message."""
    _conclude(trial_id, State.ARRIVED, code="")


@transaction.atomic
def not_handed_over(*, trial_id: UUID, code: str) -> None:
    """It could not be handed over; nothing is tried again by itself."""
    _conclude(trial_id, State.FAILED, code=code)


@transaction.atomic
def answer_trial(
    *, trial_id: UUID, word: str, reason: str = "", way: str, message_id: str = "", actor: Actor
) -> Heard:
    """What the operator answers to an exercise is kept and changes nothing else. Every word may be tried."""
    trial = Trial.objects.select_for_update().get(pk=trial_id)
    known = bool(message_id) and trial.answers.filter(way=way, message_id=message_id).exists()
    newest = trial.answers.order_by("at").last()
    became = rules.heard(
        is_known=known,
        is_over=clock.now() >= trial.ends_at or trial.answers.count() >= rules.ANSWERS_MOST,
        word=word,
        newest=newest.word if newest else None,
    )
    if became is Heard.TAKEN:
        TrialAnswer.objects.create(
            trial=trial, word=word, reason=reason, way=way, message_id=message_id, at=clock.now()
        )
        if may_move(MOVES, State(trial.state), State.ANSWERED):
            _move(trial, State.ANSWERED)
    facts: dict[str, Fact] = {"way": way, "outcome": str(became), "operator": str(trial.operator_id)}
    record(event="trials.answered", subject=trial, actor=actor, facts=facts)
    return became


@transaction.atomic
def begin_test(*, operator: Operator, actor: Actor) -> UUID:
    """The way to this operator is tried as far as that asks nothing of anybody. Raises TrialRefusedError."""
    _lock(operator)
    since = clock.now() - rules.COUNTED_OVER
    _refuse_if(rules.why_not_again(queries.tests_since(operator.pk, since=since), most=rules.TESTS_MOST))
    test = WayTest.objects.create(operator=operator, begun_at=clock.now())
    record(event="trials.test_begun", subject=test, actor=actor, facts={"operator": str(operator.pk)})
    return test.pk


@transaction.atomic
def test_ended(*, test_id: UUID, checks: Sequence[Mapping[str, Any]]) -> None:
    """What was tried, and what came of each."""
    test = WayTest.objects.select_for_update().get(pk=test_id)
    if test.ended_at is not None:
        return  # a job that was begun anew
    test.checks, test.ended_at = [dict(check) for check in checks], clock.now()
    test.save(update_fields=["checks", "ended_at"])
    failed = sum(not check["passed"] for check in checks)
    facts: dict[str, Fact] = {"operator": str(test.operator_id), "tried": len(checks), "failed": failed}
    record(event="trials.tested", subject=test, actor=SYSTEM, facts=facts)


@transaction.atomic
def replay(*, operator: Operator, delivery_id: UUID, actor: Actor) -> None:
    """One own delivery is said once more: the same bytes under the same key. Raises TrialRefusedError."""
    _lock(operator)
    delivery = Delivery.objects.filter(pk=delivery_id, operator=operator).first()
    _refuse_if(Why.NOT_YOURS if delivery is None else None)
    assert delivery is not None
    now = clock.now()
    count = queries.replays_since(operator.pk, since=now - rules.COUNTED_OVER)
    _refuse_if(rules.why_not_again(count, most=rules.REPLAYS_MOST) or _why_not_said(delivery))
    Replay.objects.create(operator=operator, delivery=delivery, at=now)
    deliveries.say_again(delivery_id=delivery.pk, actor=actor)
    record(event="trials.replayed", subject=delivery, actor=actor, facts={"operator": str(operator.pk)})


def _why_not_said(delivery: Delivery) -> Why | None:
    """A block is hidden or shown again by what is decided now, so only what was asked to be deleted is repeated."""
    if Kind(delivery.kind) is not Kind.DELETE:
        return Why.NOTHING_TO_SAY
    is_open = Request(get_request(delivery.subject_id).state) in _WORTH_SAYING
    return None if is_open else Why.NOTHING_TO_SAY


def _lock(operator: Operator) -> None:
    """Two at once are counted one after the other."""
    Operator.objects.select_for_update(no_key=True).get(pk=operator.pk)


def _refuse_if(why: Why | None) -> None:
    if why is not None:
        raise TrialRefusedError(why)


def _conclude(trial_id: UUID, after: State, *, code: str) -> None:
    """What came of handing it over; an answer that came first stands."""
    trial = Trial.objects.select_for_update().get(pk=trial_id)
    if not may_move(MOVES, State(trial.state), after):
        return
    trial.code = code
    trial.save(update_fields=["code"])
    _move(trial, after)
    facts: dict[str, Fact] = {"operator": str(trial.operator_id), "code": code}
    if after is State.ARRIVED:
        record(event="trials.arrived", subject=trial, actor=SYSTEM, facts=facts)
    else:
        record(event="trials.failed", subject=trial, actor=SYSTEM, facts=facts)


def _move(trial: Trial, after: State) -> None:
    check_move(MOVES, State(trial.state), after)
    trial.state = after
    trial.save(update_fields=["state"])
