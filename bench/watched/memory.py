"""How much memory this process and its children hold while it works, and whether it grows with the work."""

import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, Self

import psutil

_EVERY_S: Final = 1.0


class Memory:
    """Use as a context. `pages` says how much work is done; the slope is by it, without the first quarter."""

    def __init__(self, *, pages: Callable[[], int]) -> None:
        self._pages = pages
        self._seen: list[tuple[int, float, float]] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def report(self) -> dict[str, Any]:
        own = [mib for _, mib, _ in self._seen]
        readers = [mib for _, _, mib in self._seen]
        settled = self._seen[len(self._seen) // 4 :]
        return {
            "peak_mib": round(max(own), 1),
            "peak_mib_of_readers": round(max(readers), 1),
            "at_first_mib": round(own[0], 1),
            "mib_per_10000_pages": round(10_000 * slope([(pages, mib) for pages, mib, _ in settled]), 2),
            "readers_mib_per_10000_pages": round(
                10_000 * slope([(pages, mib) for pages, _, mib in settled]), 2
            ),
        }

    def _look(self) -> None:
        process = psutil.Process()
        while True:
            readers = 0.0
            for child in process.children(recursive=True):
                with suppress(psutil.NoSuchProcess):
                    if "haetae.pages.child" in child.cmdline():
                        readers += child.memory_info().rss / 2**20
            self._seen.append((self._pages(), process.memory_info().rss / 2**20, readers))
            if self._over.wait(_EVERY_S):
                return


def slope(points: list[tuple[int, float]]) -> float:
    """Of the straight line through the points with the least squares; nothing where there is no line."""
    count = len(points)
    if count < 2:
        return 0.0
    across, down = sum(x for x, _ in points) / count, sum(y for _, y in points) / count
    spread = sum((x - across) ** 2 for x, _ in points)
    return sum((x - across) * (y - down) for x, y in points) / spread if spread else 0.0
