"""Stands in for the program of a child, opener or page reader: the real one, whose decoder a file has taken over.

Its walls, pipes and shared memory are the real ones. What the "decoder" does stands in the file: a JSON object behind
the last MARK, with the name of an attack. What an attack comes back with is told as the pixels of a picture.
"""

import json
import os
import resource
import socket
import sys
import time
from pathlib import Path
from typing import Any, Final

import numpy as np

from haetae.detect.hashing.frame import Frame
from haetae.detect.opening import child as opener
from haetae.detect.opening.facts import Decoded
from haetae.detect.opening.syscalls import Profile
from haetae.detect.opening.wire import LENGTH, limits_from_text
from haetae.pages import child as reader
from haetae.pages.facts import Found, UnreadableError
from haetae.pages.wire import HEAD, READ
from tests.detect.attacks import Ground, attacks

MARK: Final = b"\nTAKEN OVER "
OPENER, READER = "haetae.detect.opening.child", "haetae.pages.child"


def made(picture: bytes, **what: object) -> bytes:
    return picture + MARK + json.dumps(what).encode()


class Takeover:
    def __init__(self, ground: Ground) -> None:
        self.attacks = dict(attacks(ground))
        self.before: dict[str, Any] = {}
        self.ring: Any = None
        self.answers = -1

    def look_around(self) -> None:
        """Just before the walls go up."""
        self.before = {
            "descriptors": {
                number: str(Path(f"/proc/self/fd/{number}").readlink()) for number in _descriptors()
            },
            "environment": sorted(os.environ),
        }

    def obey(self, data: bytes) -> dict[str, Any] | None:
        """None where the file asks for nothing. Otherwise what came of it, if anything does."""
        if MARK not in data:
            return None
        what = json.loads(data.rpartition(MARK)[2])
        if "attack" in what:
            try:
                return {"came back with": self.attacks[what["attack"]]()}
            except OSError as refused:
                return {"refused": refused.errno}
        return getattr(self, what["do"])(**{key: value for key, value in what.items() if key != "do"})

    def tell(self) -> dict[str, Any]:
        """What it can see without asking for anything: its descriptors, those that it may write to, its settings."""
        return {**self.before, "writable": [number for number in range(64) if _takes(number)]}

    def say(self, header: str, more: int = 0) -> dict[str, Any]:
        """An answer of its own, with so many zeros behind it."""
        told = bytes.fromhex(header)
        self._write(LENGTH.pack(len(told)) + told + bytes(more))
        return self.rest()

    def answer(self, header: str) -> dict[str, Any]:
        """The same in the words of a page reader."""
        told = bytes.fromhex(header)
        self._write(HEAD.pack(READ, len(told)) + told)
        return self.rest()

    def reach(self, port: int) -> dict[str, Any]:
        """Whether a listener of this machine, or anything outside, takes a call."""
        tried = {"internet": ("192.0.2.1", 9), "this machine": ("127.0.0.1", port)}
        return {name: _reached(address) for name, address in tried.items()}

    def announce(self, length: int) -> dict[str, Any]:
        self._write(LENGTH.pack(length) + bytes(64))
        return self.rest()

    def scribble(self) -> dict[str, Any]:
        """Fill the shared memory from end to end."""
        self.ring._bytes[:] = 0xA5
        return {"wrote": "all of it"}

    def burn(self) -> dict[str, Any]:
        """Lift its own limit of processor time, which the filter allows, and never come back."""
        resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        while True:
            pass

    def die(self) -> dict[str, Any]:
        os._exit(0)

    def rest(self) -> dict[str, Any]:
        while True:
            time.monotonic()

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self.answers, view) :]


def _reached(address: tuple[str, int]) -> str:
    with socket.socket() as caller:
        caller.settimeout(5)
        try:
            caller.connect(address)
        except OSError:
            return "unreachable"
    return "reached"


def _takes(number: int) -> bool:
    try:
        os.write(number, b"")
    except OSError:
        return False
    return True


def _descriptors() -> list[int]:
    return sorted(int(one.name) for one in Path("/proc/self/fd").iterdir() if one.is_symlink())


def as_picture(told: dict[str, Any]) -> Decoded:
    text = json.dumps(told).encode()
    return Decoded(frames=1, shown=(Frame(luma=np.frombuffer(text, dtype=np.uint8)[None, :].copy()),))


def an_opener(arguments: list[str], ground: Ground) -> None:
    profile, limits, shared, filtered = arguments
    taken = Takeover(ground)
    honest, private, mapped, lock_down = (
        opener._decoded,
        opener._private_stdout,
        opener._mapped,
        opener.lock_down,
    )

    def decoded(data: bytes, **more: Any) -> Any:
        told = taken.obey(data)
        return honest(data, **more) if told is None else as_picture(told)

    def private_stdout() -> int:
        taken.answers = private()
        return taken.answers

    def mapped_too(descriptor: int | None) -> Any:
        taken.ring = mapped(descriptor)
        return taken.ring

    def locked(*given: Any, **more: Any) -> Any:
        taken.look_around()
        return lock_down(*given, **more)

    opener._decoded, opener._private_stdout, opener._mapped, opener.lock_down = (
        decoded,
        private_stdout,
        mapped_too,
        locked,
    )
    opener.serve(
        limits_from_text(limits),
        profile=Profile(profile),
        filtered=filtered == "filtered",
        shared=None if shared == "-" else int(shared),
    )


def a_reader(arguments: list[str], ground: Ground) -> None:
    taken, honest = Takeover(ground), reader.read
    taken.answers = 1

    def read(body: bytes, *, asked: Any) -> Found:
        told = taken.obey(body)
        if told is None:
            return honest(body, asked=asked)
        raise UnreadableError(json.dumps(told)[:60])

    reader.read = read
    reader.serve(filtered=arguments[0] == "filtered")


if __name__ == "__main__":
    folder, process, module, *rest = sys.argv[1:]
    try:
        {OPENER: an_opener, READER: a_reader}[module](rest, Ground.of(Path(folder), process=int(process)))
    except BaseException:
        os._exit(1)
    os._exit(0)
