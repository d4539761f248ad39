"""The looker: answers on a socket of this installation with what one official may see once, and keeps nothing of it."""

import os
import resource
import signal
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Final
from uuid import UUID

import structlog
from django.db import Error, close_old_connections

from haetae.agencies.looks import wire
from haetae.agencies.looks.actions import CannotLookError
from haetae.agencies.looks.showing import show
from haetae.flow.overview.minors import said_to_be_a_minor_at_look
from haetae.running import pulse
from haetae.running.errors import CannotStartError

_AT_ONCE: Final = 4
_QUESTION_S: Final = 5.0
_GLANCE_S: Final = 0.5
Show = Callable[[UUID], bytes]


def _show(look_id: UUID) -> bytes:
    """With what reporters say at this moment, which the room of looks does not know by itself."""
    return show(look_id, said_minor=said_to_be_a_minor_at_look(look_id))


log = structlog.get_logger(__name__)


def look_until_stopped(home: Path) -> None:
    """Until SIGTERM or SIGINT. Raises CannotStartError where another one answers."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # no dump that would put a picture on disk
    stop = threading.Event()

    def told_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()
        pulse.told_to_stop()

    signal.signal(signal.SIGTERM, told_to_stop)
    signal.signal(signal.SIGINT, told_to_stop)
    serve(home, stop=stop)


def serve(home: Path, *, stop: threading.Event, shown: Show = _show) -> None:
    """Answer one question a connection, some at once, until told to stop."""
    with _listening(home) as door, ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="look") as people:
        while not stop.is_set():
            pulse.moved()
            with suppress(TimeoutError):
                visitor, _ = door.accept()
                people.submit(_answer, visitor, shown)
    with wire.address(home) as where, suppress(FileNotFoundError):
        Path(where).unlink()


def _listening(home: Path) -> socket.socket:
    """Only this system user may speak with it; what a killed one left behind is cleared away."""
    home.mkdir(parents=True, exist_ok=True)
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        with wire.address(home) as where:
            if _answers(where):
                raise CannotStartError(f"A looker runs already in {home}. One is enough.")
            Path(where).unlink(missing_ok=True)
            door.bind(where)
        door.listen(16)
        door.settimeout(_GLANCE_S)
    except BaseException:
        door.close()
        raise
    finally:
        os.umask(before)
    return door


def _answers(where: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(_GLANCE_S)
        return probe.connect_ex(where) == 0


def _answer(visitor: socket.socket, shown: Show) -> None:
    """Whatever happens, the visitor gets an answer or an end, and the next one is served."""
    close_old_connections()
    with visitor:
        try:
            visitor.settimeout(_QUESTION_S)
            look_id = wire.read_question(_line(visitor))
            if look_id is None:
                return  # somebody only asked whether we are there
            visitor.sendall(_said(look_id, shown))
        except OSError as gone:
            log.info("visitor_gone", trouble=type(gone).__name__)
        except Exception as trouble:
            # The name alone: what an exception holds may hold the picture.
            log.error("look_broke_off", trouble=type(trouble).__name__)
    close_old_connections()


def _said(look_id: UUID, shown: Show) -> bytes:
    try:
        picture = shown(look_id)
    except CannotLookError as nothing:
        return wire.refusal(nothing.code)
    except Error as away:
        log.warning("database_away", trouble=type(away).__name__)
        return wire.refusal("not_saved")
    return wire.announcement(picture) + picture


def _line(visitor: socket.socket) -> bytes:
    line = bytearray()
    while len(line) < wire.QUESTION_BYTES and not line.endswith(b"\n"):
        part = visitor.recv(wire.QUESTION_BYTES - len(line))
        if not part:
            break
        line += part
    return bytes(line)
