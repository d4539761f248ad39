"""Everything that writes when a case must be again as it was: nothing that a person took back comes back.

What is done here is done now, by the clock, and recorded as such; that a person wanted it stands in the older row.
"""

from uuid import UUID

from django.db import transaction

from haetae.agencies.support.actions import OpenCase
from haetae.agencies.support.destroying import actions as destroying
from haetae.agencies.support.destroying import queries, rules
from haetae.agencies.support.destroying.rules import Plan
from haetae.agencies.support.destroying.states import Rule
from haetae.agencies.support.models import Case
from haetae.agencies.support.retention import queries as retention
from haetae.agencies.support.retention.states import Kept, Part
from haetae.agencies.support.states import State
from haetae.agencies.support.steering import actions as steering
from haetae.audit.actions import record
from haetae.audit.actor import SYSTEM


@transaction.atomic
def destroy_again(*, case_id: UUID, rule: Rule, keeps: frozenset[Part]) -> None:
    """It was destroyed, all but these parts. What a hold names here stays too: that is for the hold's own end."""
    case = Case.objects.select_for_update().get(pk=case_id)
    if State(case.state) is State.DESTROYED:
        return
    stays = keeps | (retention.held_parts(case) if keeps else frozenset())
    plan = Plan(destroys=frozenset(Part) - stays, keeps=dict.fromkeys(sorted(stays), Kept.HOLD))
    if State(case.state) is State.HELD and set(queries.parts_left(case)) <= set(plan.keeps):
        return
    destroying.destroy_as_planned(case=case, plan=plan, rule=rule)


@transaction.atomic
def erase_identity_again(*, case_id: UUID) -> None:
    """Name and contact were erased."""
    case = Case.objects.select_for_update().get(pk=case_id)
    if rules.why_not_erase_identity(State(case.state), held=retention.held_parts(case)) is None:
        destroying.erase_identity(opened=OpenCase(case=case, key=b""), actor=SYSTEM)


@transaction.atomic
def follow_again(*, case_id: UUID, stopped: bool) -> None:
    """The person had stopped it, or wanted it after all."""
    case = Case.objects.select_for_update().get(pk=case_id)
    if State(case.state) is (State.OPEN if stopped else State.WITHDRAWN):
        (steering.withdraw if stopped else steering.resume)(opened=OpenCase(case=case, key=b""), actor=SYSTEM)


@transaction.atomic
def take_words_away(*, case_id: UUID) -> None:
    """Other words opened it since, which nobody knows here; the old ones may be in wrong hands and open nothing.

    A counsellor can read out new ones, as when words are lost.
    """
    case = Case.objects.select_for_update().get(pk=case_id)
    if case.lookup is not None:
        case.lookup = case.key_for_person = None
        case.save(update_fields=["lookup", "key_for_person"])
        record(event="support.words_taken_away", subject=case, actor=SYSTEM)
