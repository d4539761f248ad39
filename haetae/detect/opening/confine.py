"""The walls around an opener, set from the inside before the first foreign byte is read."""

import math
import resource
import time
from typing import Final

from haetae.detect.opening import seccomp
from haetae.detect.opening.apart import move_apart
from haetae.detect.opening.facts import Confinement, Limits, Walls
from haetae.detect.opening.syscalls import Profile

OPEN_FILES_MOST: Final = (
    8  # stdin, stdout, stderr and the saved stdout are open already; a decoder needs none
)


def lock_down(limits: Limits, *, profile: Profile, filtered: bool) -> Walls:
    """No further memory, no file, no growing of one, no core dump that would put a picture on disk.

    Also no network and no folder, where the machine gives such rooms; and with `filtered` no system call but those of
    the profile, where the machine has such filters.
    """
    apart = move_apart()
    _lower(resource.RLIMIT_AS, limits.memory_bytes)
    _lower(resource.RLIMIT_NOFILE, OPEN_FILES_MOST)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_CORE, 0)
    installed = filtered and seccomp.install(profile)
    return Walls(confinement=Confinement.SECCOMP if installed else Confinement.LIMITS_ONLY, apart=apart)


def grant_cpu(*, cpu_s: int) -> None:
    """Allow this much processor time from now on; the system counts from the start of the process."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time()) + cpu_s, hard))


def _lower(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    least = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (least, least))
