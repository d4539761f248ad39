"""Everything that writes about remedies, and about who stands before which place."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from haetae.accounts.models import Operator
from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock
from haetae.common.ids import derived_id
from haetae.common.states import check_move, may_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Kind as Due
from haetae.flow.delivery import actions as deliveries
from haetae.flow.delivery.queries import has_arrived
from haetae.flow.delivery.states import Kind as Said
from haetae.flow.remedies import due, rules
from haetae.flow.remedies.models import Remedy, Serves
from haetae.flow.remedies.states import MOVES, SEEN_FROM_OUTSIDE, Ended, Kind, State
from haetae.flow.tasks import actions as tasks


class CannotServeError(Exception):
    """`code` says why this operator cannot stand before that origin."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def note_serving(*, intermediary: Operator, origin: str, since: date, actor: Actor) -> Serves:
    """An official says that this intermediary stands before that origin, or before all. Raises CannotServeError."""
    why_not = rules.why_not_serve(intermediary.kind, origin=origin)
    if why_not is not None:
        raise CannotServeError(why_not)
    serving, is_new = Serves.objects.get_or_create(
        intermediary=intermediary, origin=origin, until=None, defaults={"since": since}
    )
    if is_new:
        facts = {"intermediary": str(intermediary.pk)}
        record(event="remedies.serving_noted", subject=serving, actor=actor, facts=facts)
    return serving


@transaction.atomic
def end_serving(*, intermediary: Operator, origin: str, last_day: date, actor: Actor) -> bool:
    """It stands there until that day; False when nobody had said that it does. What was asked of it stays asked."""
    serving = (
        Serves.objects.select_for_update()
        .filter(intermediary=intermediary, origin=origin, until=None)
        .first()
    )
    if serving is None:
        return False
    serving.until = max(last_day, serving.since)
    serving.save(update_fields=["until"])
    facts = {"intermediary": str(intermediary.pk)}
    record(event="remedies.serving_ended", subject=serving, actor=actor, facts=facts)
    return True


@transaction.atomic
def want(
    *, sighting_id: UUID, request_id: UUID, intermediary: Operator, kind: Kind, came_back: bool = False
) -> UUID | None:
    """Something is to be asked of an intermediary; None where it is asked already, or has acted."""
    now = clock.now()
    earlier = Remedy.objects.select_for_update().filter(
        sighting_id=sighting_id, intermediary=intermediary, kind=kind
    )
    remedy = earlier.first()
    if remedy is None:
        remedy = Remedy(
            # By what it is: a database that was put back gives it the same name, and what is asked the same key.
            pk=derived_id("remedy-at", sighting_id, intermediary.pk, kind),
            sighting_id=sighting_id,
            intermediary=intermediary,
            kind=kind,
            wanted_at=now,
            changed_at=now,
        )
        remedy.request_id, remedy.key = request_id, derived_id("remedy", remedy.pk, 1)
        remedy.save(force_insert=True)
        _recorded(remedy, State.WANTED, actor=SYSTEM)
        return remedy.pk
    another = remedy.request_id != request_id
    if not rules.is_asked_anew(
        State(remedy.state), kind, is_another_request=another, came_back=came_back and another
    ):
        return None
    deliveries.stop(subject_id=remedy.pk, kind=Said.LIFT)
    remedy.request_id, remedy.wanted_at, remedy.round = request_id, now, remedy.round + 1
    remedy.key = derived_id("remedy", remedy.pk, remedy.round)
    remedy.reference = remedy.reason = remedy.ended = ""
    remedy.must_be_told = False
    _move(remedy, State.WANTED, actor=SYSTEM)
    return remedy.pk


@transaction.atomic
def intermediary_answered(
    *,
    remedy_id: UUID,
    answer: State,
    facts: Mapping[str, str] | None = None,
    attempt_id: int | None = None,
    actor: Actor,
) -> bool:
    """Take an intermediary's answer; False when it changes no state (the same again, or one that came too late).

    `facts` may hold the intermediary's `reference` and `reason`.
    """
    remedy, facts = _locked(remedy_id), facts or {}
    if attempt_id is not None and not deliveries.delivered(attempt_id=attempt_id, outcome=f"remedy_{answer}"):
        return False
    if answer not in MOVES[State(remedy.state)]:
        return False
    if attempt_id is None:
        deliveries.stop(subject_id=remedy.pk, kind=Said.REMEDY)
    remedy.reference = facts.get("reference") or remedy.reference
    remedy.reason = facts.get("reason") or ""
    _move(remedy, answer, actor=actor, code=remedy.reason)
    if answer is State.SENT:
        due.set_next_question(remedy.pk, since=remedy.changed_at)
    else:
        deadlines.meet(subject_id=remedy.pk, kinds=[Due.REMEDY_STATUS])
    return True


