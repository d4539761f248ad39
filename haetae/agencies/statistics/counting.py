"""Counts one month by the record. Each request, place, review or case counts once a month in one measure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import connection

from haetae.agencies.statistics.measures import MEASURES, TIMED, By
from haetae.agencies.statistics.rules import borders
from haetae.agencies.statistics.tables import Counted, Times
from haetae.law.packs import load_pack

_WITHOUT_WAY: Final = "none"
_OF_REQUESTS: Final = {
    event: one.name
    for one in MEASURES
    for event in one.events
    if By.OPERATOR in one.by or one.name == "wrongful"
}
_ALONE: Final = {
    event: one.name
    for one in MEASURES
    for event in one.events
    if one.name in {"people", "restored", "appeals_filed", "appeals_upheld"}
}
# What happened to requests in the month, with whose they are and by which way they went.
_HAPPENED: Final = """
WITH happened AS (
  SELECT event.name, event.subject_id, min(event.at) AS at FROM audit_event event
  WHERE event.name = ANY(%(names)s) AND event.at >= %(since)s AND event.at < %(until)s
  GROUP BY 1, 2
), told AS (
  SELECT happened.name, coalesce(operator.id::text, '') AS operator, request.minor_protected AS minor,
         coalesce(nullif(delivery.channel, ''), operator.connector, %(without)s) AS way,
         extract(epoch FROM happened.at - request.requested_at) AS took_s
  FROM happened JOIN removal_deletionrequest request ON request.id = happened.subject_id
  LEFT JOIN accounts_operator operator ON operator.id = request.operator_id
  LEFT JOIN delivery_delivery delivery ON delivery.subject_id = request.id AND delivery.kind = 'delete'
)
"""
_REQUESTS: Final = f"{_HAPPENED} SELECT name, operator, way, minor, count(*) FROM told GROUP BY 1, 2, 3, 4"  # noqa: S608 - all of it is ours
_TOOK: Final = (
    _HAPPENED
    + """
SELECT operator, way, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY took_s),
       percentile_cont(0.9) WITHIN GROUP (ORDER BY took_s)
FROM told GROUP BY GROUPING SETS ((), (operator), (way))
"""
)
_FOUND: Final = """
SELECT facts ->> 'source', count(DISTINCT subject_id) FROM audit_event
WHERE name = 'arrival.found' AND at >= %(since)s AND at < %(until)s GROUP BY 1
"""
_EVENTS: Final = """
SELECT name, count(DISTINCT subject_id) FROM audit_event
WHERE name = ANY(%(names)s) AND at >= %(since)s AND at < %(until)s GROUP BY 1
"""
# What was suspected and looked at: why somebody looked stands with the look.
_LOOKED: Final = """
SELECT look.reason, look.answer, count(DISTINCT look.id) FROM audit_event event
JOIN looks_look look ON look.id = event.subject_id
WHERE event.name IN ('looks.match', 'looks.something_else', 'looks.cannot_tell')
  AND look.reason IN ('check_models', 'check_match') AND event.at >= %(since)s AND event.at < %(until)s GROUP BY 1, 2
"""
_WAITED: Final = """
SELECT CASE WHEN opened.at > %(until)s - interval '1 day' THEN 'day'
            WHEN opened.at > %(until)s - interval '7 days' THEN 'week'
            WHEN opened.at > %(until)s - interval '30 days' THEN 'month' ELSE 'longer' END,
       count(DISTINCT opened.subject_id)
FROM audit_event opened WHERE opened.name = 'review.opened' AND opened.at < %(until)s AND NOT EXISTS (
  SELECT 1 FROM audit_event ended WHERE ended.subject_id = opened.subject_id AND ended.at < %(until)s AND ended.name IN
    ('review.remove', 'review.block_access', 'review.not_harmful', 'review.moot')
) GROUP BY 1
"""
_LOOKS: Final = {"check_models": "models_checked", "check_match": "hashes_checked"}
_NAMES: Final = "SELECT id::text, name FROM accounts_operator"
# Of these operators the requests of a whole year can be read beside their own report (web.portal.transparency).
_READ_ELSEWHERE: Final = """
SELECT DISTINCT operator_id::text FROM filings_transparencyreport
WHERE state = 'published' AND year = %(year)s AND our_asked >= %(fewest)s
"""

_Parts = defaultdict[tuple[str, By], defaultdict[str, int]]


def count_month(month: str) -> Counted:
    """The month as it is, for nobody's eyes before it went through tables.readable()."""
    since, until = borders(month, load_pack(settings.JURISDICTION).zone)
    values = {"since": since, "until": until, "without": _WITHOUT_WAY}
    by: _Parts = defaultdict(lambda: defaultdict(int))
    crossed: defaultdict[str, defaultdict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    totals: defaultdict[str, int] = defaultdict(int)
    for name, parts, count in _found(values):
        totals[name] += count
        for way, part in parts.items():
            by[name, way][part] += count
        if By.WAY in parts:
            crossed[name][parts[By.OPERATOR], parts[By.WAY]] += count
    return Counted(
        totals=dict(totals),
        by={key: dict(parts) for key, parts in by.items()},
        times=dict(_times(values)),
        names=dict(_rows(_NAMES, {})),
        crossed={name: dict(cells) for name, cells in crossed.items()},
    )


def read_elsewhere(year: int, *, fewest: int) -> frozenset[str]:
    """Ids of operators of which our requests of that whole year are published beside their own report."""
    return frozenset(row[0] for row in _rows(_READ_ELSEWHERE, {"year": year, "fewest": fewest}))


def _found(values: dict[str, Any]) -> Iterator[tuple[str, dict[By, str], int]]:
    """Name of a measure, in which parts, how many."""
    for event, operator, way, minor, count in _rows(_REQUESTS, values | {"names": list(_OF_REQUESTS)}):
        name = _OF_REQUESTS[event]
        parts = {By.OPERATOR: operator, By.WAY: way, By.MINOR: "minor" if minor else "nobody_said"}
        yield name, parts, count
    for source, count in _rows(_FOUND, values):
        yield "found", {By.SOURCE: source}, count
    for event, count in _rows(_EVENTS, values | {"names": list(_ALONE)}):
        yield _ALONE[event], {}, count
    for reason, answer, count in _rows(_LOOKED, values):
        yield _LOOKS[reason], {By.ANSWER: answer}, count
    for age, count in _rows(_WAITED, values):
        yield "backlog", {By.AGE: age}, count


def _times(values: dict[str, Any]) -> Iterator[tuple[tuple[By | None, str], Times]]:
    names = [event for event, name in _OF_REQUESTS.items() if name == TIMED]
    for operator, way, count, median, p90 in _rows(_TOOK, values | {"names": names}):
        if not count:
            continue
        key: tuple[By | None, str] = (None, "")
        if operator is not None:
            key = (By.OPERATOR, operator)
        elif way is not None:
            key = (By.WAY, way)
        yield key, Times(count=count, median_s=_minutes(median), p90_s=_minutes(p90))


def _minutes(seconds: Any) -> int:
    """Seconds, rounded up to a whole minute: nothing finer is told."""
    return -(-int(seconds) // 60) * 60


def _rows(query: str, values: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def ends_at(month: str) -> datetime:
    """The first moment after the month."""
    return borders(month, load_pack(settings.JURISDICTION).zone)[1]
