"""Everything that writes about requests to delete."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock
from haetae.common.ids import derived_id
from haetae.common.states import check_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Kind
from haetae.flow.removal import due, rules
from haetae.flow.removal.models import Attempt, DeletionRequest
from haetae.flow.removal.states import AWAITED, MOVES, OPEN, State
from haetae.law.packs import load_pack

_ANSWERED = "answered_"  # how the outcome of an attempt begins that brought an answer


@transaction.atomic
def request_deletion(*, sighting_id: UUID, assessment_id: UUID) -> UUID | None:
    """Decide to ask the operator; None when a request for this sighting is open already."""
    earlier = DeletionRequest.objects.select_for_update().filter(sighting_id=sighting_id).order_by("round")
    latest = earlier.last()
    if latest is not None and State(latest.state) in OPEN | {State.VERIFIED}:
        return None
    round_ = latest.round + 1 if latest else 1
    now = clock.now()
    request = DeletionRequest.objects.create(
        sighting_id=sighting_id,
        assessment_id=assessment_id,
        round=round_,
        key=derived_id("deletion-request", sighting_id, round_),
        legal_basis=rules.LEGAL_BASIS,
        requested_at=now,
        changed_at=now,
    )
    due.set_for_new_request(request.pk, at=now)
    record(event="removal.requested", subject=request, actor=SYSTEM, facts={"round": round_})
    return request.pk


@transaction.atomic
def begin_attempt(*, request_id: UUID) -> Attempt | None:
    """Note that we are about to ask; None when the request no longer waits to be handed over."""
    request = DeletionRequest.objects.select_for_update().get(pk=request_id)
    was_answered = request.attempts.filter(outcome__startswith=_ANSWERED).exists()
    if not rules.may_be_handed_over(State(request.state), was_answered=was_answered):
        return None
    number = request.attempts.count() + 1
    return Attempt.objects.create(request=request, number=number, begun_at=clock.now())


@transaction.atomic
def attempt_failed(*, attempt_id: int, code: str, may_have_arrived: bool, retry_after_s: int | None) -> None:
    """The operator could not be asked: note it, and try again when the pack's list says so."""
    attempt = Attempt.objects.select_for_update().get(pk=attempt_id)
    request = DeletionRequest.objects.select_for_update().get(pk=attempt.request_id)
    _end(attempt, code, may_have_arrived=may_have_arrived)
    facts: dict[str, Fact] = {"code": code, "attempt": attempt.number, "may_have_arrived": may_have_arrived}
    record(event="removal.attempt_failed", subject=request, actor=SYSTEM, facts=facts)
    pauses = [pause.as_timedelta() for pause in load_pack(settings.JURISDICTION).removal.send_again_after]
    asked = None if retry_after_s is None else timedelta(seconds=retry_after_s)
    pause = rules.pause_before_try(attempt.number, pauses=pauses, asked_to_wait=asked)
    if pause is not None:
        due.set_policy(request.pk, Kind.SEND_AGAIN, at=clock.now() + pause, source="removal.send_again_after")


@transaction.atomic
def cannot_be_delivered(*, attempt_id: int, code: str) -> None:
    """There is no way to ask this operator: people must find one."""
    attempt = Attempt.objects.select_for_update().get(pk=attempt_id)
    _end(attempt, code, may_have_arrived=False)
    request = DeletionRequest.objects.select_for_update().get(pk=attempt.request_id)
    if State.UNDELIVERABLE in MOVES[State(request.state)]:  # one that is overdue is with people already
        _move(request.pk, State.UNDELIVERABLE, actor=SYSTEM, facts={"code": code})
    else:
        record(event="removal.attempt_failed", subject=request, actor=SYSTEM, facts={"code": code})


@transaction.atomic
def operator_answered(
    *,
    request_id: UUID,
    answer: State,
    reference: str = "",
    reason: str = "",
    attempt_id: int | None = None,
    actor: Actor,
) -> bool:
    """Take an operator's answer; False when it changes no state (the same again, or one that came too late)."""
    request = DeletionRequest.objects.select_for_update().get(pk=request_id)
    if attempt_id is not None:
        _end(Attempt.objects.get(pk=attempt_id), f"{_ANSWERED}{answer}", may_have_arrived=True)
    if answer is State.SENT and State(request.state) is State.OVERDUE:
        due.after_answer(request_id, answer, at=clock.now())  # it stays overdue, and we go on asking
    if answer not in MOVES[State(request.state)]:
        return False
    request.operator_reference = reference or request.operator_reference
    request.operator_reason = reason or request.operator_reason
    request.save(update_fields=["operator_reference", "operator_reason"])
    _move(request_id, answer, actor=actor, facts={"reason": reason} if reason else {})
    due.after_answer(request_id, answer, at=clock.now())
    return True


@transaction.atomic
def ask_status_again(*, request_id: UUID) -> None:
    """The operator has not decided yet: ask once more later."""
    request = DeletionRequest.objects.select_for_update().get(pk=request_id)
    if rules.is_still_deciding(State(request.state)):
        due.set_next_status_question(request_id, at=clock.now(), since=request.changed_at)


@transaction.atomic
def probe_saw(*, request_id: UUID, gone: bool) -> None:
    """Our own eyes decide: verified, a false claim, reappeared, or nothing new."""
    request = DeletionRequest.objects.select_for_update().get(pk=request_id)
    after = rules.after_look(State(request.state), gone=gone)
    if after is None:
        return
    _move(request_id, after, actor=SYSTEM)
    if after is State.VERIFIED:
        deadlines.meet(
            subject_id=request_id, kinds=[Kind.REMOVE, Kind.ACKNOWLEDGE, Kind.SEND_AGAIN, Kind.ASK_STATUS]
        )


@transaction.atomic
def mark_overdue(*, request_id: UUID) -> None:
    """The time is up, or the claim was false: people take over. Anything else that became of it stands."""
    request = DeletionRequest.objects.select_for_update().get(pk=request_id)
    if State(request.state) in AWAITED | {State.CLAIM_FALSE, State.UNDELIVERABLE}:
        _move(request_id, State.OVERDUE, actor=SYSTEM, facts={"from": request.state})


def _move(request_id: UUID, after: State, *, actor: Actor, facts: Mapping[str, Fact] | None = None) -> None:
    request = DeletionRequest.objects.select_for_update().get(pk=request_id)
    check_move(MOVES, State(request.state), after)
    request.state = after
    request.changed_at = clock.now()
    request.save(update_fields=["state", "changed_at"])
    record(event=f"removal.{after}", subject=request, actor=actor, facts=facts)


def _end(attempt: Attempt, outcome: str, *, may_have_arrived: bool) -> None:
    attempt.outcome = outcome
    attempt.may_have_arrived = may_have_arrived
    attempt.ended_at = clock.now()
    attempt.save(update_fields=["outcome", "may_have_arrived", "ended_at"])
