"""From the tables of a pack to the rules of a sum; what could not be worked out with is refused."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from haetae.law.reading import Sources, policy_source, verified
from haetae.law.sanctioning.facts import (
    Bound,
    EarlierOnes,
    Effort,
    Factor,
    FineRules,
    Level,
    Points,
    Severity,
    SeverityClass,
    Shares,
    SurchargeRules,
    Terms,
    Weight,
)
from haetae.law.table import Table

_PARTS: Final = 10_000  # a rate is of so many parts, so that 2.7 percent is a whole number
_MOST: Final = 10_000_000
_ALL_WEIGHTS: Final = 100


def read_surcharge(table: Table, sources: Sources) -> SurchargeRules:
    with table:
        weights = tuple(_weight(row, sources) for row in table.tables("factors"))
        points = tuple(_points(row, sources) for row in table.tables("levels"))
        classes = tuple(_class(row, sources) for row in table.tables("classes"))
        rules = SurchargeRules(
            weights=weights,
            points=points,
            classes=classes,
            bounds={
                bound.factor: bound for bound in (_bound(row, sources) for row in table.tables("bounds"))
            },
            counts=_earlier(table.table("counts"), sources),
            effort=_effort(table.table("effort"), sources),
            terms=_terms(table.table("terms"), sources),
        )
    _check_whole(table, rules)
    return rules


def read_fine(table: Table, sources: Sources) -> FineRules:
    with table:
        return FineRules(
            counts=_shares(table.table("counts"), sources),
            effort=_effort(table.table("effort"), sources),
            terms=_terms(table.table("terms"), sources),
        )


def _check_whole(table: Table, rules: SurchargeRules) -> None:
    """Every factor, level and class once; weights of 100 together; what is heavier never costs less."""
    _check_each_once(table, "factors", [row.factor for row in rules.weights], Factor)
    _check_each_once(table, "levels", [row.level for row in rules.points], Level)
    _check_each_once(table, "classes", [row.severity for row in rules.classes], Severity)
    if sum(row.weight for row in rules.weights) != _ALL_WEIGHTS:
        raise table.error(f"the weights of [[factors]] must be {_ALL_WEIGHTS} together.")
    points = {row.level: row.points for row in rules.points}
    if not points[Level.LOW] < points[Level.MIDDLE] < points[Level.HIGH]:
        raise table.error("the points of [[levels]] must rise from low to high.")
    for heavier, lighter in pairwise(rules.classes):
        rises = (
            heavier.from_score > lighter.from_score
            and heavier.rate >= lighter.rate
            and heavier.without_revenue.amount >= lighter.without_revenue.amount
        )
        if not rises:
            raise table.error(
                f"'{heavier.severity}' must begin higher and cost no less than '{lighter.severity}'."
            )
    if rules.classes[-1].from_score > _ALL_WEIGHTS * points[Level.LOW]:
        raise table.error(
            f"the lowest score of all has no class; let '{rules.classes[-1].severity}' begin there."
        )


def _check_each_once(table: Table, key: str, found: Sequence[Any], wanted: Any) -> None:
    if sorted(found) != sorted(wanted):
        raise table.error(f"[[{key}]] must say each of {', '.join(sorted(wanted))} once.")


def _cited(table: Table, sources: Sources) -> dict[str, Any]:
    source = policy_source(table, sources)
    return {"source": source, "verified": verified(table, source)}


def _weight(table: Table, sources: Sources) -> Weight:
    with table:
        return Weight(
            **_cited(table, sources),
            factor=table.choice("id", Factor),
            weight=table.whole_number("weight", least=1, most=_ALL_WEIGHTS),
            words_ko=table.text("words_ko"),
            words_en=table.text("words_en"),
        )


def _points(table: Table, sources: Sources) -> Points:
    with table:
        return Points(
            **_cited(table, sources),
            level=table.choice("id", Level),
            points=table.whole_number("points", least=1, most=10),
        )


def _class(table: Table, sources: Sources) -> SeverityClass:
    with table:
        without = table.money_or_none("without_revenue")
        if without is None:
            raise table.error("key 'without_revenue' is missing; add a sum such as 'KRW 330000000'.")
        return SeverityClass(
            **_cited(table, sources),
            severity=table.choice("id", Severity),
            from_score=table.whole_number("from_score"),
            rate=table.whole_number("rate", least=1, most=_PARTS),
            without_revenue=without,
            words_ko=table.text("words_ko"),
            words_en=table.text("words_en"),
        )


def _bound(table: Table, sources: Sources) -> Bound:
    with table:
        bound = Bound(
            **_cited(table, sources),
            factor=table.choice("factor", Factor),
            middle_from=table.whole_number("middle_from", least=1, most=_MOST),
            high_from=table.whole_number("high_from", least=1, most=_MOST),
        )
    if bound.middle_from >= bound.high_from:
        raise table.error("middle_from must be below high_from.")
    return bound


def _earlier(table: Table, sources: Sources) -> EarlierOnes:
    with table:
        return EarlierOnes(
            **_cited(table, sources),
            each_percent=table.whole_number("each_percent", most=100),
            most_percent=table.whole_number("most_percent", most=100),
            within=table.duration("within"),
        )


def _shares(table: Table, sources: Sources) -> Shares:
    with table:
        shares = tuple(table.whole_numbers("shares_percent", least=1, most=100))
        found = Shares(**_cited(table, sources), shares_percent=shares, within=table.duration("within"))
    if list(shares) != sorted(shares):
        raise table.error("shares_percent must not fall: a later time costs no less.")
    return found


def _effort(table: Table, sources: Sources) -> Effort:
    with table:
        most = table.whole_number("most_percent", most=100)
        return Effort(**_cited(table, sources), most_percent=most)


def _terms(table: Table, sources: Sources) -> Terms:
    with table:
        return Terms(
            **_cited(table, sources),
            pay_within=table.duration("pay_within"),
            contest_within=table.duration("contest_within"),
        )
