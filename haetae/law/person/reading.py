"""From the tables of a pack to what a person reads; what is inconsistent is refused before anybody relies on it."""

from collections.abc import Sequence

from haetae.law.person.facts import Retention, RetentionClass
from haetae.law.reading import Sources, article_of, legal_source, read_dated, verified
from haetae.law.table import Table


def read_retentions(tables: Sequence[Table], sources: Sources) -> tuple[Retention, ...]:
    return read_dated(tables, read=lambda table: _retention(table, sources), name=lambda row: row.kind)


def _retention(table: Table, sources: Sources) -> Retention:
    with table:
        source = legal_source(table, sources)
        return Retention(
            source=source,
            verified=verified(table, source),
            valid_from=table.day_or_none("from"),
            valid_to=table.day_or_none("to"),
            kind=table.choice("id", RetentionClass),
            article=article_of(table),
            keep_for=table.duration_or_none("keep_for"),
            destroyed_on_demand=table.flag("destroyed_on_demand", default=False),
        )
