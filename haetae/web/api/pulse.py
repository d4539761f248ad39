"""The pulse of the upload check: every few seconds this web process really examines a picture and says so."""

import logging
import os
import socket
import struct
import threading
from functools import cache
from typing import Final

from django.db import Error, close_old_connections, connection

from haetae.common import clock
from haetae.flow.arrival import actions
from haetae.web.api import counting, looking

BEATS_EVERY_S: Final = 3.0
_SIDE_PX: Final = 64

log = logging.getLogger(__name__)


@cache
def start() -> None:
    """Begin once in this process; the thread ends with it."""
    threading.Thread(target=_beat_for_ever, daemon=True, name="upload-check-pulse").start()


def _beat_for_ever() -> None:
    looking.start_all(small_picture())
    pause = threading.Event()
    while True:
        close_old_connections()
        try:
            beat(name=f"{socket.gethostname()[:64]}:{os.getpid()}")
        except Exception as trouble:  # a thread that ended would look like an outage for ever
            log.warning("pulse_failed: %s", type(trouble).__name__)
            connection.close()
        pause.wait(BEATS_EVERY_S)


def beat(*, name: str) -> bool:
    """One round, also for the counts that have come together. Returns whether the look was a healthy one."""
    healthy = _is_healthy()
    counts = counting.take()
    try:
        if healthy:
            actions.beat(name=name, at=clock.now(), counts=counts)
        else:
            actions.count_uploads(counts)
    except Error:
        counting.give_back(counts)
        raise
    return healthy


def _is_healthy() -> bool:
    """Whether a picture comes out of the openers with its size, as it would for a platform."""
    try:
        seen = looking.look(small_picture())
    except (looking.BusyError, looking.NoOpenerError) as trouble:
        log.warning("upload_check_unhealthy: %s", type(trouble).__name__)
        return False
    return seen.media.width_px == _SIDE_PX


@cache
def small_picture() -> bytes:
    """A made picture of squares of different grey, 64 x 64 px, as an uncompressed 24-bit BMP."""
    pixels = bytearray()
    for y in range(_SIDE_PX):
        for x in range(_SIDE_PX):
            pixels += bytes([(x // 8 * 29 + y // 8 * 53) * 7 % 256]) * 3
    # BITMAPFILEHEADER and BITMAPINFOHEADER of the Windows bitmap format.
    head = struct.pack("<2sIHHI", b"BM", 54 + len(pixels), 0, 0, 54)
    return (
        head
        + struct.pack("<IiiHHIIiiII", 40, _SIDE_PX, _SIDE_PX, 1, 24, 0, len(pixels), 2835, 2835, 0, 0)
        + pixels
    )
