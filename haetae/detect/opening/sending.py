"""The child's half of a pass over a film: decode ahead of the parent, never by more than the memory they share."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from haetae.detect.hashing.frame import Frame
from haetae.detect.opening.facts import Limits
from haetae.detect.opening.passing import IN_THE_PIPE, SEEN, Passed, end_as_bytes
from haetae.detect.opening.ring import Ring, slots_of


@dataclass(kw_only=True)
class Sender:
    """`write` and `read` stand for the pipes: read(n) waits for n bytes and gives fewer only at their end."""

    ring: Ring | None
    write: Callable[[bytes | memoryview], None]
    read: Callable[[int], bytes]
    _sent: int = 0
    _unseen: int = 0
    _slots: int = 0
    _apart: int = 0

    def send_all(self, data: bytes, *, limits: Limits) -> bool:
        """Whether it came to the end of the film. Raises what a decoder raises."""
        from haetae.detect.opening.every_frame import Watching  # noqa: PLC0415 - only the second kind has it

        watching = Watching(limits=limits)
        for frame in watching.frames(data):
            self._send(frame)
        return watching.whole

    def finish(self, *, whole: bool) -> None:
        """Say that no frame follows, when the parent has seen them all: nothing of this film stays in the pipes."""
        self._wait_until_unseen(0)
        self.write(end_as_bytes(whole=whole))

    def _send(self, frame: Frame) -> None:
        height, width = frame.luma.shape
        slots, apart = slots_of(frame_bytes=width * height) if self.ring is not None else (0, 0)
        if (slots, apart) != (self._slots, self._apart):
            self._wait_until_unseen(0)
            self._slots, self._apart, self._sent = slots, apart, 0
        self._wait_until_unseen(max(0, slots - 1))
        place = self._sent % slots * apart if slots else IN_THE_PIPE
        passed = Passed(
            place=place, width=width, height=height, at_ms=frame.at_ms or 0, full_range=frame.full_range
        )
        if slots and self.ring is not None:
            np.copyto(self.ring.view(place, width=width, height=height), frame.luma)
            self.write(passed.as_bytes())
        else:
            luma = np.ascontiguousarray(
                frame.luma
            ).data  # may fail, and then nothing must have been announced
            self.write(passed.as_bytes())
            self.write(luma)
        self._sent += 1
        self._unseen += 1

    def _wait_until_unseen(self, most: int) -> None:
        while self._unseen > most:
            if self.read(len(SEEN)) != SEEN:
                raise EOFError("The parent looks no more.")
            self._unseen -= 1
