"""Petitioned, sent back, refused, permitted: by whoever the law names, and never by somebody who had another part."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.investigation.files import queries as files
from haetae.agencies.investigation.undercover import queries, rules
from haetae.agencies.investigation.undercover.actions import CannotGoUndercoverError, move, move_paper
from haetae.agencies.investigation.undercover.authorisation.actions import (
    last_of_extension,
    locked_paper,
    sealed,
    stop_what_was_asked,
)
from haetae.agencies.investigation.undercover.gate import Scope
from haetae.agencies.investigation.undercover.models import Permit, UndercoverApplication, UndercoverOperation
from haetae.agencies.investigation.undercover.states import Desk, Item, Paper, State, WhyEnded
from haetae.audit.actions import record
from haetae.audit.models import Event
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis, Kind
from haetae.law.packs import load_pack
from haetae.law.undercover import ActKind, UndercoverRule


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What is permitted: of the seven things of a permit the kind is the operation's, and these are the others."""

    purpose: str
    scope: str
    acts: Set[ActKind]
    items: Set[UUID]
    until: datetime


@transaction.atomic
def petition(*, application_id: UUID, official_id: UUID) -> None:
    """The prosecutor lays it before the court. Raises CannotGoUndercoverError."""
    application, now = _before(application_id, desk=Desk.PROSECUTOR, official_id=official_id), clock.now()
    _refuse_late(application, now=now)
    application.petitioned_by_id, application.petitioned_at = official_id, now
    move_paper(application, Paper.PETITIONED)
    record(event="undercover.petitioned", subject=application, actor=official_actor(official_id))


@transaction.atomic
def send_back(*, application_id: UUID, desk: Desk, note: str, official_id: UUID) -> None:
    """Something is missing: the officer sends it again. Raises CannotGoUndercoverError."""
    application = _before(application_id, desk=desk, official_id=official_id)
    _note(application, note)
    move_paper(application, Paper.RETURNED)
    record(event="undercover.returned", subject=application, actor=official_actor(official_id))


@transaction.atomic
def refuse(*, application_id: UUID, desk: Desk, note: str, official_id: UUID) -> None:
    """No, with the reason; what began in urgency ends now. Raises CannotGoUndercoverError."""
    application = _before(application_id, desk=desk, official_id=official_id)
    _note(application, note)
    application.decided_by_id, application.decided_at = official_id, clock.now()
    move_paper(application, Paper.REFUSED)
    record(event="undercover.refused", subject=application, actor=official_actor(official_id))
    stop_what_was_asked(application, why=WhyEnded.REFUSED, official_id=official_id)


@transaction.atomic
def grant(*, application_id: UUID, desk: Desk, decision: Decision, official_id: UUID) -> None:
    """The approver or the court permits it, no wider than it was applied for. Raises CannotGoUndercoverError."""
    application, now = _before(application_id, desk=desk, official_id=official_id), clock.now()
    if desk is Desk.PROSECUTOR:
        raise CannotGoUndercoverError("not_your_desk")
    operation = application.operation
    rule = queries.rule_on(operation.kind, operation.victim, at=now)
    if rule is None:
        raise CannotGoUndercoverError("no_law_today")
    _refuse_late(application, now=now)
    starts, last = _period(application, rule, now=now)
    scope = Scope(acts=frozenset(decision.acts), items=frozenset(decision.items))
    _refuse(
        rules.why_not_grant(
            granted=scope,
            applied=queries.asked_scope(application),
            named={one.pk: Item(one.what) for one in queries.items_of(operation)},
            until=decision.until,
            last=last,
            now=max(now, starts),
        )
    )
    for text in (decision.purpose, decision.scope):
        _refuse(None if rules.is_text(text) else "permit_words_missing")
    application.decided_by_id, application.decided_at = official_id, now
    move_paper(application, Paper.GRANTED)
    _permit(application, decision, scope, starts=starts, official_id=official_id)
    _run(operation, rule, now=now, until=decision.until)
    record(
        event="undercover.granted",
        subject=application,
        actor=official_actor(official_id),
        facts={"number": application.number},
    )


