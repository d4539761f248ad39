"""A few readers, each a child process. None is trusted: every wait ends, every answer is checked."""

import os
import select
import subprocess
import sys
import time
from contextlib import suppress
from queue import LifoQueue
from typing import Final

from haetae.detect.opening import pipes
from haetae.pages.facts import Asked, Found, UnreadableError, asked_as_bytes
from haetae.pages.wire import (
    APART,
    HEAD,
    LONGEST_ANSWER_BYTES,
    LONGEST_PAGE_BYTES,
    READ,
    START_S,
    WALL_S,
)

_MODULE: Final = "haetae.pages.child"
_PAGES_PER_READER: Final = 2_000  # then a new one, in case an earlier page bent its memory


class _LostError(Exception):
    """The child is dead, late or talks nonsense."""


class _Reader:
    """Used by one thread at a time."""

    def __init__(self, *, filtered: bool) -> None:
        # A session of its own: Ctrl-C at the terminal reaches the caller, and the caller ends its readers.
        self._process = subprocess.Popen(  # noqa: S603 - every argument is our own
            [sys.executable, "-I", "-m", _MODULE, "filtered" if filtered else "unfiltered"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env={"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"},
            cwd="/",
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to, self._from = self._process.stdin.fileno(), self._process.stdout.fileno()
        for pipe in (self._to, self._from):
            pipes.widen(pipe)
            os.set_blocking(pipe, False)
        self.pages = 0

    def await_ready(self) -> tuple[str, bool]:
        """Wait for the greeting: how the child is confined, and whether it lives apart. Raises _LostError."""
        greeting = self._answer(deadline=time.monotonic() + START_S)[1].decode("ascii", "replace")
        confinement, _, where = greeting.partition(" ")
        return confinement, where == APART

    def read(self, body: bytes, *, asked: Asked) -> Found:
        """Raises UnreadableError for the page, _LostError for the child."""
        deadline = time.monotonic() + WALL_S
        question = asked_as_bytes(asked)
        self.pages += 1
        self._write(HEAD.pack(len(question), len(body)) + question, deadline=deadline)
        self._write(body, deadline=deadline)
        kind, data = self._answer(deadline=deadline)
        if kind != READ:
            raise UnreadableError(data.decode("ascii", "replace")[:64])
        try:
            return Found.read(data, asked=asked)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as problem:
            raise _LostError from problem

    def end(self) -> None:
        """End the child and give back its process and pipes."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()

    def _answer(self, *, deadline: float) -> tuple[int, bytes]:
        kind, length = HEAD.unpack(self._taken(HEAD.size, deadline=deadline))
        if length > LONGEST_ANSWER_BYTES:
            raise _LostError
        return kind, self._taken(length, deadline=deadline)

    def _taken(self, length: int, *, deadline: float) -> bytes:
        data = bytearray(length)
        view = memoryview(data)
        try:
            while view:
                pipes.wait_for(self._from, select.POLLIN, deadline=deadline)
                count = os.readv(self._from, [view])
                if count == 0:
                    raise _LostError
                view = view[count:]
        except OSError as problem:
            raise _LostError from problem
        return bytes(data)

    def _write(self, data: bytes, *, deadline: float) -> None:
        view = memoryview(data)
        try:
            while view:
                pipes.wait_for(self._to, select.POLLOUT, deadline=deadline)
                view = view[os.write(self._to, view) :]
        except OSError as problem:
            raise _LostError from problem


class Readers:
    """A page goes to whichever reader is free. Used by any number of threads; close() ends them all."""

    def __init__(self, *, count: int = 2) -> None:
        self._free: LifoQueue[_Reader | None] = LifoQueue()
        for _ in range(count):
            self._free.put(None)  # started when it is first needed
        self._count = count
        self._filtered = True
        self.confinement = ""
        self.apart = False
        self.started = 0

    def read(self, body: bytes, *, asked: Asked) -> Found:
        """Raises UnreadableError: the page is odd, too costly, or no page."""
        if len(body) > LONGEST_PAGE_BYTES:
            raise UnreadableError("too_large")
        reader = self._free.get()
        kept: _Reader | None = None
        try:
            reader = reader or self._started()
            found = reader.read(body, asked=asked)
            kept = reader
        except UnreadableError:
            kept = reader
            raise
        except _LostError:
            raise UnreadableError("costly_page") from None
        finally:
            if kept is not None and kept.pages >= _PAGES_PER_READER:
                kept = None
            if kept is None and reader is not None:
                reader.end()
            self._free.put(kept)
        return found

    def close(self) -> None:
        """End every reader, once each is free."""
        for _ in range(self._count):
            reader = self._free.get()
            if reader is not None:
                reader.end()

    def _started(self) -> _Reader:
        for filtered in (True, False) if self._filtered else (False,):
            reader = _Reader(filtered=filtered)
            self.started += 1
            try:
                self.confinement, self.apart = reader.await_ready()
            except _LostError:
                reader.end()
            else:
                self._filtered = filtered
                return reader
        raise UnreadableError("no_reader")
