"""Everything that counsellors write about a case: opened, taken on, handed on, seen to, put right."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.support import rules as case_rules
from haetae.agencies.support.actions import CannotWriteError, OpenCase, add_to_case, messages_seen, open_case
from haetae.agencies.support.consent import queries as consents
from haetae.agencies.support.consent.actions import end_what_falls_with_an_unsafe_home
from haetae.agencies.support.consent.states import Kind
from haetae.agencies.support.desk import queries, rules
from haetae.agencies.support.desk.states import HandedOn, Part, Proof, Reason, SeenTo, Told
from haetae.agencies.support.models import Case, CaseOpening
from haetae.agencies.support.rules import Told as ToldByPerson
from haetae.agencies.support.states import STOOD_BY, Age, Circumstance, Relation, Sender, State
from haetae.audit.actions import record
from haetae.common import clock


class CannotTakeInError(ValueError):
    """Says which field of the form, and why."""

    def __init__(self, problem: case_rules.Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What the codes of a case ought to be, and on what a lower protection rests."""

    relation: Relation
    age: Age
    circumstances: Collection[Circumstance]
    proof: Proof = Proof.NONE


@transaction.atomic
def take_in(*, receipt: bytes, told: ToldByPerson, official_id: UUID) -> OpenCase:
    """What a caller says, or what the law demands without a request; whoever takes it in takes it on.

    The same form sent twice is one case. Raises CannotTakeInError.
    """
    problem = case_rules.why_not_tell(told)
    code = rules.why_not_ex_officio(channel=told.channel, reason=told.ex_officio, age=told.age)
    if problem is None and code is not None:
        problem = case_rules.Problem(field="ex_officio", code=code)
    if problem is not None:
        raise CannotTakeInError(problem)
    try:
        opened = open_case(receipt=receipt, told=told, actor=official_actor(official_id))
    except CannotWriteError as stopped:  # the caller has stopped it since this form was sent
        raise CannotTakeInError(case_rules.Problem(field="token", code=str(stopped))) from stopped
    if opened.case.counsellor_id is None:
        take_on(case_id=opened.case.pk, official_id=official_id)
    open_for_work(case_id=opened.case.pk, official_id=official_id, part=Part.TOLD, reason=Reason.CALLER)
    return opened


@transaction.atomic
def open_for_work(*, case_id: UUID, official_id: UUID, part: Part, reason: Reason | None) -> None:
    """Somebody says why they open a part of a case; until that ends it stays open to them. Raises CannotWriteError."""
    case = _locked(case_id)
    problem = rules.why_not_open(State(case.state), part=part, reason=reason)
    if problem or reason is None:
        raise CannotWriteError(problem or "reason_missing")
    now = clock.now()
    if part not in queries.parts_open(case_id=case_id, official_id=official_id, at=now):
        CaseOpening.objects.create(case=case, official_id=official_id, part=part, reason=reason, at=now)
        facts = {"part": part, "reason": reason}
        record(event="support.case_opened", subject=case, actor=official_actor(official_id), facts=facts)
    if part is Part.TOLD:
        messages_seen(case_id=case_id, by=Sender.COUNSELLOR)


@transaction.atomic
def take_on(*, case_id: UUID, official_id: UUID) -> None:
    """From now on this counsellor takes care of it. Raises CannotWriteError when somebody else does."""
    case = _locked(case_id)
    if case.counsellor_id == official_id:
        return
    if case.counsellor_id is not None:
        raise CannotWriteError("case_of_another")
    case.counsellor_id = official_id
    case.save(update_fields=["counsellor"])
    record(event="support.taken_on", subject=case, actor=official_actor(official_id))