@transaction.atomic
def read(*, application_id: UUID, desk: Desk, official_id: UUID) -> queries.LaidBefore:
    """Whoever decides opens what was laid before them; the first time each day is recorded. Raises NotYoursError."""
    laid = queries.laid_before(application_id, desk=desk, official_id=official_id)
    seen = Event.objects.filter(
        name="undercover.read",
        subject_id=application_id,
        actor_id=str(official_id),
        at__gte=files.day_began(clock.now()),
    )
    if not seen.exists():
        record(
            event="undercover.read",
            subject=laid.application,
            actor=official_actor(official_id),
            facts={"desk": desk},
        )
    return laid


def _before(application_id: UUID, *, desk: Desk, official_id: UUID) -> UndercoverApplication:
    application = locked_paper(application_id)
    _refuse(queries.why_not_decide(application, desk=desk, official_id=official_id))
    return application


def _refuse_late(application: UndercoverApplication, *, now: datetime) -> None:
    """What is over is over, also where no clock has said so yet."""
    operation = application.operation
    if application.number == 1:
        state = State(operation.state)
        _refuse(rules.why_not_begin_late(state, urgent_until=operation.urgent_until, now=now))
        return
    rule = queries.rule_on(operation.kind, operation.victim, at=now)
    until = queries.permitted_until(operation)
    _refuse(rules.why_not_extend(rule, state=State(operation.state), until=until, is_asked=False, now=now))


def _period(
    application: UndercoverApplication, rule: UndercoverRule, *, now: datetime
) -> tuple[datetime, datetime]:
    """From when it holds and until when it may. What began in urgency counts from there."""
    operation = application.operation
    if application.number > 1:
        ends, last = queries.permitted_until(operation), last_of_extension(operation, now=now)
        assert ends is not None
        assert last is not None
        return ends, last
    began = operation.began_at or now
    return now, load_pack(settings.JURISDICTION).due_at(start=began, duration=rule.longest)


def _permit(
    application: UndercoverApplication,
    decision: Decision,
    scope: Scope,
    *,
    starts: datetime,
    official_id: UUID,
) -> None:
    permit_id, key = new_id(), files.key_of(application.operation.investigation)
    words = {"purpose": decision.purpose.strip(), "scope": decision.scope.strip()}
    Permit.objects.create(
        pk=permit_id,
        application=application,
        operation=application.operation,
        acts=sorted(scope.acts),
        items=sorted(str(one) for one in scope.items),
        valid_from=starts,
        valid_until=decision.until,
        words=sealed(words, key=key, about=permit_id),
        granted_by_id=official_id,
        granted_at=clock.now(),
    )


def _run(operation: UndercoverOperation, rule: UndercoverRule, *, now: datetime, until: datetime) -> None:
    if State(operation.state) is not State.RUNNING:
        if operation.began_at is None:
            pack = load_pack(settings.JURISDICTION)
            operation.began_at = now
            operation.longest_until = pack.due_at(start=now, duration=rule.in_all)
        move(operation, State.RUNNING)
    deadlines.meet(subject_id=operation.pk, kinds=[Kind.URGENT_ENDS])
    deadlines.set_deadline(
        kind=Kind.PERMIT_ENDS,
        subject_id=operation.pk,
        basis=Basis.LEGAL,
        source=f"{rule.source.key} {rule.decided_article}",
        due_at=until,
    )


def _note(application: UndercoverApplication, note: str) -> None:
    _refuse(None if rules.is_text(note) else "note_missing")
    key = files.key_of(application.operation.investigation)
    application.note = sealed({"note": note.strip()}, key=key, about=application.pk)


def _refuse(code: str | None) -> None:
    if code is not None:
        raise CannotGoUndercoverError(code)
