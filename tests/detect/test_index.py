"""The tables find exactly what looking at everything finds."""

import json
import threading

import numpy as np
import pytest

from haetae.detect.matching.index import layout as layouts
from haetae.detect.matching.index.shuffle import order, shuffled
from haetae.detect.matching.index.table import DamagedIndexError, Table

LAYOUTS = {"small": layouts.SMALL, "middle": layouts.MIDDLE, "large": layouts.LARGE}
COUNT = 5_000
PINNED = [189, 139, 232, 143, 0, 146]


def random_words(count: int, *, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 2**64, (count, 4), dtype=np.uint64)


def moved(words: np.ndarray, *, bits: int, seed: int) -> np.ndarray:
    """The same hash with so many bits turned over."""
    changed = words.copy()
    for bit in np.random.default_rng(seed).choice(256, bits, replace=False):
        changed[bit // 64] ^= np.uint64(1) << np.uint64(bit % 64)
    return changed


def found_by(table: Table, asked: np.ndarray, *, reach_bits: int = 31) -> list[tuple[int, int, int]]:
    found = table.near(asked, reach_bits=reach_bits)
    return sorted(
        zip(found.queries.tolist(), found.rows.tolist(), found.distances_bits.tolist(), strict=True)
    )


@pytest.fixture(scope="module")
def known() -> np.ndarray:
    return random_words(COUNT, seed=1)


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_finds_what_lies_at_each_distance_and_nothing_else(name: str, known: np.ndarray) -> None:
    asked = np.stack([moved(known[37 * bits], bits=bits, seed=bits) for bits in range(40)])
    everything = Table.of(known, scanned_most=COUNT)
    table = Table.of(known, layout=LAYOUTS[name])
    assert found_by(table, asked) == [(bits, 37 * bits, bits) for bits in range(32)]
    assert found_by(table, asked) == found_by(everything, asked)
    for reach_bits in range(0, 32, 3):
        assert found_by(table, asked, reach_bits=reach_bits) == found_by(
            everything, asked, reach_bits=reach_bits
        )


@pytest.mark.parametrize("name", LAYOUTS)
def test_neighbours_in_crowds_are_each_found_once(name: str) -> None:
    centres = random_words(20, seed=2)
    crowd = np.stack([moved(centres[n % 20], bits=n % 45, seed=n) for n in range(2_000)])
    table, everything = Table.of(crowd, layout=LAYOUTS[name]), Table.of(crowd, scanned_most=10_000)
    assert found_by(table, centres) == found_by(everything, centres)
    assert len(found_by(table, centres)) > 1_000


def flooded(*, near_bits: int, copies: int, among: int) -> tuple[np.ndarray, np.ndarray]:
    """A target, and alike hashes spread among random ones."""
    target, known = random_words(1, seed=3)[0], random_words(among, seed=8)
    flood = np.stack([moved(target, bits=near_bits, seed=n) for n in range(500)] * (copies // 500))
    known[np.random.default_rng(9).choice(among, copies, replace=False)] = flood
    return target[None, :], known


@pytest.mark.parametrize("near_bits", [0, 1, 12, 40])
@pytest.mark.parametrize("name", LAYOUTS)
def test_a_flood_of_alike_hashes_is_looked_at_once_in_a_sweep(near_bits: int, name: str) -> None:
    asked, known = flooded(near_bits=near_bits, copies=10_000, among=60_000)
    table, everything = Table.of(known, layout=LAYOUTS[name]), Table.of(known, scanned_most=len(known))
    assert found_by(table, asked) == found_by(everything, asked)
    crowd = len(known) - table.crowd_from
    assert crowd >= 10_000 if near_bits < 40 else crowd > 5_000
    strangers = random_words(1, seed=10)
    # Once for the flood, and once more when it is asked again with room for so many answers. Of hashes that are
    # as far apart as 80 bits some crowd no bucket; then everything is looked at instead of picking these out.
    swept = 2 * (crowd + 2 * table.near(strangers).compared + 500)
    assert table.near(asked).compared <= (swept if near_bits < 40 else 1.3 * len(known))


def test_a_bucket_that_is_crowded_on_purpose_slows_only_whoever_asks_for_it() -> None:
    known = shuffled(random_words(60_000, seed=11))
    poisoned = np.random.default_rng(12).choice(60_000, 5_000, replace=False)
    known[poisoned, 0] &= ~np.uint64(0xFFFF)
    table = Table.of(shuffled(known, back=True), layout=layouts.SMALL)
    crowd = set(table.names[table.crowd_from :].tolist())
    assert set(poisoned.tolist()) <= crowd
    strangers = random_words(200, seed=13)
    assert table.near(strangers).compared / 200 < 500
    everything = Table.of(shuffled(known, back=True), scanned_most=60_000)
    asked = shuffled(known[poisoned[:50]], back=True)
    assert found_by(table, asked) == found_by(everything, asked)
    assert table.near(asked).compared <= 50 * (len(crowd) + 500)


def test_hashes_of_hardly_any_bits_are_answered_no_slower_than_by_looking_at_everything() -> None:
    plain = np.concatenate(
        [moved(np.zeros(4, np.uint64), bits=n % 40, seed=n)[None, :] for n in range(5_000)]
    )
    table, everything = Table.of(plain, layout=layouts.MIDDLE), Table.of(plain, scanned_most=5_000)
    asked = np.zeros((1, 4), np.uint64)
    assert found_by(table, asked) == found_by(everything, asked)
    assert table.near(asked).compared <= 2 * 1.25 * len(plain)


def test_a_question_with_very_many_answers_does_not_cost_the_others_theirs() -> None:
    flood = np.repeat(random_words(1, seed=14), 5_000, axis=0)
    others = random_words(5_000, seed=15)
    table = Table.of(np.concatenate([flood, others]), layout=layouts.SMALL)
    asked = np.concatenate([others[:3], flood[:1], others[3:6], flood[:1], others[6:9]])
    found = table.near(asked)
    assert np.bincount(found.queries).tolist() == [1, 1, 1, 5_000, 1, 1, 1, 5_000, 1, 1, 1]
    assert len(found_by(table, asked)) == len(set(found_by(table, asked)))


def test_a_table_on_disk_is_the_same_table(tmp_path, known: np.ndarray) -> None:
    asked = np.stack([moved(known[n], bits=n, seed=n) for n in range(32)])
    for name, table in (("scanned", Table.of(known)), ("large", Table.of(known, layout=layouts.MIDDLE))):
        table.save(tmp_path / name)
        again = Table.mapped(tmp_path / name)
        assert not again.hashes.flags.writeable
        assert found_by(again, asked) == found_by(table, asked)
        assert np.array_equal(shuffled(again.hashes, back=True), known)


def damage_by_missing(folder) -> None:
    (folder / "rows.npy").unlink()


def damage_by_cutting(folder) -> None:
    (folder / "hashes.npy").write_bytes((folder / "hashes.npy").read_bytes()[:-64])


def damage_by_kind(folder) -> None:
    np.save(folder / "offsets.npy", np.load(folder / "offsets.npy").astype(np.int64))


def damage_by_pointing_outside(folder) -> None:
    rows = np.load(folder / "rows.npy")
    rows[3, 7] = COUNT
    np.save(folder / "rows.npy", rows)


def damage_by_falling_offsets(folder) -> None:
    offsets = np.load(folder / "offsets.npy")
    offsets[100] = 4_000_000_000
    np.save(folder / "offsets.npy", offsets)


def damage_by_pickle(folder) -> None:
    np.save(folder / "rows.npy", np.array([{"code": "runs"}], dtype=object), allow_pickle=True)


def damage_by_form(folder) -> None:
    facts = json.loads((folder / "index.json").read_text())
    (folder / "index.json").write_text(json.dumps({**facts, "form": 99}))


def damage_by_layout(folder) -> None:
    facts = json.loads((folder / "index.json").read_text())
    (folder / "index.json").write_text(json.dumps({**facts, "radii": [0] * 16}))


def damage_by_radii_with_more_ways_than_there_is_room_for(folder) -> None:
    facts = json.loads((folder / "index.json").read_text())
    (folder / "index.json").write_text(json.dumps({**facts, "radii": [3] * 16}))


def damage_by_impossible_widths(folder) -> None:
    facts = json.loads((folder / "index.json").read_text())
    (folder / "index.json").write_text(json.dumps({**facts, "widths": [256], "radii": [31]}))


def damage_by_count_that_is_none(folder) -> None:
    facts = json.loads((folder / "index.json").read_text())
    (folder / "index.json").write_text(json.dumps({**facts, "count": None}))


def damage_by_facts_without_end(folder) -> None:
    (folder / "index.json").write_text("[" * 100_000)


def damage_by_emptying(folder) -> None:
    (folder / "rows.npy").write_bytes(b"")


def damage_by_order_of_axes(folder) -> None:
    np.save(folder / "hashes.npy", np.asfortranarray(np.load(folder / "hashes.npy")))


def damage_by_a_lost_page(folder) -> None:
    rows = np.load(folder / "rows.npy")
    rows[5, 1_024:2_048] = 0
    np.save(folder / "rows.npy", rows)


def damage_by_a_crowd_beyond_the_end(folder) -> None:
    facts = json.loads((folder / "index.json").read_text())
    (folder / "index.json").write_text(json.dumps({**facts, "crowd_from": COUNT + 1}))


@pytest.mark.parametrize(
    "damage",
    [
        damage_by_missing, damage_by_cutting, damage_by_kind, damage_by_pointing_outside, damage_by_falling_offsets,
        damage_by_pickle, damage_by_form, damage_by_layout, damage_by_radii_with_more_ways_than_there_is_room_for,
        damage_by_impossible_widths, damage_by_count_that_is_none, damage_by_facts_without_end, damage_by_emptying,
        damage_by_order_of_axes, damage_by_a_lost_page, damage_by_a_crowd_beyond_the_end,
    ],
    ids=lambda damage: damage.__name__,
)  # fmt: skip
def test_a_damaged_folder_is_refused_by_name_before_a_kernel_trusts_it(tmp_path, known, damage) -> None:
    folder = tmp_path / "table"
    Table.of(known, layout=layouts.SMALL).save(folder)
    damage(folder)
    with pytest.raises(DamagedIndexError, match="table"):
        Table.mapped(folder)


def test_a_folder_that_is_there_is_never_written_over(tmp_path, known: np.ndarray) -> None:
    Table.of(known).save(tmp_path / "table")
    with pytest.raises(OSError, match="table"):
        Table.of(known[:10]).save(tmp_path / "table")
    assert len(Table.mapped(tmp_path / "table")) == COUNT
    assert [path.name for path in tmp_path.iterdir()] == ["table"], "no draft is left behind"


@pytest.mark.parametrize("name", [None, *LAYOUTS])
def test_an_empty_table_and_one_of_a_single_hash_answer(name: str | None) -> None:
    layout = LAYOUTS[name] if name else None
    one = random_words(1, seed=4)
    assert found_by(Table.of(one[:0], layout=layout), one) == []
    assert found_by(Table.of(one, layout=layout), one) == [(0, 0, 0)]
    assert found_by(Table.of(one, layout=layout), one[:0]) == []


@pytest.mark.parametrize("reach_bits", [-1, 32])
def test_a_reach_that_the_tables_are_not_made_for_is_refused(reach_bits: int) -> None:
    with pytest.raises(ValueError, match="reach_bits"):
        Table.of(random_words(3, seed=5)).near(random_words(1, seed=6), reach_bits=reach_bits)


def test_many_threads_get_the_same_answer(known: np.ndarray) -> None:
    table, answers = Table.of(known, layout=layouts.LARGE), []
    asked = np.stack([moved(known[n], bits=n % 32, seed=n) for n in range(200)])
    threads = [threading.Thread(target=lambda: answers.append(found_by(table, asked))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert all(answer == answers[0] for answer in answers)
    assert len(answers[0]) == 200


def test_the_shuffle_only_changes_the_order_of_bits_and_can_be_undone() -> None:
    words = random_words(50, seed=7)
    assert sorted(order().tolist()) == list(range(256))
    assert order()[:6].tolist() == PINNED, "tables on disk are made with this order"
    assert np.array_equal(shuffled(shuffled(words), back=True), words)
    apart = np.bitwise_count(words[0] ^ words[1]).sum()
    assert np.bitwise_count(shuffled(words[:1]) ^ shuffled(words[1:2])).sum() == apart


def test_a_layout_that_would_miss_a_neighbour_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="31 bits"):
        layouts.Layout(widths=(16,) * 16, radii=(1,) * 15 + (0,))
