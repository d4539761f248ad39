"""A known film is found inside another, with its times, by looking at every frame; what is merely alike is not."""

from functools import cache

import numpy as np
import pytest
from PIL import Image

from haetae.detect import Bank, KnownHash, Limits, OpenerPool, ReasonCode, Tier, Verdict, examine
from haetae.detect.films import known_film
from tests.detect import media_files as made
from tests.detect.film_files import film
from tests.detect.media_files import bordered
from tests.detect.patterns import blocks, waves

HEIGHT, WIDTH = 240, 320


def shot(seed: int, *, frames: int = 20) -> list[np.ndarray]:
    """Two seconds of a camera that pans over a landscape with things in it."""
    wide = (waves(height=HEIGHT, width=WIDTH + 8 * frames, seed=seed) // 2).astype(np.uint8)
    wide += blocks(height=HEIGHT, width=WIDTH + 8 * frames, seed=seed) // 2
    return [np.ascontiguousarray(wide[:, 8 * step : 8 * step + WIDTH]) for step in range(frames)]


def shots(seeds: range, **more: int) -> list[np.ndarray]:
    return [picture for seed in seeds for picture in shot(seed, **more)]


def black(frames: int) -> list[np.ndarray]:
    return [np.zeros((HEIGHT, WIDTH), dtype=np.uint8)] * frames


OURS = shots(range(6))  # twelve seconds
OTHERS = shots(range(100, 110))  # twenty seconds


@cache
def hashed(data: bytes):
    with OpenerPool() as pool:
        return examine(data, bank=Bank(), openers=pool).fingerprints.as_json()["series"]


def bank_of(pictures, *, tier=Tier.OPERATOR_CONFIRMED, entry_id="known") -> list[KnownHash]:
    series = hashed(film(pictures, "mp4", keyframe_every=12))
    return list(known_film(series, entry_id=entry_id, list_name="films", tier=tier))


def found(finding) -> list[tuple[float, float]]:
    """From when to when, in seconds, each showing of the known film that is sure."""
    return [
        (signal.facts["from_ms"] / 1000, signal.facts["to_ms"] / 1000)
        for signal in finding.signals
        if signal.facts.get("film") and signal.facts["confirmed"]
    ]


def scaled(pictures, *, height: int, width: int) -> list[np.ndarray]:
    return [
        np.asarray(Image.fromarray(one).resize((width, height), Image.Resampling.BICUBIC)) for one in pictures
    ]


DISGUISES = {
    "as it is": lambda pictures: pictures,
    "smaller": lambda pictures: scaled(pictures, height=180, width=240),
    "larger": lambda pictures: scaled(pictures, height=360, width=480),
    "mirrored": lambda pictures: [np.ascontiguousarray(one[:, ::-1]) for one in pictures],
    "between bars": lambda pictures: [bordered(one, bar_px=40, gray=0) for one in pictures],
    "darker": lambda pictures: [(one * 0.7).astype(np.uint8) for one in pictures],
}


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("container", ["webm", "avi"])
def test_a_known_film_in_the_middle_of_a_longer_one_is_found_with_its_times(openers, disguise, container):
    upload = film(DISGUISES[disguise]([*OTHERS[:100], *OURS, *OTHERS[100:]]), container, keyframe_every=40)
    finding = examine(upload, bank=Bank(bank_of(OURS)), openers=openers)
    assert finding.verdict is Verdict.REQUEST
    ((begin_s, end_s),) = found(finding)
    assert abs(begin_s - 10) < 0.5
    assert abs(end_s - 22) < 0.5
    assert finding.media.frames_examined == finding.media.frames == 320
    words = finding.reasons[0].words
    assert words.startswith(
        "The film shows the known film known of the list films (confirmed by an operator)"
    )
    assert f"from {begin_s:.1f} s to {end_s:.1f} s" in words
    assert ("mirrored" in words) is (disguise == "mirrored")


def test_a_part_of_a_known_film_is_found_where_it_is_half_of_it(openers):
    upload = film([*OTHERS[:60], *OURS[40:110], *OTHERS[60:100]], "webm", keyframe_every=40)
    finding = examine(upload, bank=Bank(bank_of(OURS)), openers=openers)
    ((begin_s, end_s),) = found(finding)
    assert abs(begin_s - 6) < 0.5
    assert abs(end_s - 13) < 0.5


def test_a_known_film_that_is_shown_twice_is_told_twice(openers):
    upload = film([*OURS, *OTHERS[:60], *OURS], "webm", keyframe_every=40)
    finding = examine(upload, bank=Bank(bank_of(OURS)), openers=openers)
    assert [round(begin_s) for begin_s, _ in sorted(found(finding))] == [0, 18]


def test_a_film_that_nobody_knows_is_seen_as_a_whole_and_cleared(openers):
    finding = examine(film(OTHERS, "webm", keyframe_every=40), bank=Bank(bank_of(OURS)), openers=openers)
    assert finding.verdict is Verdict.NOTHING
    assert [reason.code for reason in finding.reasons] == [ReasonCode.NOTHING_KNOWN]


def test_a_title_card_and_black_frames_that_two_films_share_make_them_not_the_same(openers):
    card = [blocks(height=HEIGHT, width=WIDTH, seed=50)] * 30
    bank = Bank(bank_of([*card, *black(20), *OURS, *black(20)]))
    finding = examine(
        film([*card, *black(20), *OTHERS, *black(20)], "webm", keyframe_every=40), bank=bank, openers=openers
    )
    assert finding.verdict is Verdict.REVIEW
    assert [reason.code for reason in finding.reasons] == [ReasonCode.KNOWN_UNCONFIRMED]
    assert "too few or too unlike to be sure" in finding.reasons[0].words


def test_a_moving_intro_that_two_films_share_makes_them_not_the_same(openers):
    intro = shots(range(60, 62))
    bank = Bank(bank_of([*intro, *OURS]))
    finding = examine(film([*intro, *OTHERS], "webm", keyframe_every=40), bank=bank, openers=openers)
    assert finding.verdict is Verdict.REVIEW
    assert found(finding) == []


def slides(deck: list[np.ndarray]) -> list[np.ndarray]:
    """Each for a second."""
    return [one for one in deck for _ in range(10)]


def test_slides_that_two_presentations_share_make_them_not_the_same(openers):
    ours, others = (
        [blocks(height=HEIGHT, width=WIDTH, seed=seed) for seed in seeds]
        for seeds in (range(12), range(40, 52))
    )
    bank = Bank(bank_of(slides(ours)))
    mixed = film(slides([*ours[:3], *others[:9]]), "webm", keyframe_every=40)
    assert found(examine(mixed, bank=bank, openers=openers)) == []
    whole = film(slides(ours), "webm", keyframe_every=40)
    assert len(found(examine(whole, bank=bank, openers=openers))) == 1


def test_what_nobody_but_its_sender_checked_goes_to_a_person(openers):
    bank = Bank(bank_of(OURS, tier=Tier.SELF_DECLARED))
    finding = examine(film([*OTHERS, *OURS], "webm", keyframe_every=40), bank=bank, openers=openers)
    assert finding.verdict is Verdict.REVIEW
    assert finding.reasons[0].code is ReasonCode.KNOWN_SELF_DECLARED


def test_one_frame_of_a_known_picture_between_two_keyframes_is_found(openers):
    picture = waves(height=HEIGHT, width=WIDTH, seed=77)
    hashes = examine(made.encoded(picture), bank=Bank(), openers=openers).fingerprints.perceptual[0]
    entry = KnownHash(
        entry_id="e", list_name="l", tier=Tier.OPERATOR_CONFIRMED, pdq=hashes.pdq, dhash=hashes.dhash
    )
    upload = film([*OTHERS[:95], picture, *OTHERS[95:]], "avi", keyframe_every=40)
    finding = examine(upload, bank=Bank([entry]), openers=openers)
    assert finding.verdict is Verdict.REQUEST
    assert "from 9.5 s to 9.5 s" in finding.reasons[0].words
    with OpenerPool(limits=Limits(film_frames_hashed_most=0)) as pool:
        assert examine(upload, bank=Bank([entry]), openers=pool).verdict is Verdict.UNDETERMINED


def test_a_harmless_picture_put_into_a_film_shields_it_from_nothing(openers):
    shield = waves(height=HEIGHT, width=WIDTH, seed=78)
    hashes = examine(made.encoded(shield), bank=Bank(), openers=openers).fingerprints.perceptual[0]
    harmless = KnownHash(
        entry_id="h",
        list_name="harmless",
        tier=Tier.REGULATOR_DECIDED,
        pdq=hashes.pdq,
        dhash=hashes.dhash,
        benign=True,
    )
    upload = film([*[shield] * 30, *OURS, *[shield] * 30], "webm", keyframe_every=10)
    finding = examine(upload, bank=Bank([harmless, *bank_of(OURS)]), openers=openers)
    assert finding.verdict is Verdict.REQUEST


def test_frames_behind_the_limit_leave_a_film_undetermined():
    with OpenerPool(limits=Limits(film_frames_hashed_most=50)) as pool:
        finding = examine(film(OTHERS, "webm", keyframe_every=40), bank=Bank(), openers=pool)
    assert finding.verdict is Verdict.UNDETERMINED
    assert finding.reasons[0].words == "Only 50 of 200 frames were examined."


def test_what_is_kept_of_a_film_is_small_and_makes_it_known():
    series = hashed(film([*black(30), *OURS, *[OURS[-1]] * 200], "mp4", keyframe_every=12))
    assert 20 < len(series) <= len(OURS)
    assert all(set(one) == {"at_ms", "to_ms", "pdq", "pdq_quality", "dhash"} for one in series)
    assert series[-1]["to_ms"] - series[-1]["at_ms"] > 15_000
