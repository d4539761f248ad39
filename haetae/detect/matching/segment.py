"""Columns with what finds a row: the tables for PDQ, and orders of the digests for the same bytes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from haetae.detect.matching.columns import ARRAYS, Columns, Flag, Words, words_of_hex
from haetae.detect.matching.folders import write_whole
from haetae.detect.matching.index.shuffle import shuffled
from haetae.detect.matching.index.table import DamagedIndexError, Found, Table
from haetae.detect.matching.order import Numbers, Order

FORM: Final = 2  # of the folder; grows when an older one can no longer be read
_ROWS_A_PAGE: Final = 4_096 // 32  # of hashes


@dataclass(frozen=True)
class Segment:
    """`table` holds the PDQ of the rows that have one. `orders` are those that a folder holds; others are made."""

    columns: Columns
    table: Table
    orders: dict[str, Numbers] = field(default_factory=dict)

    @classmethod
    def of(cls, columns: Columns) -> Self:
        rows = np.flatnonzero(columns.has(Flag.PDQ))
        return cls(columns, Table.of(columns.pdq[rows], names=rows))

    def near(self, asked: Words, *, reach_bits: int) -> Found:
        """As Table.near, with rows of the columns."""
        return self.table.near(asked, reach_bits=reach_bits)

    def same_sha256(self, digest: str) -> Numbers:
        return self.by_sha256.equal_to(words_of_hex([digest], words=4)[0])

    def same_md5(self, digest: str) -> Numbers:
        return self.by_md5.equal_to(words_of_hex([digest], words=2)[0])

    def of_entry(self, entry_id: UUID) -> Numbers:
        """The rows of one entry."""
        return self.by_entry.equal_to(words_of_hex([entry_id.hex], words=2)[0])

    def hide(
        self, entry_ids: Sequence[UUID], *, hidden: NDArray[np.bool_] | None
    ) -> NDArray[np.bool_] | None:
        """With the rows of these entries hidden too; the same one where it has none of them."""
        from haetae.detect.matching.kernels import hide_kernel

        asked = np.frombuffer(b"".join(one.bytes for one in entry_ids), dtype="<u8").reshape(-1, 2)
        more = np.zeros(len(self.columns), dtype=bool) if hidden is None else hidden.copy()
        return more if hide_kernel(self.by_entry.rows, self.by_entry.digests, asked, more) else hidden

    def of_entry_named(self, name: str) -> list[int]:
        """The rows of one entry by its id as a text."""
        if self.columns.texts is None:
            return [int(row) for row in self.of_entry(UUID(name))]
        return self._by_text.get(name, [])

    @cached_property
    def _by_text(self) -> dict[str, list[int]]:
        rows: dict[str, list[int]] = {}
        for row, text in enumerate(self.columns.texts or ()):
            rows.setdefault(text, []).append(row)
        return rows

    @cached_property
    def by_entry(self) -> Order:
        return self._order("entry_ids", flag=None)

    @cached_property
    def by_sha256(self) -> Order:
        return self._order("sha256", flag=Flag.SHA256)

    @cached_property
    def by_md5(self) -> Order:
        return self._order("md5", flag=Flag.MD5)

    def _order(self, name: str, *, flag: Flag | None) -> Order:
        digests = np.ascontiguousarray(getattr(self.columns, name)).view("<u8")
        if name in self.orders:
            return Order(self.orders[name], digests)
        rows = np.arange(len(digests)) if flag is None else np.flatnonzero(self.columns.has(flag))
        return Order.of(digests, rows=rows)

    def save(self, folder: Path, *, facts: dict[str, Any]) -> None:
        """Write into a folder that is not there yet, with facts of the caller; it appears whole or not at all."""

        def write(draft: Path) -> None:
            for name, array in self.columns.arrays().items():
                np.save(draft / f"{name}.npy", array, allow_pickle=False)
            for name, order in self._all_orders().items():
                np.save(draft / f"by_{name}.npy", order.rows, allow_pickle=False)
            self.table.save(draft / "table")
            about = {"form": FORM, "lists": self.columns.lists, "facts": facts}
            (draft / "segment.json").write_text(json.dumps(about))

        write_whole(folder, write)

    def _all_orders(self) -> dict[str, Order]:
        return {"entry_ids": self.by_entry, "sha256": self.by_sha256, "md5": self.by_md5}

    @classmethod
    def facts_in(cls, folder: Path) -> dict[str, Any]:
        """The caller's facts of a folder that `save` wrote, read quickly. Raises DamagedIndexError."""
        return _about(folder)[1]

    @classmethod
    def mapped(cls, folder: Path) -> Self:
        """Map a folder that `save` wrote. Raises DamagedIndexError."""
        lists, _ = _about(folder)
        try:
            columns = Columns(**{name: _array(folder, name) for name in ARRAYS}, lists=lists)
            orders = {name: _array(folder, f"by_{name}") for name in ("entry_ids", "sha256", "md5")}
            segment = cls(columns, Table.mapped(folder / "table"), orders)
            if problem := columns.why_unsound() or segment._why_not_together():
                raise ValueError(problem)
        except (OSError, EOFError, ValueError) as problem:
            raise DamagedIndexError(f"{folder} holds no whole part of a bank: {problem}") from problem
        return segment

    def _why_not_together(self) -> str | None:
        """Every row that has a hash must be found by it. Of hashes one in every page of the disk is compared."""
        count = len(self.columns)
        for name, flag in (("entry_ids", None), ("sha256", Flag.SHA256), ("md5", Flag.MD5)):
            if not _are_all(self.orders[name], None if flag is None else self.columns.has(flag), count=count):
                return f"by_{name} does not name each row once."
        if not _are_all(self.table.names, self.columns.has(Flag.PDQ), count=count):
            return "the table does not name each row with a pdq once."
        places = np.arange(0, len(self.table), _ROWS_A_PAGE)
        if (shuffled(self.columns.pdq[self.table.names[places]]) != self.table.hashes[places]).any():
            return "the table and pdq hold different hashes."
        return None


def _about(folder: Path) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The names of the lists, and the caller's facts."""
    try:
        about = json.loads((folder / "segment.json").read_text())
        if about["form"] != FORM:
            raise ValueError(f"its form is {about['form']}, and {FORM} is read; make it anew.")
        return tuple(about["lists"]), dict(about["facts"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as problem:
        raise DamagedIndexError(f"{folder} holds no whole part of a bank: {problem}") from problem


def _array(folder: Path, name: str) -> Any:
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))


def _are_all(rows: Numbers, there: NDArray[np.bool_] | None, *, count: int) -> bool:
    """Whether these are, in some order, the rows that are there. By number, bounds and sum: quick, and not proof."""
    if rows.dtype != np.uint32 or rows.ndim != 1 or not rows.flags.c_contiguous:
        return False
    expected = count if there is None else int(there.sum())
    if len(rows) != expected or (expected and int(rows.max()) >= count):
        return False
    whole = count * (count - 1) // 2 if there is None else int(np.flatnonzero(there).sum())
    return int(rows.sum(dtype=np.int64)) == whole
