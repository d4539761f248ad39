"""Everything that writes breakers."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.states import check_move
from haetae.flow.delivery import rules
from haetae.flow.delivery.models import Breaker
from haetae.flow.delivery.states import GATE_MOVES, Gate
from haetae.law.facts import Breaker as Policy
from haetae.law.packs import load_pack

_GLANCE_AGAIN = timedelta(seconds=5)  # while another delivery is the trial


@transaction.atomic
def let_through(*, operator_id: UUID | None, delivery_id: UUID, now: datetime) -> datetime | None:
    """None when this delivery may go now; otherwise when it may ask again. The first after the pause is the trial."""
    breaker = _of(operator_id)
    if breaker is None or Gate(breaker.gate) is Gate.CLOSED:
        return None
    gate, trial_at = Gate(breaker.gate), breaker.trial_at or now
    if gate is Gate.OPEN and now < trial_at:
        return trial_at
    if gate is Gate.OPEN:
        _move(breaker, Gate.HALF_OPEN, trial=delivery_id)
        record(
            event="delivery.breaker_half_open",
            subject=breaker,
            actor=SYSTEM,
            facts={"trial": str(delivery_id)},
        )
        return None
    if rules.may_be_the_trial(
        gate, trial=breaker.trial, delivery_id=delivery_id, since=breaker.changed_at, now=now
    ):
        breaker.trial, breaker.changed_at = delivery_id, now
        breaker.save(update_fields=["trial", "changed_at"])
        return None
    return now + _GLANCE_AGAIN


@transaction.atomic
def note_failure(*, operator_id: UUID | None, code: str) -> None:
    """One more failure in a row; part of the attempt that failed."""
    if operator_id is None:
        return
    breaker, _ = Breaker.objects.select_for_update().get_or_create(
        operator_id=operator_id, defaults={"changed_at": clock.now()}
    )
    breaker.failures += 1
    breaker.last_failure = code
    breaker.save(update_fields=["failures", "last_failure"])
    policy = _policy()
    if rules.gate_opens(Gate(breaker.gate), failures=breaker.failures, opens_after=policy.opens_after):
        breaker.openings += 1
        stays_open = [pause.as_timedelta() for pause in policy.stays_open]
        breaker.trial_at = clock.now() + rules.pause_of_gate(breaker.openings, stays_open=stays_open)
        _move(breaker, Gate.OPEN)
        record(event="delivery.breaker_opened", subject=breaker, actor=SYSTEM, facts=_facts(breaker))


@transaction.atomic
def note_success(*, operator_id: UUID | None) -> None:
    """The operator answered: what was counted in a row ends; part of taking the answer."""
    breaker = _of(operator_id)
    if breaker is None or (Gate(breaker.gate) is Gate.CLOSED and not breaker.failures):
        return
    breaker.failures = breaker.openings = 0
    breaker.trial_at = None
    if Gate(breaker.gate) is Gate.CLOSED:
        breaker.save()
        return
    _move(breaker, Gate.CLOSED)
    record(event="delivery.breaker_closed", subject=breaker, actor=SYSTEM, facts=_facts(breaker))


@transaction.atomic
def release_trial(*, operator_id: UUID | None, delivery_id: UUID) -> None:
    """The trial ended without saying how the operator is: the next delivery is the trial. Part of what ended it."""
    breaker = _of(operator_id)
    if breaker is None or breaker.trial != delivery_id or Gate(breaker.gate) is not Gate.HALF_OPEN:
        return
    breaker.trial_at = clock.now()
    _move(breaker, Gate.OPEN)
    record(event="delivery.breaker_opened", subject=breaker, actor=SYSTEM, facts=_facts(breaker))


def _of(operator_id: UUID | None) -> Breaker | None:
    """The breaker, locked; none before an operator that never failed, or for a place that is nobody's."""
    if operator_id is None:
        return None
    return Breaker.objects.select_for_update().filter(operator_id=operator_id).first()


def _move(breaker: Breaker, after: Gate, *, trial: UUID | None = None) -> None:
    check_move(GATE_MOVES, Gate(breaker.gate), after)
    breaker.gate, breaker.trial, breaker.changed_at = after, trial, clock.now()
    breaker.save()


def _facts(breaker: Breaker) -> dict[str, Fact]:
    return {"operator": str(breaker.operator_id), "code": breaker.last_failure}


def _policy() -> Policy:
    return load_pack(settings.JURISDICTION).removal.breaker
