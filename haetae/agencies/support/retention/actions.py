"""Everything that writes about holds and terms."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from haetae.accounts.models import Official
from haetae.agencies.support.models import Case
from haetae.agencies.support.retention import queries, rules
from haetae.agencies.support.retention.models import Hold
from haetae.agencies.support.retention.rules import Wanted
from haetae.agencies.support.retention.states import Reason
from haetae.agencies.support.states import State
from haetae.audit.actions import record
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock
from haetae.common.ids import derived_id
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis, Kind
from haetae.law.packs import load_pack


class CannotHoldError(ValueError):
    """A code of what stands against it."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """Who forbids it and why. `form_key` was drawn with the form: the same one sent twice is one hold for each case."""

    official: Official
    reason: Reason
    wanted: Wanted
    form_key: UUID

    @property
    def actor(self) -> Actor:
        return Actor(kind="official", id=str(self.official.pk))


@transaction.atomic
def set_hold(*, case_id: UUID, order: Order) -> Hold:
    """What the order names of this case is not destroyed until its end. Raises CannotHoldError, Case.DoesNotExist."""
    case = Case.objects.select_for_update().get(pk=case_id)
    hold_id = derived_id("hold", case.pk, order.official.pk, order.form_key)
    already = Hold.objects.filter(pk=hold_id).first()
    if already is not None:
        return already
    now, pack, wanted = clock.now(), load_pack(), order.wanted
    latest = pack.due_at(start=now, duration=pack.hold.longest)
    problem = rules.why_not_hold(State(case.state), wanted=wanted, now=now, latest=latest)
    if problem:
        raise CannotHoldError(problem)
    hold = Hold.objects.create(
        pk=hold_id,
        case=case,
        official=order.official,
        reason=order.reason,
        keeps=sorted(set(wanted.keeps)),
        reference=wanted.reference,
        source=pack.hold.citation,
        set_at=now,
        until=wanted.until,
    )
    deadlines.set_deadline(
        kind=Kind.HOLD_ENDS, subject_id=hold.pk, basis=Basis.LEGAL, source=hold.source, due_at=hold.until
    )
    facts = {"hold": str(hold.pk), "reason": order.reason, "keeps": "+".join(hold.keeps)}
    record(event="support.hold_set", subject=case, actor=order.actor, facts=facts)
    return hold


@transaction.atomic
def hold_link(*, link: str, order: Order) -> list[Hold]:
    """The same for every case in which this address was told. Raises CannotHoldError, also when there is none."""
    cases = [case for case in queries.cases_told_of(link) if State(case.state) is not State.DESTROYED]
    if not cases:
        raise CannotHoldError("no_case_at_link")
    return [set_hold(case_id=case.pk, order=order) for case in cases]


@transaction.atomic
def end_hold(*, hold_id: UUID, by: Official | None) -> None:
    """It forbids nothing any more: somebody says so, or its time is over (`by` None). Once more changes nothing."""
    hold = Hold.objects.select_for_update().get(pk=hold_id)
    if hold.ended_at is not None:
        return
    hold.ended_at, hold.ended_by = clock.now(), by
    hold.save(update_fields=["ended_at", "ended_by"])
    deadlines.meet(subject_id=hold.pk, kinds=[Kind.HOLD_ENDS])
    actor = SYSTEM if by is None else Actor(kind="official", id=str(by.pk))
    record(event="support.hold_ended", subject=hold.case, actor=actor, facts={"hold": str(hold.pk)})


@transaction.atomic
def set_term(*, case_id: UUID) -> None:
    """Say until when the case is kept, as it stands now; one that is kept for good has no due date."""
    case = Case.objects.select_for_update().get(pk=case_id)
    term = queries.term_of(case)
    if term.due_at is None or State(case.state) is State.DESTROYED:
        deadlines.close(subject_id=case.pk, kinds=[Kind.RETENTION_ENDS])
        return
    deadlines.set_deadline(
        kind=Kind.RETENTION_ENDS,
        subject_id=case.pk,
        basis=Basis.LEGAL,
        source=term.citation,
        due_at=term.due_at,
    )
