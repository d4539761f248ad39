"""How much processor time each process of the whole has used, children that are gone already included."""

import os
import platform
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

_OPENER = "haetae.detect.opening.child"


def machine() -> dict[str, str | int | float]:
    """What the figures were measured on. `cores` are those that this process may use."""
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": _processor(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def used_s(processes: dict[str, int]) -> dict[str, float]:
    """Seconds of user and system time by name since each process began, for these process ids and all below them.

    Openers are told apart from the process that started them. The command itself is `bench`.
    """
    used = {"bench": _own(psutil.Process())}
    for name, process_id in processes.items():
        for share, seconds in _family(name, psutil.Process(process_id)):
            used[share] = used.get(share, 0.0) + seconds
    return used


def busy_s() -> float:
    """Seconds of all cores of the machine that were not idle since it began, whoever used them."""
    times = psutil.cpu_times()
    return float(times.user + times.system + times.nice + times.irq + times.softirq + times.steal)


def _family(name: str, parent: psutil.Process) -> Iterator[tuple[str, float]]:
    yield name, _own(parent)
    openers = f"openers of {name}"
    children = parent.children(recursive=True)
    kinds = {child.pid: _is_opener(child) for child in children}
    # Who has ended is counted by whoever started it.
    yield (openers if any(kinds.values()) else name), _ended(parent)
    for child in children:
        with suppress(psutil.NoSuchProcess):
            yield (openers if kinds[child.pid] else name), _own(child) + _ended(child)


def _is_opener(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
        return _OPENER in process.cmdline()
    return False


def _own(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _ended(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.children_user + times.children_system)


def _processor() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or "unknown"
