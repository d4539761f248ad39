"""The opener itself, started by opener.py: reads a picture, writes gray bytes, until its stdin ends."""

import os
import sys

import numpy as np

from haetae.detect.opening.confine import grant_cpu, lock_down
from haetae.detect.opening.decode import decode
from haetae.detect.opening.facts import Limits, Undecodable
from haetae.detect.opening.warmth import warm_up
from haetae.detect.opening.wire import LENGTH, READY, Answer, failure_as_bytes, limits_from_text

_STDIN, _STDOUT = 0, 1


def serve(limits: Limits) -> None:
    answers = _private_stdout()
    warm_up(limits=limits)
    lock_down(limits)
    _write(answers, LENGTH.pack(len(READY)) + READY)
    while (data := _read_picture(limits)) is not None:
        grant_cpu(cpu_s=limits.cpu_s)
        _answer(answers, data, limits=limits)


def _private_stdout() -> int:
    """Keep the pipe for ourselves and give stdout away: a decoder that prints must not garble an answer."""
    answers = os.dup(_STDOUT)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STDOUT)
    os.close(nowhere)
    return answers


def _answer(answers: int, data: bytes, *, limits: Limits) -> None:
    try:
        decoded = decode(data, limits=limits)
        luma = np.ascontiguousarray(decoded.luma)
    except Undecodable as failure:
        header = failure_as_bytes(failure.why)
        _write(answers, LENGTH.pack(len(header)) + header)
        return
    height, width = luma.shape
    header = Answer(format=decoded.format, width_px=width, height_px=height, frames=decoded.frames).as_bytes()
    _write(answers, LENGTH.pack(len(header)) + header)
    _write(answers, luma.data)


def _read_picture(limits: Limits) -> bytes | None:
    """None at the end of stdin: the parent has closed it, or has died."""
    announced = _read(LENGTH.size)
    if len(announced) < LENGTH.size:
        return None
    length = LENGTH.unpack(announced)[0]
    data = _read(length) if length <= limits.bytes_most else b""
    return data if len(data) == length else None


def _read(length: int) -> bytes:
    data = bytearray(length)
    view = memoryview(data)
    while view:
        count = os.readv(_STDIN, [view])
        if count == 0:
            return b""
        view = view[count:]
    return bytes(data)


def _write(answers: int, data: bytes | memoryview) -> None:
    view = memoryview(data).cast("B")
    while view:
        view = view[os.write(answers, view) :]


if __name__ == "__main__":
    try:
        serve(limits_from_text(sys.argv[1]))
    except BrokenPipeError:
        sys.exit(1)  # the parent has gone; there is nobody to tell
