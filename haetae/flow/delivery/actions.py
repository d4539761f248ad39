"""Everything that writes deliveries and their attempts."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.accounts.models import Operator
from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock
from haetae.common.ids import derived_id
from haetae.common.states import check_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.queries import held_for, is_ahead
from haetae.flow.deadlines.states import Basis
from haetae.flow.deadlines.states import Kind as Due
from haetae.flow.delivery import rules
from haetae.flow.delivery.breaker import actions as breaker
from haetae.flow.delivery.models import Attempt, Delivery
from haetae.flow.delivery.states import MOVES, Kind, State
from haetae.flow.tasks import actions as tasks
from haetae.flow.tasks.states import Kind as Why
from haetae.law.packs import load_pack

# What the due date of a delivery says that waits until a place was kept as evidence.
HELD_FOR_EVIDENCE = "evidence.deletion_waits"
_AGAIN = frozenset({State.DEAD, State.NO_CHANNEL, State.STOPPED})


@transaction.atomic
def open_delivery(
    *,
    kind: Kind,
    subject_id: UUID,
    sighting_id: UUID,
    operator: Operator | None,
    key: UUID | None = None,
    anew: bool = False,
) -> Delivery:
    """Something is to be said to an operator; part of the step that says so. One that had ended waits anew.

    `anew`: what was delivered once is said once more, as another thing, under another key. Where a `key` is given that
    is not the one of before, it is another thing too.
    """
    delivery, is_new = Delivery.objects.select_for_update().get_or_create(
        kind=kind,
        subject_id=subject_id,
        defaults={
            "sighting_id": sighting_id,
            "operator": operator,
            "key": key or derived_id("delivery", kind, subject_id),
            "waiting_since": clock.now(),
        },
    )
    if not is_new and anew and State(delivery.state) is State.DELIVERED:
        _say_another_thing(
            delivery, key=key or derived_id("delivery", kind, subject_id, delivery.attempts.count())
        )
        _wait_anew(delivery)
    elif not is_new and State(delivery.state) in _AGAIN:
        if key is not None:
            _say_another_thing(delivery, key=key)
        delivery.operator = operator
        _wait_anew(delivery)
    return delivery


@transaction.atomic
def begin_attempt(*, delivery_id: UUID) -> Attempt | None:
    """Note that we are about to speak.

    None when it no longer waits, when its pause still runs (a second sender of the same), or when it is held back
    before an operator that fails.
    """
    delivery, now = Delivery.objects.select_for_update().get(pk=delivery_id), clock.now()
    if State(delivery.state) is not State.WAITING or is_ahead(delivery.pk, Due.SEND_AGAIN, at=now):
        return None
    held_until = breaker.let_through(operator_id=delivery.operator_id, delivery_id=delivery_id, now=now)
    if held_until is not None:
        _hold(delivery, until=held_until, now=now)
        return None
    delivery.channel = delivery.operator.connector if delivery.operator else ""
    delivery.save(update_fields=["channel"])
    number = delivery.attempts.count() + 1
    return Attempt.objects.create(delivery=delivery, number=number, begun_at=now)


@transaction.atomic
def keep_notice(*, delivery_id: UUID, notice: str) -> str:
    """The notice of all attempts is the one that was written first: what is kept is returned."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
    if delivery.notice is None:
        delivery.notice = notice
        delivery.save(update_fields=["notice"])
    return delivery.notice


@transaction.atomic
def attempt_failed(*, attempt_id: int, code: str, may_have_arrived: bool, retry_after_s: int | None) -> None:
    """The operator could not be asked: note it, and try again when the pack's list says so, or call a person."""
    attempt, delivery, is_newest = _ended(attempt_id, code, may_have_arrived=may_have_arrived)
    if not is_newest:
        return
    delivery.tries += 1
    delivery.save(update_fields=["tries"])
    facts: dict[str, Fact] = {"code": code, "attempt": attempt.number, "may_have_arrived": may_have_arrived}
    record(event="delivery.attempt_failed", subject=delivery, actor=SYSTEM, facts=facts)
    if rules.counts_against(code):
        breaker.note_failure(operator_id=delivery.operator_id, code=code)
    else:
        breaker.release_trial(operator_id=delivery.operator_id, delivery_id=delivery.pk)
    asked = None if retry_after_s is None else timedelta(seconds=retry_after_s)
    if State(delivery.state) is State.WAITING:
        _try_again(delivery, asked_to_wait=asked)


