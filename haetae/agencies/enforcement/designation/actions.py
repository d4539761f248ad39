"""Everything that writes about designations: proposed, heard, signed by another, complied with or not, ended."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from haetae.accounts.actions import official_actor
from haetae.accounts.models import Operator
from haetae.agencies.enforcement.designation import queries, rules
from haetae.agencies.enforcement.designation.channels.queries import channels_of
from haetae.agencies.enforcement.designation.models import Designation
from haetae.agencies.enforcement.designation.papers import letters
from haetae.agencies.enforcement.designation.states import MOVES, State, WhyEnded
from haetae.agencies.enforcement.filings.facts.queries import facts_of, known
from haetae.agencies.enforcement.filings.facts.rules import in_force
from haetae.agencies.enforcement.filings.states import FactKind, Origin
from haetae.audit.actions import Fact, record
from haetae.common import clock
from haetae.common.states import check_move, may_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis, Kind
from haetae.flow.hearings import actions as hearings
from haetae.flow.hearings.states import Party
from haetae.flow.issued.actions import issue_document
from haetae.flow.issued.states import Kind as Issued
from haetae.law.packs import load_pack


class CannotDesignateError(Exception):
    """`code` says what stands against it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def propose(*, operator_id: UUID, reason: str, official_id: UUID) -> UUID:
    """One official proposes it, by what is known that day. Raises CannotDesignateError."""
    now, law = clock.now(), load_pack(settings.JURISDICTION).designation
    Operator.objects.select_for_update().get(pk=operator_id)
    users = queries.daily_users(operator_id, day=timezone.localdate(now))
    problem = rules.why_not_propose(
        users=users,
        users_at_least=law.daily_users_at_least,
        channels=channels_of(operator_id).count(),
        is_open=queries.open_of(operator_id) is not None,
        reason=reason,
    )
    if problem is not None or users is None or users.number is None:
        raise CannotDesignateError(problem or "users_not_known")
    designation = Designation.objects.create(
        operator_id=operator_id,
        reason=reason.strip(),
        daily_users=users.number,
        users_on=users.since,
        users_found=users.origin is Origin.FINDING,
        proposed_by_id=official_id,
        proposed_at=now,
        changed_at=now,
    )
    record(
        event="designation.proposed",
        subject=designation,
        actor=official_actor(official_id),
        facts=_facts(designation) | {"daily_users": users.number},
    )
    return designation.pk


@transaction.atomic
def open_hearing(*, designation_id: UUID, official_id: UUID) -> None:
    """From now on the operator is heard, or the law's exception is recorded; twice is once.

    Raises CannotDesignateError.
    """
    designation = _locked(designation_id)
    if State(designation.state) is State.HEARING:
        return
    if not may_move(MOVES, State(designation.state), State.HEARING):
        raise CannotDesignateError("designation_not_open")
    _move(designation, State.HEARING)
    record(
        event="designation.hearing",
        subject=designation,
        actor=official_actor(official_id),
        facts=_facts(designation),
    )


@transaction.atomic
def designate(*, designation_id: UUID, official_id: UUID) -> None:
    """Another official signs, and the time to name an officer and a hotline runs.

    Raises CannotDesignateError, and CannotHearError for an opinion that is asked for at this very moment.
    """
    designation, now = _locked(designation_id), clock.now()
    pack = load_pack(settings.JURISDICTION)
    _refuse(queries.why_not_sign(designation, official_id=official_id))
    hearings.settle(subject_id=designation.pk, required={Party.OPERATOR})
    designation.signed_by_id, designation.designated_at = official_id, now
    designation.name_by = pack.due_at(start=now, duration=pack.designation.name_within)
    _move(designation, State.DESIGNATED)
    deadlines.set_deadline(
        kind=Kind.DESIGNATION_DUE,
        subject_id=designation.pk,
        basis=Basis.POLICY,
        source=pack.designation.practice.key,
        due_at=designation.name_by,
    )
    issue_document(
        kind=Issued.DESIGNATION,
        subject_id=designation.pk,
        documents=letters(queries.notice_of(designation.pk)),
        official_id=official_id,
    )
    record(
        event="designation.designated",
        subject=designation,
        actor=official_actor(official_id),
        facts=_facts(designation),
    )


