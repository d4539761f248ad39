"""From the tables of a pack to the provisions around a removal; a measure that cannot be right is refused."""

import re
from collections.abc import Sequence
from typing import Any, Final

from haetae.law.country.provisions import (
    Actor,
    Gap,
    Procedure,
    RecordKeeping,
    Sanction,
    SanctionKind,
    Step,
    Transparency,
)
from haetae.law.dated import read_dated
from haetae.law.facts import Source
from haetae.law.reading import Sources, article_of, legal_source, verified
from haetae.law.table import Table

_DAY_OF_YEAR: Final = re.compile(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")


def read_procedures(tables: Sequence[Table], sources: Sources) -> tuple[Procedure, ...]:
    return read_dated(
        tables, read=lambda table: _procedure(table, sources), name=lambda found: found.procedure_id
    )


def read_sanctions(tables: Sequence[Table], sources: Sources) -> tuple[Sanction, ...]:
    return read_dated(tables, read=lambda table: _sanction(table, sources), name=lambda row: row.sanction_id)


def read_records(tables: Sequence[Table], sources: Sources) -> tuple[RecordKeeping, ...]:
    return read_dated(tables, read=lambda table: _record(table, sources), name=lambda row: row.record_id)


def read_transparency(tables: Sequence[Table], sources: Sources) -> tuple[Transparency, ...]:
    return read_dated(tables, read=lambda table: _report(table, sources), name=lambda row: row.report_id)


def read_gaps(tables: Sequence[Table]) -> tuple[Gap, ...]:
    return tuple(_gap(table) for table in tables)


def _procedure(table: Table, sources: Sources) -> Procedure:
    with table:
        source = legal_source(table, sources)
        return Procedure(
            **_provision(table, source),
            procedure_id=table.text("id"),
            steps=tuple(_step(inner, sources) for inner in table.tables("steps")),
        )


def _step(table: Table, sources: Sources) -> Step:
    with table:
        source = legal_source(table, sources)
        return Step(
            source=source,
            verified=verified(table, source),
            step_id=table.text("id"),
            by=table.choice("by", Actor),
            article=article_of(table, source),
            as_soon_as_possible=table.flag("as_soon_as_possible", default=False),
            within=table.duration_or_none("within"),
            longest=table.duration_or_none("longest"),
            at_least=table.duration_or_none("at_least"),
            words_ko=table.text("words_ko"),
            words_en=table.text("words_en"),
        )


def _sanction(table: Table, sources: Sources) -> Sanction:
    with table:
        source = legal_source(table, sources)
        sanction = Sanction(
            **_provision(table, source),
            sanction_id=table.text("id"),
            kind=table.choice("kind", SanctionKind),
            against=table.choice("against", Actor),
            min_fine=table.money_or_none("min_fine"),
            max_fine=table.money_or_none("max_fine"),
            min_percent=table.whole_number_or_none("min_percent", least=1, most=100),
            max_percent=table.whole_number_or_none("max_percent", least=1, most=100),
            percent_of_ko=table.text_or_none("percent_of_ko") or "",
            percent_of_en=table.text_or_none("percent_of_en") or "",
            max_penalty_units=table.whole_number_or_none("max_penalty_units", least=1),
            min_years=table.whole_number_or_none("min_years", least=1, most=50),
            max_years=table.whole_number_or_none("max_years", least=1, most=50),
            longest=table.duration_or_none("longest"),
        )
    _check_measures(table, sanction)
    return sanction


def _check_measures(table: Table, sanction: Sanction) -> None:
    for name in ("fine", "percent", "years"):
        least, most = getattr(sanction, f"min_{name}"), getattr(sanction, f"max_{name}")
        if least is not None and most is not None and _is_above(table, least, most):
            raise table.error(f"min_{name} is above max_{name}; have they changed places?")
    measured = [
        sanction.min_fine,
        sanction.max_fine,
        sanction.min_percent,
        sanction.max_percent,
        sanction.max_penalty_units,
        sanction.min_years,
        sanction.max_years,
        sanction.longest,
    ]
    if not any(measured) and not sanction.kind.has_no_measure:
        raise table.error(
            "say how much: a sum, a share, years or how long; or say under [[gaps]] what is missing."
        )
    if (sanction.min_percent or sanction.max_percent) and not (
        sanction.percent_of_ko and sanction.percent_of_en
    ):
        raise table.error("a share is a share of something; add percent_of_ko and percent_of_en.")


def _is_above(table: Table, least: Any, most: Any) -> bool:
    if isinstance(least, int):
        return bool(least > most)
    if least.currency != most.currency:
        raise table.error("min_fine and max_fine are in two currencies; use one.")
    return bool(least.amount > most.amount)


def _record(table: Table, sources: Sources) -> RecordKeeping:
    with table:
        source = legal_source(table, sources)
        return RecordKeeping(
            **_provision(table, source),
            record_id=table.text("id"),
            by=table.choice("by", Actor),
            keep_for=table.duration("keep_for"),
        )


def _report(table: Table, sources: Sources) -> Transparency:
    with table:
        source = legal_source(table, sources)
        due_on = table.text_or_none("due_on")
        if due_on is not None and not _DAY_OF_YEAR.fullmatch(due_on):
            raise table.error(f"key 'due_on': {due_on!r} is no day of a year; write it like 01-31.")
        return Transparency(
            **_provision(table, source),
            report_id=table.text("id"),
            every=table.duration("every"),
            due_on=due_on,
            is_public=table.flag("is_public", default=False),
        )


def _provision(table: Table, source: Source) -> dict[str, Any]:
    return {
        "source": source,
        "verified": verified(table, source),
        "valid_from": table.day_or_none("from"),
        "valid_to": table.day_or_none("to"),
        "article": article_of(table, source),
        "words_ko": table.text("words_ko"),
        "words_en": table.text("words_en"),
    }


def _gap(table: Table) -> Gap:
    with table:
        return Gap(
            about=table.text("about"), words_ko=table.text("words_ko"), words_en=table.text("words_en")
        )