@transaction.atomic
def no_channel(*, attempt_id: int, code: str) -> None:
    """There is no way to ask this operator: people must find one."""
    delivery = _cannot_be_said(attempt_id, code)
    if delivery is not None:
        record(event="delivery.no_channel", subject=delivery, actor=SYSTEM, facts={"code": code})
        tasks.open_task(kind=Why.NO_CHANNEL, subject_id=delivery.pk, sighting_id=delivery.sighting_id)


@transaction.atomic
def unfit(*, attempt_id: int, code: str) -> None:
    """The notice lacks what the law wants and is not sent: people must see to it. `code` says what it lacks."""
    delivery = _cannot_be_said(attempt_id, code)
    if delivery is not None:
        record(event="delivery.unfit", subject=delivery, actor=SYSTEM, facts={"code": code})
        tasks.open_task(kind=Why.NOTICE_UNFIT, subject_id=delivery.pk, sighting_id=delivery.sighting_id)


@transaction.atomic
def delivered(*, attempt_id: int, outcome: str) -> bool:
    """The operator has answered; part of the change that takes the answer, whose event tells of it.

    False when another attempt has begun meanwhile: that one hears the answer too, and nothing is taken from this one.
    """
    _attempt, delivery, is_newest = _ended(attempt_id, outcome, may_have_arrived=True)
    if not is_newest:
        return False
    breaker.note_success(operator_id=delivery.operator_id)
    if State.DELIVERED in MOVES[State(delivery.state)]:
        _move(delivery, State.DELIVERED)
    deadlines.meet(subject_id=delivery.pk, kinds=[Due.SEND_AGAIN])
    return True


@transaction.atomic
def stop(*, subject_id: UUID, kind: Kind) -> None:
    """It need not be said any more; part of the change that made it needless."""
    for delivery in Delivery.objects.select_for_update().filter(subject_id=subject_id, kind=kind):
        if State.STOPPED in MOVES[State(delivery.state)]:
            _move(delivery, State.STOPPED)
            deadlines.close(subject_id=delivery.pk, kinds=[Due.SEND_AGAIN])
            breaker.release_trial(operator_id=delivery.operator_id, delivery_id=delivery.pk)
        tasks.resolve(subject_id=delivery.pk)


@transaction.atomic
def revive(*, delivery_id: UUID) -> None:
    """A person has it tried again, from the first pause on."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
    if State(delivery.state) in {State.DEAD, State.NO_CHANNEL}:
        _wait_anew(delivery)
        record(event="delivery.revived", subject=delivery, actor=SYSTEM)


@transaction.atomic
def say_again(*, delivery_id: UUID, actor: Actor) -> None:
    """Its operator wishes to hear it once more: the same thing under the same key, from the first pause on."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
    if State(delivery.state) is State.WAITING:
        deadlines.bring_forward(subject_ids=[delivery.pk], kind=Due.SEND_AGAIN, to=clock.now())
    else:
        _wait_anew(delivery)
    record(event="delivery.replayed", subject=delivery, actor=actor)


@transaction.atomic
def end_pauses(*, operator_id: UUID) -> None:
    """The operator answers again: nothing that waits for it need wait for its moment."""
    waiting = Delivery.objects.filter(operator_id=operator_id, state=State.WAITING).values_list(
        "pk", flat=True
    )
    deadlines.bring_forward(subject_ids=list(waiting), kind=Due.SEND_AGAIN, to=clock.now())


