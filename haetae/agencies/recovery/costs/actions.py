"""Everything that writes prices. A price is never changed: another one holds from another day on."""

from datetime import date
from uuid import UUID

from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.recovery import rules
from haetae.agencies.recovery.costs import queries
from haetae.agencies.recovery.models import UnitCost
from haetae.agencies.recovery.states import Work
from haetae.audit.actions import Fact, record
from haetae.common import clock


class CannotSetCostError(ValueError):
    """A code of what stands against it."""


@transaction.atomic
def set_cost(*, work: Work, won: int | None, since: date, source: str, official_id: UUID) -> UUID:
    """What a piece of such work costs from a day on. Raises CannotSetCostError."""
    problem = rules.why_not_set_cost(won=won, source=source, taken=queries.is_set(work, since=since))
    if problem is not None or won is None:
        raise CannotSetCostError(problem or "cost_sum")
    row = UnitCost.objects.create(
        work=work,
        won=won,
        since=since,
        source=source.strip(),
        set_by_id=official_id,
        set_at=clock.now(),
    )
    facts: dict[str, Fact] = {"work": work, "won": won, "since": since.isoformat()}
    record(event="recovery.cost_set", subject=row, actor=official_actor(official_id), facts=facts)
    return row.pk
