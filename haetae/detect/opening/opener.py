"""One child process, seen from the parent. It is not trusted: every wait ends, every answer is checked."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from haetae.detect.finding import Media
from haetae.detect.hashing.frame import Frame
from haetae.detect.hashing.separable import Luma
from haetae.detect.media import FILM_FORMATS
from haetae.detect.opening import pipes, ring
from haetae.detect.opening.facts import (
    ColourFrame,
    Limits,
    OpenedImage,
    Undecodable,
    Walls,
    Watched,
    Why,
)
from haetae.detect.opening.passing import IN_THE_PIPE, RECORD_BYTES, REQUEST, SEEN, Passed, Task
from haetae.detect.opening.ring import Ring
from haetae.detect.opening.syscalls import Profile
from haetae.detect.opening.wire import (
    FILTERED,
    HEADER_BYTES_MOST,
    LENGTH,
    NOTHING_SHARED,
    UNFILTERED,
    Answer,
    limits_as_text,
    read_answer,
    read_ready,
)

Pixels = NDArray[np.uint8]
_MODULE: Final = "haetae.detect.opening.child"
# No threads for numpy, and one arena of memory: a second one would ask the system how many processors there are.
_ENVIRONMENT: Final = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}


class OpenerLostError(Exception):
    """The child is dead, late or talks nonsense and must be replaced. `why` is what the caller is told.

    `by_filter`: it died of its own filter of system calls while it warmed up, before it saw a foreign byte.
    """

    def __init__(self, why: Why, *, by_filter: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.by_filter = by_filter


class Opener:
    """Used by one thread at a time; only kill() may be called from another.

    `sound` is False from the first byte of a question to the last of its answer: an opener that was left in
    between would answer the next question with the rest of this one.
    """

    def __init__(self, *, limits: Limits, profile: Profile, filtered: bool) -> None:
        """Start the child without waiting for it. Raises OSError when the system has no process to give."""
        self._limits: Final = limits
        self.walls: Walls | None = None
        self.sound = True
        self.pictures = 0
        shared = ring.made()
        try:
            self._ring = None if shared is None else Ring.mapped(shared)
            self._process: Final = self._started(profile, filtered=filtered, shared=shared)
        finally:
            if shared is not None:
                os.close(shared)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to, self._from = self._process.stdin.fileno(), self._process.stdout.fileno()
        for pipe in (self._to, self._from):
            pipes.widen(pipe)
        os.set_blocking(self._to, False)
        os.set_blocking(self._from, False)

    def _started(self, profile: Profile, *, filtered: bool, shared: int | None) -> "subprocess.Popen[bytes]":
        # A session of its own: Ctrl-C at the terminal reaches the parent, and the parent ends its openers.
        return subprocess.Popen(  # noqa: S603 - every argument is our own
            [
                sys.executable,
                "-I",
                "-m",
                _MODULE,
                profile,
                limits_as_text(self._limits),
                NOTHING_SHARED if shared is None else str(shared),
                FILTERED if filtered else UNFILTERED,
            ],
            pass_fds=() if shared is None else (shared,),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=_ENVIRONMENT,
            cwd="/",
            start_new_session=True,
        )

    @property
    def process_id(self) -> int:
        return self._process.pid

    def open(self, data: bytes) -> OpenedImage:
        """Raises Undecodable when the child gave the file up, OpenerLostError when the child is lost."""
        answer, pictures = self._show(Task.SHOW, data, channels=1)
        frames = tuple(
            Frame(luma=picture[:, :, 0], at_ms=at_ms)
            for picture, (_, _, at_ms) in zip(pictures, answer.shown, strict=True)
        )
        return OpenedImage(media=_media(answer, size_bytes=len(data)), frames=frames)

    def colours(self, data: bytes) -> tuple[ColourFrame, ...]:
        """The same frames in colours. Raises as open() does."""
        answer, pictures = self._show(Task.IN_COLOURS, data, channels=3)
        return tuple(
            ColourFrame(pixels=picture, at_ms=at_ms)
            for picture, (_, _, at_ms) in zip(pictures, answer.shown, strict=True)
        )

    def _show(self, task: Task, data: bytes, *, channels: int) -> tuple[Answer, list[Pixels]]:
        """The header, and for each frame that it announces (H, W, channels) bytes of our own."""
        self.await_ready()
        self.sound = False
        deadline = time.monotonic() + self._limits.wall_s
        try:
            self._ask(task, data, deadline=deadline)
            answer = read_answer(self._read_header(deadline=deadline), limits=self._limits)
            pictures = self._read_pictures(answer, channels=channels, deadline=deadline)
        except (OSError, EOFError, ValueError) as error:
            raise OpenerLostError(self._cause(error)) from error
        self.sound = True
        self.pictures += 1
        if isinstance(answer, Why):
            raise Undecodable(answer)
        return answer, pictures

    def watch(self, data: bytes, *, show: Callable[[Frame], None]) -> Watched:
        """Show every frame of a film in order of time, while the child decodes ahead. Its luma is gone afterwards.

        A child that is lost on the way, or too late, has shown less than the whole; it is not sound any more.
        """
        self.await_ready()
        self.sound = False
        deadline = time.monotonic() + self._limits.wall_s + self._limits.film_wall_s
        frames, asked = 0, False
        while True:
            try:
                if not asked:
                    self._ask(Task.EVERY_FRAME, data, deadline=deadline)
                else:
                    self._write(SEEN, deadline=deadline)
                frame = self._next_frame(shown=frames, deadline=deadline)
            except (OSError, EOFError, ValueError):
                return Watched(frames=frames, whole=False)
            if isinstance(frame, bool):
                self.sound = True
                self.pictures += 1
                return Watched(frames=frames, whole=frame)
            show(frame)
            frames, asked = frames + 1, True

    def _ask(self, task: Task, data: bytes, *, deadline: float) -> None:
        self._write(REQUEST.pack(task, len(data)), deadline=deadline)
        self._write(data, deadline=deadline)

    def _next_frame(self, *, shown: int, deadline: float) -> Frame | bool:
        """A frame, or whether the child came to the end of the film. Raises ValueError for nonsense."""
        record = bytearray(RECORD_BYTES)
        self._read_into(memoryview(record), deadline=deadline)
        passed = Passed.read(bytes(record), limits=self._limits)
        if isinstance(passed, bool):
            return passed
        if shown == self._limits.film_frames_hashed_most:
            raise ValueError("An opener shows no more frames than it was asked for.")
        if passed.place == IN_THE_PIPE:
            luma = self._read_luma(passed.width, passed.height, deadline=deadline)
        else:
            luma = self._shared(passed.place, width=passed.width, height=passed.height)
        return Frame(luma=luma, at_ms=passed.at_ms, full_range=passed.full_range)

    def kill(self) -> None:
        self._process.kill()

    def discard(self) -> None:
        """End the child and give back its process, pipes and memory."""
        self._process.kill()
        self._ring = None
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        self._process.wait()

    def await_ready(self) -> Walls:
        """Wait for the greeting, which says how the child is confined. Raises OpenerLostError without one."""
        if self.walls is not None:
            return self.walls
        self.sound = False
        try:
            greeting = self._read_header(deadline=time.monotonic() + self._limits.start_s)
            self.walls = read_ready(greeting)
        except (OSError, EOFError, ValueError) as error:
            by_filter = isinstance(error, EOFError) and self._ended_by() == -signal.SIGSYS
            raise OpenerLostError(Why.NO_OPENER, by_filter=by_filter) from error
        self.sound = True
        return self.walls

    def _cause(self, error: Exception) -> Why:
        if isinstance(error, TimeoutError):
            return Why.TOO_SLOW
        if isinstance(error, EOFError | BrokenPipeError) and self._ended_by() == -signal.SIGXCPU:
            return Why.TOO_SLOW
        return Why.CRASHED

    def _ended_by(self) -> int | None:
        """The pipes of a dying process close a moment before its end is known."""
        try:
            return self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return None

    def _read_pictures(self, answer: Answer | Why, *, channels: int, deadline: float) -> list[Pixels]:
        pictures: list[Pixels] = []
        place = 0
        for width, height, _ in () if isinstance(answer, Why) else answer.shown:
            row = width * channels
            if not isinstance(answer, Why) and answer.shared:
                # A copy: the next file is opened into the same memory.
                rows = self._shared(place, width=row, height=height).copy()
            else:
                rows = self._read_luma(row, height, deadline=deadline)
            pictures.append(rows.reshape(height, width, channels))
            place += row * height
        return pictures

    def _shared(self, place: int, *, width: int, height: int) -> Luma:
        if self._ring is None:
            raise ValueError("An opener without shared memory cannot put a frame there.")
        return self._ring.view(place, width=width, height=height)

    def _read_luma(self, width: int, height: int, *, deadline: float) -> Luma:
        luma: Luma = np.empty((height, width), dtype=np.uint8)
        self._read_into(luma.data.cast("B"), deadline=deadline)
        return luma

    def _read_header(self, *, deadline: float) -> bytes:
        announced = bytearray(LENGTH.size)
        self._read_into(memoryview(announced), deadline=deadline)
        length = LENGTH.unpack(announced)[0]
        if length > HEADER_BYTES_MOST:
            raise ValueError("The header of an opener is longer than any honest one.")
        header = bytearray(length)
        self._read_into(memoryview(header), deadline=deadline)
        return bytes(header)

    def _read_into(self, view: memoryview, *, deadline: float) -> None:
        while view:
            pipes.wait_for(self._from, select.POLLIN, deadline=deadline)
            count = os.readv(self._from, [view])
            if count == 0:
                raise EOFError("The opener closed its pipe.")
            view = view[count:]

    def _write(self, data: bytes, *, deadline: float) -> None:
        view = memoryview(data)
        while view:
            pipes.wait_for(self._to, select.POLLOUT, deadline=deadline)
            view = view[os.write(self._to, view) :]


def _media(answer: Answer, *, size_bytes: int) -> Media:
    width_px, height_px, _ = answer.shown[0]
    return Media(
        kind="video" if answer.format in FILM_FORMATS else "image",
        format=answer.format,
        width_px=width_px,
        height_px=height_px,
        frames=answer.frames,
        size_bytes=size_bytes,
        frames_examined=answer.examined,
    )
