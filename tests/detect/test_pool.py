"""Openers are killed, starved, interrupted and lied to; the caller always gets a picture or a reason."""

import os
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image

from haetae.detect import Limits, OpenerPool, Undecodable, Why
from haetae.detect.opening import opener as opener_module
from haetae.detect.opening import ring
from haetae.detect.opening.wire import read_answer
from tests.detect import media_files as made
from tests.detect.patterns import noise, waves

SMALL = made.encoded(waves(height=60, width=80, seed=1))


def why_not(pool: OpenerPool, data: bytes) -> Why:
    with pytest.raises(Undecodable) as refused:
        pool.open(data)
    return refused.value.why


def children() -> set[int]:
    return {child.pid for child in psutil.Process().children()}


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_an_opener_serves_many_pictures_and_is_gone_afterwards():
    before = children()
    with OpenerPool() as pool:
        pool.open(SMALL)
        first = pool.process_ids()
        for _ in range(20):
            pool.open(SMALL)
        assert pool.process_ids() == first
        assert set(first) <= children()
    assert children() == before


def test_an_opener_is_replaced_after_its_share_of_pictures():
    with OpenerPool(limits=Limits(pictures_per_opener=2)) as pool:
        pool.open(SMALL)
        first = pool.process_ids()
        pool.open(SMALL)
        pool.open(SMALL)
        assert len(pool.process_ids()) == 1
        assert pool.process_ids() != first


@pytest.mark.parametrize("data_mb", [0, 30])
def test_a_killed_opener_is_replaced_and_the_picture_still_opened(data_mb):
    data = made.encoded(waves(height=60, width=80, seed=1)) + bytes(data_mb * 1024 * 1024)
    with OpenerPool() as pool:
        pool.open(SMALL)
        (process_id,) = pool.process_ids()
        os.kill(process_id, signal.SIGKILL)
        assert pool.open(data).luma.shape == (60, 80)
        assert pool.process_ids() != (process_id,)


def test_an_opener_that_hangs_is_ended_by_the_clock():
    with OpenerPool(limits=Limits(wall_s=0.5)) as pool:
        pool.open(SMALL)
        os.kill(pool.process_ids()[0], signal.SIGSTOP)
        began = time.monotonic()
        assert why_not(pool, noise_of_megabytes(5)) is Why.TOO_SLOW
        assert time.monotonic() - began < 5
        assert pool.open(SMALL).luma.shape == (60, 80)


def noise_of_megabytes(megabytes: int) -> bytes:
    return made.encoded(noise(height=1024 * megabytes, width=1024, seed=1), "BMP")


def test_a_picture_that_burns_processor_time_is_ended():
    slow = made.jpeg_of_many_scans(side=6000, scans=40)
    with OpenerPool(limits=Limits(cpu_s=1)) as pool:
        assert why_not(pool, slow) is Why.TOO_SLOW
        assert pool.open(SMALL).luma.shape == (60, 80)


def test_processor_time_is_granted_anew_for_each_picture():
    a_tenth_of_a_second = made.jpeg_of_many_scans(side=2000, scans=20)
    with OpenerPool(limits=Limits(cpu_s=1)) as pool:
        pool.open(a_tenth_of_a_second)
        first = pool.process_ids()
        while cpu_seconds(first[0]) < 2.5:
            pool.open(a_tenth_of_a_second)
        assert pool.process_ids() == first


def cpu_seconds(process_id: int) -> float:
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_a_picture_that_needs_too_much_memory_is_refused_and_the_opener_lives_on():
    hungry = made.encoded(Image.new("RGBA", (7000, 7000)), compress_level=1)
    with OpenerPool(limits=Limits(memory_bytes=300 * 1024 * 1024)) as pool:
        pool.open(SMALL)
        before = pool.process_ids()
        assert why_not(pool, hungry) is Why.OUT_OF_MEMORY
        assert pool.open(SMALL).luma.shape == (60, 80)
        assert pool.process_ids() == before


