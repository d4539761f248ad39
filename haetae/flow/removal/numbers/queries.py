"""Everything that counts requests to operators: by the database, from the record of what was said and seen."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from haetae.flow.removal.numbers.figures import Figures

# Each request once: what was ever said and seen of it stands in the record, and its state only says how it is now.
_ASKED: Final = """
WITH asked AS (
  SELECT request.id, request.legal_basis AS basis, request.ordered <> '' AS by_decision,
         operator.id AS operator_id, coalesce(nullif(delivery.channel, ''), operator.connector) AS channel,
         request.requested_at, request.state IN ('requested', 'sent') AS runs
  FROM removal_deletionrequest request
  JOIN accounts_operator operator ON operator.id = request.operator_id
  LEFT JOIN delivery_delivery delivery ON delivery.subject_id = request.id AND delivery.kind = 'delete'
  WHERE request.requested_at >= %(since)s AND request.requested_at < %(until)s {only}
), told AS (
  SELECT event.subject_id AS id, {told}
  FROM audit_event event JOIN asked ON asked.id = event.subject_id
  WHERE event.name IN ({names})
  GROUP BY event.subject_id
)
"""
_TOLD: Final = """
    min(event.at) FILTER (WHERE event.name IN
      ('removal.claimed', 'removal.refused', 'removal.unsure', 'removal.access_blocked')) AS answered_at,
    min(event.at) FILTER (WHERE event.name = 'removal.verified') AS verified_at,
    bool_or(event.name = 'removal.claimed') AS claimed,
    bool_or(event.name = 'removal.refused') AS refused,
    bool_or(event.name = 'removal.unsure') AS unsure,
    bool_or(event.name = 'removal.access_blocked') AS hidden,
    bool_or(event.name = 'removal.claim_false') AS claim_false,
    bool_or(event.name = 'removal.reappeared') AS reappeared,
    bool_or(event.name = 'removal.overdue') AS late
"""
_NAMES: Final = """'removal.claimed', 'removal.refused', 'removal.unsure', 'removal.access_blocked',
                     'removal.verified', 'removal.claim_false', 'removal.reappeared', 'removal.overdue'"""
_GROUPS: Final = """
GROUP BY GROUPING SETS ((operator_id), (operator_id, basis, by_decision), (operator_id, channel),
                        (operator_id, basis, by_decision, channel))
"""
# A decision of the commission that the operator had and did not follow.
IGNORED: Final = "by_decision AND (refused OR claim_false OR late)"
_FIGURES: Final = """
SELECT operator_id, {grouped},
  count(*) AS asked, count(*) FILTER (WHERE runs) AS running, count(answered_at) AS answered,
  count(*) FILTER (WHERE claimed) AS claimed, count(verified_at) AS verified,
  count(*) FILTER (WHERE refused) AS refused, count(*) FILTER (WHERE unsure) AS unsure,
  count(*) FILTER (WHERE hidden) AS hidden, count(*) FILTER (WHERE claim_false) AS false_claims,
  count(*) FILTER (WHERE reappeared) AS reappeared, count(*) FILTER (WHERE late) AS overdue,
  count(*) FILTER (WHERE {ignored}) AS ignored,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY answered_at - requested_at) AS answer_median,
  percentile_cont(0.9) WITHIN GROUP (ORDER BY answered_at - requested_at) AS answer_p90,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY verified_at - requested_at) AS removal_median,
  percentile_cont(0.9) WITHIN GROUP (ORDER BY verified_at - requested_at) AS removal_p90
FROM asked LEFT JOIN told USING (id)
"""
_BY_GROUP: Final = "basis, coalesce(by_decision, false) AS by_decision, channel"
_OVER_ALL: Final = "'' AS basis, false AS by_decision, '' AS channel"
_REASONS: Final = """
SELECT operator_id, basis, coalesce(by_decision, false), channel, coalesce(reason, ''), count(*)
FROM asked JOIN told USING (id)
GROUP BY GROUPING SETS ((operator_id, coalesce(reason, '')), (operator_id, basis, by_decision, coalesce(reason, '')),
  (operator_id, channel, coalesce(reason, '')), (operator_id, basis, by_decision, channel, coalesce(reason, '')))
