"""Numbers that a process counts in memory until they are written down: how often, and how long it took.

Labels are codes of ours (the name of a route, of a job), never anything that somebody wrote.
"""

import re
import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

# Upper bounds in seconds, with what a reporter is promised (1 s) among them.
BUCKETS_S: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
INFINITE: Final = "+Inf"
SUM: Final = "sum"
# So many different lines of one process between two writings; a fault that made up labels could not fill a table.
_LINES_MOST: Final = 20_000
_NO_CODE: Final = re.compile(r"[^A-Za-z0-9_.:+-]")


@dataclass(frozen=True, kw_only=True)
class Tallied:
    """One number: `labels` as Prometheus writes them."""

    name: str
    labels: str = ""
    bucket: str = ""


class Tallies:
    """Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers: defaultdict[Tallied, float] = defaultdict(float)

    def took(self, name: str, seconds: float, **labels: str) -> None:
        """One more that took so long."""
        told = labels_of(labels)
        bucket = next((f"{bound:g}" for bound in BUCKETS_S if seconds <= bound), INFINITE)
        with self._lock:
            if len(self._numbers) < _LINES_MOST:
                self._numbers[Tallied(name=name, labels=told, bucket=bucket)] += 1
                self._numbers[Tallied(name=name, labels=told, bucket=SUM)] += seconds

    def take(self) -> Mapping[Tallied, float]:
        """Everything counted since the last time."""
        with self._lock:
            taken, self._numbers = self._numbers, defaultdict(float)
        return taken

    def give_back(self, taken: Mapping[Tallied, float]) -> None:
        """What could not be written down is counted on."""
        with self._lock:
            for key, number in taken.items():
                self._numbers[key] += number


def labels_of(labels: Mapping[str, str]) -> str:
    """`name="value"` with commas; in a value only what a code of ours may hold is left."""
    return ",".join(f'{name}="{_NO_CODE.sub("_", value)[:80]}"' for name, value in sorted(labels.items()))


tallies: Final = Tallies()  # of this process
