"""The looker's door: for this user alone, one question and one answer, and an end half-way is no picture."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from haetae.agencies.looks import asking, wire
from haetae.agencies.looks.actions import CannotLookError
from haetae.running.errors import CannotStartError
from haetae.running.looker import serve

PICTURE = b"\x89PNG" + bytes(range(256)) * 200
# A looker that takes its time over a picture, as a process of its own.
SLOW = """
import sys, threading, time, django
django.setup()
from pathlib import Path
from haetae.running.looker import serve
serve(Path(sys.argv[1]), stop=threading.Event(), shown=lambda _: time.sleep(300))
"""


@contextmanager
def looker(home: Path, shown: Callable[[UUID], bytes]) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=serve, args=[home], kwargs={"stop": stop, "shown": shown})
    thread.start()
    try:
        until(lambda: asking.is_there(home))
        yield
    finally:
        stop.set()
        thread.join(20)
    assert not thread.is_alive()


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


def socket_of(home: Path) -> Path:
    return home / "looker.sock"


@pytest.fixture(autouse=True)
def without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("haetae.running.looker.close_old_connections", lambda: None)


def test_it_answers_with_the_picture_of_the_look_that_was_named(tmp_path: Path) -> None:
    asked: list[UUID] = []

    def shown(look_id: UUID) -> bytes:
        asked.append(look_id)
        return PICTURE

    look_id = uuid4()
    with looker(tmp_path, shown):
        assert asking.picture(look_id, home=tmp_path) == PICTURE
        assert socket_of(tmp_path).stat().st_mode & 0o777 == 0o600
    assert asked == [look_id], "to ask whether it is there uses nothing up"
    assert not socket_of(tmp_path).exists()


def test_why_there_is_nothing_comes_through_as_a_code(tmp_path: Path) -> None:
    def refused(_look_id: UUID) -> bytes:
        raise CannotLookError("look_used")

    with looker(tmp_path, refused), pytest.raises(asking.NothingToShowError) as nothing:
        asking.picture(uuid4(), home=tmp_path)
    assert nothing.value.code == "look_used"


def test_where_nobody_listens_it_is_away(tmp_path: Path) -> None:
    assert not asking.is_there(tmp_path)
    with pytest.raises(asking.LookerAwayError):
        asking.picture(uuid4(), home=tmp_path)


def test_killed_half_way_it_has_shown_nothing_and_the_next_one_takes_its_place(tmp_path: Path) -> None:
    slow = subprocess.Popen([sys.executable, "-c", SLOW, str(tmp_path)], env=dict(os.environ))
    try:
        until(lambda: asking.is_there(tmp_path))
        threading.Timer(0.5, lambda: slow.send_signal(signal.SIGKILL)).start()
        with pytest.raises(asking.LookerAwayError):
            asking.picture(uuid4(), home=tmp_path)
    finally:
        slow.kill()
        slow.wait()
    assert socket_of(tmp_path).exists(), "what it left behind"
    with looker(tmp_path, lambda _: PICTURE):
        assert asking.picture(uuid4(), home=tmp_path) == PICTURE


def test_a_fault_of_ours_ends_one_answer_and_not_the_looker(tmp_path: Path) -> None:
    answers = iter([ZeroDivisionError("a fault"), None])

    def shown(_look_id: UUID) -> bytes:
        if trouble := next(answers):
            raise trouble
        return PICTURE

    with looker(tmp_path, shown):
        with pytest.raises(asking.LookerAwayError):
            asking.picture(uuid4(), home=tmp_path)
        assert asking.picture(uuid4(), home=tmp_path) == PICTURE


@pytest.mark.parametrize("said", [b"", b"\n", b"no id at all\n", b"x" * 500, b"\xff\xfe\n"])
def test_nonsense_gets_no_answer_and_harms_nobody(tmp_path: Path, said: bytes) -> None:
    with looker(tmp_path, lambda _: PICTURE):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as stranger:
            stranger.connect(str(socket_of(tmp_path)))
            stranger.sendall(said)
            stranger.shutdown(socket.SHUT_WR)
            stranger.settimeout(10)
            with suppress(ConnectionResetError):
                assert stranger.recv(100) == b""
        assert asking.picture(uuid4(), home=tmp_path) == PICTURE


@pytest.mark.parametrize(
    "line", [b"[]\n", b'{"bytes": 0}\n', b'{"bytes": 99999999}\n', b'{"bytes": "9"}\n', b"no\n"]
)
def test_an_answer_that_is_none_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match=r"he looker said|Expecting"):
        wire.read_answer(line)


def test_a_second_one_in_the_same_home_says_so(tmp_path: Path) -> None:
    with looker(tmp_path, lambda _: PICTURE):
        with pytest.raises(CannotStartError, match="runs already"):
            serve(tmp_path, stop=threading.Event(), shown=lambda _: PICTURE)
        assert asking.picture(uuid4(), home=tmp_path) == PICTURE


def test_a_home_with_a_long_path_has_its_looker_too(tmp_path: Path) -> None:
    home = tmp_path / ("a" * 90) / ("b" * 90)
    with looker(home, lambda _: PICTURE):
        assert asking.picture(uuid4(), home=home) == PICTURE
        assert socket_of(home).exists()