def test_fifty_megapixels_with_transparency_fit_into_the_memory_we_give():
    largest = made.encoded(Image.new("RGBA", (7000, 7000), (9, 9, 9, 255)), compress_level=1)
    with OpenerPool() as pool:
        luma = pool.open(largest).luma
        assert luma.shape == (7000, 7000)
        assert (luma == 9).all()


def test_eight_threads_get_each_their_own_picture():
    pictures = [waves(height=50 + number, width=70, seed=number) for number in range(8)]
    files = [made.encoded(picture) for picture in pictures] * 10
    with OpenerPool(size=3) as pool, ThreadPoolExecutor(8) as threads:
        opened = list(threads.map(pool.open, files))
        assert len(pool.process_ids()) <= 3
    assert all(np.array_equal(one.luma, picture) for one, picture in zip(opened, pictures * 10, strict=True))


def test_threads_survive_openers_killed_under_their_hands():
    files = [SMALL] * 60
    with OpenerPool(size=2) as pool, ThreadPoolExecutor(4) as threads:
        done = threading.Event()

        def kill_now_and_then() -> None:
            while not done.wait(0.3):
                for process_id in pool.process_ids()[:1]:
                    os.kill(process_id, signal.SIGKILL)

        killer = threading.Thread(target=kill_now_and_then)
        killer.start()
        answers = list(threads.map(lambda data: outcome(pool, data), files))
        done.set()
        killer.join()
        assert set(answers) <= {"opened", Why.CRASHED, Why.NO_OPENER}
        assert pool.open(SMALL).luma.shape == (60, 80)


def outcome(pool: OpenerPool, data: bytes) -> str:
    try:
        pool.open(data)
    except Undecodable as refused:
        return refused.why
    return "opened"


def test_closing_ends_a_busy_opener_and_leaks_nothing():
    processes, files = children(), open_files()
    pool = OpenerPool(size=2)
    pool.open(SMALL)
    slow = made.jpeg_of_many_scans(side=6000, scans=40)
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(outcome, pool, slow)
        time.sleep(0.3)
        began = time.monotonic()
        pool.close()
        assert time.monotonic() - began < 5
        assert isinstance(answer.exception() or answer.result(), RuntimeError | Why)
    assert (children(), open_files()) == (processes, files)
    with pytest.raises(RuntimeError, match="closed"):
        pool.open(SMALL)


def test_a_child_that_talks_nonsense_is_no_opener(monkeypatch):
    monkeypatch.setattr(opener_module, "_MODULE", "this")  # a module that prints a poem
    files = open_files()
    with OpenerPool() as pool:
        assert why_not(pool, SMALL) is Why.NO_OPENER
        assert pool.process_ids() == ()
    assert open_files() == files


