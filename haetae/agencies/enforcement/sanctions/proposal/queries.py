"""Everything that reads the record for a proposal."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings

from haetae.agencies.enforcement.orders.models import CorrectiveOrder
from haetae.agencies.enforcement.record.figures import Kind as Evidence
from haetae.agencies.enforcement.record.queries import evidence, record_of
from haetae.agencies.enforcement.sanctions.worksheet.proposing import Proposed, Seen, proposed
from haetae.flow.removal.models import DeletionRequest
from haetae.law.packs import load_pack
from haetae.law.sanctioning.facts import Factor

# A level names the newest of what was counted; all of it stands in the record of the operator, page by page.
_NAMED: Final = 20
_BACK: Final = timedelta(days=365)


def seen_of(operator_id: UUID, *, since: datetime, until: datetime, daily_users: int | None = None) -> Seen:
    """What stands in the record of requests made from `since` on and before `until`."""
    figures = record_of(operator_id, since=since, until=until).figures
    minors = _minors(operator_id, since=since, until=until)

    def ids(*kinds: Evidence) -> tuple[str, ...]:
        rows = [
            row
            for kind in kinds
            for row in evidence(operator_id, kind, since=since, until=until, size=_NAMED)
        ]
        return tuple(dict.fromkeys(str(row.subject_id) for row in rows))[:_NAMED]

    harmed = ids(Evidence.CLAIM_FALSE, Evidence.REAPPEARED)
    return Seen(
        asked=figures.asked,
        gone=figures.verified,
        still_there=figures.false_claims + figures.reappeared,
        minors=len(minors),
        daily_users=daily_users,
        evidence={
            Factor.REQUESTS: ids(Evidence.ASKED),
            Factor.RECOVERY: ids(Evidence.IGNORED, Evidence.CLAIM_FALSE, Evidence.OVERDUE, Evidence.REFUSED),
            Factor.HARM: tuple(str(one) for one in minors[:_NAMED]) if minors else harmed,
        },
    )


def proposed_for(order: CorrectiveOrder) -> dict[Factor, Proposed]:
    """By the record of the year before the order had to be followed."""
    since, until = period_of(order)
    found = seen_of(order.operator_id, since=since, until=until)
    return proposed(found, load_pack(settings.JURISDICTION).surcharge.bounds)


def period_of(order: CorrectiveOrder) -> tuple[datetime, datetime]:
    """Whole days where the law is at home: a year up to the day on which the order had to be followed."""
    zone = load_pack(settings.JURISDICTION).zone
    last = (order.comply_by or order.changed_at).astimezone(zone).date()
    until = datetime.combine(last + timedelta(days=1), time(), tzinfo=zone).astimezone(UTC)
    return until - _BACK, until


def _minors(operator_id: UUID, *, since: datetime, until: datetime) -> Sequence[UUID]:
    """Requests in which a minor is, or may be, shown: ids, and nothing else of them; the newest first."""
    rows = DeletionRequest.objects.filter(
        operator_id=operator_id,
        requested_at__gte=since,
        requested_at__lt=until,
        minor_protected=True,
    )
    return list(rows.order_by("-requested_at").values_list("pk", flat=True))
