"""Everything that writes what was paid."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.enforcement.sanctions import queries, rules
from haetae.agencies.enforcement.sanctions.actions import CannotSanctionError, locked, move, refuse
from haetae.agencies.enforcement.sanctions.models import Payment, Sanction
from haetae.agencies.enforcement.sanctions.states import State
from haetae.audit.actions import Fact, record
from haetae.common import clock
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Kind as Due
from haetae.law.packs import load_pack


@dataclass(frozen=True, kw_only=True)
class Noted:
    """One payment as it stands on the account: whole won, the day, and the bank's or the treasury's reference."""

    won: int
    paid_on: date
    reference: str


@transaction.atomic
def paid(*, sanction_id: UUID, payment: Noted, official_id: UUID) -> bool:
    """Money came in; True once all of it is there. The same reference twice is one. Raises CannotSanctionError."""
    sanction = locked(sanction_id)
    if _is_noted(sanction, payment, is_back=False):
        return State(sanction.state) is State.PAID
    rest = queries.balance_of(sanction)
    refuse(rules.why_not_reference(payment.reference))
    refuse(
        rules.why_not_pay(
            State(sanction.state),
            won=payment.won,
            rest=rest,
            paid_on=payment.paid_on,
            served_on=sanction.served_on,
            today=_today(),
        )
    )
    _note(sanction, payment, is_back=False, official_id=official_id)
    settle(sanction, rest=rest - payment.won, official_id=official_id)
    return rest == payment.won


@transaction.atomic
def paid_back(*, sanction_id: UUID, payment: Noted, official_id: UUID) -> None:
    """What had been paid beyond what stands went back. Raises CannotSanctionError."""
    sanction = locked(sanction_id)
    if _is_noted(sanction, payment, is_back=True):
        return
    over = -queries.balance_of(sanction)
    refuse(
        rules.why_not_reference(payment.reference)
        or rules.why_not_pay_back(won=payment.won, over=over, paid_on=payment.paid_on, today=_today())
    )
    _note(sanction, payment, is_back=True, official_id=official_id)


def settle(sanction: Sanction, *, rest: int, official_id: UUID) -> None:
    """Once nothing is left to be paid it is paid; part of the change by which nothing is left."""
    if rest > 0:
        return
    deadlines.meet(subject_id=sanction.pk, kinds=[Due.PAY_BY])
    move(sanction, State.PAID)
    record(event="sanctions.paid", subject=sanction, actor=official_actor(official_id))


def _is_noted(sanction: Sanction, payment: Noted, *, is_back: bool) -> bool:
    """Raises CannotSanctionError where the reference stands for another sum or day."""
    known = Payment.objects.filter(
        sanction=sanction, is_back=is_back, reference=payment.reference.strip()
    ).first()
    if known is not None and (known.amount, known.paid_on) != (payment.won, payment.paid_on):
        raise CannotSanctionError("reference_used")
    return known is not None


def _note(sanction: Sanction, payment: Noted, *, is_back: bool, official_id: UUID) -> None:
    Payment.objects.create(
        sanction=sanction,
        is_back=is_back,
        amount=payment.won,
        reference=payment.reference.strip(),
        paid_on=payment.paid_on,
        noted_by_id=official_id,
        noted_at=clock.now(),
    )
    facts: dict[str, Fact] = {"won": payment.won, "back": is_back, "on": payment.paid_on.isoformat()}
    record(event="sanctions.payment", subject=sanction, actor=official_actor(official_id), facts=facts)


def _today() -> date:
    return clock.now().astimezone(load_pack(settings.JURISDICTION).zone).date()
