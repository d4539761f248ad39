"""Memory that an opener shares with its parent, so that few pixels have to pass a pipe. It holds nothing else.

The parent makes it and fixes its size for good. The child maps it before it is locked in and may write whatever it
likes, at any time: the parent may hash nonsense then, and nothing else.
"""

import fcntl
import mmap
import os
from collections.abc import Sequence
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from haetae.detect.hashing.separable import Luma

RING_BYTES: Final = 64 * 1024 * 1024  # a frame of the largest size we open, or more than eight of 1080p
SLOTS_MOST: Final = 8
# What was written once stays in memory for the opener's life. Of larger pictures the way through a pipe costs little.
PICTURES_BYTES_MOST: Final = 16 * 1024 * 1024
_PAGE_BYTES: Final = 4096
# A child that shortened the file would have the parent killed for reading behind its end.
_SEALS: Final = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL


class Ring:
    """One mapping of the shared memory; parent and child have one each."""

    def __init__(self, memory: mmap.mmap) -> None:
        self._bytes: Final = np.frombuffer(memory, dtype=np.uint8)

    @classmethod
    def mapped(cls, descriptor: int) -> Self:
        """Raises OSError or ValueError where the descriptor holds no such memory."""
        return cls(mmap.mmap(descriptor, RING_BYTES))

    def put(self, pictures: Sequence[NDArray[np.uint8]]) -> bool:
        """Lay these one after the other, from the beginning. False where they are too large to be kept in memory."""
        if sum(picture.size for picture in pictures) > PICTURES_BYTES_MOST:
            return False
        place = 0
        for picture in pictures:
            there = self.view(place, width=picture[0].size, height=len(picture))
            np.copyto(there.reshape(picture.shape), picture)
            place += picture.size
        return True

    def view(self, place: int, *, width: int, height: int) -> Luma:
        """These pixels (H x W), not copied. Raises ValueError where they do not lie inside."""
        end = place + width * height
        if place < 0 or width < 1 or height < 1 or end > RING_BYTES:
            raise ValueError("A frame must lie inside the shared memory.")
        return self._bytes[place:end].reshape(height, width)


def made() -> int | None:
    """A descriptor of new shared memory; None where the system has none to give."""
    try:
        descriptor = os.memfd_create("frames", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    except (AttributeError, OSError):
        return None
    try:
        os.ftruncate(descriptor, RING_BYTES)
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _SEALS)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def slots_of(*, frame_bytes: int) -> tuple[int, int]:
    """How many frames of this size lie side by side, and how far apart they begin; none where one does not fit."""
    apart = -(-frame_bytes // _PAGE_BYTES) * _PAGE_BYTES
    return min(SLOTS_MOST, RING_BYTES // apart), apart
