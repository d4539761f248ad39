"""Counted by the database: by month where something happens in time, as it stands where it waits.

Every table counts things of its own, so that the sums of one say nothing about the hidden numbers of another. The one
pair that counts the same things, by month and by operator, is hidden together (tables.py).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import connection

Row = tuple[Any, ...]

# What has come of each request, one word for each. The claim of an operator and what our own probes saw stay apart.
OUTCOMES: Final = ("gone", "gone_late", "claim_false", "claimed", "refused", "unsure", "hidden", "open")
_CAME_OF: Final = """
CASE
  WHEN request.state = 'verified' AND lied.subject_id IS NULL THEN 'gone'
  WHEN request.state = 'verified' THEN 'gone_late'
  WHEN lied.subject_id IS NOT NULL THEN 'claim_false'
  WHEN request.state = 'claimed' THEN 'claimed'
  WHEN request.state = 'refused' THEN 'refused'
  WHEN request.state = 'unsure' THEN 'unsure'
  WHEN request.state = 'access_blocked' THEN 'hidden'
  ELSE 'open'
END
"""
_ASKED: Final = """
WITH asked AS (
  SELECT request.operator_id, to_char(request.requested_at AT TIME ZONE %(zone)s, 'YYYY-MM') AS month,
         {came_of} AS came_of
  FROM removal_deletionrequest request
  LEFT JOIN (SELECT DISTINCT subject_id FROM audit_event WHERE name = 'removal.claim_false') lied
    ON lied.subject_id = request.id
  WHERE request.requested_at >= %(since)s AND request.requested_at < %(until)s
)
"""
_BY_MONTH: Final = "SELECT month, came_of, count(*) FROM asked GROUP BY 1, 2"
_BY_OPERATOR: Final = """
SELECT coalesce(operator.name, ''), came_of, count(*) FROM asked
LEFT JOIN accounts_operator operator ON operator.id = asked.operator_id
GROUP BY 1, 2
"""
REQUESTS: Final = _ASKED.format(came_of=_CAME_OF) + _BY_MONTH
BY_OPERATOR: Final = _ASKED.format(came_of=_CAME_OF) + _BY_OPERATOR
_IN_TIME: Final = """
SELECT to_char({at} AT TIME ZONE %(zone)s, 'YYYY-MM'), {what}, count(*)
FROM {table} WHERE {at} >= %(since)s AND {at} < %(until)s {only} GROUP BY 1, 2
"""
UNTIL_GONE: Final = """
SELECT to_char(requested_at AT TIME ZONE %(zone)s, 'YYYY-MM'), count(*),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY changed_at - requested_at)
FROM removal_deletionrequest
WHERE state = 'verified' AND requested_at >= %(since)s AND requested_at < %(until)s GROUP BY 1
"""
PEOPLE: Final = _IN_TIME.format(at="opened_at", what="age", table="support_case", only="")
REPORTS: Final = _IN_TIME.format(
    at="received_at", what="depicted", table="arrival_report", only="AND withdrawn_at IS NULL"
)
REFERRALS: Final = """
SELECT sender || '>' || "to", state, count(*) FROM referrals_referral
WHERE sent_at >= %(since)s AND sent_at < %(until)s GROUP BY 1, 2
"""
AGES: Final = ("day", "week", "month", "longer")
REVIEWS: Final = """
SELECT review.because,
  CASE WHEN review.opened_at > %(until)s - interval '1 day' THEN 'day'
       WHEN review.opened_at > %(until)s - interval '7 days' THEN 'week'
       WHEN review.opened_at > %(until)s - interval '30 days' THEN 'month' ELSE 'longer' END, count(*)
FROM review_review review WHERE review.state IN ('open', 'late') GROUP BY 1, 2
"""
BLOCKS: Final = "SELECT state, 'blocks', count(*) FROM review_provisionalblock GROUP BY 1"
SANCTIONS: Final = "SELECT state, kind, count(*) FROM sanctions_sanction GROUP BY 1, 2"
# By what platforms made of requests for data; what was never sent is nobody's answer.
PLATFORMS: Final = """
SELECT platform, CASE WHEN state IN ('sent', 'acknowledged') THEN 'waiting' ELSE state END, count(*)
FROM subscribers_subscriberrequest
WHERE state NOT IN ('draft', 'signed', 'dropped') AND drafted_at >= %(since)s AND drafted_at < %(until)s GROUP BY 1, 2
"""
ORDERS: Final = "SELECT state, 'orders', count(*) FROM orders_correctiveorder GROUP BY 1"


def counted(query: str, *, since: datetime, until: datetime) -> Sequence[Row]:
    """Rows of one of the queries above."""
    values: dict[str, datetime | str] = {"since": since, "until": until, "zone": settings.TIME_ZONE}
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