@transaction.atomic
def wait_until(*, delivery_id: UUID, moment: datetime) -> None:
    """It goes out then and not sooner, because evidence is kept first; part of the step that says so."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
    if State(delivery.state) is State.WAITING:
        _send_again_at(delivery, moment, source=HELD_FOR_EVIDENCE)


@transaction.atomic
def end_wait(*, sighting_ids: Iterable[UUID]) -> None:
    """Nothing there waits for evidence any longer; part of the step that says so."""
    waiting = Delivery.objects.filter(sighting_id__in=list(sighting_ids), state=State.WAITING)
    ids = held_for(waiting.values_list("pk", flat=True), source=HELD_FOR_EVIDENCE)
    deadlines.bring_forward(subject_ids=ids, kind=Due.SEND_AGAIN, to=clock.now())


def _cannot_be_said(attempt_id: int, code: str) -> Delivery | None:
    """The attempt is over; the delivery, unless something else became of it meanwhile."""
    _attempt, delivery, is_newest = _ended(attempt_id, code, may_have_arrived=False)
    if not is_newest:
        return None
    breaker.release_trial(operator_id=delivery.operator_id, delivery_id=delivery.pk)
    if State(delivery.state) is not State.WAITING:
        return None
    _move(delivery, State.NO_CHANNEL)
    return delivery


def _say_another_thing(delivery: Delivery, *, key: UUID) -> None:
    """Another key is another thing, in a document of its own."""
    if delivery.key != key:
        delivery.key, delivery.notice = key, None
        delivery.save(update_fields=["key", "notice"])


def _wait_anew(delivery: Delivery) -> None:
    _move(delivery, State.WAITING)
    delivery.tries, delivery.waiting_since = 0, clock.now()
    if not delivery.attempts.filter(may_have_arrived=True).exists():
        delivery.notice = None  # nobody has it: whoever is asked now gets one of their own
    delivery.save(update_fields=["tries", "waiting_since", "operator", "notice"])
    tasks.resolve(subject_id=delivery.pk)


def _try_again(delivery: Delivery, *, asked_to_wait: timedelta | None) -> None:
    sending, pauses = load_pack(settings.JURISDICTION).removal.sending, _pauses()
    pause = rules.pause_before_try(delivery.tries, pauses=pauses, asked_to_wait=asked_to_wait)
    if pause is None or rules.is_too_old(delivery.waiting_since, now=clock.now(), pauses=pauses):
        _dead_letter(delivery, code="tries_used_up")
        return
    pause = rules.jittered(
        pause, percent=sending.jitter_percent, delivery_id=delivery.pk, tries=delivery.tries
    )
    pause = rules.within_all(pause, opened_at=delivery.waiting_since, now=clock.now(), pauses=pauses)
    pause = rules.no_sooner_than(pause, asked_to_wait, most=max(pauses))
    _send_again_at(delivery, clock.now() + pause)


def _hold(delivery: Delivery, *, until: datetime, now: datetime) -> None:
    if rules.is_too_old(delivery.waiting_since, now=now, pauses=_pauses()):
        _dead_letter(delivery, code="held_too_long")
        return
    spread = rules.jittered(timedelta(seconds=1), percent=100, delivery_id=delivery.pk, tries=delivery.tries)
    _send_again_at(delivery, until + spread)


def _send_again_at(delivery: Delivery, moment: datetime, *, source: str = "removal.send_again_after") -> None:
    deadlines.set_deadline(
        kind=Due.SEND_AGAIN, subject_id=delivery.pk, basis=Basis.POLICY, source=source, due_at=moment
    )


def _dead_letter(delivery: Delivery, *, code: str) -> None:
    """A dead letter is never the end: a person gets it."""
    _move(delivery, State.DEAD)
    record(event="delivery.dead", subject=delivery, actor=SYSTEM, facts={"code": code, "kind": delivery.kind})
    tasks.open_task(kind=Why.DEAD_LETTER, subject_id=delivery.pk, sighting_id=delivery.sighting_id)


def _pauses() -> list[timedelta]:
    return [pause.as_timedelta() for pause in load_pack(settings.JURISDICTION).removal.send_again_after]


def _move(delivery: Delivery, after: State) -> None:
    check_move(MOVES, State(delivery.state), after)
    delivery.state = after
    delivery.save(update_fields=["state"])


def _ended(attempt_id: int, outcome: str, *, may_have_arrived: bool) -> tuple[Attempt, Delivery, bool]:
    """The attempt, which is over, its delivery, and whether it is the newest.

    Whoever lost its connection while it spoke comes back late, and another has taken its place.
    """
    attempt = Attempt.objects.select_for_update().get(pk=attempt_id)
    delivery = Delivery.objects.select_for_update().get(pk=attempt.delivery_id)
    attempt.outcome = outcome
    attempt.may_have_arrived = may_have_arrived
    attempt.ended_at = clock.now()
    attempt.save(update_fields=["outcome", "may_have_arrived", "ended_at"])
    return attempt, delivery, not delivery.attempts.filter(number__gt=attempt.number).exists()
