"""Columns with what finds a row: the tables for PDQ, and sorted digests for the same bytes."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self
from uuid import UUID, uuid4

import numpy as np
from numpy.typing import NDArray

from haetae.detect.matching.columns import ARRAYS, Columns, Flag, Words, words_of_hex
from haetae.detect.matching.index.table import DamagedIndexError, Found, Table

Rows = NDArray[np.int64]
_FORM: Final = 1


@dataclass(frozen=True)
class Sorted:
    """The rows that have a digest, by its first word."""

    rows: Rows
    first_words: Words

    @classmethod
    def of(cls, digests: Words, *, rows: Rows) -> Self:
        order = np.argsort(digests[rows, 0], kind="stable")
        return cls(rows[order], np.ascontiguousarray(digests[rows[order], 0]))

    def equal_to(self, digest: str, *, digests: Words) -> Iterator[int]:
        """The rows with exactly this digest (hex)."""
        words = words_of_hex([digest], words=digests.shape[1])[0]
        begin = int(np.searchsorted(self.first_words, words[0], side="left"))
        end = int(np.searchsorted(self.first_words, words[0], side="right"))
        yield from (int(row) for row in self.rows[begin:end] if (digests[row] == words).all())


@dataclass(frozen=True)
class Segment:
    """`table` holds the PDQ of the rows `with_pdq`, in that order."""

    columns: Columns
    table: Table
    with_pdq: Rows

    @classmethod
    def of(cls, columns: Columns) -> Self:
        rows = np.flatnonzero(columns.has(Flag.PDQ))
        return cls(columns, Table.of(columns.pdq[rows]), rows)

    def near(self, asked: Words, *, reach_bits: int) -> Found:
        """As Table.near, with rows of the columns."""
        found = self.table.near(asked, reach_bits=reach_bits)
        return Found(found.queries, self.with_pdq[found.rows], found.distances_bits, found.compared)

    def same_sha256(self, digest: str) -> Iterator[int]:
        return self._by_sha256.equal_to(digest, digests=self.columns.sha256)

    def same_md5(self, digest: str) -> Iterator[int]:
        return self._by_md5.equal_to(digest, digests=self.columns.md5)

    def of_entry(self, entry_id: UUID) -> Iterator[int]:
        """The rows of one entry."""
        return self._by_entry.equal_to(entry_id.hex, digests=self._id_words)

    def of_entry_named(self, name: str) -> Iterator[int]:
        """The rows of one entry by its id as a text."""
        if self.columns.texts is None:
            yield from self.of_entry(UUID(name))
        else:
            yield from self._by_text.get(name, ())

    @cached_property
    def _by_text(self) -> dict[str, list[int]]:
        rows: dict[str, list[int]] = {}
        for row, text in enumerate(self.columns.texts or ()):
            rows.setdefault(text, []).append(row)
        return rows

    @cached_property
    def _id_words(self) -> Words:
        return np.ascontiguousarray(self.columns.entry_ids).view("<u8")

    @cached_property
    def _by_entry(self) -> Sorted:
        return Sorted.of(self._id_words, rows=np.arange(len(self.columns)))

    @cached_property
    def _by_sha256(self) -> Sorted:
        return Sorted.of(self.columns.sha256, rows=np.flatnonzero(self.columns.has(Flag.SHA256)))

    @cached_property
    def _by_md5(self) -> Sorted:
        return Sorted.of(self.columns.md5, rows=np.flatnonzero(self.columns.has(Flag.MD5)))

    def save(self, folder: Path, *, facts: dict[str, Any]) -> None:
        """Write into a folder that is not there yet, with facts of the caller; it appears whole or not at all."""
        draft = folder.with_name(f".{folder.name}.{uuid4().hex[:8]}")
        draft.mkdir(parents=True)
        try:
            for name, array in self.columns.arrays().items():
                np.save(draft / f"{name}.npy", array, allow_pickle=False)
            self.table.save(draft / "table")
            about = {"form": _FORM, "lists": self.columns.lists, "facts": facts}
            (draft / "segment.json").write_text(json.dumps(about))
            draft.rename(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    @classmethod
    def mapped(cls, folder: Path) -> tuple[Self, dict[str, Any]]:
        """Map a folder that `save` wrote; with the caller's facts. Raises DamagedIndexError."""
        try:
            about = json.loads((folder / "segment.json").read_text())
            arrays: dict[str, Any] = {
                name: np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))
                for name in ARRAYS
            }
            columns = Columns(**arrays, lists=tuple(about["lists"]))
            facts, form = dict(about["facts"]), about["form"]
        except (OSError, EOFError, ValueError, KeyError, TypeError, RecursionError) as problem:
            raise DamagedIndexError(f"{folder} holds no whole part of a bank: {problem}") from problem
        table = Table.mapped(folder / "table")
        rows = np.flatnonzero(columns.has(Flag.PDQ))
        if form != _FORM or len(rows) != len(table) or len({len(array) for array in arrays.values()}) != 1:
            raise DamagedIndexError(f"{folder} holds a part of a bank of another form or size; make it anew.")
        return cls(columns, table, rows), facts
