"""One running program, seen from here. It is not trusted: every wait ends, and what it says has an end too."""

import os
import resource
import select
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from haetae.detect.classifying.card import Runner
from haetae.detect.classifying.outside.protocol import LINE_BYTES_MOST, LostError
from haetae.detect.classifying.running import NotAssessed
from haetae.detect.opening import pipes

STDERR_BYTES_MOST: Final = 1 << 20  # for each picture
_READ_BYTES: Final = 1 << 16
_TAIL_BYTES: Final = 1_000
# None of our own surroundings: they hold the address of the database and its password.
_ENVIRONMENT: Final = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}


class Process:
    """Used by one thread at a time. After LostError it must be ended: its next line may belong to this picture."""

    def __init__(self, runner: Runner, *, program: int) -> None:
        """`program`: a descriptor of the very bytes that were checked. Raises OSError where nothing can be started."""
        self.greeted = False
        self.pictures = 0
        self._process: Final = subprocess.Popen(  # noqa: S603 - what is run is what the operator's card names
            [*runner.command, f"/proc/self/fd/{program}"],
            pass_fds=(program,),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            env=_ENVIRONMENT,
            cwd="/",
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._pipes: Final = (self._process.stdin, self._process.stdout, self._process.stderr)
        self._to, self._from, self._aside = (pipe.fileno() for pipe in self._pipes)
        self._line = bytearray()
        self._tail = b""
        for pipe in self._pipes:
            os.set_blocking(pipe.fileno(), False)
        for descriptor in (self._to, self._from):
            pipes.widen(descriptor)
        self._limit(runner)

    @property
    def process_id(self) -> int:
        return self._process.pid

    def _limit(self, runner: Runner) -> None:
        """Before it has seen a picture. It writes no file, so that no picture comes to lie anywhere."""
        for kind, most in (
            (resource.RLIMIT_AS, runner.memory_bytes),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            with suppress(ProcessLookupError):  # it has ended, and the first question will say so
                resource.prlimit(self._process.pid, kind, (most, most))

    def ask(self, parts: Sequence[bytes | memoryview], *, within_s: float) -> bytes:
        """Write these and read one line. Raises LostError."""
        deadline = time.monotonic() + within_s
        waiting = [memoryview(part) for part in parts]
        aside_left = STDERR_BYTES_MOST
        poll = select.poll()
        for descriptor in (self._from, self._aside):
            poll.register(descriptor, select.POLLIN)
        if waiting:
            poll.register(self._to, select.POLLOUT)
        while True:
            left_ms = (deadline - time.monotonic()) * 1000
            ready = dict(poll.poll(left_ms)) if left_ms > 0 else {}
            if not ready:
                raise LostError(NotAssessed.PROGRAM_LATE, f"it did not answer within {within_s:g} seconds")
            if self._aside in ready:
                said = self._read(self._aside)
                aside_left -= len(said)
                self._tail = (self._tail + said)[-_TAIL_BYTES:]
                if not said:
                    poll.unregister(self._aside)
                if aside_left < 0:
                    raise LostError(NotAssessed.PROGRAM_NONSENSE, "it writes too much to its standard error")
            if self._from in ready and (line := self._more_of_the_line()) is not None:
                if waiting:
                    raise LostError(NotAssessed.PROGRAM_NONSENSE, "it answers before it has the picture")
                return line
            if waiting and self._to in ready:
                self._write(waiting)
                if not waiting:
                    poll.unregister(self._to)

    def _more_of_the_line(self) -> bytes | None:
        said = self._read(self._from)
        if not said:
            raise self._ended()
        self._line += said
        line, ended, rest = self._line.partition(b"\n")
        if rest:
            raise LostError(NotAssessed.PROGRAM_NONSENSE, "it answers with more than one line")
        if len(line) > LINE_BYTES_MOST:
            raise LostError(NotAssessed.PROGRAM_NONSENSE, f"its line has more than {LINE_BYTES_MOST} bytes")
        if not ended:
            return None
        self._line.clear()
        return bytes(line)

    def _write(self, waiting: list[memoryview]) -> None:
        try:
            waiting[0] = waiting[0][os.write(self._to, waiting[0]) :]
        except BlockingIOError:
            return
        except OSError as error:
            raise self._ended() from error
        if not waiting[0]:
            del waiting[0]

    @staticmethod
    def _read(descriptor: int) -> bytes:
        try:
            return os.read(descriptor, _READ_BYTES)
        except OSError:
            return b""

    def _ended(self) -> LostError:
        return LostError(NotAssessed.PROGRAM_ENDED, "it ended" + self._last_words())

    def _last_words(self) -> str:
        """What it wrote aside at its start, for whoever sets it up. Of a picture it may tell something: never then."""
        with suppress(OSError):
            self._tail = (self._tail + self._read(self._aside))[-_TAIL_BYTES:]
        lines = self._tail.decode(errors="replace").strip().splitlines()
        if self.greeted or not lines:
            return ""
        plain = "".join(letter for letter in lines[-1] if letter.isprintable())
        return f" and said last: {plain[:200]}"

    def end(self) -> None:
        """Kill it and whatever it started, and give back what it held here."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        for pipe in self._pipes:
            pipe.close()
        self._process.wait()