def test_a_system_that_gives_no_process_is_told(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/does/not/exist")
    with OpenerPool() as pool:
        assert why_not(pool, SMALL) is Why.NO_OPENER
        assert why_not(pool, SMALL) is Why.NO_OPENER


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"7",
        b"\xff",
        b'{"why": "it is fine"}',
        b'{"format": "svg", "frames": 1, "examined": 1, "shared": false, "shown": [[1, 1, null]]}',
        b'{"format": "png", "frames": 1, "examined": 1, "shared": false, "shown": [[0, 1, null]]}',
        b'{"format": "png", "frames": 1, "examined": 1, "shared": false, "shown": [[true, 1, null]]}',
        b'{"format": "png", "frames": 1, "examined": 1, "shared": false, "shown": [[1e3, 1, null]]}',
        b'{"format": "png", "frames": 1, "examined": 1, "shared": false, "shown": [[99999, 99999, null]]}',
        b'{"format": "mp4", "frames": 9, "examined": 9, "shared": false, "shown": [[7000, 7000, 0], [7000, 7000, 1]]}',
        b'{"format": "mp4", "frames": 9, "examined": 9, "shared": false, "shown": [[1, 1, -1]]}',
        b'{"format": "mp4", "frames": 1, "examined": 1, "shared": false, "shown": [[1, 1, 0], [1, 1, 1]]}',
        b'{"format": "mp4", "frames": 99, "examined": 99, "shared": false, "shown": '
        + b"["
        + b"[1, 1, 0], " * 16
        + b"[1, 1, 0]]}",
        b'{"format": "png", "frames": 1, "examined": 1, "shared": false, "shown": []}',
        b'{"format": "png", "frames": 1, "examined": 1, "shared": false, "shown": [[1, 1]]}',
        b'{"format": "png", "frames": 1, "examined": 1, "shared": false, "shown": 1}',
        b'{"format": "png", "examined": 1, "shared": false, "shown": [[1, 1, null]]}',
        b'{"format": "png", "frames": 1, "shared": false, "shown": [[1, 1, null]]}',
        b'{"format": "png", "frames": 1, "examined": 1, "shown": [[1, 1, null]]}',
        b'{"format": "png", "frames": 1, "examined": 1, "shared": 1, "shown": [[1, 1, null]]}',
        b'{"format": "gif", "frames": 2, "examined": 3, "shared": false, "shown": [[1, 1, 0]]}',
        b'{"format": "gif", "frames": 2, "examined": 1, "shared": false, "shown": [[1, 1, 0], [1, 1, 1]]}',
        b'{"format": "gif", "frames": 2, "examined": true, "shared": false, "shown": [[1, 1, 0]]}',
        b'{"format": "png", "frames": 1, "examined": 1, "shared": false, "shown": [[1, 1, null]], "kind": "other"}',
        b'{"format": ["png"], "frames": 1, "examined": 1, "shared": false, "shown": [[1, 1, null]]}',
    ],
)
def test_an_answer_that_no_honest_opener_gives_is_not_believed(header):
    with pytest.raises(ValueError, match=r"\w"):
        read_answer(header, limits=Limits())


def test_a_picture_is_the_same_by_shared_memory_and_by_a_pipe(monkeypatch):
    # The second lies where the first one was.
    pictures = [made.encoded(noise(height=height, width=100 - height, seed=height)) for height in (40, 60)]
    with OpenerPool() as pool:
        shared = [pool.open(picture).luma for picture in pictures]
    monkeypatch.setattr(ring, "made", lambda: None)
    with OpenerPool() as pool:
        piped = [pool.open(picture).luma for picture in pictures]
    assert all(np.array_equal(one, other) for one, other in zip(shared, piped, strict=True))


def test_a_picture_too_large_to_be_kept_in_shared_memory_goes_through_the_pipe():
    height, width = 4001, 4300
    assert height * width > ring.PICTURES_BYTES_MOST
    rows = np.arange(height, dtype=np.uint8)[:, None].repeat(width, axis=1)
    with OpenerPool() as pool:
        assert np.array_equal(pool.open(made.encoded(rows, "BMP")).luma, rows)


def test_an_opener_has_walls():
    with OpenerPool() as pool:
        pool.open(SMALL)
        walls = Path(f"/proc/{pool.process_ids()[0]}/limits").read_text()
        environment = Path(f"/proc/{pool.process_ids()[0]}/environ").read_text()
    rows = {line[:26].strip(): line[26:].split()[:2] for line in walls.splitlines()}
    assert rows["Max address space"] == [str(1024**3)] * 2
    assert rows["Max file size"] == ["0", "0"]
    assert rows["Max core file size"] == ["0", "0"]
    assert int(rows["Max open files"][1]) <= 8
    assert rows["Max cpu time"][0] != "unlimited"
    assert {pair.split("=")[0] for pair in environment.split("\0") if pair} == {
        "OPENBLAS_NUM_THREADS",
        "OMP_NUM_THREADS",
        "MALLOC_ARENA_MAX",
    }
