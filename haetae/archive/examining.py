"""One process that examines parts: openers of its own, the bank, the archive."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from haetae.archive.forms import Form, bytes_of
from haetae.archive.rows import Row, row_of
from haetae.archive.sources import Item, Source
from haetae.detect.matching.bank_file import read_lines
from haetae.detect.pool import OpenerPool


@dataclass(frozen=True)
class Task:
    """What every process of one scan must know. `known` is the file of known hashes as it is, or None."""

    source: Source
    known: bytes | None
    form: Form


class Examiner:
    """Safe for one caller at a time; close() ends the openers."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._bank = read_lines((task.known or b"").splitlines())
        self._openers = OpenerPool(size=1)
        self._threads = ThreadPoolExecutor(task.source.threads)

    def part(self, items: Sequence[Item]) -> bytes:
        """Examine these and return the part of the report."""
        return bytes_of(list(self.rows(items)), self._task.form)

    def rows(self, items: Sequence[Item]) -> Iterator[Row]:
        """In the order of the items."""
        return self._threads.map(self._row, items)

    def close(self) -> None:
        self._threads.shutdown(cancel_futures=True)
        self._openers.close()

    def _row(self, item: Item) -> Row:
        finding = self._task.source.examine(item, bank=self._bank, openers=self._openers)
        return row_of(item.name, finding)
