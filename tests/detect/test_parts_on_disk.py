"""A part of a bank on disk is whole, or it is refused; what it says is found in it, and shared."""

import json
import os
import re
import resource
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detect.test_bank import hashed, known, seen
from haetae.detect import Bank
from haetae.detect.matching.columns import Columns
from haetae.detect.matching.index.table import DamagedIndexError
from haetae.detect.matching.order import Order
from haetae.detect.matching.segment import Segment


def test_a_mapped_part_with_hidden_rows_and_a_newer_part_are_one_bank(tmp_path):
    names = [f"{number:08x}-0000-4000-8000-000000000000" for number in range(30_000)]
    columns = Columns.of(
        known(name, pdq=hashed(number), sha256=hashed(-number - 1)) for number, name in enumerate(names)
    )
    ids = np.frombuffer(b"".join(UUID(name).bytes for name in names), dtype=np.uint8).reshape(-1, 16)
    Segment.of(replace(columns, entry_ids=ids, texts=None)).save(tmp_path / "part", facts={"version": 7})
    base, facts = Segment.mapped(tmp_path / "part"), Segment.facts_in(tmp_path / "part")
    hidden = np.zeros(len(names), dtype=bool)
    hidden[5] = True
    bank = Bank.of([(base, hidden), (Segment.of(Columns.of([known("new", pdq=hashed(99_999))])), None)])
    assert facts == {"version": 7}
    assert [match.entry.entry_id for match in bank.match(seen(pdq=hashed(4)))] == [names[4]]
    assert bank.match(seen(pdq=hashed(5))) == ()
    assert bank.match(seen(pdq="f" * 64, sha256=hashed(-6))) == (), "hidden from the same bytes too"
    assert bank.match(seen(pdq="f" * 64, sha256=hashed(-7)))[0].exact
    assert [match.entry.entry_id for match in bank.match(seen(pdq=hashed(99_999)))] == ["new"]
    assert len(bank) == 30_000


def saved(folder):
    """A part with a known picture, one known by its bytes alone, and a frame of a film."""
    entries = [
        known("one", pdq=hashed(1), sha256=hashed(2), md5="ab" * 16),
        known("two", sha256=hashed(3)),
        replace(known("film", pdq=hashed(4)), list_name="films", at_ms=400),
    ]
    Segment.of(Columns.of(entries)).save(folder, facts={})
    return folder


@pytest.mark.parametrize("broken", [b"", b"no array", b"[" * 100_000], ids=["empty", "nonsense", "endless"])
@pytest.mark.parametrize("name", ["pdq.npy", "by_sha256.npy", "segment.json"])
def test_a_damaged_part_of_a_bank_is_refused_by_name(tmp_path, name, broken):
    (saved(tmp_path / "part") / name).write_bytes(broken)
    with pytest.raises(DamagedIndexError, match="part"):
        Segment.mapped(tmp_path / "part")


def set_at(name, place, value):
    def damage(array):
        array[place] = value
        return array

    damage.__name__ = f"{name}_{value}"
    return name, damage


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        set_at("lists_by_row", 2, 2),
        set_at("tiers", 0, 5),
        set_at("flags", 1, 64),
        set_at("reach_bits", 0, 32),
        set_at("at_ms", 2, -1),
        set_at("pdq", 0, 7),
        set_at("flags", 1, 10),  # says that a row has a pdq which the table does not know
        ("tiers", lambda tiers: tiers.astype(np.uint16)),
        ("dhash", lambda dhash: dhash[:2]),
        ("md5", np.asfortranarray),
        ("entry_ids", lambda ids: np.zeros((3, 15), np.uint8)),
        set_at("by_entry_ids", 0, 3),
        set_at("by_sha256", 0, 1),  # twice the same, so that another one is never found
        ("by_md5", lambda rows: rows[:0]),
        ("by_md5", lambda rows: rows.astype(np.int64)),
        ("table/names", lambda names: names[::-1] * 2),
        set_at("table/hashes", 0, 0),
    ],
    ids=lambda one: one if isinstance(one, str) else one.__name__,
)
def test_numbers_that_make_no_sense_are_refused_before_a_look_trusts_them(tmp_path, name, damage):
    folder = saved(tmp_path / "part")
    Segment.mapped(folder)
    np.save(folder / f"{name}.npy", damage(np.load(folder / f"{name}.npy")))
    with pytest.raises(DamagedIndexError, match="part"):
        Segment.mapped(folder)


@pytest.mark.parametrize("lists", [["partners"], ["partners", 7], None, 7])
def test_names_of_lists_that_make_no_sense_are_refused(tmp_path, lists):
    folder = saved(tmp_path / "part")
    about = json.loads((folder / "segment.json").read_text())
    (folder / "segment.json").write_text(json.dumps({**about, "lists": lists}))
    with pytest.raises(DamagedIndexError, match="part"):
        Segment.mapped(folder)


def test_a_mapped_part_finds_the_same_bytes_in_orders_of_the_disk_and_makes_none(tmp_path, monkeypatch):
    folder = saved(tmp_path / "part")
    monkeypatch.setattr(Order, "of", None)
    part = Segment.mapped(folder)
    assert [part.same_sha256(hashed(2)).tolist(), part.same_sha256(hashed(3)).tolist()] == [[0], [1]]
    assert part.same_md5("ab" * 16).tolist() == [0]
    assert part.same_sha256("0" * 64).tolist() == [], "what has no digest is not known by zeros"
    for order in (part.by_sha256, part.by_md5, part.by_entry):
        assert isinstance(order.rows.base, np.memmap), "processes share it"
    assert np.shares_memory(part.by_sha256.digests, part.columns.sha256)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2**64 - 1) | st.integers(0, 2)), max_size=60))
def test_an_order_finds_exactly_the_rows_of_a_digest(digests):
    words = np.array(digests, dtype=np.uint64).reshape(-1, 2)
    order = Order.of(words, rows=np.arange(len(words)))
    for asked in [*words, np.array([1, 1], np.uint64)]:
        assert sorted(order.equal_to(asked).tolist()) == np.flatnonzero((words == asked).all(axis=1)).tolist()


def test_a_part_has_its_name_only_when_all_of_it_is_on_the_disk(tmp_path, monkeypatch):
    synced, at_the_name = [], []

    def fsync(descriptor, *, true=os.fsync):
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        true(descriptor)

    def rename(draft, target, *, true=Path.rename):
        if draft.parent == tmp_path:
            at_the_name.extend(synced)
            assert {str(path) for path in draft.rglob("*")} | {str(draft)} <= {
                re.sub(r"/\.table\.[0-9a-f]{8}", "/table", path) for path in synced
            }
        return true(draft, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "rename", rename)
    saved(tmp_path / "part")
    assert at_the_name
    assert str(tmp_path) in synced[len(at_the_name) :], "the name itself is on the disk too"


def test_a_full_disk_leaves_nothing_behind(tmp_path):
    entries = [known(f"{number}", pdq=hashed(number)) for number in range(3_000)]
    part = Segment.of(Columns.of(entries))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))
        with pytest.raises(OSError, match=r"written|large"):
            part.save(tmp_path / "part", facts={})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []
