"""The opener itself, started by opener.py: reads a file, writes bare pixels, until its stdin ends."""

import ctypes
import os
import sys

import numpy as np

from haetae.detect.media import FILM_FORMATS, recognise
from haetae.detect.opening.animation_pass import AnimationSender
from haetae.detect.opening.confine import grant_cpu, lock_down
from haetae.detect.opening.decode import Decoders, decode, decoders_of
from haetae.detect.opening.facts import Decoded, Limits, Look, Undecodable, Why, pixels_of
from haetae.detect.opening.passing import REQUEST, Task
from haetae.detect.opening.ring import Ring
from haetae.detect.opening.sending import Sender
from haetae.detect.opening.syscalls import Profile
from haetae.detect.opening.warmth import warm_up
from haetae.detect.opening.wire import (
    FILTERED,
    LENGTH,
    NOTHING_SHARED,
    Answer,
    failure_as_bytes,
    limits_from_text,
    ready_as_bytes,
)

_STDIN, _STDOUT = 0, 1


def serve(limits: Limits, *, profile: Profile, filtered: bool, shared: int | None) -> None:
    answers = _private_stdout()
    ring = _mapped(shared)
    decoders = decoders_of(profile)
    warm_up(profile, decoders=decoders, limits=limits)
    walls = lock_down(limits, profile=profile, filtered=filtered)
    # Once more behind the walls: a library that needs what they forbid must fail now and not over a picture.
    warm_up(profile, decoders=decoders, limits=limits)
    greeting = ready_as_bytes(walls)
    _write(answers, LENGTH.pack(len(greeting)) + greeting)
    while (request := _read_request(limits)) is not None:
        task, data = request
        if task == Task.EVERY_FRAME:
            grant_cpu(cpu_s=limits.film_cpu_s + limits.cpu_s)
            _show_all(answers, data, ring=ring, limits=limits)
        else:
            grant_cpu(cpu_s=limits.cpu_s)
            look = Look.COLOURS if task == Task.IN_COLOURS else Look.GRAY
            _answer(
                answers, _decoded(data, decoders=decoders, limits=limits, look=look), data=data, ring=ring
            )


def _mapped(shared: int | None) -> Ring | None:
    """Behind the walls no memory could be shared any more. The seals on it hold for this process too."""
    if shared is None:
        return None
    try:
        return Ring.mapped(shared)
    except (OSError, ValueError):
        return None
    finally:
        os.close(shared)


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


def _decoded(data: bytes, *, decoders: Decoders, limits: Limits, look: Look) -> Decoded | Why:
    try:
        return decode(data, decoders=decoders, limits=limits, look=look)
    except Undecodable as failure:
        return failure.why


def _answer(answers: int, decoded: Decoded | Why, *, data: bytes, ring: Ring | None) -> None:
    if isinstance(decoded, Why):
        header = failure_as_bytes(decoded)
        _write(answers, LENGTH.pack(len(header)) + header)
        return
    pictures = [pixels_of(frame) for frame in decoded.shown]
    shared = ring is not None and ring.put(pictures)
    header = Answer(
        format=recognise(data).format,
        frames=decoded.frames,
        examined=decoded.looked_at,
        shown=tuple(
            (picture.shape[1], picture.shape[0], frame.at_ms)
            for frame, picture in zip(decoded.shown, pictures, strict=True)
        ),
        shared=shared,
    ).as_bytes()
    _write(answers, LENGTH.pack(len(header)) + header)
    for picture in () if shared else pictures:
        _write(answers, np.ascontiguousarray(picture).data)


def _show_all(answers: int, data: bytes, *, ring: Ring | None, limits: Limits) -> None:
    """Every frame of a film or an animation. However it ends, an orderly end follows the frames that were shown."""
    kind = Sender if recognise(data).format in FILM_FORMATS else AnimationSender
    sender = kind(ring=ring, write=lambda part: _write(answers, part), read=_read)
    try:
        whole = sender.send_all(data, limits=limits)
    except Exception:  # as in decode()
        whole = False
    sender.finish(whole=whole)


def _read_request(limits: Limits) -> tuple[int, bytes] | None:
    """A task and a file; None at the end of stdin: the parent has closed it, or has died."""
    announced = _read(REQUEST.size)
    if len(announced) < REQUEST.size:
        return None
    task, length = REQUEST.unpack(announced)
    data = _read(length) if length <= limits.bytes_most else b""
    return (task, data) if len(data) == length else None


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
        serve(
            limits_from_text(sys.argv[2]),
            profile=Profile(sys.argv[1]),
            filtered=sys.argv[4] == FILTERED,
            shared=int(sys.argv[3]) if sys.argv[3] != NOTHING_SHARED else None,
        )
    except BaseException:
        os._exit(
            1
        )  # a printed traceback would open files, and an orderly end ask for what is forbidden by now
    os._exit(0)
