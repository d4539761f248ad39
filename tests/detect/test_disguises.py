"""A file that asks a player to open something else is read alone. What it points to is never touched."""

import ctypes
import os
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import av
import pytest

from haetae.detect import Limits, OpenerPool, Undecodable
from haetae.detect.media import FILM_FORMATS
from haetae.detect.opening import film as opening
from tests.detect.disguises import disguises, playlist
from tests.detect.film_files import film
from tests.detect.patterns import waves

NAMES = list(disguises(other=Path("/nowhere"), port=1))
OPENED = 0x20  # IN_OPEN


class Watch:
    """A folder and a port, and whether anybody came."""

    def __init__(self, folder: Path, listener: socket.socket) -> None:
        self.other = folder / "other.ts"
        self.other.write_bytes(_transport_stream())
        self.port = listener.getsockname()[1]
        self.callers: list[bytes] = []
        self._listener = listener
        library = ctypes.CDLL(None, use_errno=True)
        self._events = library.inotify_init1(os.O_NONBLOCK)
        assert library.inotify_add_watch(self._events, bytes(folder), OPENED) >= 0
        threading.Thread(target=self._answer, daemon=True).start()

    def _answer(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._listener.accept()
                with caller:
                    self.callers.append(caller.recv(200))

    def opened_files(self) -> int:
        with suppress(BlockingIOError):
            return len(os.read(self._events, 65536)) // struct.calcsize("iIII")
        return 0

    def close(self) -> None:
        os.close(self._events)


def _transport_stream() -> bytes:
    written = BytesIO()
    with av.open(written, "w", format="mpegts") as output:
        stream = output.add_stream("mpeg2video", rate=25)
        stream.width, stream.height, stream.pix_fmt = 32, 32, "yuv420p"
        for number in range(5):
            picture = waves(height=32, width=32, seed=number)
            output.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="gray")))
        output.mux(stream.encode())
    return written.getvalue()


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        watching = Watch(tmp_path, listener)
        yield watching
        watching.close()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_else_is_opened_and_nobody_is_called_even_without_walls(watch, name):
    """The decoder itself, in this process, where it could open and call whatever it likes."""
    data = disguises(other=watch.other, port=watch.port)[name]
    watch.opened_files()
    for format_ in sorted(FILM_FORMATS):
        with suppress(Exception):
            opening.film(data, format_=format_, limits=Limits())
    assert watch.opened_files() == 0
    assert watch.callers == []


def test_the_watch_would_see_it(watch, tmp_path):
    """The same library, asked in the usual way: it reads the file that a playlist names, and calls its address."""
    for name, target in (
        ("local.m3u8", str(watch.other)),
        ("far.m3u8", f"http://127.0.0.1:{watch.port}/x.ts"),
    ):
        (tmp_path / name).write_bytes(playlist(target))
        with (
            suppress(av.error.FFmpegError),
            (tmp_path / name).open("rb") as stream,
            av.open(stream) as container,
        ):
            next(container.decode(video=0))
    assert watch.opened_files() >= 3
    assert watch.callers != []


def test_the_watch_would_see_a_reference_to_other_frames_too(watch):
    data = disguises(other=watch.other, port=watch.port)["alis to a file"]
    watch.opened_files()
    with av.open(BytesIO(data), options={"enable_drefs": "1", "use_absolute_path": "1"}):
        assert watch.opened_files() >= 1


@pytest.fixture(scope="module")
def pool() -> Iterator[OpenerPool]:
    with OpenerPool() as openers:
        openers.open(film([waves(height=32, width=32, seed=1)]))
        yield openers


@pytest.mark.parametrize("name", NAMES)
def test_an_opener_survives_it_and_shows_nothing_of_what_it_points_to(pool, watch, name):
    data = disguises(other=watch.other, port=watch.port)[name]
    before = pool.process_ids()
    watch.opened_files()
    shown = 0
    with suppress(Undecodable):
        shown = len(pool.open(data).frames)
    assert shown == (3 if name.startswith("dref") else 0)  # those carry honest frames of their own
    assert watch.opened_files() == 0
    assert watch.callers == []
    assert pool.process_ids() == before
