"""The rows of the log outside the database, so that a log that burnt with it can be joined again. Pure.

One folder beside the file of heads, one file for each hundred thousand rows, one line for each event:
`{"index":7,"event":{...}}`, the event as it is hashed (haetae.audit.canonical). What a line says is believed only under
a signed head. Like the log itself they hold ids, codes and digests, and nothing that a person told.
"""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from haetae.audit.merkle import leaf_digest

ROWS_A_FILE: Final = 100_000
_LONGEST_LINE: Final = 262_144


@dataclass(frozen=True, kw_only=True)
class Row:
    """Leaf `index` of the log and the bytes that were hashed for it (canonical JSON)."""

    index: int
    canonical: bytes

    @property
    def digest(self) -> bytes:
        return leaf_digest(self.canonical)

    @property
    def fields(self) -> dict[str, Any]:
        """The event by its columns (haetae.audit.canonical.fields_of)."""
        return dict(json.loads(self.canonical))


def rows_beside(heads: Path) -> Path:
    """The folder of the rows, next to the file of the heads."""
    return heads.with_name("event-log-rows")


def append_rows(folder: Path, rows: Sequence[Row]) -> None:
    """Written and settled on the disk; a line that a power cut tore off is replaced by the whole one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for first in sorted({_first_of(row.index) for row in rows}):
        lines = b"".join(written(row) for row in rows if _first_of(row.index) == first)
        descriptor = os.open(_file(folder, first), os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "r+b") as file:
            file.seek(_whole_bytes(_file(folder, first)))
            file.truncate()
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())


def next_index(folder: Path) -> int | None:
    """The row that is to be written next; None where nothing was ever written."""
    for path in reversed(files_in(folder)):
        if (last := _last_in(path)) is not None:
            return last.index + 1
    return None


def read_rows(folder: Path, *, after: int = 0) -> Iterator[Row]:
    """In order, from the row `after` on. Ends at the first line that is none of ours, or out of order."""
    expected = None
    for path in files_in(folder):
        if _first_in(path) + ROWS_A_FILE <= after:
            continue
        for row in _rows_in(path):
            if expected is not None and row.index != expected:
                return
            expected = row.index + 1
            if row.index >= after:
                yield row


def files_in(folder: Path) -> list[Path]:
    """The files of the rows, the oldest first."""
    return sorted(folder.glob("[0-9]*.jsonl"))


def _first_of(index: int) -> int:
    return index - index % ROWS_A_FILE


def _first_in(path: Path) -> int:
    return int(path.stem)


def _file(folder: Path, first: int) -> Path:
    return folder / f"{first:012d}.jsonl"


def written(row: Row) -> bytes:
    """Its line."""
    return b'{"index":%d,"event":%s}\n' % (row.index, row.canonical)


def _whole_bytes(path: Path) -> int:
    """How far the file goes with whole lines."""
    size = path.stat().st_size
    with path.open("rb") as file:
        while size:
            begin = max(0, size - 65_536)
            file.seek(begin)
            found = file.read(size - begin).rfind(b"\n")
            if found >= 0:
                return begin + found + 1
            size = begin
    return 0


def _last_in(path: Path) -> Row | None:
    end = _whole_bytes(path)
    with path.open("rb") as file:
        file.seek(max(0, end - _LONGEST_LINE))
        lines = file.read(end - file.tell()).splitlines(keepends=True)
    return _row(lines[-1]) if lines else None


def _rows_in(path: Path) -> Iterator[Row]:
    with path.open("rb") as file:
        yield from rows_of(file)


def rows_of(lines: Iterable[bytes]) -> Iterator[Row]:
    """Up to the first line that is none of ours."""
    for line in lines:
        row = _row(line)
        if row is None:
            return
        yield row


def _row(line: bytes) -> Row | None:
    """None for what is not written as we write it."""
    head, _, rest = line.partition(b',"event":')
    if not (line.endswith(b"}\n") and head.startswith(b'{"index":') and head[9:].isdigit()):
        return None
    return Row(index=int(head[9:]), canonical=rest[:-2])
