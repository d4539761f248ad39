"""The opener itself, started by opener.py: reads a file, writes gray bytes, until its stdin ends."""

import ctypes
import os
import sys

import numpy as np

from haetae.detect.media import recognise
from haetae.detect.opening.confine import grant_cpu, lock_down
from haetae.detect.opening.decode import Decoders, decode, decoders_of
from haetae.detect.opening.facts import Limits, Undecodable
from haetae.detect.opening.syscalls import Profile
from haetae.detect.opening.warmth import warm_up
from haetae.detect.opening.wire import (
    FILTERED,
    LENGTH,
    Answer,
    failure_as_bytes,
    limits_from_text,
    ready_as_bytes,
)

_STDIN, _STDOUT = 0, 1


def serve(limits: Limits, *, profile: Profile, filtered: bool) -> None:
    answers = _private_stdout()
    decoders = decoders_of(profile)
    warm_up(profile, decoders=decoders, limits=limits)
    confinement = lock_down(limits, profile=profile, filtered=filtered)
    # Once more behind the walls: a library that needs what they forbid must fail now and not over a picture.
    warm_up(profile, decoders=decoders, limits=limits)
    greeting = ready_as_bytes(confinement)
    _write(answers, LENGTH.pack(len(greeting)) + greeting)
    while (data := _read_file(limits)) is not None:
        grant_cpu(cpu_s=limits.cpu_s)
        _answer(answers, data, decoders=decoders, limits=limits)


def _private_stdout() -> int:
    """Keep the pipe for ourselves and give stdout away: a decoder that prints must not garble an answer."""
    answers = os.dup(_STDOUT)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STDOUT)
    os.close(nowhere)
    _let_c_look_at_its_stdout()
    return answers


def _let_c_look_at_its_stdout() -> None:
    """The first character that a C library prints makes it ask what stdout is; later that would be forbidden."""
    library = ctypes.CDLL(None)
    library.puts(b"")
    library.fflush(None)


def _answer(answers: int, data: bytes, *, decoders: Decoders, limits: Limits) -> None:
    try:
        decoded = decode(data, decoders=decoders, limits=limits)
    except Undecodable as failure:
        header = failure_as_bytes(failure.why)
        _write(answers, LENGTH.pack(len(header)) + header)
        return
    shown = tuple((*frame.luma.shape[::-1], frame.at_ms) for frame in decoded.shown)
    header = Answer(format=recognise(data).format, frames=decoded.frames, shown=shown).as_bytes()
    _write(answers, LENGTH.pack(len(header)) + header)
    for frame in decoded.shown:
        _write(answers, np.ascontiguousarray(frame.luma).data)


def _read_file(limits: Limits) -> bytes | None:
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
        serve(limits_from_text(sys.argv[2]), profile=Profile(sys.argv[1]), filtered=sys.argv[3] == FILTERED)
    except BaseException:
        os._exit(
            1
        )  # a printed traceback would open files, and an orderly end ask for what is forbidden by now
    os._exit(0)
