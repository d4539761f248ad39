"""Rooms of its own for a child that reads foreign bytes: a network without a cable, and an empty folder for a disk.

The second wall behind the filter of system calls, and the first where there is none. It needs no right: Linux gives
it to anybody, where the administrator has not forbidden it (many containers do).
"""

import ctypes
import os
import platform
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

# linux/sched.h: users, network, mounts, queues and names of its own.
_USERS, _NETWORK, _MOUNTS, _QUEUES, _NAMES = 0x10000000, 0x40000000, 0x20000, 0x8000000, 0x4000000
_APART: Final = _USERS | _NETWORK | _MOUNTS | _QUEUES | _NAMES
_CAPABILITIES_V3: Final = 0x20080522  # linux/capability.h


def move_apart() -> bool:
    """Leave every network and every file for good, with no right left to come back. False where that is not given.

    To be called with one thread and before the filter, which forbids all of this. What is open stays open.
    """
    if platform.system() != "Linux":
        return False
    kernel = ctypes.CDLL(None, use_errno=True)
    if not hasattr(kernel, "unshare"):
        return False
    with suppress(OSError):
        nowhere = _removed_folder()
        try:
            if kernel.unshare(_APART) != 0:
                return False
            os.fchdir(nowhere)
            os.chroot(".")
            return _without_rights(kernel)
        finally:
            os.close(nowhere)
    return False


def _removed_folder() -> int:
    """A descriptor of a folder that is no more: nothing lies in it, and nothing can be put there."""
    folder = tempfile.mkdtemp(prefix="haetae-nowhere-")
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    finally:
        Path(folder).rmdir()


def _without_rights(kernel: ctypes.CDLL) -> bool:
    """Whoever founds such rooms rules in them, and could dig there: none of that power is kept."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_V3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    answer: int = kernel.capset(ctypes.byref(header), ctypes.byref(nothing))
    return answer == 0
