"""Films: some frames stand for all, and what nobody looked at is not cleared."""

import struct
from itertools import pairwise

import numpy as np
import pytest

from haetae.detect import (
    Bank,
    KnownHash,
    Limits,
    OpenerPool,
    ReasonCode,
    Tier,
    Undecodable,
    Verdict,
    Why,
    examine,
)
from tests.detect import film_files as made_of_boxes
from tests.detect import media_files as made
from tests.detect.film_files import CODECS, film
from tests.detect.patterns import waves

SCENES = [waves(height=96, width=128, seed=seed) for seed in range(10)]
ALL = {"mp4": "mp4", "mov": "mp4", "matroska": "matroska", "webm": "matroska", "avi": "avi"}


def nearest(luma, pictures) -> int:
    return int(np.argmin([np.abs(luma.astype(int) - picture).mean() for picture in pictures]))


@pytest.mark.parametrize("container", CODECS)
def test_every_frame_of_a_short_film_is_opened_in_order(openers, container):
    opened = openers.open(film(SCENES, container))
    assert (opened.media.kind, opened.media.format) == ("video", ALL[container])
    assert (opened.media.frames, opened.media.frames_examined) == (10, 10)
    assert [nearest(frame.luma, SCENES) for frame in opened.frames] == list(range(10))
    for frame, scene in zip(opened.frames, SCENES, strict=True):
        assert np.abs(frame.luma.astype(int) - scene).mean() < 8


def test_a_frame_says_when_it_is_shown(openers):
    opened = openers.open(film(SCENES, "webm"))
    assert [frame.at_ms for frame in opened.frames] == [100 * number for number in range(10)]


@pytest.mark.parametrize("container", ["mp4", "webm", "avi"])
def test_of_a_long_film_keyframes_from_beginning_to_end_are_opened(openers, container):
    scenes = [SCENES[number // 5 % 10] for number in range(200)]
    opened = openers.open(film(scenes, container, keyframe_every=5))
    assert (opened.media.frames, opened.media.frames_examined) == (200, 16)
    moments = [frame.at_ms for frame in opened.frames]
    assert moments[0] < 1000
    assert moments[-1] > 18_000
    assert max(later - earlier for earlier, later in pairwise(moments)) < 3000
    for frame in opened.frames:
        assert np.abs(frame.luma.astype(int) - scenes[frame.at_ms // 100]).mean() < 10


def test_a_film_of_one_keyframe_shows_its_first_frames(openers):
    still_scenes = [SCENES[0]] * 5 + [SCENES[1]] * 55
    opened = openers.open(film(still_scenes, "avi", keyframe_every=60))
    assert (opened.media.frames, opened.media.frames_examined) == (60, 16)


def test_the_frames_of_a_large_film_hold_no_more_pixels_than_one_picture():
    limits = Limits(pixels_most=5 * 96 * 128)
    with OpenerPool(limits=limits) as pool:
        opened = pool.open(film(SCENES, "webm", keyframe_every=1))
        assert (opened.media.frames, opened.media.frames_examined) == (10, 5)
        with pytest.raises(Undecodable) as refused:
            pool.open(film([waves(height=400, width=400, seed=1)], "webm"))
    assert refused.value.why in {Why.TOO_MANY_PIXELS, Why.DECODER_ERROR}


def test_a_film_made_upright_by_the_player_is_upright(openers):
    """Phones store films lying and put a matrix beside them (ISO/IEC 14496-12, tkhd): here a quarter clockwise."""
    lying = film(SCENES[:1])
    place = lying.index(b"tkhd") + 4 + 4 + 5 * 4 + 4 * 2 + 4 * 2
    matrix = struct.pack(">9i", 0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30)
    assert lying[place : place + 4] == struct.pack(">i", 1 << 16)
    luma = openers.open(lying[:place] + matrix + lying[place + len(matrix) :]).luma
    assert np.abs(luma.astype(int) - np.rot90(SCENES[0], k=-1)).mean() < 8


def known(openers, picture, *, tier=Tier.OPERATOR_CONFIRMED) -> Bank:
    hashes = examine(made.encoded(picture), bank=Bank(), openers=openers).fingerprints.perceptual[0]
    return Bank([KnownHash(entry_id="e", list_name="l", tier=tier, pdq=hashes.pdq, dhash=hashes.dhash)])


def test_a_known_picture_inside_a_film_is_found_and_its_moment_told(openers):
    scenes = [waves(height=240, width=320, seed=seed) for seed in range(8)]
    finding = examine(film(scenes, "webm"), bank=known(openers, scenes[5]), openers=openers)
    assert finding.verdict is Verdict.REQUEST
    assert [signal.facts["at_ms"] for signal in finding.signals if signal.kind == "known_hash"] == [500]
    assert "in the frame at 0.5 s" in finding.reasons[0].words


def test_frames_that_nobody_looked_at_leave_a_film_undetermined():
    with OpenerPool(limits=Limits(film_frames_hashed_most=0)) as pool:
        finding = examine(film(SCENES * 3, "webm"), bank=Bank(), openers=pool)
        reported = examine(film(SCENES * 3, "webm"), bank=Bank(), openers=pool, reported=True)
    assert finding.verdict is Verdict.UNDETERMINED
    assert finding.reasons[0].code is ReasonCode.FRAMES_SAMPLED
    assert finding.reasons[0].words == "Only 16 of 30 frames were examined."
    assert reported.verdict is Verdict.REVIEW


def test_a_short_film_that_was_seen_as_a_whole_leaves_no_doubt(openers):
    assert examine(film(SCENES, "webm"), bank=Bank(), openers=openers).verdict is Verdict.NOTHING


def test_what_two_frames_share_is_hashed_once(openers):
    finding = examine(film([SCENES[0]] * 9, "mov"), bank=Bank(), openers=openers)
    assert len({one.pdq for one in finding.fingerprints.perceptual}) == len(finding.fingerprints.perceptual)


@pytest.mark.parametrize("container", ["mp4", "webm", "avi", "matroska"])
@pytest.mark.parametrize("percent", [5, 30, 60, 90])
def test_a_film_that_breaks_off_is_never_cleared_and_the_opener_lives_on(openers, container, percent):
    whole = film(SCENES * 2, container)
    openers.open(whole)
    before = openers.process_ids()
    finding = examine(whole[: len(whole) * percent // 100], bank=Bank(), openers=openers)
    assert finding.verdict is Verdict.UNDETERMINED
    assert openers.process_ids() == before


def test_a_sound_file_shows_nothing(openers):
    silent = made_of_boxes.box(b"ftyp", b"M4A ", bytes(4)) + made_of_boxes.box(b"moov")
    with pytest.raises(Undecodable) as refused:
        openers.open(silent)
    assert refused.value.why is Why.DECODER_ERROR
