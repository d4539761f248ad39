"""Everything a decoder that a file has taken over could ask of the kernel, by the numbers of x86-64.

Run as a module with PROFILE and a folder, each is tried in a process of its own behind the walls of that profile, or
behind none; printed is a JSON object: the number of the signal that ended it, or what it came back with.

Each attack is a call as the kernel sees it, so that no library stands in between. What one attack needs is laid out
before the walls go up: whoever takes over a decoder is not to be thought less able than that.
"""

import ctypes
import json
import mmap
import os
import struct
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from haetae.detect import Limits
from haetae.detect.opening.confine import lock_down
from haetae.detect.opening.syscalls import Profile

KERNEL: Final = ctypes.CDLL(None, use_errno=True)
_X32: Final = 0x40000000
_ALL_OF_A_PROCESS: Final = 17  # SIGCHLD: fork by another name
Attack = Callable[[], object]


def call(number: int, *arguments: Any) -> int:
    """Raises OSError where the kernel refuses."""
    passed = [one if isinstance(one, ctypes.Array | bytes) else ctypes.c_long(one) for one in arguments]
    result: int = KERNEL.syscall(ctypes.c_long(number), *passed)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What is there to be attacked: a planted file, a folder to write to, a process, and pages of code made before."""

    planted: bytes
    new: bytes
    process: int
    code: "Code"

    @classmethod
    def of(cls, folder: Path, *, process: int) -> "Ground":
        return cls(
            planted=bytes(folder / "canary"), new=bytes(folder / "new"), process=process, code=Code.made()
        )


@dataclass(frozen=True, kw_only=True)
class Code:
    """Machine code in memory that was executable before the walls: the way in that a decoder gives away for nothing."""

    memory: mmap.mmap
    low: int

    @classmethod
    def made(cls) -> "Code":
        memory = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        return cls(memory=memory, low=ctypes.addressof(ctypes.c_char.from_buffer(memory)))

    def by_the_old_gate(self, number: int, first: int = 0, second: int = 0) -> int:
        """int 0x80: the kernel takes it for a call of a 32-bit program."""
        code = b"\x53\xb8" + struct.pack("<I", number) + b"\xbb" + struct.pack("<I", first)
        code += b"\xb9" + struct.pack("<I", second) + b"\x31\xd2\xcd\x80\x5b\xc3"
        self.memory[: len(code)] = code
        result: int = ctypes.CFUNCTYPE(ctypes.c_int)(self.low)()
        if result < 0:
            raise OSError(-result, os.strerror(-result))
        return result


# Of each: its number and arguments. Addresses of zero are enough: a filter judges before the kernel reads them.
_BY_NUMBER: Final[dict[str, tuple[int, ...]]] = {
    "socket, internet": (41, 2, 1, 0),
    "socket, datagrams": (41, 2, 2, 0),
    "socket, this machine": (41, 1, 1, 0),
    "socket, kernel": (41, 16, 3, 0),
    "pair of sockets": (53, 1, 1, 0, 0),
    "connect": (42, 3, 0, 0),
    "bind": (49, 3, 0, 0),
    "send": (44, 1, 0, 0, 0, 0, 0),
    "pass a descriptor": (46, 1, 0, 0),
    "take a descriptor": (47, 0, 0, 0),
    "open by handle": (304, 3, 0, 0),
    "read a folder": (217, 0, 0, 0),
    "vfork": (58,),
    "clone a process": (56, _ALL_OF_A_PROCESS, 0, 0, 0, 0),
    "clone3": (435, 0, 0),
    "kill the parent's group": (62, 0, 0),
    "signal with a value": (129, 1, 0, 0),
    "signal to a thread": (234, 1, 1, 0),
    "handle of a process": (434, 1, 0),
    "descriptor of a process": (438, 0, 0, 0),
    "wait for a process": (61, -1, 0, 1, 0),
    "compare processes": (312, 1, 1, 0, 0, 0),
    "mount": (165, 0, 0, 0, 0, 0),
    "unmount": (166, 0, 0),
    "mount anew": (430, 0, 0),
    "another root": (161, 0),
    "turn the root": (155, 0, 0),
    "rooms of its own": (272, 0x10000000),
    "rooms of another": (308, 0, 0),
    "programs in the kernel": (321, 0, 0, 0),
    "ring of calls": (425, 0, 0),
    "ring of calls, enter": (426, 0, 0, 0, 0, 0, 0),
    "faults in user space": (323, 0),
    "performance events": (298, 0, 0, -1, -1, 0),
    "keys of the kernel": (250, 0, 0, 0, 0, 0),
    "a module": (313, 0, 0, 0),
    "restart the machine": (169, 0, 0, 0, 0),
    "the kernel's messages": (103, 3, 0, 0),
    "memory file": (319, 0, 0),
    "secret memory": (447, 0),
    "executable memory": (9, 0, 4096, 5, 0x22, -1, 0),
    "memory made executable, with a key": (329, 0, 0, 4, 0),
    "shared memory of the system": (29, 0, 4096, 0o1600),
    "queue of messages": (68, 0, 0o1600),
    "another personality": (135, 0x0400000),
    "registers": (158, 0x1003, 0),
    "filters anew": (317, 1, 0, 0),
    "filter mode anew": (157, 22, 1, 0, 0, 0),
    "be dumped": (157, 4, 1, 0, 0, 0),
    "new privileges": (157, 38, 0, 0, 0, 0),
    "keep capabilities": (157, 8, 1, 0, 0, 0),
    "another user": (105, 0),
    "another group": (106, 0),
    "capabilities": (126, 0, 0),
    "limits of memory": (302, 0, 9, 0, 0),
    "limits of files": (302, 0, 7, 0, 0),
    "old way to limits": (160, 9, 0),
    "settings of a descriptor": (72, 1, 3, 0),
    "order to a device": (16, 0, 0x5413, 0),
    "copy a descriptor": (32, 0),
    "close a descriptor": (3, 99),
    "close them all": (436, 0, 1, 0),
    "a pipe": (293, 0, 0),
    "an event": (290, 0, 0),
    "watch files": (294, 0),
    "a timer": (283, 0, 0),
    "nice": (141, 0, 0, 0),
    "the clock": (227, 0, 0),
    "sleep for good": (34,),
    "the time of a processor": (203, 0, 0, 0),
    "move memory of a process": (279, 0, 0, 0, 0, 0, 0),
    "name of the machine": (170, 0, 0),
    "quota": (179, 0, 0, 0, 0),
    "swap": (167, 0, 0),
    "accounting": (163, 0),
}
OLD_GATE: Final = {"open": 5, "fork": 2, "socket": 359, "kill": 37}  # of 32-bit programs: asm/unistd_32.h


def attacks(ground: Ground) -> Iterator[tuple[str, Attack]]:
    yield from ((name, lambda row=row: call(*row)) for name, row in _BY_NUMBER.items())  # type: ignore[misc]
    passwords, planted, new = b"/etc/passwd\0", ground.planted + b"\0", ground.new + b"\0"
    arguments = (ctypes.c_char_p * 2)(b"sh", None)
    space = (ctypes.c_char * 64)()
    yield "open, passwords", lambda: call(2, passwords, 0, 0)
    yield "open, a planted key", lambda: call(257, -100, planted, 0, 0)
    yield "open, the newer way", lambda: call(437, -100, planted, bytes(24), 24)
    yield "create", lambda: call(85, new, 0o600)
    yield "look at a file", lambda: call(262, -100, planted, space, 0)
    yield "what /proc says of it", lambda: call(89, b"/proc/self/exe\0", space, 64)
    yield "memory of itself through /proc", lambda: call(257, -100, b"/proc/self/mem\0", 2, 0)
    yield "delete", lambda: call(87, planted)
    yield "rename", lambda: call(82, planted, new)
    yield "another program", lambda: call(59, b"/bin/true\0", arguments, 0)
    yield "another program, by descriptor", lambda: call(322, -100, b"/bin/true\0", arguments, 0, 0)
    yield "fork", lambda: os._exit(77) if call(57) == 0 else None
    yield "kill", lambda: call(62, ground.process, 0)
    yield "debug the parent", lambda: call(101, 16, ground.process, 0, 0)
    yield "read a process", lambda: call(310, ground.process, space, 1, space, 1, 0)
    yield "write into a process", lambda: call(311, ground.process, space, 1, space, 1, 0)
    yield "limits of the parent", lambda: call(302, ground.process, 0, 0, space)
    yield "memory made executable", lambda: call(10, ground.code.low, 4096, 5)
    for name, number in (("open", 2), ("socket", 41), ("fork", 57), ("read", 0)):
        yield f"x32, {name}", lambda number=number: call(_X32 | number, 0, 0, 0)  # type: ignore[misc]
    for name, number in OLD_GATE.items():
        yield f"int 0x80, {name}", lambda number=number: ground.code.by_the_old_gate(number)  # type: ignore[misc]


def refused_and_not_killed(profile: Profile) -> set[str]:
    """What a filter answers with "no such call", because glibc asks before it uses the one that is allowed."""
    return {"clone3"} if profile is Profile.THREADS else set()


def ended(attack: Attack, *, profile: str) -> str:
    child = os.fork()
    if child == 0:
        came_back_with = 1
        try:
            if profile != "none":
                lock_down(replace(Limits(), memory_bytes=2**32), profile=Profile(profile), filtered=True)
            attack()
        except OSError:
            came_back_with = 2
        finally:
            os._exit(came_back_with)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return {1: "came through", 2: "refused"}.get(status, str(status))


if __name__ == "__main__":
    wanted, place, *only = sys.argv[1:]
    laid = Ground.of(Path(place), process=int((Path(place) / "process").read_text()))
    print(
        json.dumps(
            {
                name: ended(attack, profile=wanted)
                for name, attack in attacks(laid)
                if not only or name in only
            }
        )
    )
