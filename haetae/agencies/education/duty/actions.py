"""Everything that writes about reports to the police: that one was made, when, and by whom in which work."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from haetae.accounts.actions import official_actor
from haetae.agencies.education.duty import rules
from haetae.agencies.education.institutions.actions import refuse
from haetae.agencies.education.models import DutyMet, Institution
from haetae.agencies.education.states import ByRole, ToldWhom
from haetae.audit.actions import Fact, record
from haetae.common import clock
from haetae.common.ids import derived_id


@transaction.atomic
def note_duty_met(
    *,
    institution_id: UUID,
    by_role: ByRole,
    learnt_on: date,
    told_on: date,
    told: ToldWhom,
    form_key: UUID,
    official_id: UUID,
) -> UUID:
    """Somebody told the police, as the law has them do. The same form twice is one. Raises CannotTeachError."""
    Institution.objects.select_for_update().get(pk=institution_id)  # the same form at the same moment waits
    duty_id, now = derived_id("duty", institution_id, form_key), clock.now()
    if DutyMet.objects.filter(pk=duty_id).exists():
        return duty_id
    refuse(rules.why_not_note(learnt_on=learnt_on, told_on=told_on, today=timezone.localdate(now)))
    row = DutyMet.objects.create(
        pk=duty_id,
        institution_id=institution_id,
        by_role=by_role,
        learnt_on=learnt_on,
        told_on=told_on,
        told=told,
        noted_by_id=official_id,
        noted_at=now,
    )
    facts: dict[str, Fact] = {"role": by_role}
    record(event="education.duty_met", subject=row, actor=official_actor(official_id), facts=facts)
    return duty_id
