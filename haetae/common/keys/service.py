"""The key service: the one process that reads the key folder, at a Unix socket.

It asks the system who is at the other end, and answers its own user and those it was told of.
"""

import fcntl
import os
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import structlog

from haetae.common.keys import wire
from haetae.common.keys.answers import Answers
from haetae.common.keys.errors import AlreadyServedError

# A connection holds a thread until it is answered; those who wait for a receipt's turn are far fewer.
_CONNECTIONS_MOST: Final = 128
_QUESTION_WITHIN_S: Final = 5.0
_LAST_ANSWERS_WITHIN_S: Final = 3.0
_GLANCE_S: Final = 0.2
_PEER: Final = struct.Struct("3i")  # process, user, group: unix(7), SO_PEERCRED

log = structlog.get_logger(__name__)


class KeyService:
    """`users` are the numbers of the users who may ask."""

    def __init__(self, answers: Answers, *, users: frozenset[int]) -> None:
        self._answers = answers
        self._users = users
        self._room = threading.BoundedSemaphore(_CONNECTIONS_MOST)
        self._stop = threading.Event()

    def stop(self) -> None:
        """No further question is taken."""
        self._stop.set()

    def serve(self, listener: socket.socket) -> None:
        """Until stopped; then whoever is being answered still is."""
        listener.settimeout(_GLANCE_S)
        while not self._stop.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            self._room.acquire()
            threading.Thread(target=self._serve_one, args=[connection], daemon=True).start()
        deadline = time.monotonic() + _LAST_ANSWERS_WITHIN_S
        for _ in range(_CONNECTIONS_MOST):
            self._room.acquire(timeout=max(0.0, deadline - time.monotonic()))

    def _serve_one(self, connection: socket.socket) -> None:
        try:
            with connection, suppress(OSError):
                connection.settimeout(_QUESTION_WITHIN_S)
                process_id, user, _ = _PEER.unpack(
                    connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size)
                )
                if user not in self._users:
                    log.error("stranger_at_the_keys", user=user, process=process_id)
                    return
                wire.send(connection, self._answers.answer(wire.receive(connection), asking=process_id))
        finally:
            self._room.release()


@contextmanager
def listening(path: Path, *, others_may_connect: bool) -> Iterator[socket.socket]:
    """A socket at this path; one that a service which ended left there is taken away. Raises AlreadyServedError.

    For its own user alone unless others may connect: then the system lets everybody, and the service asks who it is.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _only_one(path), wire.address_of(path) as address, socket.socket(socket.AF_UNIX) as listener:
        path.unlink(missing_ok=True)
        before = os.umask(0o177)
        try:
            listener.bind(address)
        finally:
            os.umask(before)
        if others_may_connect:
            path.chmod(0o666)
        listener.listen(_CONNECTIONS_MOST)
        yield listener


@contextmanager
def _only_one(path: Path) -> Iterator[None]:
    """A second service must not take the socket of one that runs; the lock goes with the process, however it ends."""
    with path.with_name(f"{path.name}.lock").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyServedError(f"A key service runs already at {path}.") from None
        yield
