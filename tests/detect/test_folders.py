"""`haetae scan` over a folder that a stranger has filled: every entry gets a line, and none holds it up."""

import ctypes
import json
import os
import select
import socket
import struct
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.detect import media_files as made
from tests.detect.disguises import disguises
from tests.detect.hostile_set import hostile_files
from tests.detect.patterns import waves

# Of the set of hostile files only so many: all of them are opened by test_hostile.py.
EACH = 12
NAMES = [
    b"\xff\xfe not UTF-8.png",
    b"new\nline.jpg",
    b"\x1b[2Jterminal.gif",
    b"-rf",
    b"a" * 255,
    b"\xe2\x80\xaegnp.exe",
]
ENDINGS = ["m3u8", "mp4", "jpg"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    odd = tmp_path / "odd"
    odd.mkdir()
    (odd / "honest.png").write_bytes(made.encoded(waves(height=60, width=80, seed=1)))
    (odd / "empty.jpg").write_bytes(b"")
    with (odd / "sparse.mp4").open("wb") as sparse:
        sparse.truncate(1024**3)
    os.mkfifo(odd / "pipe.png")
    os.mkfifo(odd / "pipe.m3u8")
    (odd / "to itself").symlink_to("to itself")
    (odd / "up").symlink_to("..")
    (odd / "passwords.jpg").symlink_to("/etc/passwd")
    (odd / "device.gif").symlink_to("/dev/zero")
    (odd / "process").symlink_to("/proc/self/mem")
    for name in (
        b"\xff\xfe not UTF-8.png",
        b"new\nline.jpg",
        b"\x1b[2Jterminal.gif",
        b"-rf",
        b"a" * 255,
        "\u202egnp.exe".encode(),
    ):
        Path(os.fsdecode(bytes(odd) + b"/" + name)).write_bytes(b"\x89PNG\r\n\x1a\n")
    deep = odd
    for _ in range(200):
        deep /= "d"
        deep.mkdir()
    (deep / "deep.png").write_bytes(made.encoded(waves(height=60, width=80, seed=2)))
    for number, (_, data) in enumerate(list(hostile_files().items())[::EACH]):
        (odd / f"hostile{number}").write_bytes(data)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(odd / "socket.avi"))
        return odd


def entries(folder: Path) -> set[str]:
    found = set()
    for here, _, names in os.walk(folder):
        found |= {str(Path(here) / name) for name in names}
    linked = {str(path) for path in folder.iterdir() if path.is_symlink()}
    return found | linked


def test_every_entry_of_a_hostile_folder_gets_an_answer(folder: Path) -> None:
    began = time.monotonic()
    command = [sys.executable, "-m", "haetae", "scan", "--json", str(folder)]
    ran = subprocess.run(command, capture_output=True, timeout=300, check=False)
    rows = [json.loads(line) for line in ran.stdout.splitlines()]
    assert ran.returncode == 0, ran.stderr[-500:]
    assert {row["path"] for row in rows} == entries(folder)
    assert len(rows) == len({row["path"] for row in rows}) > 40
    by_name = {Path(row["path"]).name: row for row in rows}
    for name in ("pipe.png", "to itself", "up", "passwords.jpg", "device.gif", "process", "socket.avi"):
        assert by_name[name]["fingerprints"] is None, name
        assert by_name[name]["verdict"] == "undetermined"
    assert by_name["sparse.mp4"]["fingerprints"]["sha256"]
    assert by_name["sparse.mp4"]["verdict"] == "undetermined"
    assert by_name["deep.png"]["media"]["width_px"] == by_name["honest.png"]["media"]["width_px"] == 80
    assert time.monotonic() - began < 240


def test_no_disguise_is_followed_whatever_it_is_called(tmp_path: Path) -> None:
    """Playlists, SDP, references of films: as files on the disk, where a player would go by their names."""
    (tmp_path / "planted").mkdir()
    with Callers() as callers:
        watch = Opened(tmp_path / "planted")
        for ending in ENDINGS:
            for number, data in enumerate(disguises(other=watch.file, port=callers.port).values()):
                (tmp_path / f"disguise{number}.{ending}").write_bytes(data)
        command = [sys.executable, "-m", "haetae", "scan", "--json", str(tmp_path)]
        before = watch.times()
        ran = subprocess.run(command, capture_output=True, timeout=300, check=False)
        touched = watch.times() - before
    assert len(ran.stdout.splitlines()) == len(ENDINGS) * len(disguises(other=watch.file, port=9)) + 1
    assert touched == 1  # `haetae scan` itself, which was asked to look at the planted file too
    assert callers.came == []


class Opened:
    """A planted file, and how often anybody opened it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "other.ts"
        self.file.write_bytes(b"G" * 188 * 20)
        library = ctypes.CDLL(None, use_errno=True)
        self._events = library.inotify_init1(os.O_NONBLOCK)
        assert library.inotify_add_watch(self._events, bytes(self.file), 0x20) >= 0  # IN_OPEN
        self._seen = 0

    def times(self) -> int:
        with suppress(BlockingIOError):
            self._seen += len(os.read(self._events, 65536)) // struct.calcsize("iIII")
        return self._seen


class Callers:
    """One port of this machine, for connections and for datagrams; `came` is whoever called."""

    def __enter__(self) -> "Callers":
        self.came: list[str] = []
        self._tcp = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._tcp.getsockname()[1]
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", self.port))
        return self

    def __exit__(self, *_: object) -> None:
        for listener, asked in ((self._tcp, "a connection"), (self._udp, "a datagram")):
            ready = select.select([listener], [], [], 0)[0]
            self.came += [asked] if ready else []
            listener.close()
