"""From what was counted to what may be read: the one document of a month, with everything hidden that is a few. Pure.

A later publication of the same month hides what any earlier one hid, and what lies so little beside an earlier number
that the difference would be a few people.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final

import rfc8785

from haetae.agencies.statistics.breakdowns import OTHERS, Before, is_few, shown_parts, shown_total
from haetae.agencies.statistics.hiding import FEWEST
from haetae.agencies.statistics.measures import (
    KNOWN_TO_THEMSELVES,
    MEASURES,
    MEDIAN_FROM,
    P90_FROM,
    PARTS,
    TIMED,
    By,
    Measure,
)

FORMAT: Final = "haetae-statistics/1"
_CODES: Final = frozenset({OTHERS, *chain.from_iterable(PARTS.values())})
Document = dict[str, Any]
Parts = Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Times:
    """Seconds from the request to the look that saw it gone, of `count` requests."""

    count: int
    median_s: int
    p90_s: int


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One month as it is, for nobody's eyes: `by` and `times` by the ids of operators; "" is whoever has none.

    `crossed` is each measure by operator and way at once, which is never shown.
    """

    totals: Mapping[str, int]
    by: Mapping[tuple[str, By], Parts]
    times: Mapping[tuple[By | None, str], Times]
    names: Mapping[str, str] = field(default_factory=dict)
    crossed: Mapping[str, Mapping[tuple[str, str], int]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """One earlier publication: the document, and which operator each of its names was."""

    document: Document
    ids: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Readable:
    """The document without month, revision and date, and which operator each name in it is."""

    measures: dict[str, Any]
    times: dict[str, Any]
    ids: dict[str, str]


def readable(
    counted: Counted, *, earlier: Sequence[Earlier] = (), apart: AbstractSet[str] = frozenset()
) -> Readable:
    """What may be read of a month. `apart`: operators of whose requests a whole year is published elsewhere."""
    named = _named(counted, earlier)
    names = {key: counted.names[key] for key in sorted(named, key=lambda key: counted.names[key].casefold())}
    measures = {
        one.name: _measure(one, counted, names, [_before(one, then) for then in earlier], apart=apart)
        for one in MEASURES
    }
    times = _times(counted, names, measures[TIMED])
    return Readable(
        measures={name: _worded(shown, names) for name, shown in measures.items()},
        times={str(by): [[names.get(key, key), *rest] for key, *rest in rows] for by, rows in times.items()},
        ids={name: key for key, name in names.items()},
    )


def digest_of(document: Document) -> str:
    """SHA-256 of its canonical form (RFC 8785)."""
    return hashlib.sha256(rfc8785.dumps(document)).hexdigest()


def _named(counted: Counted, earlier: Sequence[Earlier]) -> set[str]:
    """Operators with enough of anything to be named; in a later publication the same as in the first.

    Whoever calls itself by one of our own codes would be taken for that row, and stands among the others.
    """
    if earlier:
        return {key for key in earlier[0].ids.values() if key in counted.names}
    return {
        key
        for (_name, by), parts in counted.by.items()
        for key, count in parts.items()
        if by is By.OPERATOR and key and count >= FEWEST and counted.names[key].casefold() not in _CODES
    }


def _measure(
    measure: Measure,
    counted: Counted,
    names: Mapping[str, str],
    earlier: Sequence[dict[By | None, Before]],
    *,
    apart: AbstractSet[str],
) -> dict[str, Any]:
    total = shown_total(counted.totals.get(measure.name, 0), [then[None] for then in earlier])
    shown: dict[str, Any] = {"total": total, "by": {}}
    for by in measure.by:
        before = [then[by] for then in earlier]
        parts = _parts(by, counted.by.get((measure.name, by), {}), names)
        parts |= {key: parts.get(key, 0) for then in before for key in then.parts or {}}
        hidden = apart if measure.name == "requests" and by is By.OPERATOR else frozenset()
        rows = None
        if total is not None:
            besides = 2 if by in KNOWN_TO_THEMSELVES else 1
            rows = shown_parts(parts, besides=besides, apart=hidden, earlier=before)
        shown["by"][by] = None if rows is None else [list(row) for row in rows]
    if By.WAY in shown["by"] and not _ways_tell_nothing(measure, counted, names, shown["by"], earlier):
        shown["by"][By.WAY] = None
    return shown


def _ways_tell_nothing(
    measure: Measure,
    counted: Counted,
    names: Mapping[str, str],
    by: Mapping[By, list[list[Any]] | None],
    earlier: Sequence[dict[By | None, Before]],
) -> bool:
    """Whether ways may stand beside operators: everybody knows by which way an operator is reached.

    Nothing of either is hidden, no operator by one way is a few, and no correction has changed either.
    """
    operators, ways = by[By.OPERATOR], by[By.WAY]
    if operators is None or ways is None or any(count is None for _key, count in [*operators, *ways]):
        return False
    cells: Counter[tuple[str, str]] = Counter()
    for (operator, way), count in counted.crossed.get(measure.name, {}).items():
        cells[operator if operator in names else OTHERS, way] += count
    if cells.total() != counted.totals.get(measure.name, 0) or any(map(is_few, cells.values())):
        return False
    return all(
        {key: count or 0 for key, count in rows}
        == {**dict.fromkeys((key for key, _ in rows), 0), **(then[part].parts or {})}
        for then in earlier
        for part, rows in ((By.OPERATOR, operators), (By.WAY, ways))
    )


def _parts(by: By, found: Parts, names: Mapping[str, str]) -> dict[str, int]:
    """Every part in its place, also where there was nothing; operators that are not named are one."""
    if by is By.OPERATOR:
        rest = sum(count for key, count in found.items() if key not in names)
        return {**{key: found.get(key, 0) for key in names}, OTHERS: rest}
    known = PARTS.get(by, tuple(sorted(found)))
    return {key: found.get(key, 0) for key in known}


def _times(counted: Counted, names: Mapping[str, str], shown: dict[str, Any]) -> dict[str, list[list[Any]]]:
    """Median and p90 in seconds, None where too few were; of no part whose number is hidden."""
    rows: dict[str, list[list[Any]]] = {"all": []}
    if shown["total"] is not None:
        rows["all"] = [["all", *_of(counted.times.get((None, "")))]]
    for by in (By.OPERATOR, By.WAY):
        parts = shown["by"][by] or []
        rows[by] = [
            [key, *_of(counted.times.get((by, key)))]
            for key, count in parts
            if count and key != OTHERS and (by is By.WAY or key in names)
        ]
    return rows


def _of(times: Times | None) -> list[int | None]:
    if times is None or times.count < MEDIAN_FROM:
        return [None, None]
    return [times.median_s, times.p90_s if times.count >= P90_FROM else None]


def _before(measure: Measure, then: Earlier) -> dict[By | None, Before]:
    """What an earlier document showed of this measure, by ids. A part that it did not have was nothing."""
    shown = then.document["measures"].get(measure.name, {"total": 0, "by": {}})
    found: dict[By | None, Before] = {None: Before(total=shown["total"], parts={})}
    for by in measure.by:
        rows = shown["by"].get(by)
        parts = None if rows is None else {_key(by, name, then): count for name, count in rows}
        found[by] = Before(total=shown["total"], parts=parts)
    return found


def _key(by: By, name: str, then: Earlier) -> str:
    return then.ids.get(name, name) if by is By.OPERATOR else name


def _worded(shown: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """With the names of operators in the place of their ids."""
    by = {
        str(way): None if rows is None else [[names.get(key, key), count] for key, count in rows]
        for way, rows in shown["by"].items()
    }
    return {"total": shown["total"], "by": by}