@transaction.atomic
def hand_on(*, case_id: UUID, official_id: UUID, to_id: UUID | None, why: HandedOn) -> None:
    """Somebody else takes care of it, or (None) whoever takes it on next; it waits again. Raises CannotWriteError."""
    case = _locked(case_id)
    problem = rules.why_not_hand_on(
        to_somebody=to_id is not None, to_a_counsellor=to_id in {it.pk for it in queries.counsellors()}
    )
    if problem:
        raise CannotWriteError(problem)
    if case.counsellor_id == to_id:
        return
    case.counsellor_id = to_id
    case.waits_since = case.waits_since or clock.now()
    case.save(update_fields=["counsellor", "waits_since"])
    facts = {"why": why, "to": str(to_id or "")}
    record(event="support.handed_on", subject=case, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def see_to(*, case_id: UUID, official_id: UUID, how: SeenTo) -> None:
    """It waits no more, until the person writes again or something comes back."""
    case = _locked(case_id)
    if case.waits_since is None:
        return
    case.waits_since = None
    case.save(update_fields=["waits_since"])
    messages_seen(case_id=case_id, by=Sender.COUNSELLOR)
    record(event="support.seen_to", subject=case, actor=official_actor(official_id), facts={"how": how})


@transaction.atomic
def correct(*, case_id: UUID, official_id: UUID, to: Correction) -> None:
    """Put the codes right. A guess may raise protection; lowering it needs more. Raises CannotWriteError.

    Its links and fingerprints follow by the step that this causes.
    What the codes are is no fact of the record: it could never be taken back there.
    """
    case = _locked(case_id)
    problem = rules.why_not_age(Age(case.age), to.age, proof=to.proof)
    if problem:
        raise CannotWriteError(problem)
    # Whether it is safe at home has a question of its own, which nobody answers by the way.
    home = set(case.circumstances) & {Circumstance.GUARDIAN_UNSAFE}
    circumstances = sorted(set(to.circumstances) - {Circumstance.GUARDIAN_UNSAFE} | home)
    if (case.age, case.relation, case.circumstances) == (to.age, to.relation, circumstances):
        return
    case.age, case.relation, case.circumstances = to.age, to.relation, circumstances
    _rank(case)
    actor = official_actor(official_id)
    record(event="support.corrected", subject=case, actor=actor, facts={"proof": to.proof})


@transaction.atomic
def ask_about_home(*, case_id: UUID, official_id: UUID, safe: bool) -> None:
    """The person was asked, alone, whether those at home may learn of it; the answer may change on another day."""
    case, actor = _locked(case_id), official_actor(official_id)
    others = set(case.circumstances) - {Circumstance.GUARDIAN_UNSAFE}
    case.circumstances = sorted(others if safe else others | {Circumstance.GUARDIAN_UNSAFE})
    case.home_asked_at = clock.now()
    _rank(case)
    record(event="support.home_asked", subject=case, actor=actor)
    if not safe:
        end_what_falls_with_an_unsafe_home(case, actor=actor)


@transaction.atomic
def guardian_told(*, case_id: UUID, official_id: UUID, how: Told) -> None:
    """Record that a guardian was told. Raises CannotWriteError while that may do harm."""
    case = _locked(case_id)
    problem = rules.why_not_tell_guardian(
        circumstances=case.circumstances,
        home_asked=case.home_asked_at is not None,
        agreed=consents.in_force(case_id, Kind.TELL_GUARDIAN) is not None,
    )
    if problem:
        raise CannotWriteError(problem)
    record(event="support.guardian_told", subject=case, actor=official_actor(official_id), facts={"how": how})


@transaction.atomic
def add_found(*, opened: OpenCase, told: ToldByPerson, official_id: UUID) -> None:
    """Links and words that the counsellor found or heard. Raises CannotWriteError."""
    problem = case_rules.why_not_tell(told)
    if problem:
        raise CannotWriteError(problem.code)
    add_to_case(opened=opened, told=told, actor=official_actor(official_id))


@transaction.atomic
def wait_again(*, case_id: UUID) -> None:
    """Something came back, or did not come: a counsellor has to see to it. Part of the step that follows from it."""
    case = Case.objects.select_for_update().get(pk=case_id)
    if State(case.state) not in STOOD_BY or case.waits_since is not None:
        return
    case.waits_since = clock.now()
    case.save(update_fields=["waits_since"])


def _locked(case_id: UUID) -> Case:
    case = Case.objects.select_for_update().get(pk=case_id)
    if State(case.state) not in STOOD_BY:
        raise CannotWriteError("case_ended")
    return case


def _rank(case: Case) -> None:
    case.rank = case_rules.rank(
        age=Age(case.age), circumstances=[Circumstance(code) for code in case.circumstances]
    )
    case.save(update_fields=["rank", "age", "relation", "circumstances", "home_asked_at"])
