"""Many hashes with the tables that find them, in memory or mapped from a folder."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from haetae.detect.matching.folders import write_whole
from haetae.detect.matching.index.checks import points_inside
from haetae.detect.matching.index.crowds import crowds_last
from haetae.detect.matching.index.layout import LAYOUTS, REACH_BITS, Layout, layout_for
from haetae.detect.matching.index.shuffle import Words, shuffled

Numbers = NDArray[np.uint32]
FORM: Final = 2  # of the folder; grows when an older one can no longer be read
SCANNED_MOST: Final = 20_000  # fewer are looked at one by one: that takes as long as the tables would
_ROOM: Final = 1_024
_ARRAYS: Final = ("hashes", "names", "offsets", "rows")


class DamagedIndexError(Exception):
    """A folder is no index of ours, or not a whole one. The sentence names it; make it anew."""


@dataclass(frozen=True)
class Found:
    """Equally long: which of the asked hashes, which row, and the distance in bits. In no order."""

    queries: NDArray[np.int64]
    rows: Numbers
    distances_bits: NDArray[np.int64]
    compared: int


@dataclass(frozen=True)
class Table:
    """`hashes` (N x 4 words) are shuffled, and told by their `names`. Without a layout every hash is looked at.

    Hashes from `crowd_from` on share a bucket with very many others, and lie beside these.
    """

    hashes: Words
    names: Numbers
    layout: Layout | None
    offsets: Numbers
    rows: Numbers
    crowd_from: int

    @classmethod
    def of(
        cls,
        hashes: Words,
        *,
        names: NDArray[Any] | None = None,
        layout: Layout | None = None,
        scanned_most: int = SCANNED_MOST,
    ) -> Self:
        """For hashes (N x 4 words) in their own order of bits; `names` are the rows that are told (0 to N - 1)."""
        held = _fixed(shuffled(hashes))
        told = np.arange(len(held), dtype=np.uint32) if names is None else names.astype(np.uint32)
        if layout is None and len(held) <= scanned_most:
            nothing = np.zeros(0, np.uint32)
            return cls(held, _fixed(told), None, nothing, nothing.reshape(0, 0), len(held))
        layout = layout or layout_for(len(held))
        offsets, rows = _filled(held, layout)
        order, crowd_from = crowds_last(layout, offsets, rows)
        if crowd_from < len(held):
            held, told = _fixed(held[order]), told[order]
            offsets, rows = _filled(held, layout)
        return cls(held, _fixed(told), layout, _fixed(offsets), _fixed(rows), crowd_from)

    def __len__(self) -> int:
        return len(self.hashes)

    def near(self, asked: Words, *, reach_bits: int = REACH_BITS) -> Found:
        """All rows within reach of each of these (Q x 4 words), each once. Nothing is missed."""
        if not 0 <= reach_bits <= REACH_BITS:
            raise ValueError(f"reach_bits must lie between 0 and {REACH_BITS}; tables are made for no more.")
        from haetae.detect.matching.index.kernels import search_kernel

        shuffled_asked = shuffled(asked)
        query, room, compared = 0, _ROOM, 0
        pieces: list[tuple[NDArray[np.int64], ...]] = []
        while query < len(asked):
            # One that finds more than there is room for is asked again, with room for all of it.
            found = tuple(np.empty(room, dtype=np.int64) for _ in range(3))
            query, count, room, more = search_kernel(
                shuffled_asked, query, reach_bits, self.hashes, self.crowd_from, self.offsets, self.rows,
                *self._plan, *found,
            )  # fmt: skip
            compared += more
            pieces.append(tuple(column[:count] for column in found))
            room = max(room, _ROOM)
        if len(pieces) == 1:
            queries, places, far = pieces[0]
        else:
            queries, places, far = (
                np.concatenate([piece[column] for piece in pieces] or [np.empty(0, dtype=np.int64)])
                for column in range(3)
            )
        return Found(queries, self.names[places], far, int(compared))

    @cached_property
    def _plan(self) -> tuple[NDArray[Any], ...]:
        """What the search reads of the layout, in the order of its arguments."""
        if self.layout is None:
            nothing = np.zeros(0, dtype=np.int64)
            return nothing, nothing, nothing, nothing, np.zeros(0, dtype=np.uint64), nothing
        layout = self.layout
        return layout.starts, *layout.sizes, layout.tables, *layout.masks

    def save(self, folder: Path) -> None:
        """Write into a folder that is not there yet; it appears whole or not at all."""
        write_whole(folder, self._write)

    def _write(self, draft: Path) -> None:
        for name in _ARRAYS:
            np.save(draft / f"{name}.npy", getattr(self, name), allow_pickle=False)
        widths = list(self.layout.widths) if self.layout else []
        radii = list(self.layout.radii) if self.layout else []
        facts = {"form": FORM, "count": len(self), "crowd_from": self.crowd_from}
        (draft / "index.json").write_text(json.dumps({**facts, "widths": widths, "radii": radii}))

    @classmethod
    def mapped(cls, folder: Path) -> Self:
        """Map a folder that `save` wrote: pages come into memory as they are used, shared by all processes."""
        try:
            facts = json.loads((folder / "index.json").read_text())
            layout = _layout_of(facts)
            arrays = [
                np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))
                for name in _ARRAYS
            ]
        except (OSError, EOFError, ValueError, KeyError, TypeError, RecursionError) as problem:
            raise DamagedIndexError(f"{folder} holds no whole index: {problem}") from problem
        return cls(*_checked(folder, facts, layout, arrays))


def _filled(hashes: Words, layout: Layout) -> tuple[Numbers, Numbers]:
    from haetae.detect.matching.index.kernels import fill_kernel

    offsets = np.empty(int(layout.tables[-1]), dtype=np.uint32)
    rows = np.empty((len(layout.widths), len(hashes)), dtype=np.uint32)
    fill_kernel(hashes, layout.starts, layout.sizes[0], layout.tables, offsets, rows)
    return offsets, rows


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
    hashes, names, offsets, rows = arrays
    count, crowd_from = facts.get("count"), facts.get("crowd_from")
    sizes: tuple[Any, ...] = ((count, 4), (count,), (0,), (0, 0))
    if layout is not None:
        sizes = ((count, 4), (count,), (int(layout.tables[-1]),), (len(layout.widths), count))
    kinds = (np.uint64, np.uint32, np.uint32, np.uint32)
    fits = all(
        a.shape == s and a.dtype == k and a.flags.c_contiguous
        for a, s, k in zip(arrays, sizes, kinds, strict=True)
    )
    numbers = all(type(number) is int and number >= 0 for number in (count, crowd_from))
    if facts.get("form") != FORM or not numbers or not fits or crowd_from > count:  # type: ignore[operator]
        raise DamagedIndexError(f"{folder} holds an index of another form or size; make it anew.")
    if layout is not None and not points_inside(layout, offsets, rows):
        raise DamagedIndexError(f"{folder} holds tables that point outside or have lost rows; make it anew.")
    return hashes, names, layout, offsets, rows, crowd_from


def _fixed(array: NDArray[Any]) -> NDArray[Any]:
    held = np.ascontiguousarray(array)
    held.flags.writeable = False
    return held
