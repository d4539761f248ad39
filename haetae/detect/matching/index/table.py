"""Many hashes with the tables that find them, in memory or mapped from a folder."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from haetae.detect.matching.index.kernels import fill_kernel, scan_kernel, search_kernel
from haetae.detect.matching.index.layout import LAYOUTS, REACH_BITS, Layout, layout_for
from haetae.detect.matching.index.shuffle import Words, shuffled

FORM: Final = 1  # of the folder; grows when an older one can no longer be read
SCANNED_MOST: Final = 20_000  # fewer are looked at one by one: that takes as long as the tables would
_ROOM: Final = 4_096


class DamagedIndexError(Exception):
    """A folder is no index of ours, or not a whole one. The sentence names it; make it anew."""


@dataclass(frozen=True)
class Found:
    """Equally long: which of the asked hashes, which row, and the distance in bits. In no order."""

    queries: NDArray[np.int64]
    rows: NDArray[np.int64]
    distances_bits: NDArray[np.int64]
    compared: int


@dataclass(frozen=True)
class Table:
    """`hashes` (N x 4 words) are shuffled. Without a layout every hash is looked at."""

    hashes: Words
    layout: Layout | None
    offsets: NDArray[np.uint32]
    rows: NDArray[np.uint32]

    @classmethod
    def of(cls, hashes: Words, *, layout: Layout | None = None, scanned_most: int = SCANNED_MOST) -> Self:
        """For hashes (N x 4 words) in their own order of bits; row numbers stay."""
        held = _fixed(shuffled(hashes))
        if layout is None and len(held) <= scanned_most:
            return cls(held, None, np.zeros(0, np.uint32), np.zeros((0, 0), np.uint32))
        layout = layout or layout_for(len(held))
        offsets = np.empty(int(layout.tables[-1]), dtype=np.uint32)
        rows = np.empty((len(layout.widths), len(held)), dtype=np.uint32)
        fill_kernel(held, layout.starts, layout.sizes[0], layout.tables, offsets, rows)
        return cls(held, layout, _fixed(offsets), _fixed(rows))

    def __len__(self) -> int:
        return len(self.hashes)

    def own_words(self, rows: NDArray[np.int64]) -> Words:
        """These hashes in their own order of bits."""
        return shuffled(self.hashes[rows], back=True)

    def near(self, asked: Words, *, reach_bits: int = REACH_BITS) -> Found:
        """All rows within reach of each of these (Q x 4 words), each once. Nothing is missed."""
        if not 0 <= reach_bits <= REACH_BITS:
            raise ValueError(f"reach_bits must lie between 0 and {REACH_BITS}; tables are made for no more.")
        queries = _fixed(shuffled(asked))
        return (
            self._scanned(queries, reach_bits) if self.layout is None else self._searched(queries, reach_bits)
        )

    def _scanned(self, asked: Words, reach: int) -> Found:
        def look(*room: NDArray[np.int64]) -> tuple[int, int]:
            found = 0
            for query in range(len(asked)):
                found = scan_kernel(asked, query, found, self.hashes, reach, *room)
            return found, len(asked) * len(self.hashes)

        return _with_room(look)

    def _searched(self, asked: Words, reach: int) -> Found:
        layout = self.layout
        assert layout is not None
        masks, mask_starts = layout.masks
        widths, radii = layout.sizes

        def look(*room: NDArray[np.int64]) -> tuple[int, int]:
            found, compared = search_kernel(
                asked, reach, self.hashes, self.offsets, self.rows, layout.starts, widths, radii, layout.tables,
                masks, mask_starts, *room,
            )  # fmt: skip
            return int(found), int(compared)

        return _with_room(look)

    def save(self, folder: Path) -> None:
        """Write into a folder that is not there yet; it appears whole or not at all."""
        draft = folder.with_name(f".{folder.name}.{uuid4().hex[:8]}")
        draft.mkdir(parents=True)
        try:
            for name in ("hashes", "offsets", "rows"):
                np.save(draft / f"{name}.npy", getattr(self, name), allow_pickle=False)
            widths = list(self.layout.widths) if self.layout else []
            radii = list(self.layout.radii) if self.layout else []
            facts = {"form": FORM, "count": len(self), "widths": widths, "radii": radii}
            (draft / "index.json").write_text(json.dumps(facts))
            draft.rename(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    @classmethod
    def mapped(cls, folder: Path) -> Self:
        """Map a folder that `save` wrote: pages come into memory as they are used, shared by all processes."""
        try:
            facts = json.loads((folder / "index.json").read_text())
            layout = _layout_of(facts)
            arrays = [
                np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
                for name in ("hashes", "offsets", "rows")
            ]
        except (OSError, EOFError, ValueError, KeyError, TypeError, RecursionError) as problem:
            raise DamagedIndexError(f"{folder} holds no whole index: {problem}") from problem
        return cls(*_checked(folder, facts, layout, arrays))


def _layout_of(facts: dict[str, Any]) -> Layout | None:
    """Only one of ours: the search has room for no more probes than these need, and reads no other widths."""
    said = (tuple(facts["widths"]), tuple(facts["radii"]))
    if said == ((), ()):
        return None
    for layout in LAYOUTS:
        if said == (layout.widths, layout.radii):
            return layout
    raise ValueError("its layout is none that is searched; make it anew.")


def _checked(folder: Path, facts: dict[str, Any], layout: Layout | None, arrays: list[NDArray[Any]]) -> Any:
    """A kernel trusts its tables, so what does not fit together must not come that far."""
    hashes, offsets, rows = (np.asarray(array) for array in arrays)
    count = facts.get("count")
    sizes: tuple[Any, ...] = ((count, 4), (0,), (0, 0))
    if layout is not None:
        sizes = ((count, 4), (int(layout.tables[-1]),), (len(layout.widths), count))
    kinds = (np.uint64, np.uint32, np.uint32)
    fits = all(
        a.shape == s and a.dtype == k and a.flags.c_contiguous
        for a, s, k in zip((hashes, offsets, rows), sizes, kinds, strict=True)
    )
    if facts.get("form") != FORM or type(count) is not int or not fits:
        raise DamagedIndexError(f"{folder} holds an index of another form or size; make it anew.")
    if layout is not None and not _points_inside(layout, offsets, rows, count=count):
        raise DamagedIndexError(f"{folder} holds tables that point outside or have lost rows; make it anew.")
    return hashes, layout, offsets, rows


def _points_inside(
    layout: Layout, offsets: NDArray[np.uint32], rows: NDArray[np.uint32], *, count: int
) -> bool:
    """Whether every bucket is a stretch of the rows and no row is outside or lost. Reads everything once."""
    for begin, end, of_piece in zip(layout.tables[:-1], layout.tables[1:], rows, strict=True):
        table = offsets[begin:end]
        if table[0] != 0 or table[-1] != count or not (table[1:] >= table[:-1]).all():
            return False
        # A page that never reached the disk is all zeros, and would hide the hashes that it held.
        if int(of_piece.sum(dtype=np.int64)) != count * (count - 1) // 2:
            return False
    return count == 0 or int(rows.max()) < count


def _with_room(look: Callable[..., tuple[int, int]]) -> Found:
    """Look again with more room where more was found than there was room for."""
    room = _ROOM
    while True:
        queries, rows, far = (np.empty(room, dtype=np.int64) for _ in range(3))
        found, compared = look(queries, rows, far)
        if found <= room:
            return Found(queries[:found], rows[:found], far[:found], compared)
        room = found


def _fixed(array: NDArray[Any]) -> NDArray[Any]:
    held = np.ascontiguousarray(array)
    held.flags.writeable = False
    return held
