"""Everything that writes charges: drafted by one, signed by another, served, paid in parts, overdue, withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from haetae.accounts.actions import official_actor
from haetae.agencies.recovery import queries, rules
from haetae.agencies.recovery.costs.queries import costs
from haetae.agencies.recovery.models import Charge, ChargeLine, ChargePlace
from haetae.agencies.recovery.papers.queries import letters_of
from haetae.agencies.recovery.rules import Calculation
from haetae.agencies.recovery.states import MOVES, PAYABLE, ServedBy, State
from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.ids import derived_id
from haetae.common.states import check_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis
from haetae.flow.deadlines.states import Kind as Due
from haetae.flow.issued.actions import issue_document
from haetae.flow.issued.states import Kind as Issued
from haetae.law.packs import load_pack


class CannotChargeError(ValueError):
    """A code of what stands against it."""


@dataclass(frozen=True, kw_only=True)
class Offender:
    """Whom a court has found to have done it: by its decision, and by nothing else."""

    name: str
    address: str
    decision: str
    decided_on: date
    pay_to: str


@transaction.atomic
def draft(*, offender: Offender, places: Sequence[str], form_key: UUID, official_id: UUID) -> UUID:
    """One official names the places; what was done there is worked out of the record. The same form twice is one.

    Raises CannotChargeError.
    """
    charge_id, now = derived_id("charge", official_id, form_key), clock.now()
    if Charge.objects.filter(pk=charge_id).exists():
        return charge_id
    _refuse(
        rules.why_not_draft(
            name=offender.name,
            address=offender.address,
            decision=offender.decision,
            decided_on=offender.decided_on,
            pay_to=offender.pay_to,
            today=timezone.localdate(now),
        )
    )
    named = checked_places(places)
    calculation = rules.calculated(queries.work_at(named), costs())
    _refuse(rules.why_not_sum(calculation))
    charge = Charge.objects.create(
        pk=charge_id,
        name=offender.name.strip(),
        address=offender.address.strip(),
        decision=offender.decision.strip(),
        decided_on=offender.decided_on,
        pay_to=offender.pay_to.strip(),
        won=calculation.won,
        drafted_by_id=official_id,
        drafted_at=now,
        changed_at=now,
    )
    _put(charge, calculation, named)
    facts: dict[str, Fact] = {"won": charge.won, "places": len(named)}
    record(event="recovery.drafted", subject=charge, actor=official_actor(official_id), facts=facts)
    return charge_id


def checked_places(typed: Sequence[str]) -> list[UUID]:
    """The places that an official named, each once. Raises CannotChargeError."""
    read = [_number(line) for line in typed if line.strip()]
    named = list(dict.fromkeys(one for one in read if one is not None))
    _refuse(
        rules.why_not_places(
            named=named,
            unread=read.count(None),
            known=queries.known_places(named),
            charged=queries.charged_places(named),
        )
    )
    return named


@transaction.atomic
def sign(*, charge_id: UUID, official_id: UUID) -> None:
    """Another official signs, and the notice with its calculation is issued. Raises CannotChargeError."""
    charge = _locked(charge_id)
    if charge.signed_by_id == official_id:
        return
    _refuse(queries.why_not_sign(charge, official_id=official_id))
    charge.signed_by_id, charge.signed_at = official_id, clock.now()
    _move(charge, State.SIGNED)
    issue_document(
        kind=Issued.COST_NOTICE,
        subject_id=charge.pk,
        documents=letters_of(charge),
        official_id=official_id,
    )
    record(
        event="recovery.signed",
        subject=charge,
        actor=official_actor(official_id),
        facts={"won": charge.won},
    )


@transaction.atomic
def serve(*, charge_id: UUID, served_on: date, served_by: ServedBy, official_id: UUID) -> None:
    """The notice reached whoever has to pay: the law's time runs from the end of that day. Raises CannotChargeError."""
    charge, pack = _locked(charge_id), load_pack(settings.JURISDICTION)
    if (charge.served_on, charge.served_by) == (served_on, served_by):
        return
    _refuse(
        rules.why_not_serve(
            State(charge.state),
            served_on=served_on,
            signed_on=timezone.localdate(charge.signed_at) if charge.signed_at else None,
            today=timezone.localdate(clock.now()),
        )
    )
    law = pack.cost_recovery
    charge.served_on, charge.served_by = served_on, served_by
    begins = datetime.combine(served_on + timedelta(days=1), time(), tzinfo=pack.zone).astimezone(UTC)
    charge.pay_by = pack.due_at(start=begins, duration=law.pay_within)
    _move(charge, State.SERVED)
    deadlines.set_deadline(
        kind=Due.REPAY_BY,
        subject_id=charge.pk,
        basis=Basis.LEGAL,
        source=f"{law.source.key} {law.article}",
        due_at=charge.pay_by,
    )
    facts: dict[str, Fact] = {"on": served_on.isoformat(), "by": served_by}
    record(event="recovery.served", subject=charge, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def overdue(*, charge_id: UUID) -> None:
    """The law's time is over and something is left; what is paid or withdrawn is left alone."""
    charge = _locked(charge_id)
    if State(charge.state) is not State.SERVED:
        return
    _move(charge, State.OVERDUE)
    record(
        event="recovery.overdue",
        subject=charge,
        actor=SYSTEM,
        facts={"won": queries.rest_of(charge)},
    )


@transaction.atomic
def withdraw(*, charge_id: UUID, why: str, official_id: UUID) -> None:
    """Nothing is asked any more, and its places may be charged anew. Raises CannotChargeError."""
    charge = _locked(charge_id)
    if State(charge.state) is State.WITHDRAWN:
        return
    _refuse(rules.why_not_withdraw(State(charge.state), why=why))
    charge.withdrawn_by_id, charge.why_withdrawn = official_id, why.strip()
    was_payable = State(charge.state) in PAYABLE
    _move(charge, State.WITHDRAWN)
    ChargePlace.objects.filter(charge=charge).update(stands=False)
    if was_payable:
        deadlines.close(subject_id=charge.pk, kinds=[Due.REPAY_BY])
    record(event="recovery.withdrawn", subject=charge, actor=official_actor(official_id))


@transaction.atomic
def refused(*, charge_id: UUID, code: str, official_id: UUID) -> None:
    """Somebody tried what may not be: nothing changed, and the try stands in the record."""
    charge = Charge.objects.filter(pk=charge_id).first()
    if charge is not None:
        record(
            event="recovery.refused",
            subject=charge,
            actor=official_actor(official_id),
            facts={"code": code},
        )


def _put(charge: Charge, calculation: Calculation, named: Sequence[UUID]) -> None:
    """Part of the draft: its places and its lines, each with the rows that prove it."""
    try:
        with transaction.atomic():
            ChargePlace.objects.bulk_create(
                ChargePlace(charge=charge, sighting_id=sighting_id) for sighting_id in named
            )
    except IntegrityError as charged:  # another draft took one of them at the same moment
        raise CannotChargeError("charge_place_charged") from charged
    for line in calculation.lines:
        ChargeLine.objects.create(
            charge=charge,
            cost_id=line.cost.cost_id,
            pieces=len(line.records),
            records=list(line.records),
            won=line.won,
        )


def _number(typed: str) -> UUID | None:
    try:
        return UUID(typed.strip())
    except ValueError:
        return None


def _locked(charge_id: UUID) -> Charge:
    """Raises Charge.DoesNotExist."""
    return Charge.objects.select_for_update().get(pk=charge_id)


def _move(charge: Charge, after: State) -> None:
    check_move(MOVES, State(charge.state), after)
    charge.state, charge.changed_at = after, clock.now()
    charge.save()


def _refuse(code: str | None) -> None:
    if code is not None:
        raise CannotChargeError(code)
