"""No set of published numbers lets a few people be computed: tried by an oracle that knows nothing of the code, and by
one that knows all of it.

The first takes everything that is published as equations over the smallest cells there are (operator x way x minor),
and shows for each number that is few another month that fits all of them, and in which it is another number.
The second runs the code over every possible month and looks which months look the same.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from haetae.agencies.statistics.breakdowns import OTHERS, Before, shown_parts, shown_total
from haetae.agencies.statistics.hiding import FEWEST
from haetae.agencies.statistics.measures import By
from haetae.agencies.statistics.tables import Counted, Earlier, Readable, readable

NAMES = (OTHERS, "a", "b", "c", "d")
Row = tuple[int, ...]


def looks_like(row: Row, *, besides: int) -> object:
    """All that is published of one sum with these parts."""
    total = shown_total(sum(row))
    parts = dict(zip(NAMES, row, strict=False))
    return total, None if total is None else shown_parts(parts, besides=besides)


def months_by_looks(*, parts: int, most: int, besides: int) -> Mapping[object, Sequence[Row]]:
    alike: defaultdict[object, list[Row]] = defaultdict(list)
    for row in product(range(most + 1), repeat=parts):
        alike[looks_like(row, besides=besides)].append(row)
    return alike


def test_who_knows_the_code_cannot_tell_a_few_either() -> None:
    """`inner`: months near the edge of what is tried have neighbours that are not."""
    tried = 0
    for parts, most, inner, besides in (
        (2, 24, 10, 1),
        (3, 18, 9, 1),
        (4, 12, 6, 1),
        (3, 18, 9, 2),
        (4, 12, 6, 2),
    ):
        for looks, rows in months_by_looks(parts=parts, most=most, besides=besides).items():
            if min(map(max, rows)) > inner:
                continue
            for place in range(parts):
                could_be = {row[place] for row in rows}
                assert len(could_be) > 1 or not 0 < min(could_be) < FEWEST, (looks, rows)
                tried += 1
    assert tried > 3_000


def test_nor_can_an_operator_that_knows_its_own_number_and_the_code() -> None:
    """Of at least three: where there are two, the sum and one of them are the other."""
    for parts, most, inner in ((3, 18, 8), (4, 12, 5)):
        for looks, rows in months_by_looks(parts=parts, most=most, besides=2).items():
            if min(map(max, rows)) > inner or not isinstance(looks, tuple) or looks[1] is None:
                continue
            for own, other in product(range(parts), repeat=2):
                for known in {row[own] for row in rows if max(row) <= inner}:
                    could_be = {row[other] for row in rows if row[own] == known}
                    assert own == other or len(could_be) > 1 or not 0 < min(could_be) < FEWEST, (looks, known)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=8), st.integers(1, 2))
@example([1, 5, 100], 1)
@example([4, 4, 9], 1)
@example([1, 1, 5, 5, 50], 2)
def test_nothing_that_is_shown_is_wrong_or_few(row: list[int], besides: int) -> None:
    parts = {f"part-{number}": count for number, count in enumerate(row)}
    shown = shown_parts(parts, besides=besides)
    for name, count in shown or ():
        assert count in {None, parts[name]}
        assert count is None or count == 0 or count >= FEWEST


CELL = st.one_of(st.integers(0, 8), st.integers(0, 60))
CELLS = st.dictionaries(
    st.tuples(st.sampled_from(["a", "b", "c", "e", ""]), st.sampled_from(["mail", "call"]), st.booleans()),
    CELL,
    min_size=1,
    max_size=9,
)
Cells = Mapping[tuple[str, str, bool], int]


def counted(cells: Cells) -> Counted:
    by: defaultdict[By, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    crossed: defaultdict[tuple[str, str], int] = defaultdict(int)
    for (operator, way, minor), count in cells.items():
        by[By.OPERATOR][operator] += count
        by[By.WAY][way] += count
        crossed[operator, way] += count
        by[By.MINOR]["minor" if minor else "nobody_said"] += count
    return Counted(
        totals={"requests": sum(cells.values())},
        by={("requests", way): dict(parts) for way, parts in by.items()},
        times={},
        names={name: name.upper() for name in "abce"},
        crossed={"requests": dict(crossed)},
    )


def equations(found: Readable, keys: Sequence[tuple[str, str, bool]]) -> list[tuple[np.ndarray, int | None]]:
    """Every number of the month as a row over the smallest cells, and what is shown of it."""
    shown = found.measures["requests"]
    rows: list[tuple[np.ndarray, int | None]] = [(np.ones(len(keys)), shown["total"])]
    named = set(found.ids.values())
    members = {
        By.OPERATOR: lambda key, name: (key[0] if key[0] in named else OTHERS) == found.ids.get(name, name),
        By.WAY: lambda key, name: key[1] == name,
        By.MINOR: lambda key, name: ("minor" if key[2] else "nobody_said") == name,
    }
    for by, is_in in members.items():
        for name, count in shown["by"][by] or ():
            rows.append((np.array([float(is_in(key, name)) for key in keys]), count))
    return rows


def _moves(cells: int) -> np.ndarray:
    """Up to two things booked to other cells, or not there at all, or there besides: every way of doing so."""
    units = [np.zeros(cells, dtype=np.int64)]
    for one, other in product(range(-1, cells), repeat=2):
        unit = np.zeros(cells, dtype=np.int64)
        if one >= 0:
            unit[one] -= 1
        if other >= 0:
            unit[other] += 1
        units.append(unit)
    single = np.unique(np.array(units), axis=0)
    return np.unique((single[:, None, :] + single[None, :, :]).reshape(-1, cells), axis=0)


KEYS = list(product(["a", "b", "c", "e", ""], ["mail", "call"], [False, True]))
MOVES = _moves(len(KEYS))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CELLS)
def test_tables_that_share_a_sum_do_not_give_a_few_away(cells: Cells) -> None:
    true = np.array([cells.get(key, 0) for key in KEYS])
    rows = equations(readable(counted(cells)), KEYS)
    matrix, right = [row for row, count in rows if count is not None], [n for _, n in rows if n is not None]
    hidden = [row for row, count in rows if count is None]
    others = MOVES[((true + MOVES) >= 0).all(axis=1)] + true
    for row, count in zip(matrix, right, strict=True):
        assert row @ true == count, "what is shown is true"
        others = others[others @ row == count]
    for row in hidden:
        if row @ true > 0:  # whoever reads knows that nothing is never hidden
            others = others[others @ row >= 1]
    for row in (*hidden, *np.eye(len(KEYS))):
        if 0 < row @ true < FEWEST:
            assert len(np.unique(others @ row)) > 1, (cells, row)


def test_a_correction_hides_what_the_difference_would_tell() -> None:
    """Every pair of a month and its correction, by whoever knows the code: no number and no difference that is few."""
    alike: defaultdict[object, list[tuple[Row, Row]]] = defaultdict(list)
    most = 9
    for before, after in product(product(range(0, most + 1), repeat=2), repeat=2):
        first = shown_total(sum(before)), parts_of(before, ())
        then = [told(first)]
        total = shown_total(sum(after), then)
        alike[first, total, None if total is None else parts_of(after, then)].append((before, after))
    for looks, pairs in alike.items():
        if min(max(*one, *two) for one, two in pairs) > most - 4:
            continue
        for place in range(2):
            for could_be in (
                {two[place] for _, two in pairs},
                {two[place] - one[place] for one, two in pairs},
            ):
                assert len(could_be) > 1 or not 0 < abs(min(could_be)) < FEWEST, (looks, pairs)


def parts_of(row: Row, earlier: Sequence[Before]) -> object:
    if shown_total(sum(row), earlier) is None:
        return None
    return shown_parts(dict(zip(NAMES, row, strict=False)), earlier=earlier)


def told(looks: tuple[int | None, object]) -> Before:
    parts = looks[1]
    return Before(total=looks[0], parts=None if parts is None else dict(parts))  # type: ignore[call-overload]


@settings(max_examples=200, deadline=None)
@given(CELLS, CELLS, CELLS)
def test_what_was_hidden_once_stays_hidden_and_no_shown_difference_is_few(
    one: Cells, two: Cells, three: Cells
) -> None:
    earlier: list[Earlier] = []
    seen: list[dict] = []
    for cells in (one, two, three):
        found = readable(counted(cells), earlier=earlier)
        earlier.append(Earlier(document={"measures": found.measures}, ids=found.ids))
        seen.append(found.measures["requests"])
    for before, after in ((0, 1), (0, 2), (1, 2)):
        old, new = seen[before], seen[after]
        for was, now in [(old["total"], new["total"])] + [
            (dict(old["by"][by]).get(name, 0), count)
            for by in new["by"]
            if old["by"][by] is not None
            for name, count in new["by"][by] or ()
        ]:
            if was is None:
                assert now is None
            assert now is None or was is None or not 0 < abs(now - was) < FEWEST
        for by in new["by"]:
            assert new["by"][by] is None or old["by"][by] is not None


OPERATORS = ("a", "b", "c", "e", "")
WAYS_OF = st.fixed_dictionaries({name: st.sampled_from(["board", "call", "mail"]) for name in OPERATORS})


def each_by_its_way(numbers: Mapping[str, int], ways: Mapping[str, str]) -> Readable:
    return readable(counted({(name, ways[name], False): count for name, count in numbers.items()}))


def test_a_way_that_is_one_operators_alone_does_not_give_its_neighbour_away() -> None:
    """20 and 30 by their ways, the sum of what is hidden is 53: the rest would be 3."""
    ways = {"": "mail", "a": "call", "b": "matrix", "c": "board"}
    found = each_by_its_way({"": 3, "a": 20, "b": 30, "c": 40}, ways).measures["requests"]
    assert found["by"][By.OPERATOR] == [["A", None], ["B", None], ["C", 40], [OTHERS, None]]
    assert found["by"][By.WAY] is None


@settings(max_examples=300, deadline=None)
@given(st.fixed_dictionaries({name: st.integers(0, 40) for name in OPERATORS}), WAYS_OF)
def test_who_knows_by_which_way_each_operator_is_reached_learns_nothing_more(
    numbers: dict[str, int], ways: dict[str, str]
) -> None:
    """Of a few there is another month that shows the same, each operator by its own way in both."""
    rows = equations(each_by_its_way(numbers, ways), [(name, ways[name], False) for name in OPERATORS])
    true = np.array([numbers[name] for name in OPERATORS])
    moves = np.array(list(product(range(-4, 5), repeat=len(OPERATORS))))
    others = true + moves[((true + moves) >= 0).all(axis=1)]
    shown_by_minor = 2  # the last two numbers: here nobody is a minor
    for row, count in rows[:-shown_by_minor] if len(rows) > shown_by_minor else rows:
        if count is not None:
            others = others[others @ row == count]
    for place, count in enumerate(true):
        if 0 < count < FEWEST:
            assert len(set(others[:, place])) > 1, (numbers, ways)


def test_an_operator_that_calls_itself_by_a_code_of_ours_is_one_of_the_others() -> None:
    found = readable(
        Counted(
            totals={"requests": 60},
            by={("requests", By.OPERATOR): {"x": 20, "b": 30, "": 10}},
            times={},
            names={"x": "Others", "b": "B"},
        )
    )
    assert found.measures["requests"]["by"][By.OPERATOR] == [["B", 30], [OTHERS, 30]]
    assert found.ids == {"B": "b"}