@transaction.atomic
def ask_status_again(*, remedy_id: UUID) -> None:
    """The intermediary has not decided yet: it is asked once more later."""
    remedy = _locked(remedy_id)
    if State(remedy.state) is State.SENT:
        due.set_next_question(remedy.pk, since=remedy.changed_at)


@transaction.atomic
def could_not_be_asked(*, remedy_id: UUID, code: str) -> None:
    """There is no way to ask this intermediary, or every try failed; a person has the task from the delivery."""
    remedy = _locked(remedy_id)
    if may_move(MOVES, State(remedy.state), State.UNDELIVERABLE):
        remedy.reason = code
        _move(remedy, State.UNDELIVERABLE, actor=SYSTEM, code=code)


@transaction.atomic
def reach_again(*, remedy_id: UUID) -> None:
    """There may be a way to the intermediary now: it is asked."""
    remedy = _locked(remedy_id)
    if State(remedy.state) is State.UNDELIVERABLE:
        remedy.reason = ""
        _move(remedy, State.WANTED, actor=SYSTEM)


@transaction.atomic
def withdraw(*, sighting_id: UUID, because: Ended) -> None:
    """What this takes away of the remedies about a place is wanted no more."""
    for remedy in Remedy.objects.select_for_update().filter(sighting_id=sighting_id).order_by("pk"):
        kind = Kind(remedy.kind)
        if not rules.is_ended_by(State(remedy.state), kind, because=because):
            continue
        deliveries.stop(subject_id=remedy.pk, kind=Said.REMEDY)
        deadlines.close(subject_id=remedy.pk, kinds=[Due.REMEDY_STATUS])
        # Whoever fetches, or answers at our door, has heard of it although no attempt of ours arrived.
        heard = State(remedy.state) not in {State.WANTED, State.UNDELIVERABLE}
        arrived = heard or has_arrived(subject_id=remedy.pk, kind=Said.REMEDY)
        remedy.must_be_told = rules.must_be_told(kind, because=because, may_have_arrived=arrived)
        remedy.ended = because
        _move(remedy, State.WITHDRAWN, actor=SYSTEM, code=f"ended_{because}")


@transaction.atomic
def lift_answered(*, remedy_id: UUID, attempt_id: int | None = None, actor: Actor) -> bool:
    """The intermediary takes it that what it did is to be undone. False when that changes nothing."""
    remedy = _locked(remedy_id)
    if attempt_id is not None and not deliveries.delivered(attempt_id=attempt_id, outcome="remedy_lifted"):
        return False
    if not may_move(MOVES, State(remedy.state), State.LIFTED):
        return False
    deliveries.stop(subject_id=remedy.pk, kind=Said.LIFT)
    tasks.resolve(subject_id=remedy.pk)
    _move(remedy, State.LIFTED, actor=actor)
    return True


@transaction.atomic
def seen_live(*, sighting_id: UUID) -> None:
    """Everybody can see it, twice: whoever claims to have taken it away there is wrong."""
    claimed = Remedy.objects.select_for_update().filter(sighting_id=sighting_id, state=State.CLAIMED)
    for remedy in claimed.filter(kind__in=sorted(SEEN_FROM_OUTSIDE)).order_by("pk"):
        _move(remedy, State.CLAIM_FALSE, actor=SYSTEM)


def _locked(remedy_id: UUID) -> Remedy:
    return Remedy.objects.select_for_update().get(pk=remedy_id)


def _move(remedy: Remedy, after: State, *, actor: Actor, code: str = "") -> None:
    check_move(MOVES, State(remedy.state), after)
    remedy.state, remedy.changed_at = after, clock.now()
    remedy.save()
    _recorded(remedy, after, actor=actor, code=code)


def _recorded(remedy: Remedy, after: State, *, actor: Actor, code: str = "") -> None:
    facts: dict[str, Fact] = {"remedy": remedy.kind, "intermediary": str(remedy.intermediary_id)}
    record(
        event=f"remedies.{after}",
        subject=remedy,
        actor=actor,
        facts=facts | ({"code": str(code)} if code else {}),
    )
