"""Whatever changes in the bank holds at the next look of every process, with and without a prepared part."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from haetae.accounts.actions import register_partner
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.wires import EPOCH
from haetae.detect.finding import Fingerprints, PerceptualHash, Variant
from haetae.detect.matching import Tier
from haetae.hashbank import actions, bases
from haetae.hashbank.current import CurrentBank
from haetae.hashbank.exchange.actions import hand_over, recall_acknowledged, recall_told
from haetae.hashbank.exchange.queries import Wanted
from haetae.hashbank.models import HashList, KnownPicture, Recall
from haetae.hashbank.rules import Frame, NewEntry, entry_of
from haetae.hashbank.states import Feedback, Media, Purpose, Wire

pytestmark = pytest.mark.django_db


def hash_of(number: int) -> str:
    return f"{number * 0x9E3779B97F4A7C15F39CC0605CEDC834_1082276BF3A27251F86C6A11D0C18E95 % 2**256:064x}"


def seen(number: int, *, dhash: str = "3c" * 32) -> Fingerprints:
    whole = PerceptualHash(variant=Variant.WHOLE, pdq=hash_of(number), pdq_quality=100, dhash=dhash)
    return Fingerprints(sha256=f"{number:064x}", perceptual=(whole,))


def entry(number: int, **more: object) -> NewEntry:
    return NewEntry(**{"pdq": hash_of(number), "dhash": "3c" * 32, "tier": Tier.COUNSELLOR_CHECKED, **more})  # type: ignore[arg-type]


def add(*entries: NewEntry, list_name: str = "test", **more: object) -> list:
    return actions.add_entries(list_name=list_name, entries=list(entries), actor=SYSTEM, **more)  # type: ignore[arg-type]


def ids(bank: CurrentBank, number: int) -> list[str]:
    return [match.entry.entry_id for match in bank.get().match(seen(number))]


@pytest.fixture(params=["prepared", "bare"])
def two_banks(request, tmp_path: Path) -> tuple[CurrentBank, CurrentBank]:
    """Two processes that look, on a machine with a prepared part of what was known, or without."""
    add(*map(entry, range(100, 140)))
    if request.param == "prepared":
        assert bases.make(tmp_path) == 1
    return CurrentBank(folder=tmp_path), CurrentBank(folder=tmp_path)


def test_added_and_withdrawn_entries_hold_in_every_process_at_its_next_look(two_banks) -> None:
    first, second = two_banks
    for round_ in range(15):  # more rounds than there may be small parts
        (known,) = add(entry(round_))
        assert ids(first, round_) == ids(second, round_) == [str(known)]
        actions.withdraw_known_picture(known_id=known, actor=SYSTEM)
        assert ids(first, round_) == ids(second, round_) == []
    old = KnownPicture.objects.get(pdq=hash_of(123))
    assert ids(first, 123) == ids(second, 123) == [str(old.pk)]
    actions.withdraw_known_picture(known_id=old.pk, actor=SYSTEM)
    assert ids(first, 123) == ids(second, 123) == []
    assert ids(first, 124)


def test_a_dispute_changes_the_tier_of_a_prepared_entry(two_banks) -> None:
    bank, known = two_banks[0], KnownPicture.objects.get(pdq=hash_of(110))
    assert bank.get().match(seen(110))[0].entry.tier is Tier.COUNSELLOR_CHECKED
    actions.dispute_known_picture(known_id=known.pk, actor=SYSTEM)
    (match,) = bank.get().match(seen(110))
    assert match.entry.tier is Tier.DISPUTED


def test_an_entry_of_the_prepared_part_expires(tmp_path: Path) -> None:
    with time_machine.travel("2026-11-22T12:00:00+00:00", tick=False) as clock_:
        add(entry(1), expires_at=clock.now() + timedelta(days=2))
        add(entry(2))
        bases.make(tmp_path)
        early = CurrentBank(folder=tmp_path)
        assert ids(early, 1)
        clock_.shift(timedelta(days=2))
        assert ids(early, 1) == ids(CurrentBank(folder=tmp_path), 1) == []
        assert ids(early, 2)


def test_a_newer_prepared_part_is_taken_up_and_older_ones_are_cleared_away(tmp_path: Path) -> None:
    add(entry(1))
    bases.make(tmp_path)
    bank = CurrentBank(folder=tmp_path)
    assert ids(bank, 1)
    for number in (2, 3, 4):
        add(entry(number))
        bases.make(tmp_path)
        assert ids(bank, number)
    assert len(list(tmp_path.glob("0*-*"))) == 2


def test_a_damaged_part_and_one_of_another_database_are_left_alone(tmp_path: Path) -> None:
    add(entry(1))
    bases.make(tmp_path)
    next(tmp_path.glob("*/table/hashes.npy")).write_bytes(b"no array")
    assert ids(CurrentBank(folder=tmp_path), 1)
    KnownPicture.objects.all().delete()
    bases.make(tmp_path)
    (known,) = add(entry(2))
    assert ids(CurrentBank(folder=tmp_path), 2) == [str(known)]
    assert ids(CurrentBank(folder=tmp_path), 1) == []


def test_a_bank_that_may_be_a_moment_old_asks_no_question_in_between(django_assert_num_queries) -> None:
    add(entry(1))
    bank = CurrentBank()
    bank.get()
    with django_assert_num_queries(0):
        assert bank.get(max_age_s=60.0).match(seen(1))


def test_a_frame_of_a_known_film_is_found_with_its_moment_and_never_sure() -> None:
    frames = tuple(Frame(at_ms=1_000 * n, pdq=hash_of(n), dhash="3c" * 32) for n in range(5))
    film = NewEntry(media=Media.FILM, frames=frames, tier=Tier.REGULATOR_DECIDED)
    (known,) = add(film)
    (match,) = CurrentBank().get().match(seen(3))
    assert (match.entry.entry_id, match.entry.at_ms, match.confirmed) == (str(known), 3_000, False)


def test_a_batch_with_one_bad_entry_leaves_the_bank_as_it_was() -> None:
    with pytest.raises(actions.CannotEnterError, match="entry 2: pdq: 64 hex digits"):
        add(entry(1), entry(2, pdq="XYZ"))
    assert not KnownPicture.objects.exists()


def test_what_looks_like_a_harmless_picture_comes_in_disputed() -> None:
    actions.keep_list(name="harmless", purpose=Purpose.BENIGN, actor=SYSTEM)
    add(entry(7), list_name="harmless")
    poisoned, other = add(entry(7, dhash="c3" * 32), entry(8))
    assert KnownPicture.objects.get(pk=poisoned).disputed_at is not None
    assert KnownPicture.objects.get(pk=other).disputed_at is None
    assert CurrentBank().get().match(seen(7))


def test_a_list_reaches_as_far_as_it_says(tmp_path: Path) -> None:
    actions.keep_list(name="strict", reach_bits=4, actor=SYSTEM)
    far = f"{int(hash_of(1), 16) ^ 0b11111:064x}"
    add(entry(1, pdq=far), list_name="strict")
    assert ids(CurrentBank(folder=tmp_path), 1) == []
    HashList.objects.filter(name="strict").update(reach_bits=5)
    assert ids(CurrentBank(folder=tmp_path), 1)


def test_a_tier_rises_only_when_somebody_saw_the_match_and_never_falls() -> None:
    (known,) = add(entry(1, tier=Tier.SELF_DECLARED))
    with pytest.raises(actions.CannotEnterError, match="must have seen the published match"):
        actions.raise_tier(known_ids=[known], tier=Tier.COUNSELLOR_CHECKED, saw_the_match=False, actor=SYSTEM)
    actions.raise_tier(known_ids=[known], tier=Tier.COUNSELLOR_CHECKED, saw_the_match=True, actor=SYSTEM)
    with pytest.raises(actions.CannotEnterError, match="can only rise"):
        actions.raise_tier(known_ids=[known], tier=Tier.SELF_DECLARED, saw_the_match=True, actor=SYSTEM)
    assert CurrentBank().get().match(seen(1))[0].entry.tier is Tier.COUNSELLOR_CHECKED


def test_every_partner_that_read_an_entry_is_to_be_told_when_it_is_withdrawn() -> None:
    reader = register_partner(name="hotline", takes_tier=Tier.COUNSELLOR_CHECKED, actor=SYSTEM)
    strict = register_partner(name="strict", takes_tier=Tier.REGULATOR_DECIDED, actor=SYSTEM)
    late = register_partner(name="late", takes_tier=Tier.COUNSELLOR_CHECKED, actor=SYSTEM)
    (known,) = add(entry(1))
    everything = Wanted(wire=Wire.STOPNCII, since=EPOCH, most=10)
    for partner in (reader, strict):
        hand_over(partner=partner, wanted=everything)
    actions.withdraw_known_picture(known_id=known, actor=SYSTEM)
    assert [recall.partner for recall in Recall.objects.all()] == [reader]
    recall_told(partner=reader, known_ids=[known])
    recall_acknowledged(partner=reader, known_ids=[known])
    told = Recall.objects.get()
    assert told.told_at is not None
    assert told.acknowledged_at is not None
    assert not late.recalls.exists()


def test_the_newest_word_of_each_source_counts_and_readers_see_the_entry_anew() -> None:
    (known,) = add(entry(1))
    before = KnownPicture.objects.get().version
    for value in (Feedback.PENDING_REVIEW, Feedback.BLOCKED):
        actions.give_feedback(known_id=known, source="board", value=value, tags=["seen"], actor=SYSTEM)
    row = KnownPicture.objects.get()
    assert [said.value for said in row.feedback.all()] == ["blocked"]
    assert row.version > before


def test_what_was_kept_of_a_film_becomes_its_frames_and_of_a_picture_its_whole() -> None:
    frame = {"pdq": hash_of(1), "dhash": hash_of(2), "pdq_quality": 90}
    plain = {**frame, "pdq_quality": 10}
    kept = {"sha256": "1" * 64, "series": [{**plain, "at_ms": 0}, {**frame, "at_ms": 400}]}
    film = entry_of(kept, seen={"kind": "video"}, tier=Tier.REGULATOR_DECIDED)
    assert (film.media, film.pdq, [one.at_ms for one in film.frames]) == (Media.FILM, "", [400])
    whole = {**frame, "variant": "whole", "recipe": "full"}
    picture = entry_of(
        {"sha256": "1" * 64, "perceptual": [whole]}, seen={"kind": "image"}, tier=Tier.REGULATOR_DECIDED
    )
    assert (picture.media, picture.pdq, picture.frames) == (Media.IMAGE, hash_of(1), ())
    assert (
        entry_of(
            {"sha256": "1" * 64, "perceptual": [plain]}, seen={"kind": "image"}, tier=Tier.SELF_DECLARED
        ).pdq
        == ""
    )
