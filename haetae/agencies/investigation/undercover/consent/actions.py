"""A consent is given in writing, may be taken back at any time, and at the end the person is told what was done."""

import json
from uuid import UUID

from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.investigation.files import queries as files
from haetae.agencies.investigation.undercover import queries
from haetae.agencies.investigation.undercover.actions import CannotGoUndercoverError, locked
from haetae.agencies.investigation.undercover.consent.rules import Given, why_not_consent
from haetae.agencies.investigation.undercover.models import VictimConsent
from haetae.agencies.investigation.undercover.states import State
from haetae.audit.actions import record
from haetae.common import clock
from haetae.common.case_keys import seal_text
from haetae.common.ids import derived_id


@transaction.atomic
def give(*, operation_id: UUID, given: Given, form_key: UUID, official_id: UUID) -> UUID:
    """Written down by an officer of the file; the same form twice is one.

    Raises NotYoursError, CannotGoUndercoverError.
    """
    operation, now = locked(operation_id), clock.now()
    opened = files.opened_by(operation.investigation_id, official_id, writes=True)
    consent_id = derived_id("undercover consent", operation_id, official_id, form_key)
    if VictimConsent.objects.filter(pk=consent_id).exists():
        return consent_id
    if State(operation.state) in {State.ENDED, State.NEVER_BEGUN}:
        raise CannotGoUndercoverError("operation_over")
    problem = why_not_consent(given, queries.rule_on(operation.kind, operation.victim, at=now), now=now)
    if problem is not None:
        raise CannotGoUndercoverError(problem)
    words = {
        "who": given.who.strip(),
        "of_what": given.of_what.strip(),
        "explained": given.explained.strip(),
    }
    consent = VictimConsent.objects.create(
        pk=consent_id,
        operation=operation,
        acts=sorted(given.acts),
        words=seal_text(json.dumps(words, ensure_ascii=False), key=opened.key, about=consent_id),
        explained_at=given.explained_at,
        given_at=now,
        until=given.until,
        recorded_by_id=official_id,
    )
    record(event="undercover.consent_given", subject=consent, actor=official_actor(official_id))
    return consent_id


@transaction.atomic
def take_back(*, consent_id: UUID, official_id: UUID) -> None:
    """The person takes it back: from now on nothing rests on it; twice is once. Raises NotYoursError."""
    consent = _own(consent_id, official_id)
    if consent.withdrawn_at is not None:
        return
    consent.withdrawn_at = clock.now()
    consent.save(update_fields=["withdrawn_at"])
    record(event="undercover.consent_withdrawn", subject=consent, actor=official_actor(official_id))


@transaction.atomic
def told(*, consent_id: UUID, official_id: UUID) -> None:
    """The operation is over and the person was told of what, how far and how long; twice is once.

    Raises NotYoursError, CannotGoUndercoverError.
    """
    consent = _own(consent_id, official_id)
    if State(consent.operation.state) is not State.ENDED:
        raise CannotGoUndercoverError("operation_not_over")
    if consent.told_at is not None:
        return
    consent.told_at = clock.now()
    consent.save(update_fields=["told_at"])
    record(event="undercover.consent_told", subject=consent, actor=official_actor(official_id))


def _own(consent_id: UUID, official_id: UUID) -> VictimConsent:
    found = VictimConsent.objects.filter(pk=consent_id).first()
    if found is None:
        raise CannotGoUndercoverError("operation_unknown")
    operation = locked(found.operation_id)
    files.opened_by(operation.investigation_id, official_id, writes=True)
    return VictimConsent.objects.select_for_update().select_related("operation").get(pk=consent_id)
