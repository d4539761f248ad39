"""What a decoder that a file has taken over would try. Run as a program with PROFILE and a folder.

For each attempt a process of its own puts up the walls of an opener, or none when PROFILE is "none". Printed is a
JSON object that says of each attempt whether it "escaped" or the number of the signal that ended it.
"""

import ctypes
import json
import mmap
import os
import platform
import resource
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from haetae.detect import Limits
from haetae.detect.opening.confine import lock_down
from haetae.detect.opening.syscalls import Profile, this_machine

KERNEL = ctypes.CDLL(None, use_errno=True)
CLONE_A_PROCESS, PTRACE_ATTACH, KEEP_NO_MEMORY = 17, 16, 4
PTRACE = {"x86_64": 101, "aarch64": 117}
ESCAPED = 77


def call(number: int, *arguments: int) -> None:
    result = KERNEL.syscall(ctypes.c_long(number), *(ctypes.c_long(argument) for argument in arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def numbers(name: str) -> int:
    machine = this_machine()
    assert machine is not None
    return machine.numbers[name]


def lift_the_limit_on_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (2**33, 2**33))


def attempts(folder: Path) -> dict[str, Callable[[], object]]:
    canary, new = str(folder / "canary"), str(folder / "new")
    port = int((folder / "port").read_text())
    outside = int((folder / "process").read_text())

    def connect() -> None:
        socket.create_connection(("127.0.0.1", port), timeout=5)

    return {
        "socket": socket.socket,
        "connect": connect,
        "read a file": lambda: os.open(canary, os.O_RDONLY),
        "write a file": lambda: os.open(new, os.O_WRONLY | os.O_CREAT),
        "list a folder": lambda: list(folder.iterdir()),
        "delete a file": (folder / "canary").unlink,
        "another program": lambda: os.execv("/bin/sh", ["sh", "-c", f"exit {ESCAPED}"]),
        "fork": os.fork,
        "clone a process": lambda: call(numbers("clone"), CLONE_A_PROCESS, 0, 0, 0, 0),
        "kill": lambda: os.kill(outside, signal.SIGCONT),
        "debug another process": lambda: call(PTRACE[platform.machine()], PTRACE_ATTACH, outside, 0, 0),
        "code made on the spot": lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC),
        "more memory": lift_the_limit_on_memory,
        "the limits of another process": lambda: resource.prlimit(outside, resource.RLIMIT_CPU),
        "other settings of a process": lambda: call(numbers("prctl"), KEEP_NO_MEMORY, 1, 0, 0, 0),
    }


def ended(attempt: Callable[[], object], *, profile: str) -> str:
    child = os.fork()
    if child == 0:
        try:
            if profile != "none":
                lock_down(replace(Limits(), memory_bytes=2**32), profile=Profile(profile), filtered=True)
            attempt()
        finally:
            os._exit(ESCAPED if sys.exc_info()[0] is None else 1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return "escaped" if status == ESCAPED else str(status)


if __name__ == "__main__":
    _, profile, place = sys.argv
    tried = attempts(Path(place))
    print(json.dumps({name: ended(attempt, profile=profile) for name, attempt in tried.items()}))
