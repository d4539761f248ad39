"""Nothing within reach is missed, nothing beyond it is found."""

import random
from dataclasses import replace

import pytest

from haetae.detect import Bank, Fingerprints, KnownHash, PerceptualHash, Tier
from haetae.detect.finding import Variant
from haetae.detect.matching.bank_file import BankFileError, read_bank


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
