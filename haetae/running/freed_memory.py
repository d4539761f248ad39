"""What the C library keeps of memory that was freed: mallopt(3). One without this call has its own ways."""

import ctypes
from contextlib import suppress
from typing import Final

_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8


def give_back_from(size_bytes: int) -> None:
    """From this size on, memory is the system's own piece and goes back to it when it is freed."""
    _tell(_M_MMAP_THRESHOLD, size_bytes)


def keep_few_arenas(number: int) -> None:
    """All threads take from so many heaps, and not each from one of its own that never shrinks."""
    _tell(_M_ARENA_MAX, number)


def _tell(what: int, value: int) -> None:
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(what, value)
