"""Everything that writes what is known of operators."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from haetae.accounts.actions import official_actor
from haetae.accounts.models import Operator
from haetae.agencies.enforcement.filings.facts import rules
from haetae.agencies.enforcement.filings.facts.rules import Known
from haetae.agencies.enforcement.filings.models import OperatorFact
from haetae.audit.actions import Fact, record
from haetae.common import clock


class CannotNoteError(Exception):
    """`code` says what is wrong with the fact."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def note_fact(*, operator_id: UUID, fact: Known, official_id: UUID) -> UUID:
    """Something is known from a day on; what was known before holds until the day before. Raises CannotNoteError.

    One of the same day takes the place of the other, which is withdrawn and stays readable. One from before the
    newest holds until that begins. `official_id` is whoever enters it, also at the operator's own desk.
    """
    now = clock.now()
    problem = rules.why_not_note(fact, today=timezone.localdate(now))
    if problem is not None:
        raise CannotNoteError(problem)
    # Two who note at the same moment wait for each other.
    Operator.objects.select_for_update().get(pk=operator_id)
    standing = OperatorFact.objects.select_for_update().filter(
        operator_id=operator_id, kind=fact.kind, detail=fact.detail, origin=fact.origin, withdrawn_at=None
    )
    standing.filter(since=fact.since).update(withdrawn_at=now)
    before = standing.filter(since__lt=fact.since).order_by("-since").first()
    after = standing.filter(since__gt=fact.since).order_by("since").first()
    if before is not None and (before.until is None or before.until >= fact.since):
        before.until = rules.until_the_day_before(fact.since)
        before.save(update_fields=["until"])
    noted = OperatorFact.objects.create(
        operator_id=operator_id,
        kind=fact.kind,
        detail=fact.detail,
        number=fact.number,
        text=fact.text.strip(),
        origin=fact.origin,
        verified=fact.verified,
        since=fact.since,
        until=rules.until_the_day_before(after.since) if after else None,
        source=fact.source.strip(),
        entered_by_id=official_id,
        entered_at=now,
    )
    record(event="filings.fact_noted", subject=noted, actor=official_actor(official_id), facts=_facts(noted))
    return noted.pk


@transaction.atomic
def withdraw_fact(*, operator_id: UUID, fact_id: UUID, official_id: UUID) -> None:
    """It was never right; twice is once. Raises OperatorFact.DoesNotExist for one of somebody else."""
    fact = OperatorFact.objects.select_for_update().get(pk=fact_id, operator_id=operator_id)
    if fact.withdrawn_at is not None:
        return
    fact.withdrawn_at = clock.now()
    fact.save(update_fields=["withdrawn_at"])
    record(
        event="filings.fact_withdrawn", subject=fact, actor=official_actor(official_id), facts=_facts(fact)
    )


def _facts(fact: OperatorFact) -> dict[str, Fact]:
    return {
        "operator": str(fact.operator_id),
        "kind": fact.kind,
        "detail": fact.detail,
        "origin": fact.origin,
        "verified": fact.verified,
        "since": fact.since.isoformat(),
    }
