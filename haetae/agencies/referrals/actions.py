"""Everything that writes about referrals."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.referrals import rules
from haetae.agencies.referrals.models import Referral
from haetae.agencies.referrals.queries import get_received
from haetae.agencies.referrals.rules import Ground
from haetae.agencies.referrals.states import MOVES, OPEN, Returned, State, To
from haetae.audit.actions import record
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.case_keys import seal_text
from haetae.common.ids import derived_id
from haetae.common.states import check_move, may_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis as Due
from haetae.flow.deadlines.states import Kind
from haetae.law.packs import load_pack


class CannotReferError(ValueError):
    """A code of what stands against it."""


@transaction.atomic
def send(
    *,
    case_id: UUID,
    key: bytes,
    to: To,
    ground: Ground | None,
    package: str,
    form_key: UUID,
    official_id: UUID,
) -> UUID:
    """Hand over what the counsellor wrote together, and nothing else; the clock for an answer begins.

    `key` is the case's own. The same form sent twice is one referral. Raises CannotReferError.
    """
    referral_id, now = derived_id("referral", case_id, form_key), clock.now()
    if Referral.objects.filter(pk=referral_id).exists():
        return referral_id
    problem = rules.why_not_send(ground=ground, package=package)
    if problem or ground is None:
        raise CannotReferError(problem or "referral_not_agreed")
    if Referral.objects.filter(case_id=case_id, to=to, state__in=sorted(OPEN)).exists():
        raise CannotReferError("referral_open_already")
    referral = Referral.objects.create(
        pk=referral_id,
        case_id=case_id,
        to=to,
        basis=ground.basis,
        consent=ground.consent_id,
        package=seal_text(package.strip(), key=key, about=referral_id),
        sent_by_id=official_id,
        sent_at=now,
        changed_at=now,
    )
    _set_clock(referral_id, start=now)
    facts = {"to": to, "basis": ground.basis, "case": str(case_id)}
    record(event="referrals.sent", subject=referral, actor=official_actor(official_id), facts=facts)
    return referral_id


@transaction.atomic
def read(*, referral_id: UUID, receiver: To, official_id: UUID) -> Referral:
    """Somebody of the receiving agency reads what was handed over; each time is recorded.

    Raises Referral.DoesNotExist for what is not theirs to read, or no longer.
    """
    referral = get_received(referral_id, receiver)
    facts = {"case": str(referral.case_id)}
    record(event="referrals.read", subject=referral, actor=official_actor(official_id), facts=facts)
    return referral


@transaction.atomic
def accepted(*, referral_id: UUID, official_id: UUID) -> None:
    """They have it. Raises CannotReferError when it has ended otherwise."""
    referral = _locked(referral_id)
    if State(referral.state) is State.ACCEPTED:
        return
    _answer(referral, State.ACCEPTED)
    facts = {"case": str(referral.case_id)}
    record(event="referrals.accepted", subject=referral, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def returned(*, referral_id: UUID, why: Returned, official_id: UUID) -> None:
    """It came back, with a reason. Raises CannotReferError when it has ended otherwise."""
    referral = _locked(referral_id)
    if (referral.state, referral.why_returned) == (State.RETURNED, why):
        return
    referral.why_returned = why
    _answer(referral, State.RETURNED)
    facts = {"case": str(referral.case_id), "why": why}
    record(event="referrals.returned", subject=referral, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def overdue(*, referral_id: UUID) -> None:
    """Nobody has answered in our own term: a counsellor asks. One that was destroyed with its case is over."""
    referral = Referral.objects.select_for_update().filter(pk=referral_id, state=State.SENT).first()
    if referral is None:
        return
    _move(referral, State.OVERDUE)
    facts = {"case": str(referral.case_id)}
    record(event="referrals.overdue", subject=referral, actor=SYSTEM, facts=facts)


@transaction.atomic
def call_back(*, referral_id: UUID) -> None:
    """The person agrees no more: what nobody has accepted yet is called back."""
    referral = _locked(referral_id)
    if not may_move(MOVES, State(referral.state), State.CALLED_BACK):
        return
    deadlines.close(subject_id=referral.pk, kinds=[Kind.REFERRAL_ANSWER])
    _move(referral, State.CALLED_BACK)
    facts = {"case": str(referral.case_id)}
    record(event="referrals.called_back", subject=referral, actor=SYSTEM, facts=facts)


def _set_clock(referral_id: UUID, *, start: datetime) -> None:
    pack = load_pack(settings.JURISDICTION)
    target = pack.referral_answer
    deadlines.set_deadline(
        kind=Kind.REFERRAL_ANSWER,
        subject_id=referral_id,
        basis=Due.POLICY,
        source=target.source.key,
        due_at=pack.due_at(start=start, duration=target.due_after),
    )


def _answer(referral: Referral, after: State) -> None:
    if not may_move(MOVES, State(referral.state), after):
        raise CannotReferError("referral_over")
    deadlines.meet(subject_id=referral.pk, kinds=[Kind.REFERRAL_ANSWER])
    _move(referral, after)


def _locked(referral_id: UUID) -> Referral:
    return Referral.objects.select_for_update().get(pk=referral_id)


def _move(referral: Referral, after: State) -> None:
    check_move(MOVES, State(referral.state), after)
    referral.state = after
    referral.changed_at = clock.now()
    referral.save(update_fields=["state", "changed_at", "why_returned"])
