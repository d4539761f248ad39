"""The log beside the backups: copied often and cheaply, so that what burns with the database is some minutes of it.

Heads and stamps are copied as they are: they tell nothing of anybody. Rows go out in pieces, each written once, locked
where a recipient was named: `rows/000000000120-000000000164.jsonl`. Needs no database.
"""

import fcntl
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from haetae.audit.heads import stamps_beside
from haetae.audit.rows import Row, append_rows, next_index, read_rows, rows_beside, rows_of, written
from haetae.running.backup import boxes, shelf
from haetae.running.errors import CannotStartError

if TYPE_CHECKING:
    import pyrage

HEADS: Final = "event-log-heads.jsonl"
_ROWS: Final = "rows"
_PIECE_ROWS: Final = 50_000
_COMPARED_BYTES: Final = 4_096


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A file of the shelf with rows from `first` to `last`, both in it."""

    first: int
    last: int
    path: Path


def log_of(folder: Path) -> Path:
    return folder / "log"


def copy_log(heads: Path, folder: Path, *, to: "pyrage.x25519.Recipient | None", after: int = 0) -> int:
    """What was sealed since the last time, from the files beside `heads`; rows from `after` on.

    Returns how many rows are new. Raises CannotStartError where the copy holds what the original does not: then nothing
    is overwritten, because that is what a cut-back log looks like.
    """
    out = log_of(folder)
    (out / _ROWS).mkdir(mode=0o700, parents=True, exist_ok=True)
    with (out / ".lock").open("wb") as lock:
        # One waits for the other: a backup that takes an hour must not keep the log from being copied meanwhile.
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _copy(heads, out, to=to, after=after)


def _copy(heads: Path, out: Path, *, to: "pyrage.x25519.Recipient | None", after: int) -> int:
    # Heads first, and no row that none of them covers: whoever writes them writes a head after its rows.
    for source in (heads, stamps_beside(heads)):
        _follow(source, out / source.name)
    covered, have = _size_of_last(out / heads.name), _end_of(out)
    if have > covered:
        words = f"{out} holds {have} rows of the log, and here are {covered}: some were lost in a restore, or cut off."
        raise CannotStartError(
            f"{words} Nothing was overwritten; name a new folder for the backups from now on."
        )
    begin = max(have, after)
    rows, copied = read_rows(rows_beside(heads), after=begin), 0
    while chunk := [row for row in islice(rows, _PIECE_ROWS) if row.index < covered]:
        _put(chunk, out, to=to)
        copied += len(chunk)
    shelf.settle(out)
    return copied


def _size_of_last(heads: Path) -> int:
    """Of the last head in a copy; 0 where there is none."""
    if not heads.exists():
        return 0
    with heads.open("rb") as file:
        file.seek(max(0, _bytes(heads) - _COMPARED_BYTES))
        lines = file.read().splitlines()
    return int(json.loads(lines[-1])["size"]) if lines else 0


def pieces_in(folder: Path) -> list[Piece]:
    """In order."""
    found = []
    for path in sorted((log_of(folder) / _ROWS).glob("[0-9]*-[0-9]*.jsonl*")):
        first, _, last = path.name.split(".")[0].partition("-")
        found.append(Piece(first=int(first), last=int(last), path=path))
    return found


def lay_out(folder: Path, heads: Path, *, after: int, identity: "pyrage.x25519.Identity | None") -> None:
    """The copy becomes the files beside `heads`, where there is nothing newer: for a restore on another machine.

    Raises CannotStartError where a piece does not open.
    """
    out = log_of(folder)
    for name in (heads.name, stamps_beside(heads).name):
        source, here = out / name, heads.with_name(name)
        if source.exists() and _bytes(source) > _bytes(here):
            heads.parent.mkdir(parents=True, exist_ok=True)
            if here.exists():
                _follow(source, here)
            else:
                shutil.copyfile(source, here)
                here.chmod(0o600)
    rows, begin = rows_beside(heads), next_index(rows_beside(heads))
    for piece in pieces_in(folder):
        if piece.last >= max(begin or 0, after):
            content = BytesIO()
            boxes.read(piece.path, content, identity=identity)
            content.seek(0)
            append_rows(rows, [row for row in rows_of(content) if row.index >= max(begin or 0, after)])
            begin = next_index(rows)


def drop_before(folder: Path, size: int) -> int:
    """Pieces that every backup on the shelf holds already; returns how many are dropped."""
    over = [piece.path for piece in pieces_in(folder) if piece.last < size]
    for path in over:
        path.unlink()
    return len(over)


def _end_of(out: Path) -> int:
    return max((piece.last + 1 for piece in pieces_in(out.parent)), default=0)


def _put(rows: Sequence[Row], out: Path, *, to: "pyrage.x25519.Recipient | None") -> None:
    name = f"{rows[0].index:012d}-{rows[-1].index:012d}.jsonl{boxes.LOCKED if to else ''}"
    half = out / _ROWS / f".{name}"
    half.unlink(missing_ok=True)
    boxes.write(BytesIO(b"".join(written(row) for row in rows)), half, to=to)
    half.rename(out / _ROWS / name)
    shelf.settle(out / _ROWS)


def _follow(source: Path, copy: Path) -> None:
    """The copy becomes as long as the source, if it is the beginning of it."""
    if not source.exists():
        return
    have = _bytes(copy)
    begin = max(0, have - _COMPARED_BYTES)
    with source.open("rb") as read:
        if have:
            with copy.open("rb") as known:
                known.seek(begin)
                read.seek(begin)
                if known.read() != read.read(have - begin):
                    words = f"{copy} holds what {source} does not: that file was cut back or touched. "
                    raise CannotStartError(
                        f"{words}Nothing was overwritten; compare them, and ask haetae verify-log."
                    )
        read.seek(have)
        _append(read, copy)


def _append(read: IO[bytes], copy: Path) -> None:
    rest = read.read()
    rest = rest[: rest.rfind(b"\n") + 1]  # a line that is being written comes with the next copy
    with copy.open("ab") as file:
        copy.chmod(0o600)
        file.write(rest)
        file.flush()
        shelf.settle(copy.parent)


def _bytes(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
