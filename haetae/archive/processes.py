"""Parts examined by plain processes of this machine. None outlives the command, however that ends."""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import Final

from haetae.archive.examining import Examiner, Task
from haetae.archive.sources import Item

AHEAD_PER_WORKER: Final = 2
LOST_MOST: Final = 3  # a machine that takes its processes away again and again needs a person
_examiner: Examiner | None = None


class ExaminersLostError(RuntimeError):
    """Processes were ended from outside, mostly for want of memory."""


def parts_by_processes(
    task: Task, numbers: Sequence[int], *, items: Callable[[int], list[Item]], workers: int
) -> Iterator[tuple[int, bytes]]:
    """Each part once, as it is done. A part whose process is lost is given to another. Raises ExaminersLostError."""
    left = deque(numbers)
    for _ in range(LOST_MOST):
        try:
            yield from _examined(task, left, items=items, workers=workers)
        except BrokenProcessPool:
            continue
        return
    raise ExaminersLostError(
        f"Examining processes were ended from outside {LOST_MOST} times, as the system does where memory runs out;"
        " give --workers a smaller number and run the same command again: what is done stays done."
    )


def _examined(
    task: Task, left: deque[int], *, items: Callable[[int], list[Item]], workers: int
) -> Iterator[tuple[int, bytes]]:
    """Takes from the left what it yields; what is under way when it breaks stays there."""
    waiting: dict[int, Future[bytes]] = {}
    # A fresh interpreter for each: what this one holds, threads too, is none of theirs.
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(task,))
    try:
        while left:
            for number in list(left)[: AHEAD_PER_WORKER * workers]:
                if number not in waiting:
                    waiting[number] = pool.submit(_part, items(number))
            first = left[0]
            part = waiting.pop(first).result()
            left.popleft()
            yield first, part
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(task: Task) -> None:
    global _examiner  # noqa: PLW0603 - one for the whole life of this process
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _examiner = Examiner(task)


def _part(items: list[Item]) -> bytes:
    if _examiner is None:
        raise RuntimeError("A process examines only after it has begun.")
    return _examiner.part(items)


def _end_with_parent() -> None:
    """A command killed outright tells nobody. Openers end when the process that started them does."""
    parent = parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
