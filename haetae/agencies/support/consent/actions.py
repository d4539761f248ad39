"""Everything that writes about consents."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from haetae.agencies.support.actions import CannotWriteError
from haetae.agencies.support.consent import rules
from haetae.agencies.support.consent.models import Consent
from haetae.agencies.support.consent.states import Giver, How, Kind, Paper
from haetae.agencies.support.models import Case
from haetae.agencies.support.states import STOOD_BY, State
from haetae.audit.actions import Fact, record
from haetae.audit.actor import Actor
from haetae.common import clock


@transaction.atomic
def note_consent(
    *,
    case_id: UUID,
    kind: Kind,
    giver: Giver,
    how: How,
    papers: Collection[Paper] = (),
    official_id: UUID | None,
    actor: Actor,
) -> UUID:
    """Note that somebody agreed. One that is in force already stays as it was given. Raises CannotWriteError."""
    case = Case.objects.select_for_update().get(pk=case_id)
    problem = _why_not(case, kind, giver, papers)
    if problem:
        raise CannotWriteError(problem)
    consent, is_new = Consent.objects.get_or_create(
        case=case,
        kind=kind,
        ended_at=None,
        defaults={
            "giver": giver,
            "how": how,
            "papers": sorted(set(papers)),
            "given_at": clock.now(),
            "noted_by_id": official_id,
        },
    )
    if is_new:
        facts: dict[str, Fact] = {"kind": kind, "giver": giver, "how": how, "papers": len(set(papers))}
        record(event="support.consent_given", subject=case, actor=actor, facts=facts)
    return consent.pk


def _why_not(case: Case, kind: Kind, giver: Giver, papers: Collection[Paper]) -> str | None:
    if State(case.state) not in STOOD_BY:
        return "case_ended"
    return rules.why_not_note(
        kind,
        giver=giver,
        papers=papers,
        circumstances=case.circumstances,
        home_asked=case.home_asked_at is not None,
    )


@transaction.atomic
def end_consent(*, case_id: UUID, kind: Kind, actor: Actor) -> None:
    """It counts no more from now on, whoever takes it back. What was done under it stays recorded."""
    case = Case.objects.select_for_update().get(pk=case_id)
    running = Consent.objects.select_for_update().filter(case=case, kind=kind, ended_at=None).first()
    if running is not None:
        _end(case, running, actor=actor)


def end_what_falls_with_an_unsafe_home(case: Case, *, actor: Actor) -> None:
    """Part of the change that notes it: `case` is locked."""
    for running in Consent.objects.select_for_update().filter(case=case, ended_at=None):
        if rules.falls_with_an_unsafe_home(Kind(running.kind), Giver(running.giver)):
            _end(case, running, actor=actor)


def _end(case: Case, running: Consent, *, actor: Actor) -> None:
    running.ended_at = clock.now()
    running.save(update_fields=["ended_at"])
    facts = {"kind": running.kind, "consent": str(running.pk)}
    record(event="support.consent_ended", subject=case, actor=actor, facts=facts)
