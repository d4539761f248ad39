"""Lists of facts with dates: no day may be told twice, and where it matters none may be left out."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeVar

from haetae.law.facts import Dated
from haetae.law.table import Table

AnyDated = TypeVar("AnyDated", bound=Dated)
_Rows = list[tuple[Table, AnyDated]]


def read_dated(
    tables: Sequence[Table], *, read: Callable[[Table], AnyDated], name: Callable[[AnyDated], str]
) -> tuple[AnyDated, ...]:
    """Every entry in its order; two of one name never hold on one day."""
    return tuple(fact for _, fact in _rows(tables, read=read, name=name))


def read_without_holes(
    tables: Sequence[Table], *, read: Callable[[Table], AnyDated], name: Callable[[AnyDated], str]
) -> tuple[AnyDated, ...]:
    """As above, and once a name has begun each day is covered: the last entry stays open, or says `ends = true`."""
    ending: set[int] = set()

    def read_with_end(table: Table) -> AnyDated:
        if table.flag("ends", default=False):
            ending.add(id(table))
        return read(table)

    rows = _rows(tables, read=read_with_end, name=name)
    for one in dict.fromkeys(name(fact) for _, fact in rows):
        of_one = sorted((row for row in rows if name(row[1]) == one), key=lambda row: _days(row[1])[0])
        for (_, before), (table, after) in pairwise(of_one):
            first_day_without = _day_after(_days(before)[1])
            if _days(after)[0] != first_day_without:
                raise table.error(
                    f"'{one}' has a gap before {_days(after)[0]}: nothing holds from {first_day_without};"
                    " correct 'from' or 'to', or add what held between."
                )
        _check_end(of_one, ending=ending, one=one)
    return tuple(fact for _, fact in rows)


def _check_end(of_one: "_Rows[AnyDated]", *, ending: set[int], one: str) -> None:
    for table, fact in of_one:
        is_last = fact is of_one[-1][1]
        if is_last and fact.valid_to is not None and id(table) not in ending:
            raise table.error(
                f"nothing follows '{one}' after {fact.valid_to}; add what does, or ends = true if it is over."
            )
        if id(table) in ending and not (is_last and fact.valid_to is not None):
            raise table.error(
                f"'{one}' does not end here; remove ends = true, or give the last of that name a 'to'."
            )


def _rows(
    tables: Sequence[Table], *, read: Callable[[Table], AnyDated], name: Callable[[AnyDated], str]
) -> "_Rows[AnyDated]":
    found: _Rows[AnyDated] = []
    for table in tables:
        fact = read(table)
        first, last = _days(fact)
        if first > last:
            raise table.error(
                f"'{name(fact)}' ends on {last} before it begins on {first}; correct 'from' or 'to'."
            )
        if any(name(other) == name(fact) and _overlap(other, fact) for _, other in found):
            raise table.error(f"'{name(fact)}' overlaps another entry of that name; correct 'from' or 'to'.")
        found.append((table, fact))
    return found


def _overlap(one: Dated, other: Dated) -> bool:
    return max(_days(one)[0], _days(other)[0]) <= min(_days(one)[1], _days(other)[1])


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _days(fact: Dated) -> tuple[date, date]:
    return fact.valid_from or date.min, fact.valid_to or date.max
