"""Nothing within reach is missed, nothing beyond it is found."""

import json
import os
import random
import re
import resource
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from haetae.detect import Bank, Fingerprints, KnownHash, PerceptualHash, Tier
from haetae.detect.finding import Variant
from haetae.detect.matching.bank_file import BankFileError, read_bank
from haetae.detect.matching.columns import Columns
from haetae.detect.matching.index.table import DamagedIndexError
from haetae.detect.matching.order import Order
from haetae.detect.matching.segment import Segment


def flipped(hash_: str, *, bits: int, seed: int) -> str:
    chosen = random.Random(seed).sample(range(256), bits)
    return f"{int(hash_, 16) ^ sum(1 << bit for bit in chosen):064x}"


def hashed(seed: int) -> str:
    return f"{random.Random(seed).getrandbits(256):064x}"


def known(name: str = "one", **hashes: str | None) -> KnownHash:
    return KnownHash(entry_id=name, list_name="partners", tier=Tier.COUNSELLOR_CHECKED, **hashes)


def seen(*, pdq: str, dhash: str = "0" * 64, quality: int = 100, sha256: str = "0" * 64) -> Fingerprints:
    whole = PerceptualHash(variant=Variant.WHOLE, pdq=pdq, pdq_quality=quality, dhash=dhash)
    return Fingerprints(sha256=sha256, perceptual=(whole,))


@pytest.mark.parametrize("bits", range(40))
def test_exactly_the_entries_within_31_bits_are_found_with_their_distance(bits):
    strangers = [known(f"stranger-{number}", pdq=hashed(1000 + number)) for number in range(500)]
    bank = Bank([*strangers, known(pdq=flipped(hashed(1), bits=bits, seed=bits))])
    found = [(match.entry.entry_id, match.distance_bits) for match in bank.match(seen(pdq=hashed(1)))]
    assert found == ([("one", bits)] if bits <= 31 else [])


def test_the_nearest_comes_first_and_the_same_bytes_before_all():
    bank = Bank(
        [
            known("far", pdq=flipped(hashed(2), bits=20, seed=1)),
            known("near", pdq=flipped(hashed(2), bits=3, seed=2)),
            known("same", sha256="a" * 64),
        ]
    )
    matches = bank.match(seen(pdq=hashed(2), sha256="a" * 64))
    assert [match.entry.entry_id for match in matches] == ["same", "near", "far"]
    assert [match.exact for match in matches] == [True, False, False]


@pytest.mark.parametrize(("bits", "confirmed"), [(0, True), (40, True), (41, False), (128, False)])
def test_a_match_is_confirmed_only_when_the_second_family_agrees(bits, confirmed):
    entry = known(pdq=hashed(3), dhash=flipped(hashed(4), bits=bits, seed=5))
    (match,) = Bank([entry]).match(seen(pdq=hashed(3), dhash=hashed(4)))
    assert match.confirmed is confirmed


def test_an_entry_without_the_second_family_is_never_confirmed_by_likeness():
    (match,) = Bank([known(pdq=hashed(3))]).match(seen(pdq=hashed(3)))
    assert not match.confirmed


def test_two_mostly_plain_pictures_do_not_confirm_each_other():
    entry = known(pdq=hashed(3), dhash=f"{(1 << 20) - 1:064x}")
    (match,) = Bank([entry]).match(seen(pdq=hashed(3), dhash=f"{(1 << 30) - 1:064x}"))
    assert not match.confirmed


@pytest.mark.parametrize(("quality", "found"), [(49, 0), (50, 1)])
def test_a_hash_of_low_quality_is_not_matched(quality, found):
    assert len(Bank([known(pdq=hashed(3))]).match(seen(pdq=hashed(3), quality=quality))) == found


def test_two_variants_of_one_picture_give_one_match_the_confirmed_one():
    whole = PerceptualHash(
        variant=Variant.WHOLE, pdq=hashed(6), pdq_quality=90, dhash=flipped(hashed(7), bits=99, seed=1)
    )
    inner = PerceptualHash(
        variant=Variant.TRIMMED, pdq=flipped(hashed(6), bits=9, seed=2), pdq_quality=90, dhash=hashed(7)
    )
    bank = Bank([known(pdq=hashed(6), dhash=hashed(7))])
    (match,) = bank.match(Fingerprints(sha256="0" * 64, perceptual=(whole, inner)))
    assert (match.variant, match.confirmed, match.distance_bits) == (Variant.TRIMMED, True, 9)


