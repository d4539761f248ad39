"""Everything that writes about referrals."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.accounts.models import Official
from haetae.agencies.referrals import rules
from haetae.agencies.referrals.models import Referral
from haetae.agencies.referrals.queries import get_received
from haetae.agencies.referrals.rules import Ground
from haetae.agencies.referrals.states import MOVES, OPEN, Basis, Matter, Returned, Sender, State, To
from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock
from haetae.common.case_keys import seal_text
from haetae.common.ids import derived_id
from haetae.common.states import check_move, may_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis as Due
from haetae.flow.deadlines.states import Kind
from haetae.law.handing import ReferralGround
from haetae.law.packs import load_pack


class CannotReferError(ValueError):
    """A code of what stands against it."""


@dataclass(frozen=True, kw_only=True)
class About:
    """A place or an operator."""

    matter: Matter
    subject_id: UUID

    @property
    def fields(self) -> dict[str, UUID]:
        field = {Matter.PLACE: "sighting_id", Matter.OPERATOR: "operator_id"}[self.matter]
        return {field: self.subject_id}


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
    _refuse_a_second(to, case_id=case_id)
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
def refer(
    *, about: About, ground: ReferralGround, sender: Sender, note: str, form_key: UUID, official_id: UUID
) -> UUID:
    """One agency hands a place or an operator to another, on an article; the law's clock begins, or else our own.

    The same form sent twice is one referral. Raises CannotReferError.
    """
    referral_id, now = derived_id("referral", about.subject_id, form_key), clock.now()
    if Referral.objects.filter(pk=referral_id).exists():
        return referral_id
    problem = rules.why_not_refer(to=ground.receiver, matter=about.matter, note=note)
    if problem or str(sender) not in map(str, ground.senders):
        raise CannotReferError(problem or "referral_not_theirs")
    to = To(ground.receiver)
    _refuse_a_second(to, **about.fields)
    referral = Referral.objects.create(
        pk=referral_id,
        **about.fields,
        sender=sender,
        to=to,
        basis=Basis.LAW,
        ground=ground.ground_id,
        note=note.strip(),
        sent_by_id=official_id,
        sent_at=now,
        changed_at=now,
    )
    _set_clock(referral_id, start=now, ground=ground)
    facts = {"to": to, "basis": Basis.LAW, "ground": ground.ground_id, "from": sender}
    facts |= {str(about.matter): str(about.subject_id)}
    record(event="referrals.sent", subject=referral, actor=official_actor(official_id), facts=facts)
    return referral_id


@transaction.atomic
def refused(*, code: str, official_id: UUID, referral_id: UUID | None = None) -> None:
    """Somebody tried what may not be: it stands in the record, with the code of the reason."""
    subject = Official.objects.get(pk=official_id) if referral_id is None else _locked(referral_id)
    record(
        event="referrals.refused", subject=subject, actor=official_actor(official_id), facts={"code": code}
    )


@transaction.atomic
def read(*, referral_id: UUID, receiver: To, official_id: UUID) -> Referral:
    """Somebody of the receiving agency reads what was handed over; each time is recorded.

    Raises Referral.DoesNotExist for what is not theirs to read, or no longer.
    """
    referral = get_received(referral_id, receiver)
    facts = _facts(referral)
    record(event="referrals.read", subject=referral, actor=official_actor(official_id), facts=facts)
    return referral


@transaction.atomic
def accepted(*, referral_id: UUID, official_id: UUID) -> None:
    """They have it. Raises CannotReferError when it has ended otherwise."""
    referral = _locked(referral_id)
    if State(referral.state) is State.ACCEPTED:
        return
    _answer(referral, State.ACCEPTED)
    facts = _facts(referral)
    record(event="referrals.accepted", subject=referral, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def returned(*, referral_id: UUID, why: Returned, official_id: UUID) -> None:
    """It came back, with a reason. Raises CannotReferError when it has ended otherwise."""
    referral = _locked(referral_id)
    if (referral.state, referral.why_returned) == (State.RETURNED, why):
        return
    referral.why_returned = why
    _answer(referral, State.RETURNED)
    facts = _facts(referral) | {"why": why}
    record(event="referrals.returned", subject=referral, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def overdue(*, referral_id: UUID) -> None:
    """Nobody has answered in time: whoever sent it asks. One that was destroyed with its case is over."""
    referral = Referral.objects.select_for_update().filter(pk=referral_id, state=State.SENT).first()
    if referral is None:
        return
    _move(referral, State.OVERDUE)
    facts = _facts(referral)
    record(event="referrals.overdue", subject=referral, actor=SYSTEM, facts=facts)


@transaction.atomic
def call_back(*, referral_id: UUID, actor: Actor = SYSTEM) -> None:
    """The person agrees no more, or the sender thinks otherwise: what nobody has accepted yet is called back."""
    referral = _locked(referral_id)
    if not may_move(MOVES, State(referral.state), State.CALLED_BACK):
        return
    deadlines.close(subject_id=referral.pk, kinds=[Kind.REFERRAL_ANSWER])
    _move(referral, State.CALLED_BACK)
    facts = _facts(referral)
    record(event="referrals.called_back", subject=referral, actor=actor, facts=facts)


@transaction.atomic
def call_back_own(*, referral_id: UUID, official_id: UUID) -> None:
    """An official of the sending agency calls it back; twice is once. Raises CannotReferError."""
    referral = _locked(referral_id)
    if State(referral.state) is State.CALLED_BACK and referral.case_id is None:
        return
    problem = rules.why_not_call_back(is_open=referral.state in OPEN, is_case=referral.case_id is not None)
    if problem:
        raise CannotReferError(problem)
    call_back(referral_id=referral_id, actor=official_actor(official_id))


def _refuse_a_second(to: To, **about: UUID) -> None:
    if Referral.objects.filter(**about, to=to, state__in=sorted(OPEN)).exists():
        raise CannotReferError("referral_open_already")


def _set_clock(referral_id: UUID, *, start: datetime, ground: ReferralGround | None = None) -> None:
    """The law's where it gives a term, else our own target: never both as one."""
    pack = load_pack(settings.JURISDICTION)
    if ground is not None and ground.within is not None:
        deadlines.set_deadline(
            kind=Kind.REFERRAL_ANSWER,
            subject_id=referral_id,
            basis=Due.LEGAL,
            source=f"{ground.source.key} {ground.article}",
            due_at=pack.due_at(start=start, duration=ground.within),
        )
        return
    target = pack.referral_answer
    deadlines.set_deadline(
        kind=Kind.REFERRAL_ANSWER,
        subject_id=referral_id,
        basis=Due.POLICY,
        source=target.source.key,
        due_at=pack.due_at(start=start, duration=target.due_after),
    )


def _facts(referral: Referral) -> dict[str, Fact]:
    return {"case": str(referral.case_id)} if referral.case_id else {"to": referral.to}


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
