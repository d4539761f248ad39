"""Everything that writes about what was paid."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from haetae.accounts.actions import official_actor
from haetae.agencies.recovery import queries, rules
from haetae.agencies.recovery.actions import CannotChargeError
from haetae.agencies.recovery.models import Charge, Paid
from haetae.agencies.recovery.states import MOVES, State
from haetae.audit.actions import Fact, record
from haetae.common import clock
from haetae.common.states import check_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Kind as Due


@transaction.atomic
def paid(*, charge_id: UUID, won: int | None, paid_on: date, reference: str, official_id: UUID) -> bool:
    """Money came in; True once all of it is there. The same number on the account twice is one payment.

    Raises CannotChargeError, Charge.DoesNotExist.
    """
    charge, now = Charge.objects.select_for_update().get(pk=charge_id), clock.now()
    _refuse(rules.why_not_reference(reference))
    known = Paid.objects.filter(charge=charge, reference=reference.strip()).first()
    if known is not None:
        _refuse(None if (known.won, known.paid_on) == (won, paid_on) else "charge_reference_used")
        return State(charge.state) is State.PAID
    rest = queries.rest_of(charge)
    problem = rules.why_not_pay(
        State(charge.state),
        won=won,
        rest=rest,
        paid_on=paid_on,
        served_on=charge.served_on,
        today=timezone.localdate(now),
    )
    if problem is not None or won is None:
        raise CannotChargeError(problem or "charge_won")
    Paid.objects.create(
        charge=charge,
        won=won,
        paid_on=paid_on,
        reference=reference.strip(),
        noted_by_id=official_id,
        noted_at=now,
    )
    facts: dict[str, Fact] = {"won": won, "on": paid_on.isoformat()}
    record(event="recovery.payment", subject=charge, actor=official_actor(official_id), facts=facts)
    if rest > won:
        return False
    check_move(MOVES, State(charge.state), State.PAID)
    charge.state, charge.changed_at = State.PAID, now
    charge.save()
    deadlines.meet(subject_id=charge.pk, kinds=[Due.REPAY_BY])
    record(event="recovery.paid", subject=charge, actor=official_actor(official_id))
    return True


def _refuse(code: str | None) -> None:
    if code is not None:
        raise CannotChargeError(code)
