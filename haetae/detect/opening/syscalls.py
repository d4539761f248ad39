"""The system calls that an opener needs, found by watching it work, and their numbers on two kinds of machine."""

import platform
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Profile(StrEnum):
    """Which calls an opener keeps. `threads` may start threads, which the decoder of HEIC cannot do without."""

    STRICT = "strict"
    THREADS = "threads"


@dataclass(frozen=True, kw_only=True)
class Machine:
    """`audit_arch` is how the kernel names the machine to a filter (linux/audit.h)."""

    audit_arch: int
    numbers: dict[str, int]


# What memory, pipes, clocks, signals and an orderly end take. None of them names a file, a process or an address.
STRICT: Final = (
    "read",
    "readv",
    "write",
    "futex",
    "brk",
    "munmap",
    "mremap",
    "madvise",
    "clock_gettime",
    "getrandom",
    "rt_sigaction",
    "rt_sigprocmask",
    "rt_sigreturn",
    "restart_syscall",
    "exit",
    "exit_group",
)
THREADS: Final = (*STRICT, "set_robust_list", "rseq", "sched_getaffinity", "sched_yield", "gettid")

# Sources: asm/unistd_64.h for x86-64; asm-generic/unistd.h for ARM64, which uses the generic table.
_X86_64: Final = Machine(
    audit_arch=0xC000003E,
    numbers={
        "read": 0,
        "write": 1,
        "mmap": 9,
        "mprotect": 10,
        "munmap": 11,
        "brk": 12,
        "rt_sigaction": 13,
        "rt_sigprocmask": 14,
        "rt_sigreturn": 15,
        "readv": 19,
        "sched_yield": 24,
        "mremap": 25,
        "madvise": 28,
        "clone": 56,
        "exit": 60,
        "prctl": 157,
        "gettid": 186,
        "futex": 202,
        "sched_getaffinity": 204,
        "restart_syscall": 219,
        "clock_gettime": 228,
        "exit_group": 231,
        "set_robust_list": 273,
        "prlimit64": 302,
        "seccomp": 317,
        "getrandom": 318,
        "rseq": 334,
        "clone3": 435,
    },
)
_ARM64: Final = Machine(
    audit_arch=0xC00000B7,
    numbers={
        "read": 63,
        "write": 64,
        "readv": 65,
        "exit": 93,
        "exit_group": 94,
        "futex": 98,
        "set_robust_list": 99,
        "clock_gettime": 113,
        "sched_getaffinity": 123,
        "sched_yield": 124,
        "restart_syscall": 128,
        "rt_sigaction": 134,
        "rt_sigprocmask": 135,
        "rt_sigreturn": 139,
        "prctl": 167,
        "gettid": 178,
        "brk": 214,
        "munmap": 215,
        "mremap": 216,
        "clone": 220,
        "mmap": 222,
        "mprotect": 226,
        "madvise": 233,
        "prlimit64": 261,
        "seccomp": 277,
        "getrandom": 278,
        "rseq": 293,
        "clone3": 435,
    },
)
MACHINES: Final = {"x86_64": _X86_64, "aarch64": _ARM64}


def this_machine() -> Machine | None:
    """None where we know no numbers; a filter of wrong numbers would be worse than none."""
    return MACHINES.get(platform.machine()) if platform.system() == "Linux" else None
