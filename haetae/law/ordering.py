"""What a regulator may order an operator to do: the article, what ignoring it costs, and the time that we give."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from haetae.law.country.provisions import Provision, Sanction
from haetae.law.dated import read_dated
from haetae.law.duration import Duration
from haetae.law.facts import Cited, Source
from haetae.law.reading import Sources, article_of, legal_source, policy_source, verified
from haetae.law.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPower(Provision):
    """The article by which an order of one ground is given; `sanctions` are ids of the pack, for ignoring it."""

    ground: str
    sanctions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Provision):
    """A duty of an operator that is about no single picture; an order may name it, and only such a one."""

    duty_id: str
    sanctions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders(Cited):
    """`powers` and `duties` are law; the two times are our own target, and no law's.

    `follow_within` counts from when the operator has the order; `duty_within` where it has to set something up.
    """

    powers: tuple[OrderPower, ...]
    duties: tuple[Duty, ...]
    follow_within: Duration
    duty_within: Duration


def read_orders(*, legal: Table, policy: Table, sources: Sources, sanctions: Iterable[Sanction]) -> Orders:
    known = {sanction.sanction_id for sanction in sanctions}
    powers = read_dated(
        legal.tables("orders"), read=lambda table: _power(table, sources, known), name=lambda one: one.ground
    )
    duties = read_dated(
        legal.tables("duties"), read=lambda table: _duty(table, sources, known), name=lambda one: one.duty_id
    )
    with policy:
        source = policy_source(policy, sources)
        return Orders(
            source=source,
            verified=verified(policy, source),
            powers=powers,
            duties=duties,
            follow_within=policy.duration("follow_within"),
            duty_within=policy.duration("duty_within"),
        )


def _power(table: Table, sources: Sources, known: set[str]) -> OrderPower:
    with table:
        source = legal_source(table, sources)
        return OrderPower(
            ground=table.text("id"),
            sanctions=_sanctions(table, known),
            source=source,
            verified=verified(table, source),
            valid_from=table.day_or_none("from"),
            valid_to=table.day_or_none("to"),
            article=article_of(table, source),
            words_ko=table.text("words_ko"),
            words_en=table.text("words_en"),
        )


def _duty(table: Table, sources: Sources, known: set[str]) -> Duty:
    with table:
        source: Source = legal_source(table, sources)
        return Duty(
            duty_id=table.text("id"),
            sanctions=_sanctions(table, known),
            source=source,
            verified=verified(table, source),
            valid_from=table.day_or_none("from"),
            valid_to=table.day_or_none("to"),
            article=article_of(table, source),
            words_ko=table.text("words_ko"),
            words_en=table.text("words_en"),
        )


def _sanctions(table: Table, known: set[str]) -> tuple[str, ...]:
    named: Sequence[str] = table.texts("sanctions")
    for one in named:
        if one not in known:
            raise table.error(f"sanction '{one}' is not listed; add it under [[legal.sanctions]].")
    return tuple(named)