"""


_FIGURES_BY_GROUP: Final = _FIGURES.format(grouped=_BY_GROUP, ignored=IGNORED) + _GROUPS
_FIGURES_OVER_ALL: Final = _FIGURES.format(grouped=_OVER_ALL, ignored=IGNORED) + "GROUP BY operator_id"
_WHY: Final = """
SELECT operator_id, coalesce(reason, ''), count(*) FROM asked JOIN told USING (id)
GROUP BY operator_id, coalesce(reason, '')
"""
_ONE: Final = "AND request.operator_id = %(operator)s"
_NEVER: Final = datetime.max.replace(tzinfo=UTC)

_Key = tuple[UUID, str, bool, str]


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """One operator over all, by legal basis, by channel, and by both."""

    whole: Figures
    by_basis: Sequence[Figures]
    by_channel: Sequence[Figures]
    by_both: Sequence[Figures]


def numbers_of(operator_id: UUID, *, since: datetime) -> Numbers:
    """Of one operator alone, about requests made since then."""
    found = _numbers(since=since, only=_ONE, operator=operator_id)
    return found.get(operator_id) or _none(operator_id)


def whole_of(operator_id: UUID, *, since: datetime, until: datetime) -> Figures:
    """Of one operator over all, about requests made in that time, with the reasons of its refusals."""
    values = {"since": since, "until": until, "operator": operator_id}
    reasons = {reason: count for _operator, reason, count in _rows(_WHY, only=_ONE, values=values)}
    found = [_figures(row, {}) for row in _named(_FIGURES_OVER_ALL, only=_ONE, values=values)]
    return replace(found[0], reasons=reasons) if found else Figures(operator_id=operator_id)


def wholes(*, since: datetime, until: datetime) -> dict[UUID, Figures]:
    """Of every operator that was asked anything in that time, over all, without reasons."""
    rows = _named(_FIGURES_OVER_ALL, only="", values={"since": since, "until": until})
    return {row["operator_id"]: _figures(row, {}) for row in rows}


def all_numbers(*, since: datetime) -> dict[UUID, Numbers]:
    """Of every operator that was asked anything since then."""
    return _numbers(since=since, only="")


def _none(operator_id: UUID) -> Numbers:
    return Numbers(whole=Figures(operator_id=operator_id), by_basis=[], by_channel=[], by_both=[])


def _numbers(*, since: datetime, only: str, **values: Any) -> dict[UUID, Numbers]:
    asked_in = {"since": since, "until": _NEVER, **values}
    reasons: defaultdict[_Key, dict[str, int]] = defaultdict(dict)
    for operator_id, basis, by_decision, channel, reason, count in _rows(
        _REASONS, only=only, values=asked_in
    ):
        reasons[operator_id, basis or "", by_decision, channel or ""][reason] = count
    groups = [_figures(row, reasons) for row in _named(_FIGURES_BY_GROUP, only=only, values=asked_in)]
    found: defaultdict[UUID, list[Figures]] = defaultdict(list)
    for group in groups:
        found[group.operator_id].append(group)
    return {operator_id: _sorted_out(of_one) for operator_id, of_one in found.items()}


def _rows(reasons: str, *, only: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            _ASKED.format(
                only=only, told="max(event.facts ->> 'reason') AS reason", names="'removal.refused'"
            )
            + reasons,
            values,
        )
        return list(cursor.fetchall())


def _named(figures: str, *, only: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(_ASKED.format(only=only, told=_TOLD, names=_NAMES) + figures, values)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _figures(row: dict[str, Any], reasons: dict[_Key, dict[str, int]]) -> Figures:
    row["basis"], row["channel"] = row["basis"] or "", row["channel"] or ""
    key = (row["operator_id"], row["basis"], row["by_decision"], row["channel"])
    return Figures(reasons=reasons.get(key, {}), **row)


def _sorted_out(groups: Sequence[Figures]) -> Numbers:
    groups = sorted(groups, key=lambda one: (-one.asked, one.basis, one.by_decision, one.channel))
    return Numbers(
        whole=next(one for one in groups if not one.basis and not one.channel),
        by_basis=[one for one in groups if one.basis and not one.channel],
        by_channel=[one for one in groups if one.channel and not one.basis],
        by_both=[one for one in groups if one.basis and one.channel],
    )
