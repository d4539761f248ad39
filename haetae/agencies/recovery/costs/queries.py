"""Everything that reads prices."""

from collections.abc import Sequence
from datetime import date

from haetae.agencies.recovery.models import UnitCost
from haetae.agencies.recovery.rules import Cost
from haetae.agencies.recovery.states import Work


def all_costs() -> Sequence[UnitCost]:
    """The newest first, kind by kind."""
    order = list(Work)
    rows = UnitCost.objects.select_related("set_by").order_by("-since", "pk")
    return sorted(rows, key=lambda row: order.index(Work(row.work)))


def costs() -> Sequence[Cost]:
    """What a calculation takes: every price that was ever set."""
    return [Cost(cost_id=row.pk, work=Work(row.work), won=row.won, since=row.since) for row in all_costs()]


def is_set(work: Work, *, since: date) -> bool:
    return UnitCost.objects.filter(work=work, since=since).exists()