@transaction.atomic
def complied(*, designation_id: UUID, official_id: UUID) -> None:
    """An officer and a hotline are named, and an official says so. Raises CannotDesignateError."""
    designation, now = _locked(designation_id), clock.now()
    facts = known(facts_of(designation.operator_id))
    day = timezone.localdate(now)
    _refuse(rules.why_not_complied(State(designation.state), facts, on=day))
    designation.complied_at = now
    _move(designation, State.COMPLIED)
    deadlines.meet(subject_id=designation.pk, kinds=[Kind.DESIGNATION_DUE])
    hotline = in_force(facts, FactKind.HOTLINE, on=day)
    record(
        event="designation.complied",
        subject=designation,
        actor=official_actor(official_id),
        facts=_facts(designation) | {"hotline_since": hotline.since.isoformat() if hotline else ""},
    )


@transaction.atomic
def not_complied(*, designation_id: UUID, official_id: UUID) -> None:
    """It named nobody, or its hotline does not answer: people have a task. Raises CannotDesignateError."""
    designation = _locked(designation_id)
    if not may_move(MOVES, State(designation.state), State.NOT_COMPLIED):
        raise CannotDesignateError("designation_not_in_force")
    _move(designation, State.NOT_COMPLIED)
    deadlines.close(subject_id=designation.pk, kinds=[Kind.DESIGNATION_DUE])
    record(
        event="designation.not_complied",
        subject=designation,
        actor=official_actor(official_id),
        facts=_facts(designation),
    )


@transaction.atomic
def end(*, designation_id: UUID, why: WhyEnded, official_id: UUID) -> None:
    """It holds no more. Raises CannotDesignateError when it does not hold."""
    designation = _locked(designation_id)
    if not may_move(MOVES, State(designation.state), State.ENDED):
        raise CannotDesignateError("designation_not_in_force")
    designation.why_ended = why
    _move(designation, State.ENDED)
    deadlines.close(subject_id=designation.pk, kinds=[Kind.DESIGNATION_DUE])
    record(
        event="designation.ended",
        subject=designation,
        actor=official_actor(official_id),
        facts=_facts(designation) | {"why": str(why)},
    )


@transaction.atomic
def drop(*, designation_id: UUID, official_id: UUID) -> None:
    """The proposal is taken back, or nobody signs it. Raises CannotDesignateError once it is signed."""
    designation = _locked(designation_id)
    if not may_move(MOVES, State(designation.state), State.DROPPED):
        raise CannotDesignateError("designation_not_open")
    _move(designation, State.DROPPED)
    hearings.close(subject_id=designation.pk)
    record(
        event="designation.dropped",
        subject=designation,
        actor=official_actor(official_id),
        facts=_facts(designation),
    )


@transaction.atomic
def refused(*, operator_id: UUID, code: str, official_id: UUID) -> None:
    """Somebody tried what may not be; called after the try was undone."""
    operator = Operator.objects.get(pk=operator_id)
    record(
        event="designation.refused",
        subject=operator,
        actor=official_actor(official_id),
        facts={"code": code},
    )


def _refuse(code: str | None) -> None:
    if code is not None:
        raise CannotDesignateError(code)


def _locked(designation_id: UUID) -> Designation:
    return Designation.objects.select_for_update().get(pk=designation_id)


def _facts(designation: Designation) -> dict[str, Fact]:
    return {"operator": str(designation.operator_id)}


def _move(designation: Designation, after: State) -> None:
    check_move(MOVES, State(designation.state), after)
    designation.state, designation.changed_at = after, clock.now()
    designation.save()
