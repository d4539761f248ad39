"""Everything that destroys. What is destroyed here is gone: no row, no key, and of what it was only a count."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from haetae.agencies.support.actions import OpenCase
from haetae.agencies.support.destroying import queries, rules
from haetae.agencies.support.destroying.models import DeletionRecord
from haetae.agencies.support.destroying.parts.actions import Gone, delete_part, put_aside
from haetae.agencies.support.destroying.rules import Plan
from haetae.agencies.support.destroying.states import By, Rule
from haetae.agencies.support.models import Case
from haetae.agencies.support.retention import actions as retention_actions
from haetae.agencies.support.retention import queries as retention
from haetae.agencies.support.retention.states import Part
from haetae.agencies.support.states import MOVES, State
from haetae.audit.actions import Fact, record
from haetae.audit.actor import PUBLIC, SYSTEM, Actor
from haetae.common import clock
from haetae.common.states import check_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Kind


class CannotDestroyError(ValueError):
    """A code of what stands against it."""


@dataclass(frozen=True, kw_only=True)
class _Because:
    rule: Rule
    by: By
    actor: Actor


@transaction.atomic
def destroy_case(*, opened: OpenCase, actor: Actor = PUBLIC) -> DeletionRecord:
    """The person wants everything destroyed: at once, but for what a hold names. Their receipt opens nothing any more.

    Pressed twice, it happens once and says the same. Raises CannotDestroyError where the case went on without this
    window ("words_renewed").
    """
    case = Case.objects.select_for_update().get(pk=opened.case.pk)
    if rules.why_not_destroy(State(case.state)):
        return queries.deletions_of(case).latest("at")
    if case.lookup != opened.case.lookup:
        raise CannotDestroyError("words_renewed")
    because = _Because(rule=Rule.DEMANDED, by=_by(actor), actor=actor)
    return _destroy(case, queries.plan_for(case, demanded=True), because)


@transaction.atomic
def destroy_what_is_over(*, case_id: UUID) -> DeletionRecord | None:
    """The clock: what no hold keeps any more of a case that should be gone, or a case whose term has ended.

    None when nothing of it is over; a case whose term goes on gets its due date anew.
    """
    case = Case.objects.select_for_update().get(pk=case_id)
    due_at = None if State(case.state) is State.DESTROYED else retention.term_of(case).due_at
    is_over = due_at is not None and due_at <= clock.now()
    if State(case.state) is not State.HELD and not is_over:
        retention_actions.set_term(case_id=case.pk)
        return None
    plan = queries.plan_for(case, demanded=not is_over)
    if State(case.state) is State.HELD and set(queries.parts_left(case)) <= set(plan.keeps):
        return None
    rule = Rule.HOLD_OVER if State(case.state) is State.HELD else Rule.TERM_OVER
    return _destroy(case, plan, _Because(rule=rule, by=By.CLOCK, actor=SYSTEM))


@transaction.atomic
def erase_identity(*, opened: OpenCase, actor: Actor = PUBLIC) -> DeletionRecord | None:
    """Name and contact are gone, the case and its receipt stay; None when there was neither.

    Raises CannotDestroyError ("case_destroyed", "identity_held").
    """
    case = Case.objects.select_for_update().get(pk=opened.case.pk)
    problem = rules.why_not_erase_identity(State(case.state), held=retention.held_parts(case))
    if problem:
        raise CannotDestroyError(problem)
    gone = Gone()
    delete_part(case, Part.IDENTITY, gone=gone, actor=actor)
    if not gone.rows.total():
        return None
    because = _Because(rule=Rule.IDENTITY_ERASED, by=_by(actor), actor=actor)
    row = _record_of(case, gone, because, keys=[], keeps={})
    facts: dict[str, Fact] = {
        "record": str(row.pk),
        "digest": queries.digest_of(row),
        "rows": gone.rows.total(),
    }
    record(event="support.identity_erased", subject=case, actor=actor, facts=facts)
    return row


def destroy_as_planned(*, case: Case, plan: Plan, rule: Rule) -> DeletionRecord:
    """Part of a change that has locked the case: by the clock, whatever has led to the plan."""
    return _destroy(case, plan, _Because(rule=rule, by=By.CLOCK, actor=SYSTEM))


def _destroy(case: Case, plan: Plan, because: _Because) -> DeletionRecord:
    gone, before = Gone(), State(case.state)
    for part in sorted(plan.destroys):
        delete_part(case, part, gone=gone, actor=because.actor)
    for part in sorted(plan.keeps):
        put_aside(case, part, gone=gone, actor=because.actor)
    keeps = {part.value: why.value for part, why in sorted(plan.keeps.items())}
    row = _record_of(case, gone, because, keys=_keys_that_go(case, plan), keeps=keeps)
    _close(case, plan, before=before)
    facts: dict[str, Fact] = {
        "record": str(row.pk),
        "digest": queries.digest_of(row),
        "rule": because.rule.value,
        "rows": gone.rows.total(),
        "keeps": "+".join(keeps),
    }
    if plan.keeps:
        record(event="support.destroyed_in_part", subject=case, actor=because.actor, facts=facts)
    else:
        record(event="support.destroyed", subject=case, actor=because.actor, facts=facts)
    return row


def _record_of(
    case: Case, gone: Gone, because: _Because, *, keys: list[str], keeps: dict[str, str]
) -> DeletionRecord:
    """Before the case forgets its class."""
    law = queries.retention_today(case)
    return DeletionRecord.objects.create(
        case=case,
        at=clock.now(),
        rule=because.rule,
        by=because.by,
        retention_class=law.kind,
        source=f"{law.source.key} {law.article}",
        rows=_counts(gone.rows),
        changed=_counts(gone.changed),
        keys=keys,
        keeps=keeps,
    )


def _keys_that_go(case: Case, plan: Plan) -> list[str]:
    names = ["lookup", "key_for_person"] + ([] if plan.keeps_key else ["key_for_custodian"])
    return [name for name in names if getattr(case, name) is not None]


def _close(case: Case, plan: Plan, *, before: State) -> None:
    """The keys go, and with them whatever a copy of the database may still hold; then the answers, one by one."""
    if plan.after is not before:
        check_move(MOVES, before, plan.after)
    staying = set(rules.FIELDS_STAY)
    if plan.keeps:
        staying |= rules.FIELDS_WHILE_HELD
    if plan.keeps_key:
        staying.add("key_for_custodian")
    for field in Case._meta.concrete_fields:
        if field.name not in staying:
            setattr(case, field.attname, field.get_default())
    case.state = plan.after
    case.save()
    if plan.after is State.DESTROYED:
        deadlines.meet(subject_id=case.pk, kinds=[Kind.RETENTION_ENDS])


def _counts(counter: dict[str, int]) -> dict[str, int]:
    return {name: number for name, number in sorted(counter.items()) if number}


def _by(actor: Actor) -> By:
    return By.COUNSELLOR if actor.kind == "official" else By.PERSON
