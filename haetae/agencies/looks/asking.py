"""Asks the looker, the one process that fetches a picture for somebody's eyes. Nothing here reaches the outside."""

import socket
import time
from pathlib import Path
from typing import Final
from uuid import UUID

from haetae.agencies.looks import wire

_CONNECT_S: Final = 2.0
# Fetching is bounded by the door, opening by the opener's limits: a film may take a minute and a half.
_ANSWER_S: Final = 180.0


class LookerAwayError(Exception):
    """It is not running, or ended half-way. Nothing was shown."""


class NothingToShowError(Exception):
    """`code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_there(home: Path) -> bool:
    """Whether the looker answers, so that nobody's look is used up for nothing."""
    try:
        with _connected(home):
            return True
    except OSError:
        return False


def picture(look_id: UUID, *, home: Path) -> bytes:
    """The little picture, once. Raises LookerAwayError, NothingToShowError."""
    try:
        with _connected(home) as looker:
            looker.sendall(wire.question(look_id))
            return _answer(looker, until=time.monotonic() + _ANSWER_S)
    except (OSError, EOFError, ValueError) as trouble:
        raise LookerAwayError from trouble


def _connected(home: Path) -> socket.socket:
    looker = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    looker.settimeout(_CONNECT_S)
    try:
        with wire.address(home) as where:
            looker.connect(where)
    except OSError:
        looker.close()
        raise
    return looker


def _answer(looker: socket.socket, *, until: float) -> bytes:
    line = bytearray()
    while not line.endswith(b"\n"):
        if len(line) > wire.LINE_BYTES_MOST:
            raise ValueError("The looker's line does not end.")
        line += _read(looker, most=1, until=until)
    said = wire.read_answer(bytes(line))
    if isinstance(said, str):
        raise NothingToShowError(said)
    shown = bytearray()
    while len(shown) < said:
        shown += _read(looker, most=said - len(shown), until=until)
    return bytes(shown)


def _read(looker: socket.socket, *, most: int, until: float) -> bytes:
    looker.settimeout(max(0.01, until - time.monotonic()))
    part = looker.recv(most)
    if not part:
        raise EOFError("The looker ended half-way.")
    return part
