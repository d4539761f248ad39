"""What goes over the socket of the key service: one question and one answer on each connection.

A message is its length (four bytes, the most significant first) and one JSON object of strings; bytes are hex digits.
"""

import json
import os
import socket
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 65_536
_LENGTH: Final = struct.Struct("!I")

Message = Mapping[str, str]


class WireError(ConnectionError):
    """What came is no message of ours, or only a part of one."""


class Refusal(StrEnum):
    """Why nothing is given."""

    MISSING = "missing"
    WRONG_KEY = "wrong_key"
    BUSY = "busy"
    TOO_MANY_OPENINGS = "too_many_openings"
    NOT_UNDERSTOOD = "not_understood"
    FAILED = "failed"


def send(connection: socket.socket, message: Message) -> None:
    """Raises WireError for one that is too long, and OSError."""
    body = json.dumps(message).encode()
    if len(body) > MOST_BYTES:
        raise WireError("This is more than the key service takes.")
    connection.sendall(_LENGTH.pack(len(body)) + body)


def receive(connection: socket.socket) -> dict[str, str]:
    """Raises WireError, and OSError as the connection's own time-out."""
    (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size))
    if length > MOST_BYTES:
        raise WireError("A message is longer than any of ours.")
    try:
        message = json.loads(_exactly(connection, length))
    except (ValueError, RecursionError) as error:
        raise WireError("A message is no JSON.") from error
    if not isinstance(message, dict) or not all(isinstance(value, str) for value in message.values()):
        raise WireError("A message is no object of strings.")
    return message


def _exactly(connection: socket.socket, count: int) -> bytes:
    received = bytearray()
    while len(received) < count:
        piece = connection.recv(count - len(received))
        if not piece:
            raise WireError("The other side ended in the middle of a message.")
        received += piece
    return bytes(received)


@contextmanager
def address_of(path: Path) -> Iterator[str]:
    """An address of any socket: the system takes 107 bytes, and a home may lie deeper than that."""
    descriptor = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{descriptor}/{path.name}"
    finally:
        os.close(descriptor)
