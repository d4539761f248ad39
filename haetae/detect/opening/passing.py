"""How every frame of a film is announced: one fixed record each, and one at the end. Pure; both sides use it."""

import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Self

from haetae.detect.opening.facts import Limits
from haetae.detect.opening.wire import MOMENT_MOST_MS


class Task(IntEnum):
    """What an opener is asked to do with the file that follows."""

    SHOW = 1
    EVERY_FRAME = 2
    IN_COLOURS = 3


REQUEST: Final = struct.Struct(">BQ")  # a task and how many bytes follow
SEEN: Final = b"\x01"  # the parent needs the oldest frame no more
_RECORD: Final = struct.Struct(">qQQqB")
RECORD_BYTES: Final = _RECORD.size
_END: Final = -2
IN_THE_PIPE: Final = -1


@dataclass(frozen=True, kw_only=True)
class Passed:
    """One frame: where it lies in the shared memory, or that its luma follows; its size, and when it is shown."""

    place: int
    width: int
    height: int
    at_ms: int
    full_range: bool

    def as_bytes(self) -> bytes:
        return _RECORD.pack(self.place, self.width, self.height, self.at_ms, self.full_range)

    @classmethod
    def read(cls, record: bytes, *, limits: Limits) -> Self | bool:
        """A frame, or at the end whether the child came to the film's end. Raises ValueError for nonsense."""
        place, width, height, at_ms, flag = _RECORD.unpack(record)
        if flag not in {0, 1}:
            raise ValueError("The last byte of a record is 0 or 1.")
        if place == _END:
            return bool(flag)
        if place < IN_THE_PIPE or not 1 <= width * height <= limits.pixels_most:
            raise ValueError("A frame must lie somewhere and hold no more pixels than may be opened.")
        if not 0 <= at_ms <= MOMENT_MOST_MS:
            raise ValueError("A frame is shown at a moment of the film.")
        return cls(place=place, width=width, height=height, at_ms=at_ms, full_range=bool(flag))


def end_as_bytes(*, whole: bool) -> bytes:
    return _RECORD.pack(_END, 0, 0, 0, whole)
