"""Every frame of a film comes out of the opener, and whatever the opener says instead hurts nobody."""

import fcntl
import mmap
import os
import signal
import struct
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from haetae.detect import Limits, OpenerPool, Undecodable, Why
from haetae.detect.opening import ring
from haetae.detect.opening.passing import IN_THE_PIPE, Passed, end_as_bytes
from tests.detect import media_files as made
from tests.detect.film_files import CODECS, film, heic, noise_frames
from tests.detect.patterns import waves

SCENES = [waves(height=96, width=128, seed=seed) for seed in range(10)]


def watched(pool: OpenerPool, data: bytes):
    """How the pass ended, and a copy of every frame with its moment."""
    frames = []
    ended = pool.watch(
        data, show=lambda frame: frames.append((frame.at_ms, frame.full_range, np.array(frame.luma)))
    )
    return ended, frames


@pytest.mark.parametrize("container", CODECS)
def test_every_frame_of_a_long_film_is_shown_in_order_with_its_moment(openers, container):
    scenes = [SCENES[number % 10] for number in range(120)]
    ended, frames = watched(openers, film(scenes, container))
    assert (ended.frames, ended.whole) == (120, True)
    assert [at_ms for at_ms, _, _ in frames] == [100 * number for number in range(120)]
    for scene, (_, full_range, luma) in zip(scenes, frames, strict=True):
        seen = luma.astype(float) if full_range else (luma.astype(float) - 16) * 255 / 219
        assert np.abs(seen - scene).mean() < 10


@pytest.mark.parametrize("withheld", ["by the system", "by the limits of size"])
def test_without_shared_memory_the_frames_come_through_the_pipe(monkeypatch, withheld):
    if withheld == "by the system":
        monkeypatch.setattr(os, "memfd_create", refuse)
    else:
        monkeypatch.setattr(os, "ftruncate", refuse)
    with OpenerPool() as pool:
        data = film(SCENES * 6, "webm")
        ended, frames = watched(pool, data)
        assert (ended.frames, ended.whole) == (60, True)
        assert len({luma.tobytes() for _, _, luma in frames}) >= 10
        assert pool.open(data).media.frames == 60


def refuse(*_: object) -> None:
    raise OSError("There is no such memory.")


def test_both_ways_show_the_same_pixels(monkeypatch, openers):
    data = film(noise_frames(height=64, width=96, count=40), "avi")
    _, shared = watched(openers, data)
    monkeypatch.setattr(os, "memfd_create", refuse)
    with OpenerPool() as pool:
        _, piped = watched(pool, data)
    assert all(np.array_equal(one, other) for (_, _, one), (_, _, other) in zip(shared, piped, strict=True))


def test_an_opener_serves_pictures_and_films_in_turn(openers):
    data, picture = film(SCENES, "webm"), made.encoded(SCENES[0], "AVIF")
    before = openers.open(data).media.frames
    processes = openers.process_ids()
    for _ in range(3):
        assert watched(openers, data)[0].whole
        assert openers.open(picture).luma.shape == (96, 128)
        assert openers.open(data).media.frames == before
    assert openers.process_ids() == processes


def test_a_film_longer_than_we_hash_is_watched_that_far(openers):
    with OpenerPool(limits=Limits(film_frames_hashed_most=25)) as pool:
        ended, frames = watched(pool, film(SCENES * 6, "webm"))
        assert (ended.frames, ended.whole, len(frames)) == (25, False, 25)
        assert pool.open(film(SCENES, "webm")).media.frames == 10


def test_a_film_that_takes_longer_than_we_give_is_watched_that_far():
    with OpenerPool(limits=Limits(film_wall_s=1.0)) as pool:
        data = film(SCENES * 20, "webm")
        slow = pool.watch(data, show=lambda _: time.sleep(0.02))
        assert 5 <= slow.frames <= 120
        assert not slow.whole
        processes = pool.process_ids()
        assert pool.open(data).media.frames == 200
        assert pool.process_ids() == processes


