"""An allow-list of system calls, enforced by the kernel: any other call ends the process at once.

A program of classic BPF reads `struct seccomp_data` (linux/seccomp.h): the number of the call at 0, the machine
at 4, each argument in eight bytes from 16 on.
"""

import ctypes
import errno
import struct
from collections.abc import Sequence
from typing import Final

from haetae.detect.opening.syscalls import STRICT, THREADS, Machine, Profile, this_machine

_LOAD, _JUMP_EQUAL, _JUMP_ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_KILL, _ALLOW, _REFUSE = 0x80000000, 0x7FFF0000, 0x00050000
_NUMBER, _MACHINE = 0, 4

_EXECUTABLE: Final = 0x4  # PROT_EXEC
_OF_CPU: Final = 0  # RLIMIT_CPU
_SET_NAME: Final = 15  # PR_SET_NAME
# What pthread_create asks of clone, bit by bit the same in glibc since 2.3: a thread, and nothing but a thread.
_A_THREAD: Final = 0x003D0F00
_NO_NEW_PRIVILEGES, _FILTER_MODE, _ALL_THREADS = 38, 1, 1

Step = bytes


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def install(profile: Profile) -> bool:
    """Enforce the list from now on, in every thread. False where this machine or its kernel knows no such filter.

    The wall cannot be taken down again, and nothing that is started behind it gains a privilege.
    """
    machine = this_machine()
    if machine is None:
        return False
    steps = program(profile, machine=machine)
    kernel = ctypes.CDLL(None, use_errno=True)
    call = [ctypes.c_long(number) for number in (machine.numbers["seccomp"], _FILTER_MODE, _ALL_THREADS)]
    if kernel.prctl(_NO_NEW_PRIVILEGES, *(ctypes.c_ulong(value) for value in (1, 0, 0, 0))) != 0:
        return False
    answer: int = kernel.syscall(*call, ctypes.byref(_Program(len(steps), b"".join(steps))))
    return answer == 0


def program(profile: Profile, *, machine: Machine) -> Sequence[Step]:
    """The filter as steps of eight bytes, to be read from top to bottom."""
    numbers = machine.numbers
    conditions = [
        *_only_if("mmap", [_without_bit(2, _EXECUTABLE)], machine=machine),
        *_only_if("mprotect", [_without_bit(2, _EXECUTABLE)], machine=machine),
        *_only_if("prlimit64", [_equal(0, 0), _equal(1, _OF_CPU)], machine=machine),
    ]
    if profile is Profile.THREADS:
        conditions += [
            *_only_if("clone", [_equal(0, _A_THREAD)], machine=machine),
            *_only_if("prctl", [_equal(0, _SET_NAME)], machine=machine),
            # Its flags lie in memory, where no filter can read them; told that there is no such call, glibc uses clone.
            *_answered(numbers["clone3"], _REFUSE | errno.ENOSYS),
        ]
    plain = THREADS if profile is Profile.THREADS else STRICT
    return [
        _step(_LOAD, _MACHINE),
        _step(_JUMP_EQUAL, machine.audit_arch, met=1),
        _step(_RETURN, _KILL),
        _step(_LOAD, _NUMBER),
        *(step for name in plain for step in _answered(numbers[name], _ALLOW)),
        *conditions,
        _step(_RETURN, _KILL),
    ]


def _answered(number: int, answer: int) -> list[Step]:
    return [_step(_JUMP_EQUAL, number, missed=1), _step(_RETURN, answer)]


def _only_if(name: str, tests: Sequence[Sequence[Step]], *, machine: Machine) -> list[Step]:
    """Allow the call when its arguments pass every test; a test that fails returns by itself."""
    body = [step for test in tests for step in test] + [_step(_RETURN, _ALLOW)]
    return [_step(_JUMP_EQUAL, machine.numbers[name], missed=len(body)), *body]


def _equal(argument: int, value: int) -> list[Step]:
    return [_load(argument), _step(_JUMP_EQUAL, value, met=1), _step(_RETURN, _KILL)]


def _without_bit(argument: int, bit: int) -> list[Step]:
    return [_load(argument), _step(_JUMP_ANY_BIT, bit, missed=1), _step(_RETURN, _KILL)]


def _load(argument: int) -> Step:
    """The lower half of an argument; both machines are little-endian, and the kernel reads no more of these."""
    return _step(_LOAD, 16 + 8 * argument)


def _step(code: int, value: int, *, met: int = 0, missed: int = 0) -> Step:
    return struct.pack("=HBBI", code, met, missed, value)
