"""Everything that writes when what opened something must open nothing again. Recorded as done now, by the clock."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from haetae.accounts.models import ApiKey, BlockDelegation, Official, OneTimeSignIn, Seat, SigningKey
from haetae.audit.actions import record
from haetae.audit.actor import SYSTEM
from haetae.common import clock


@transaction.atomic
def end_key_again(*, key_id: UUID) -> None:
    """A key of a platform or a partner was ended."""
    key = ApiKey.objects.select_for_update().filter(pk=key_id, ended_at=None).first()
    if key is not None:
        key.ended_at = clock.now()
        key.save(update_fields=["ended_at"])
        record(event="accounts.key_ended", subject=key, actor=SYSTEM, facts={"scope": str(key.scope)})


@transaction.atomic
def end_signing_key_again(*, key_id: UUID) -> None:
    """A key with which an operator signed was ended."""
    key = SigningKey.objects.select_for_update().filter(pk=key_id, ended_at=None).first()
    if key is not None:
        key.ended_at = clock.now()
        key.save(update_fields=["ended_at"])
        record(event="accounts.signing_key_ended", subject=key, actor=SYSTEM, facts={"use": key.use})


@transaction.atomic
def end_seats_again(*, official_id: UUID, last_day: date, agency: str, role: str) -> None:
    """Somebody was to act in this role until that day."""
    for seat in _end(
        Seat.objects.filter(official_id=official_id, agency=agency, role=role), last_day=last_day
    ):
        facts = {"role": role, "agency": agency, "last_day": seat.until.isoformat() if seat.until else ""}
        record(event="accounts.seat_ended", subject=seat.official, actor=SYSTEM, facts=facts)


@transaction.atomic
def end_seats_at_operator_again(*, official_id: UUID, operator_id: UUID, last_day: date) -> None:
    """Somebody was to answer for an operator until that day."""
    for seat in _end(
        Seat.objects.filter(official_id=official_id, operator_id=operator_id), last_day=last_day
    ):
        facts = {"operator": str(operator_id)}
        record(event="accounts.operator_seat_ended", subject=seat.official, actor=SYSTEM, facts=facts)


@transaction.atomic
def end_delegation_again(*, operator_id: UUID, last_day: date) -> None:
    """An operator had taken back that we may hide things in its name."""
    rows = BlockDelegation.objects.select_for_update().filter(operator_id=operator_id)
    for row in rows.filter(Q(until=None) | Q(until__gt=last_day)):
        row.until = max(last_day, row.since)
        row.save(update_fields=["until"])
        record(event="accounts.block_delegation_ended", subject=row.operator, actor=SYSTEM)


@transaction.atomic
def use_up_sign_ins(*, official_id: UUID) -> None:
    """A way in was used once: none that was issued by then opens anything any more."""
    official = Official.objects.get(pk=official_id)
    if OneTimeSignIn.objects.filter(official=official, used_at=None).update(used_at=clock.now()):
        record(event="accounts.sign_in_used", subject=official, actor=SYSTEM)


def _end(seats: QuerySet[Seat], *, last_day: date) -> list[Seat]:
    """Those that would have lasted longer; they end now."""
    lasting = list(seats.select_for_update().filter(Q(until=None) | Q(until__gt=last_day)))
    for seat in lasting:
        seat.until = max(last_day, seat.since)
        seat.save(update_fields=["until"])
    return lasting
