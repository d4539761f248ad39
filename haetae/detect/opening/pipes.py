"""Pipes to a child that is not trusted: wide, and never waited for without an end."""

import fcntl
import select
import time
from contextlib import suppress
from typing import Final

_PIPE_BYTES: Final = 1 << 20  # what Linux gives anybody


def widen(pipe: int) -> None:
    """A picture in a few strokes instead of dozens, each of which would wake the other side."""
    with suppress(OSError):  # the system gives less: slower, and no matter
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def wait_for(descriptor: int, event: int, *, deadline: float) -> None:
    """Wait until the pipe is ready or broken; the read or write that follows tells which.

    poll(), unlike select(), still works where more than 1024 files are open.
    """
    poll = select.poll()
    poll.register(descriptor, event)
    left_ms = max(0.0, deadline - time.monotonic()) * 1000
    if not poll.poll(left_ms):
        raise TimeoutError("The opener did not answer in time.")
