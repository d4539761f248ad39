"""Small numbers are hidden, and enough around them that no sum gives them away. Pure.

A number under FEWEST is a few people. It is hidden, and so are three more around it: in two rows and two columns one
can then be moved up or down, with the others, and every number that is shown still fits. So nobody can tell which it
was. Sums are numbers of the table like the others, and are hidden too where nothing else is left. Where the sums of
rows are published elsewhere (breakdowns.py), they cannot be hidden here: everything else is, where nothing less does.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import product
from typing import Final

FEWEST: Final = 5

Cell = tuple[int, int]
Corners = tuple[Cell, Cell, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """`cells[row][column]`; every number counts each thing once."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """None where a number is hidden. `totals` are of rows, `sums` of columns."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    totals: tuple[int | None, ...]
    sums: tuple[int | None, ...]
    whole: int | None


def without_small(counts: Counts, *, totals_published: bool = False) -> Shown:
    """The table as it may be read by anybody, also beside a page that shows the sum of each row."""
    grid = _with_sums(counts.cells, width=len(counts.columns))
    hidden = _hide(grid, known=_published(grid) if totals_published else frozenset())
    shown = [
        [None if (row, column) in hidden else number for column, number in enumerate(line)]
        for row, line in enumerate(grid)
    ]
    return Shown(
        rows=counts.rows,
        columns=counts.columns,
        cells=tuple(tuple(line[:-1]) for line in shown[:-1]),
        totals=tuple(line[-1] for line in shown[:-1]),
        sums=tuple(shown[-1][:-1]),
        whole=shown[-1][-1],
    )


def _with_sums(cells: Sequence[Sequence[int]], *, width: int) -> list[list[int]]:
    """The table with a last column and a last row of sums."""
    lines = [[*line, sum(line)] for line in cells]
    return [*lines, [sum(line[column] for line in lines) for column in range(width + 1)]]


def _published(grid: list[list[int]]) -> frozenset[Cell]:
    """The sums of rows that are not few: of those the rule of the other page is the same."""
    last = len(grid[0]) - 1
    return frozenset((row, last) for row in range(len(grid) - 1) if grid[row][last] >= FEWEST)


def _hide(grid: list[list[int]], *, known: frozenset[Cell]) -> set[Cell]:
    places = list(product(range(len(grid)), range(len(grid[0]))))
    small = [place for place in places if 0 < _at(grid, place) < FEWEST]
    hidden = set(small)
    for place in small:
        fitting = [
            corners
            for corners in _corners(grid, place)
            if known.isdisjoint(corners) and _can_be_moved(grid, place, corners)
        ]
        if not fitting:
            return {place for place in places if place not in known and _at(grid, place) > 0}
        cheapest: Corners = min(fitting, key=lambda corners: _cost(grid, corners, hidden))
        hidden |= set(cheapest)
    return hidden


def _corners(grid: list[list[int]], place: Cell) -> Iterator[Corners]:
    """The other corners of every rectangle at this place: in its row, in its column, and across."""
    row, column = place
    for other_row, other_column in product(range(len(grid)), range(len(grid[0]))):
        if other_row != row and other_column != column:
            yield (row, other_column), (other_row, column), (other_row, other_column)


def _can_be_moved(grid: list[list[int]], place: Cell, corners: Corners) -> bool:
    """Whether this number could be one more or one less, and none of the four nothing or less than that.

    Only what is not nothing is ever hidden, so whoever reads knows that each is one at least.
    """
    last_row, last_column = len(grid) - 1, len(grid[0]) - 1
    in_row, in_column, across = corners
    # A number and its sum move the same way; two numbers under one sum move against each other.
    along = 1 if last_column in {place[1], in_row[1]} else -1
    down = 1 if last_row in {place[0], in_column[0]} else -1
    moves = ((place, 1), (in_row, along), (in_column, down), (across, along * down))
    return any(all(_at(grid, at) + way * by >= 1 for at, by in moves) for way in (1, -1)) and all(
        _at(grid, at) > 0 for at, _ in moves
    )


def _cost(grid: list[list[int]], corners: Sequence[Cell], hidden: AbstractSet[Cell]) -> tuple[int, int, int]:
    """Sums are hidden last, then as little as possible; of the same, the smaller numbers."""
    anew = [at for at in corners if at not in hidden]
    sums = sum(at[0] == len(grid) - 1 or at[1] == len(grid[0]) - 1 for at in anew)
    return sums, len(anew), sum(_at(grid, at) for at in anew)


def _at(grid: list[list[int]], place: Cell) -> int:
    return grid[place[0]][place[1]]