@pytest.mark.parametrize("percent", [30, 60, 90])
def test_of_a_film_that_breaks_off_the_frames_before_it_are_shown(openers, percent):
    whole = film(SCENES * 6, "webm")
    ended, frames = watched(openers, whole[: len(whole) * percent // 100])
    assert 0 < ended.frames < 60
    assert [at_ms for at_ms, _, _ in frames] == [100 * number for number in range(ended.frames)]


def test_what_does_not_move_shows_nothing_or_its_only_frame(openers):
    assert watched(openers, heic(SCENES[0]))[0] == watched(openers, film(SCENES)[:40])[0]
    assert watched(openers, made.encoded(SCENES[0], "AVIF"))[0].frames == 1
    with pytest.raises(Undecodable) as refused:
        openers.watch(b"words", show=lambda _: None)
    assert refused.value.why is Why.NOT_AN_IMAGE


def test_an_opener_that_is_killed_in_the_middle_has_shown_what_it_has_shown():
    with OpenerPool() as pool:
        data = film(SCENES * 20, "webm")
        pool.open(data)

        def kill_at_the_tenth(frame) -> None:
            if frame.at_ms == 900:
                os.kill(pool.process_ids()[0], signal.SIGKILL)

        ended = pool.watch(data, show=kill_at_the_tenth)
        assert 10 <= ended.frames <= 10 + ring.SLOTS_MOST
        assert not ended.whole
        assert pool.watch(data, show=lambda _: None).whole


def test_an_error_of_our_own_is_not_hidden_and_costs_one_opener():
    with OpenerPool() as pool:
        data = film(SCENES * 6, "webm")
        with pytest.raises(ZeroDivisionError):
            pool.watch(data, show=lambda _: 1 // 0)
        assert pool.process_ids() == ()
        assert pool.watch(data, show=lambda _: None).whole


def test_shared_memory_can_neither_shrink_nor_grow():
    """Whoever could shorten it could have the reader killed."""
    descriptor = ring.made()
    assert descriptor is not None
    for size in (0, 2 * ring.RING_BYTES):
        with pytest.raises(PermissionError):
            os.ftruncate(descriptor, size)
    with pytest.raises(PermissionError):
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, 0)
    os.close(descriptor)


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (16, 16), (7000, 7000), (9000, 9000)])
def test_frames_lie_side_by_side_and_apart(width, height):
    slots, apart = ring.slots_of(frame_bytes=width * height)
    assert apart >= width * height
    assert slots * apart <= ring.RING_BYTES
    assert slots == (0 if width == 9000 else 1 if width == 7000 else 8)
    assert slots or width == 9000


def record(place: int, width: int, height: int, at_ms: int = 0, flag: int = 0) -> bytes:
    return struct.pack(">qQQqB", place, width, height, at_ms, flag)


HONEST = Passed(place=0, width=8, height=8, at_ms=0, full_range=True).as_bytes()
LIES = {
    "a frame outside": record(ring.RING_BYTES - 10, 8, 8),
    "a frame far outside": record(2**62, 8, 8),
    "a frame before the beginning": record(-3, 8, 8),
    "a frame without pixels": record(0, 0, 8),
    "more pixels than may be": record(0, 2**40, 2**40),
    "a width that wraps around": record(0, 2**63, 2),
    "pixels that do not follow": record(IN_THE_PIPE, 2000, 2000),
    "a moment before the film": record(0, 8, 8, at_ms=-1),
    "a moment beyond all films": record(0, 8, 8, at_ms=2**62),
    "neither yes nor no": record(0, 8, 8, flag=7),
    "an end that is neither": record(-2, 0, 0, flag=2),
    "half a record": HONEST[:-1],
    "noise": bytes(range(256)) * 40,
    "silence": b"",
}


@pytest.fixture
def says(monkeypatch, tmp_path):
    """A pool whose openers are impostors that say these bytes."""

    def pool_that_says(said: bytes, **limits: float) -> OpenerPool:
        script, lie = Path(__file__).with_name("lying_opener.py"), tmp_path / "lie"
        lie.write_bytes(said)
        stand_in = tmp_path / "python"
        stand_in.write_text(f"#!/bin/sh\nexec {executable} {script} {lie}\n")
        stand_in.chmod(0o700)
        monkeypatch.setattr(sys, "executable", str(stand_in))
        return OpenerPool(limits=Limits(**{"wall_s": 0.3, "film_wall_s": 0.2, **limits}))

    executable = sys.executable
    return pool_that_says


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_ends_the_pass_and_the_opener_and_nothing_else(says, lie):
    with says(HONEST * 3 + LIES[lie]) as pool:
        ended, frames = watched(pool, film(SCENES, "webm"))
        assert (ended.frames, ended.whole, len(frames)) == (3, False, 3)
        assert pool.process_ids() == ()


def test_an_impostor_that_tells_the_truth_is_believed(says):
    """Else the lies above would prove nothing."""
    with says(HONEST * 3 + end_as_bytes(whole=True)) as pool:
        ended, _ = watched(pool, film(SCENES, "webm"))
        assert (ended.frames, ended.whole) == (3, True)
        assert len(pool.process_ids()) == 1


def test_more_frames_than_were_asked_for_are_not_looked_at(says):
    with says(HONEST * 50, film_frames_hashed_most=10) as pool:
        ended, frames = watched(pool, film(SCENES, "webm"))
        assert (ended.frames, ended.whole, len(frames)) == (10, False, 10)


def test_memory_that_changes_under_the_reader_changes_a_hash_and_no_more():
    from haetae.detect.hashing.pdq import pdq

    descriptor = ring.made()
    assert descriptor is not None
    ours, theirs = ring.Ring.mapped(descriptor), mmap.mmap(descriptor, ring.RING_BYTES)
    os.close(descriptor)
    view = ours.view(4096, width=640, height=480)
    hashes = set()
    for value in range(40):
        theirs[4096 : 4096 + 640 * 200] = np.random.default_rng(value).bytes(640 * 200)
        hashes.add(pdq(view).bits)
    assert len(hashes) > 30
