"""An officer applies, starts in urgency, asks for more time, corrects and takes back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.investigation.files import queries as files
from haetae.agencies.investigation.files.locking import locked_file
from haetae.agencies.investigation.files.queries import OpenFile
from haetae.agencies.investigation.files.rules import counts_as_minor
from haetae.agencies.investigation.files.states import Victim
from haetae.agencies.investigation.undercover import queries, rules
from haetae.agencies.investigation.undercover.actions import (
    CannotGoUndercoverError,
    end_operation,
    locked,
    move,
    move_paper,
)
from haetae.agencies.investigation.undercover.models import (
    ScopeItem,
    UndercoverApplication,
    UndercoverOperation,
)
from haetae.agencies.investigation.undercover.rules import Applied
from haetae.agencies.investigation.undercover.states import OPEN, Item, Paper, State, WhyEnded
from haetae.audit.actions import record
from haetae.common import clock
from haetae.common.case_keys import seal_text
from haetae.common.ids import derived_id
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis, Kind
from haetae.law.packs import load_pack
from haetae.law.undercover import ActKind, Operation, Shown


@transaction.atomic
def apply(
    *, investigation_id: UUID, kind: Operation, applied: Applied, form_key: UUID, official_id: UUID
) -> UUID:
    """A new operation is applied for; with a reason for urgency it begins at once. The same form twice is one.

    An urgent start and its application are one act: there is no hour in which nobody was told.
    Raises NotYoursError, CannotGoUndercoverError.
    """
    opened = locked_file(investigation_id, official_id)
    operation_id, now = derived_id("undercover", investigation_id, official_id, form_key), clock.now()
    if UndercoverOperation.objects.filter(pk=operation_id).exists():
        return operation_id
    victim = Shown.UNDER_19 if counts_as_minor(Victim(opened.investigation.victim)) else Shown.ADULT
    rule = queries.rule_on(kind, victim, at=now)
    pack = load_pack(settings.JURISDICTION)
    last = pack.due_at(start=now, duration=rule.longest) if rule else None
    _refuse(rules.why_not_apply(applied, rule, offence=opened.investigation.offence, last=last, now=now))
    assert rule is not None
    operation = UndercoverOperation.objects.create(
        pk=operation_id,
        investigation=opened.investigation,
        kind=kind,
        victim=victim,
        rule=rule.rule_id,
        opened_by_id=official_id,
        opened_at=now,
        changed_at=now,
    )
    _name_items(operation, applied, key=opened.key)
    words = {
        "office": applied.office,
        "purpose": applied.purpose,
        "scope": applied.scope,
        "thresholds": {one: applied.thresholds[one] for one in rule.thresholds},
        "support": applied.support,
    }
    asked = _Asked(
        paper_id=derived_id("undercover application", operation_id),
        number=1,
        acts=applied.acts,
        until=applied.until,
        words=words,
    )
    _new_paper(operation, opened, asked, official_id=official_id)
    if applied.urgency:
        begin_urgently(operation_id=operation_id, urgency=applied.urgency, official_id=official_id)
    return operation_id


@transaction.atomic
def begin_urgently(*, operation_id: UUID, urgency: str, official_id: UUID) -> None:
    """It begins before anybody has decided, and stops by itself if nobody permits it in time.

    Raises NotYoursError, CannotGoUndercoverError.
    """
    operation, now = locked(operation_id), clock.now()
    # The file too: of two that begin at the same moment the second sees the first.
    opened = locked_file(operation.investigation_id, official_id)
    rule = queries.rule_on(operation.kind, operation.victim, at=now)
    if rule is None:
        raise CannotGoUndercoverError("no_law_today")
    pack = load_pack(settings.JURISDICTION)
    may = rule.may_be_urgent(now.astimezone(pack.zone).date())
    _refuse(
        rules.why_not_begin_urgently(
            rule,
            may=may,
            urgency=urgency,
            state=State(operation.state),
            was_urgent=queries.was_urgent_before(operation),
        )
    )
    assert rule.urgent is not None
    first = UndercoverApplication.objects.select_for_update().get(operation=operation, number=1)
    if Paper(first.state) is Paper.RETURNED:
        raise CannotGoUndercoverError("urgent_not_applied")
    words = queries.words_of(first.words, key=opened.key, about=first.pk)
    first.words = sealed(words | {"urgency": urgency.strip()}, key=opened.key, about=first.pk)
    first.save(update_fields=["words"])
    operation.began_at = now
    operation.urgent_until = pack.due_at(start=now, duration=rule.urgent.within)
    operation.longest_until = pack.due_at(start=now, duration=rule.in_all)
    move(operation, State.URGENT)
    deadlines.set_deadline(
        kind=Kind.URGENT_ENDS,
        subject_id=operation.pk,
        basis=Basis.LEGAL,
        source=f"{rule.source.key} {rule.urgent.article}",
        due_at=operation.urgent_until,
    )
    record(event="undercover.begun_urgently", subject=operation, actor=official_actor(official_id))


@transaction.atomic
def ask_extension(
    *, operation_id: UUID, until: datetime, why: str, form_key: UUID, official_id: UUID
) -> None:
    """More time is asked of the court, for no more than it has permitted. The same form twice is one.

    Raises NotYoursError, CannotGoUndercoverError.
    """
    operation, now = locked(operation_id), clock.now()
    opened = files.opened_by(operation.investigation_id, official_id, writes=True)
    paper_id = derived_id("undercover extension", operation_id, form_key)
    if UndercoverApplication.objects.filter(pk=paper_id).exists():
        return
    rule = queries.rule_on(operation.kind, operation.victim, at=now)
    papers = UndercoverApplication.objects.filter(operation=operation)
    ends = queries.permitted_until(operation)
    is_asked = papers.filter(state__in=OPEN).exists()
    _refuse(rules.why_not_extend(rule, state=State(operation.state), until=ends, is_asked=is_asked, now=now))
    last = last_of_extension(operation, now=now)
    assert ends is not None
    assert last is not None
    _refuse("period_over" if until <= ends else rules.why_not_period(until, last=last, now=now))
    _refuse(None if rules.is_text(why) else "threshold_missing")
    asked = _Asked(
        paper_id=paper_id,
        number=papers.count() + 1,
        acts=frozenset(ActKind(one) for one in queries.permits_of(operation)[-1].acts),
        until=until,
        words={"why": why.strip()},
    )
    _new_paper(operation, opened, asked, official_id=official_id)


def last_of_extension(operation: UndercoverOperation, *, now: datetime) -> datetime | None:
    """Until when it may be extended at most this time; None where it may not."""
    rule, ends = queries.rule_on(operation.kind, operation.victim, at=now), queries.permitted_until(operation)
    if rule is None or rule.extension is None or ends is None or operation.longest_until is None:
        return None
    pack = load_pack(settings.JURISDICTION)
    return min(pack.due_at(start=ends, duration=rule.extension.each), operation.longest_until)


@transaction.atomic
def send_again(*, application_id: UUID, answer: str, official_id: UUID) -> None:
    """What came back is sent again with what was missing. Raises NotYoursError, CannotGoUndercoverError."""
    application, opened = _own_paper(application_id, official_id)
    if Paper(application.state) is not Paper.RETURNED:
        raise CannotGoUndercoverError("paper_not_returned")
    _refuse(None if rules.is_text(answer) else "answer_missing")
    words = queries.words_of(application.words, key=opened.key, about=application.pk)
    answers = [*words.get("answers", []), answer.strip()]
    application.words = sealed(words | {"answers": answers}, key=opened.key, about=application.pk)
    move_paper(application, Paper.APPLIED)
    record(event="undercover.sent_again", subject=application, actor=official_actor(official_id))


@transaction.atomic
def withdraw(*, application_id: UUID, official_id: UUID) -> None:
    """An officer takes it back, and what began in urgency ends. Raises NotYoursError, CannotGoUndercoverError."""
    application, _ = _own_paper(application_id, official_id)
    _refuse(rules.why_not_withdraw(Paper(application.state)))
    move_paper(application, Paper.WITHDRAWN)
    record(event="undercover.withdrawn", subject=application, actor=official_actor(official_id))
    stop_what_was_asked(application, why=WhyEnded.WITHDRAWN, official_id=official_id)


def stop_what_was_asked(application: UndercoverApplication, *, why: WhyEnded, official_id: UUID) -> None:
    """Without its first application nothing begins, and what began in urgency ends. Part of a change that records."""
    operation, now = application.operation, clock.now()
    if application.number > 1:
        return
    if State(operation.state) is State.WAITING:
        move(operation, State.NEVER_BEGUN)
    elif State(operation.state) is State.URGENT:
        assert operation.urgent_until is not None
        is_late = now >= operation.urgent_until
        end_operation(
            operation,
            why=WhyEnded.NOT_PERMITTED_IN_TIME if is_late else why,
            at=min(now, operation.urgent_until),
            official_id=None if is_late else official_id,
        )


def _own_paper(application_id: UUID, official_id: UUID) -> tuple[UndercoverApplication, OpenFile]:
    application = locked_paper(application_id)
    opened = files.opened_by(application.operation.investigation_id, official_id, writes=True)
    return application, opened


def locked_paper(application_id: UUID) -> UndercoverApplication:
    """With its operation, both locked. Raises CannotGoUndercoverError."""
    found = UndercoverApplication.objects.filter(pk=application_id).first()
    if found is None:
        raise CannotGoUndercoverError("operation_unknown")
    operation = locked(found.operation_id)
    application = UndercoverApplication.objects.select_for_update().get(pk=application_id)
    application.operation = operation
    return application


def _name_items(operation: UndercoverOperation, applied: Applied, *, key: bytes) -> None:
    for item in Item:
        for position, text in enumerate(applied.items[item]):
            item_id = derived_id("undercover item", operation.pk, item, position)
            ScopeItem.objects.create(
                pk=item_id,
                operation=operation,
                what=item,
                position=position,
                text=seal_text(text.strip(), key=key, about=item_id),
            )


@dataclass(frozen=True, kw_only=True)
class _Asked:
    paper_id: UUID
    number: int
    acts: frozenset[ActKind]
    until: datetime
    words: Mapping[str, object]


def _new_paper(operation: UndercoverOperation, opened: OpenFile, asked: _Asked, *, official_id: UUID) -> None:
    now = clock.now()
    application = UndercoverApplication.objects.create(
        pk=asked.paper_id,
        operation=operation,
        number=asked.number,
        acts=sorted(asked.acts),
        until=asked.until,
        words=sealed(asked.words, key=opened.key, about=asked.paper_id),
        applied_by_id=official_id,
        applied_at=now,
        changed_at=now,
    )
    record(
        event="undercover.applied",
        subject=application,
        actor=official_actor(official_id),
        facts={"number": asked.number},
    )


def sealed(words: Mapping[str, object], *, key: bytes, about: UUID) -> bytes:
    """Words as JSON, sealed for one row."""
    return seal_text(json.dumps(words, ensure_ascii=False), key=key, about=about)


def _refuse(code: str | None) -> None:
    if code is not None:
        raise CannotGoUndercoverError(code)
