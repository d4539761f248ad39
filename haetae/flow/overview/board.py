"""What the coordinating office sees on its wall: sums of now and of today, and nothing that is a few people."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from haetae.agencies.statistics.measures import MEDIAN_FROM
from haetae.flow.overview.health import Health
from haetae.flow.overview.standing import Counts
from haetae.flow.review.commission.queries import standing
from haetae.flow.review.commission.rules import Standing

# With the operator, and its act is awaited.
_WITH_THEM: Final = ("requested", "sent", "claimed")
_TODAY: Final = """
SELECT event.name, count(DISTINCT event.subject_id),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY event.at - request.requested_at)
FROM audit_event event JOIN removal_deletionrequest request ON request.id = event.subject_id
WHERE event.name IN ('removal.requested', 'removal.claimed', 'removal.verified', 'removal.claim_false')
  AND event.at >= %(since)s AND event.at < %(until)s GROUP BY 1
"""


@dataclass(frozen=True, kw_only=True)
class Today:
    """Since midnight where the officials are. `until_gone` is the median, None where few were seen gone."""

    requested: int
    claimed: int
    verified: int
    claim_false: int
    until_gone: timedelta | None


@dataclass(frozen=True, kw_only=True)
class Board:
    """Counts are true here; what is shown of them hides what is a few (web.console.board)."""

    today: Today
    with_operators: int
    overdue: int
    tasks: int
    tasks_oldest_at: datetime | None
    reviews: int
    reviews_late: int
    reviews_oldest_at: datetime | None
    commission: Standing


def today(*, now: datetime) -> Today:
    since = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(_TODAY, {"since": since, "until": now})
        rows: dict[str, tuple[int, Any]] = {
            name: (count, median) for name, count, median in cursor.fetchall()
        }
    gone, median = rows.get("removal.verified", (0, None))
    return Today(
        requested=rows.get("removal.requested", (0, None))[0],
        claimed=rows.get("removal.claimed", (0, None))[0],
        verified=gone,
        claim_false=rows.get("removal.claim_false", (0, None))[0],
        until_gone=median if gone >= MEDIAN_FROM else None,
    )


def board(*, counts: Counts, health: Health, today: Today) -> Board:
    """From what was counted for the pages of officials a moment ago."""
    by_state = dict.fromkeys((*_WITH_THEM, "overdue"), 0)
    for one, count in counts.at.items():
        if one.state in by_state:
            by_state[one.state] += count
    return Board(
        today=today,
        with_operators=sum(by_state[state] for state in _WITH_THEM),
        overdue=by_state["overdue"],
        tasks=sum(one.count for one in health.tasks),
        tasks_oldest_at=min((one.oldest_at for one in health.tasks), default=None),
        reviews=health.reviews.open + health.reviews.late,
        reviews_late=health.reviews.late,
        reviews_oldest_at=health.reviews.oldest_at,
        commission=standing(),
    )
