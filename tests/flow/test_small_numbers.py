"""What is hidden stays hidden: for every small number there is another table that fits all that is shown."""

from collections.abc import Iterator
from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from haetae.agencies.statistics.hiding import FEWEST, Counts, Shown, without_small


def table(cells: list[list[int]]) -> Counts:
    return Counts(
        rows=tuple(map(str, range(len(cells)))),
        columns=tuple(map(str, range(len(cells[0])))),
        cells=tuple(map(tuple, cells)),
    )


def grid_of(shown: Shown) -> list[list[int | None]]:
    lines = [[*cells, total] for cells, total in zip(shown.cells, shown.totals, strict=True)]
    return [*lines, [*shown.sums, shown.whole]]


def other_tables(shown: Shown, *, at: tuple[int, int], most: int) -> Iterator[int]:
    """By brute force and by nothing that the code under test knows: each number that fits at one hidden place.

    A reader knows that whatever is hidden is at least one, and that sums are sums.
    """
    seen = grid_of(shown)
    unknown = [
        place for place in product(range(len(shown.rows)), range(len(shown.columns)))
        if seen[place[0]][place[1]] is None
    ]  # fmt: skip
    for guess in product(range(1, most + 1), repeat=len(unknown)):
        cells = [list(line[:-1]) for line in seen[:-1]]
        for (row, column), number in zip(unknown, guess, strict=True):
            cells[row][column] = number
        whole = [[*line, sum(line)] for line in cells]
        whole.append([sum(line[column] for line in whole) for column in range(len(whole[0]))])
        fits = all(
            was in {None, now} and (was is not None or now > 0)
            for line, new in zip(seen, whole, strict=True)
            for was, now in zip(line, new, strict=True)
        )
        if fits:
            yield whole[at[0]][at[1]]


CELLS = st.integers(0, 9)


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=2, max_size=2),
        st.lists(st.lists(CELLS, min_size=1, max_size=1), min_size=1, max_size=4),
        st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=1, max_size=1),
    )
)
@example([[3, 7], [8, 9]])
@example([[1, 0], [0, 0]])
@example([[1, 1], [1, 1]])
@example([[4]])
def test_no_sum_gives_a_small_number_away(cells: list[list[int]]) -> None:
    shown = without_small(table(cells))
    whole = [[*line, sum(line)] for line in cells]
    whole.append([sum(line[column] for line in whole) for column in range(len(whole[0]))])
    for place in product(range(len(whole)), range(len(whole[0]))):
        true, seen = whole[place[0]][place[1]], grid_of(shown)[place[0]][place[1]]
        assert seen in {None, true}
        if 0 < true < FEWEST:
            assert seen is None
            fitting = set(other_tables(shown, at=place, most=10))
            assert true in fitting
            assert len(fitting) > 1, "whoever reads the table could tell which it is"


@given(st.lists(st.lists(st.integers(0, 300), min_size=3, max_size=3), min_size=1, max_size=12))
def test_nothing_small_is_shown_in_a_table_of_any_size_and_nothing_shown_is_wrong(
    cells: list[list[int]],
) -> None:
    shown = without_small(table(cells))
    numbers = [number for line in grid_of(shown) for number in line if number is not None]
    assert not [number for number in numbers if 0 < number < FEWEST]
    for line, seen in zip(cells, shown.cells, strict=True):
        assert all(one in {None, number} for number, one in zip(line, seen, strict=True))


def test_where_nothing_is_small_everything_is_shown_and_nothing_at_all_is_shown_as_such() -> None:
    assert without_small(table([[5, 10], [0, 6]])).cells == ((5, 10), (0, 6))
    assert without_small(table([[0], [0]])).totals == (0, 0)
