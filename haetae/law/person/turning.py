"""From the tables of a pack to numbers that a person can call, and which of them in which situation."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Final

from haetae.law.person.facts import Helpline, HelplineUse, Hours, Situation, Turning
from haetae.law.person.hours import HoursError, Openness, parse_opening
from haetae.law.reading import Sources, policy_source, source_of, verified
from haetae.law.table import Table

_BEST_FIRST: Final = (Openness.OPEN, Openness.UNKNOWN, Openness.CLOSED)


def open_first(lines: Sequence[Helpline], *, at: datetime, tz: tzinfo) -> tuple[Helpline, ...]:
    """Whoever answers at the moment, then those whose hours nobody knows, then the others; else as they stood."""
    return tuple(sorted(lines, key=lambda line: _BEST_FIRST.index(line.openness(at=at, tz=tz))))


def read_helplines(tables: Sequence[Table], sources: Sources) -> tuple[Helpline, ...]:
    found: list[Helpline] = []
    for table in tables:
        line = _helpline(table, sources)
        if any(other.helpline_id == line.helpline_id for other in found):
            raise table.error(f"'{line.helpline_id}' is there twice; give it another id.")
        if not (line.number or line.site):
            raise table.error("say a number, a site or both.")
        found.append(line)
    return tuple(found)


def read_turnings(
    tables: Sequence[Table], sources: Sources, *, helplines: Sequence[Helpline]
) -> tuple[Turning, ...]:
    """Every situation once, and nothing but helplines that the pack has."""
    known = {line.helpline_id for line in helplines}
    found: list[Turning] = []
    for table in tables:
        turning = _turning(table, sources)
        if any(other.situation is turning.situation for other in found):
            raise table.error(f"'{turning.situation}' is there twice; say it once.")
        unknown = [line for line in turning.helplines if line not in known]
        if unknown:
            raise table.error(f"'{unknown[0]}' is no helpline of this pack.")
        found.append(turning)
    missing = [situation for situation in Situation if situation not in {row.situation for row in found}]
    if missing:
        raise tables[0].error(f"nobody to turn to for '{missing[0]}'; add the situation.")
    return tuple(found)


def _helpline(table: Table, sources: Sources) -> Helpline:
    with table:
        source = source_of(table, sources)
        return Helpline(
            source=source,
            verified=verified(table, source),
            helpline_id=table.text("id"),
            use=table.choice("use", HelplineUse),
            everywhere=table.flag("everywhere", default=False),
            number=table.text_or_none("number") or "",
            option=table.text_or_none("option"),
            site=table.text_or_none("site") or "",
            hours=_hours(table, sources),
            name_ko=table.text("name_ko"),
            name_en=table.text("name_en"),
            words_ko=table.text("words_ko"),
            words_en=table.text("words_en"),
        )


def _hours(table: Table, sources: Sources) -> Hours | None:
    inner = table.table_or_none("hours")
    if inner is None:
        return None
    with inner:
        source = source_of(inner, sources)
        try:
            openings = tuple(parse_opening(text) for text in inner.texts("weekly"))
        except HoursError as error:
            raise inner.error(f"key 'weekly': {error}") from error
        return Hours(source=source, verified=verified(inner, source), openings=openings)


def _turning(table: Table, sources: Sources) -> Turning:
    with table:
        source = policy_source(table, sources)
        return Turning(
            source=source,
            verified=verified(table, source),
            situation=table.choice("id", Situation),
            helplines=table.texts("helplines"),
        )
