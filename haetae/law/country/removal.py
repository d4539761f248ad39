"""From the tables of a pack to the duties to remove: once begun, each day is covered until an end that is meant."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from haetae.law.country.facts import (
    Bound,
    Checklist,
    ClockStart,
    Copies,
    CopiesScope,
    DutyName,
    Element,
    RemovalDuty,
)
from haetae.law.dated import read_without_holes
from haetae.law.reading import Sources, article_of, legal_source, verified
from haetae.law.table import Table


def read_removal_duties(
    tables: Sequence[Table], sources: Sources, *, pack_id: str, zone: ZoneInfo
) -> tuple[RemovalDuty, ...]:
    return read_without_holes(
        tables,
        read=lambda table: _duty(table, sources, pack_id=pack_id, zone=zone),
        name=lambda duty: duty.name,
    )


def _duty(table: Table, sources: Sources, *, pack_id: str, zone: ZoneInfo) -> RemovalDuty:
    with table:
        source = legal_source(table, sources)
        duty = RemovalDuty(
            source=source,
            verified=verified(table, source),
            valid_from=table.day_or_none("from"),
            valid_to=table.day_or_none("to"),
            pack_id=pack_id,
            zone=zone,
            name=table.choice("id", DutyName),
            article=article_of(table, source),
            as_soon_as_possible=table.flag("as_soon_as_possible", default=False),
            due_after=table.duration_or_none("due_after"),
            longer_if_allowed=table.flag("longer_if_allowed", default=False),
            starts_with=table.choice("starts_with", ClockStart),
            binds=table.choices("binds", Bound),
            words_ko=table.text("words_ko"),
            words_en=table.text("words_en"),
            valid_request=_checklist(table, sources),
            reaches=_copies(table, sources),
        )
    if not duty.as_soon_as_possible and duty.due_after is None:
        raise table.error("say when: as_soon_as_possible = true, or due_after, or both.")
    return duty


def _checklist(table: Table, sources: Sources) -> Checklist | None:
    inner = table.table_or_none("valid_request")
    if inner is None:
        return None
    with inner:
        source = legal_source(inner, sources)
        return Checklist(
            source=source,
            verified=verified(inner, source),
            article=article_of(inner, source),
            elements=inner.choices("elements", Element),
        )


def _copies(table: Table, sources: Sources) -> CopiesScope | None:
    inner = table.table_or_none("copies")
    if inner is None:
        return None
    with inner:
        source = legal_source(inner, sources)
        return CopiesScope(
            source=source,
            verified=verified(inner, source),
            article=article_of(inner, source),
            scope=inner.choice("scope", Copies),
        )