def test_an_empty_bank_matches_nothing():
    assert Bank().match(seen(pdq=hashed(1))) == ()


@pytest.mark.parametrize(
    "hashes", [{}, {"dhash": "0" * 64}, {"pdq": "0" * 63}, {"sha256": "G" * 64}, {"pdq": "A" * 64}]
)
def test_an_entry_that_could_never_be_found_is_refused(hashes):
    with pytest.raises(ValueError, match=r"hex digits|needs a sha256"):
        known(**hashes)


def test_a_bank_is_read_from_lines(tmp_path):
    file = tmp_path / "bank.jsonl"
    file.write_text(
        f'\n{{"entry_id": "e", "list_name": "l", "tier": 3, "pdq": "{hashed(1)}", "dhash": null}}\n'
    )
    (entry,) = tuple(read_bank(file).entries)
    assert (entry.tier, entry.pdq, entry.sha256) == (Tier.OPERATOR_CONFIRMED, hashed(1), None)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "Line 2"),
        ("[" * 100_000, "Line 2"),
        ("7", "one JSON object per line"),
        ('{"entry_id": "e", "list_name": "l", "tier": 5}', "tier must be"),
        ('{"entry_id": "e", "list_name": "l", "tier": true}', "tier must be"),
        ('{"entry_id": "e", "tier": 1}', "list_name"),
        ('{"entry_id": "e", "list_name": "l", "tier": 1, "pqd": ""}', "pqd is not a field"),
        ('{"entry_id": "e", "list_name": "l", "tier": 1, "pdq": 5}', "pdq must be text"),
        ('{"entry_id": "e", "list_name": "l", "tier": 1, "pdq": "5"}', "pdq must be 64"),
        ("\xff", "Line 2"),
    ],
)
def test_a_bad_line_is_named_with_what_to_mend(tmp_path, line, words):
    file = tmp_path / "bank.jsonl"
    file.write_bytes(b"\n" + line.encode("latin-1"))
    with pytest.raises(BankFileError, match=f"Line 2.*{words}" if words != "Line 2" else words):
        read_bank(file)


def test_the_same_md5_is_found_and_never_sure():
    entry = known(md5="ab" * 16)
    (match,) = Bank([entry]).match(Fingerprints(sha256="0" * 64, md5="ab" * 16))
    assert (match.exact, match.confirmed, match.distance_bits) == (False, False, 0)


@pytest.mark.parametrize(("reach", "found"), [(9, 0), (10, 1), (31, 1)])
def test_a_list_may_reach_less_far_than_others(reach, found):
    entry = known(pdq=flipped(hashed(8), bits=10, seed=1), reach_bits=reach)
    assert len(Bank([entry]).match(seen(pdq=hashed(8)))) == found


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


def test_a_batch_gives_each_question_its_own_answers():
    bank = Bank(
        [
            known("a", pdq=hashed(1)),
            known("b", pdq=flipped(hashed(1), bits=4, seed=3)),
            known("c", pdq=hashed(2)),
        ]
    )
    asked = [one for number in (1, 7, 2) for one in seen(pdq=hashed(number)).perceptual]
    answers = [[match.entry.entry_id for match in matches] for matches in bank.near(asked)]
    assert answers == [["a", "b"], [], ["c"]]


def test_a_flood_of_one_picture_gives_a_bounded_answer_with_the_nearest_first():
    flood = [known(f"copy-{number}", pdq=flipped(hashed(1), bits=3, seed=number)) for number in range(1_500)]
    matches = Bank([*flood, known("itself", pdq=hashed(1))]).match(seen(pdq=hashed(1)))
    assert len(matches) == 1_000
    assert matches[0].entry.entry_id == "itself"


@pytest.mark.parametrize("hashes", [{"pdq": hashed(1), "dhash": hashed(2)}, {"sha256": "a" * 64}], ids=str)
def test_a_flood_crowds_out_neither_a_regulator_nor_what_is_harmless(hashes):
    flood = [replace(known(f"copy-{number}", **hashes), tier=Tier.SELF_DECLARED) for number in range(1_500)]
    decided = replace(known("decided", **hashes), tier=Tier.REGULATOR_DECIDED)
    harmless = replace(known("harmless", **hashes), list_name="benign", benign=True)
    matches = Bank([*flood, decided, harmless]).match(seen(pdq=hashed(1), dhash=hashed(2), sha256="a" * 64))
    assert {"decided", "harmless"} < {match.entry.entry_id for match in matches}
    assert len(matches) <= 1_200


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
