"""Everything that writes about requests to delete."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock
from haetae.common.ids import derived_id
from haetae.common.states import check_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Kind
from haetae.flow.delivery import actions as deliveries
from haetae.flow.delivery.states import Kind as Said
from haetae.flow.removal import due, rules
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.states import AWAITED, MOVES, OPEN, Ordered, State
from haetae.flow.tasks import actions as tasks
from haetae.flow.tasks.states import Kind as Why

_OUR_CLOCKS = (Kind.REMOVE, Kind.ACKNOWLEDGE, Kind.ASK_STATUS)


@transaction.atomic
def request_deletion(
    *,
    sighting_id: UUID,
    assessment_id: UUID,
    legal_basis: str = rules.LEGAL_BASIS,
    minor_protected: bool = False,
) -> UUID | None:
    """Decide to ask the operator; None when a request is open already, or it was decided that it may stay."""
    earlier = DeletionRequest.objects.select_for_update().filter(sighting_id=sighting_id).order_by("round")
    latest = earlier.last()
    settled = latest is not None and State(latest.state) in {State.VERIFIED, State.NOT_HARMFUL}
    if latest is not None and (
        State(latest.state) in OPEN or (settled and latest.assessment_id == assessment_id)
    ):
        return None  # what another examination found there is another picture
    round_ = latest.round + 1 if latest else 1
    return _new_request(
        sighting_id,
        assessment_id,
        round_=round_,
        legal_basis=legal_basis,
        depicts=rules.Depicts(
            minor=minor_protected or any(request.minor_protected for request in earlier),
            manipulated=any(one.found_manipulated for one in earlier if one.assessment_id == assessment_id),
        ),
    ).pk


@transaction.atomic
def order_after_review(
    *,
    request_id: UUID,
    review_id: UUID,
    ordered: Ordered,
    depicts: rules.Depicts,
) -> UUID | None:
    """The regulator's side has decided: a new request carries the decision and takes the place of this one."""
    request = DeletionRequest.objects.select_for_update().get(pk=request_id)
    if State.SUPERSEDED not in MOVES[State(request.state)]:
        return None
    _leave(request, State.SUPERSEDED)
    return _new_request(
        request.sighting_id,
        request.assessment_id,
        round_=request.round + 1,
        review_id=review_id,
        ordered=ordered,
        depicts=rules.Depicts(
            minor=request.minor_protected or depicts.minor,
            manipulated=request.found_manipulated or depicts.manipulated,
        ),
    ).pk


@transaction.atomic
def protect(*, sighting_id: UUID) -> None:
    """Somebody says only now that a minor is, or may be, shown: all that is said from here on carries it.

    Nobody's later word takes it away again. Who is in the picture is no fact of the record: it could not be taken back.
    """
    requests = DeletionRequest.objects.select_for_update().filter(sighting_id=sighting_id)
    request = requests.order_by("round").last()
    if request is None or request.minor_protected or State(request.state) not in OPEN:
        return
    request.minor_protected = True
    request.save(update_fields=["minor_protected"])
    record(event="removal.restated", subject=request, actor=SYSTEM)


@transaction.atomic
def let_be(*, request_id: UUID) -> None:
    """The regulator's side has decided that it may stay: nothing more is asked."""
    request = DeletionRequest.objects.select_for_update().get(pk=request_id)
    if State.NOT_HARMFUL in MOVES[State(request.state)]:
        _leave(request, State.NOT_HARMFUL)


@transaction.atomic
def cannot_be_delivered(*, request_id: UUID, code: str) -> None:
    """There is no way to ask this operator; the person has the task from the delivery."""
    request = DeletionRequest.objects.select_for_update().get(pk=request_id)
    if State.UNDELIVERABLE in MOVES[State(request.state)]:  # one that is overdue is with people already
        _move(request, State.UNDELIVERABLE, actor=SYSTEM, facts={"code": code})


@transaction.atomic
def reach_again(*, request_id: UUID) -> None:
    """There is a way to the operator now: what could not be delivered is asked."""
    request = DeletionRequest.objects.select_for_update().get(pk=request_id)
    if State(request.state) is State.UNDELIVERABLE:
        _move(request, State.REQUESTED, actor=SYSTEM, facts={"round": request.round})


@transaction.atomic
def operator_answered(
    *,
    request_id: UUID,
    answer: State,
    facts: Mapping[str, str] | None = None,
    blocked: bool = False,
    handed_in: bool = False,
    attempt_id: int | None = None,
    actor: Actor,
) -> bool:
    """Take an operator's answer; False when it changes no state (the same again, or one that came too late).

    `facts` may hold the operator's `reference` and `reason`; `blocked` says that it has hidden it for now, `handed_in`
    that it is only on its way, so that nobody has acknowledged it and no term counts from it.
    """
    request = DeletionRequest.objects.select_for_update().get(pk=request_id)
    facts = facts or {}
    if attempt_id is not None and not deliveries.delivered(
        attempt_id=attempt_id, outcome=f"answered_{answer}"
    ):
        return False
    if answer is State.SENT and State(request.state) is State.OVERDUE:
        due.after_answer(
            request, answer, is_heard=not handed_in, at=clock.now()
        )  # it stays overdue, and we go on asking
        if attempt_id is None:
            deliveries.stop(subject_id=request_id, kind=Said.DELETE)
    if answer not in MOVES[State(request.state)]:
        return False
    if attempt_id is None:
        deliveries.stop(subject_id=request_id, kind=Said.DELETE)  # whoever answers has it
    request.operator_reference = facts.get("reference") or request.operator_reference
    request.operator_reason = facts.get("reason") or request.operator_reason
    request.operator_blocked = blocked
    request.save(update_fields=["operator_reference", "operator_reason", "operator_blocked"])
    reason = facts.get("reason")
    _move(request, answer, actor=actor, facts={"reason": reason} if reason else {})
    due.after_answer(request, answer, is_heard=not handed_in, at=clock.now())
    return True


@transaction.atomic
def ask_status_again(*, request_id: UUID) -> None:
    """The operator has not decided yet: ask once more later."""
    request = DeletionRequest.objects.select_for_update().get(pk=request_id)
    if rules.is_still_deciding(State(request.state)):
        due.set_next_status_question(request_id, at=clock.now(), since=request.changed_at)


@transaction.atomic
def probe_saw(*, request_id: UUID, gone: bool, hidden: bool) -> None:
    """Our own eyes decide: verified, a false claim, reappeared, or nothing new. `hidden`: it may only be a block."""
    request = DeletionRequest.objects.select_for_update().get(pk=request_id)
    hidden = hidden or request.operator_blocked
    after = rules.after_look(State(request.state), gone=gone, hidden=hidden)
    if after is None:
        return
    _move(request, after, actor=SYSTEM)
    if after is State.VERIFIED:
        deliveries.stop(subject_id=request_id, kind=Said.DELETE)
        deadlines.meet(subject_id=request_id, kinds=_OUR_CLOCKS)
        tasks.resolve(subject_id=request_id)


@transaction.atomic
def block_probe_saw(*, request_id: UUID, hidden: bool) -> None:
    """The same for what was hidden for good: seen by everybody, the operator's word is false."""
    request = DeletionRequest.objects.select_for_update().get(pk=request_id)
    after = rules.after_look_for_block(State(request.state), hidden=hidden)
    if after is not None:
        _move(request, after, actor=SYSTEM)


@transaction.atomic
def mark_overdue(*, request_id: UUID) -> None:
    """The time is up, or the claim was false: people take over. Anything else that became of it stands."""
    request = DeletionRequest.objects.select_for_update().get(pk=request_id)
    before = State(request.state)
    if before not in AWAITED | {State.CLAIM_FALSE, State.UNDELIVERABLE}:
        return
    _move(request, State.OVERDUE, actor=SYSTEM, facts={"from": before})
    why = Why.CLAIM_FALSE if before is State.CLAIM_FALSE else Why.OVERDUE
    tasks.open_task(kind=why, subject_id=request.pk, sighting_id=request.sighting_id)


@transaction.atomic
def mark_term_over(*, request_id: UUID) -> None:
    """The term that a law gives is over, and we have not seen it gone. People are told that it was the law's.

    Whoever has the task already because our own target has passed gets this one in its place.
    """
    request = DeletionRequest.objects.select_for_update().get(pk=request_id)
    before = State(request.state)
    if before in AWAITED | {State.UNDELIVERABLE}:
        _move(request, State.OVERDUE, actor=SYSTEM, facts={"from": before})
    elif before not in {State.OVERDUE, State.CLAIM_FALSE}:
        return
    record(event="removal.term_over", subject=request, actor=SYSTEM)
    tasks.resolve(subject_id=request.pk, kinds=frozenset({Why.OVERDUE}))
    tasks.open_task(kind=Why.TERM_OVER, subject_id=request.pk, sighting_id=request.sighting_id)


def _new_request(
    sighting_id: UUID,
    assessment_id: UUID,
    *,
    round_: int,
    review_id: UUID | None = None,
    ordered: Ordered | None = None,
    legal_basis: str = rules.LEGAL_BASIS,
    depicts: rules.Depicts,
) -> DeletionRequest:
    now = clock.now()
    # Name and key rest on the place, the round and what is asked alone: a database that was put back, and finds the
    # same place again, asks there under the same key.
    asked = [ordered] if ordered else []
    request = DeletionRequest(
        pk=derived_id("request", sighting_id, round_, *asked),
        sighting_id=sighting_id,
        assessment_id=assessment_id,
        round=round_,
        key=derived_id("deletion-request", sighting_id, round_, *asked),
        ordered=ordered or "",
        review_id=review_id,
        legal_basis=legal_basis,
        minor_protected=depicts.minor,
        found_manipulated=depicts.manipulated,
        requested_at=now,
        changed_at=now,
    )
    request.found_at = request.assessment.found_at
    request.save(force_insert=True)
    due.set_for_new_request(request.pk, at=now)
    facts: dict[str, Fact] = {"round": round_, **({"ordered": str(ordered)} if ordered else {})}
    record(event="removal.requested", subject=request, actor=SYSTEM, facts=facts)
    return request


def _leave(request: DeletionRequest, after: State) -> None:
    """An end that the regulator's side decided."""
    _move(request, after, actor=SYSTEM)
    deliveries.stop(subject_id=request.pk, kind=Said.DELETE)
    deadlines.close(subject_id=request.pk, kinds=_OUR_CLOCKS)
    tasks.resolve(subject_id=request.pk)


def _move(
    request: DeletionRequest, after: State, *, actor: Actor, facts: Mapping[str, Fact] | None = None
) -> None:
    check_move(MOVES, State(request.state), after)
    request.state = after
    request.changed_at = clock.now()
    request.save(update_fields=["state", "changed_at"])
    record(event=f"removal.{after}", subject=request, actor=actor, facts=facts)
