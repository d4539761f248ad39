"""The numbers of a pack that a sum rests on, taken out of it on the day of the failure. Pure."""

from datetime import date

from haetae.agencies.enforcement.sanctions.states import Kind
from haetae.agencies.enforcement.sanctions.worksheet.facts import (
    ClassNumbers,
    FineNumbers,
    Number,
    SurchargeNumbers,
)
from haetae.law.country.provisions import Actor, Sanction, SanctionKind
from haetae.law.facts import Cited
from haetae.law.packs import Pack

_KINDS = {Kind.SURCHARGE: SanctionKind.SURCHARGE, Kind.FINE: SanctionKind.FINE}


class NoSuchSanctionError(LookupError):
    """The pack has no such sanction against an operator on that day."""


def articles(pack: Pack, kind: Kind, *, on: date) -> list[Sanction]:
    """What an operator can be made to pay by the law of a day; a crime is a court's business and not here."""
    return [
        row
        for row in pack.country.sanctions
        if row.kind is _KINDS[kind] and row.against is Actor.OPERATOR and row.covers(on)
    ]


def article(pack: Pack, kind: Kind, sanction_id: str, *, on: date) -> Sanction:
    """Raises NoSuchSanctionError."""
    for row in articles(pack, kind, on=on):
        if row.sanction_id == sanction_id:
            return row
    raise NoSuchSanctionError(f"'{sanction_id}' is no {kind} against an operator on {on}")


def surcharge_articles(pack: Pack, *, on: date) -> tuple[Sanction, Sanction]:
    """The article that caps by a share of revenue, and the one for where there is none.

    Raises NoSuchSanctionError.
    """
    found = articles(pack, Kind.SURCHARGE, on=on)
    by_share = next((row for row in found if row.max_percent is not None), None)
    by_sum = next((row for row in found if row.max_fine is not None), None)
    if by_share is None or by_sum is None:
        raise NoSuchSanctionError(f"'{pack.pack_id}' caps no surcharge against an operator on {on}")
    return by_share, by_sum


def surcharge_numbers(pack: Pack, *, on: date) -> SurchargeNumbers:
    """Raises NoSuchSanctionError."""
    rules = pack.surcharge
    by_share, by_sum = surcharge_articles(pack, on=on)
    assert by_share.max_percent is not None
    assert by_sum.max_fine is not None
    return SurchargeNumbers(
        weights={row.factor: _number(row.weight, row) for row in rules.weights},
        points={row.level: _number(row.points, row) for row in rules.points},
        classes=tuple(
            ClassNumbers(
                severity=row.severity,
                from_score=row.from_score,
                rate=row.rate,
                without_revenue=row.without_revenue.amount,
                source=row.source.key,
                verified=row.verified,
            )
            for row in rules.classes
        ),
        each_percent=_number(rules.counts.each_percent, rules.counts),
        counts_most_percent=_number(rules.counts.most_percent, rules.counts),
        effort_most_percent=_number(rules.effort.most_percent, rules.effort),
        cap_percent=_number(by_share.max_percent, by_share, article=by_share.article),
        cap_without_revenue=_number(by_sum.max_fine.amount, by_sum, article=by_sum.article),
    )


def fine_numbers(pack: Pack, sanction_id: str, *, earlier: int, on: date) -> FineNumbers:
    """Raises NoSuchSanctionError, also for a fine without a sum."""
    found, rules = article(pack, Kind.FINE, sanction_id, on=on), pack.fine
    if found.max_fine is None:
        raise NoSuchSanctionError(f"'{sanction_id}' names no sum")
    shares = rules.counts.shares_percent
    return FineNumbers(
        limit=_number(found.max_fine.amount, found, article=found.article),
        share_percent=_number(shares[min(earlier, len(shares) - 1)], rules.counts),
        effort_most_percent=_number(rules.effort.most_percent, rules.effort),
    )


def _number(value: int, by: Cited, *, article: str = "") -> Number:
    return Number(value=value, source=by.source.key, article=article, verified=by.verified)
