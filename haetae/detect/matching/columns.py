"""Known pictures as columns: a million entries are a few arrays, not a million objects."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from enum import IntFlag
from typing import Any, Final, Self
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from haetae.detect.matching.known import REACH_BITS, KnownHash, Tier

Words = NDArray[np.uint64]


class Flag(IntFlag):
    """What a row has."""

    BENIGN = 1
    PDQ = 2
    DHASH = 4
    SHA256 = 8
    MD5 = 16
    MOMENT = 32


_BENIGN, _PDQ, _DHASH, _SHA256, _MD5, _MOMENT = (int(flag) for flag in Flag)
_TIERS: Final = tuple(Tier)


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Equally long, one row for each picture or frame. Hashes are words of 64 bits, zero where there is none.

    `lists` names the lists by their number. `texts` holds entry ids that are no UUID, where there are such.
    """

    entry_ids: NDArray[np.uint8]  # N x 16
    lists_by_row: NDArray[np.uint16]
    tiers: NDArray[np.uint8]
    flags: NDArray[np.uint8]
    reach_bits: NDArray[np.uint8]
    at_ms: NDArray[np.int32]
    pdq: Words  # N x 4
    dhash: Words  # N x 4
    sha256: Words  # N x 4
    md5: Words  # N x 2
    lists: tuple[str, ...] = ()
    texts: tuple[str, ...] | None = None

    def __len__(self) -> int:
        return len(self.flags)

    @classmethod
    def of(cls, entries: Iterable[KnownHash]) -> Self:
        """From entries one by one; for as many as fit into memory twice."""
        held = tuple(entries)
        lists = tuple(dict.fromkeys(one.list_name for one in held))
        numbers = {name: number for number, name in enumerate(lists)}
        return cls(
            entry_ids=np.zeros((len(held), 16), dtype=np.uint8),
            lists_by_row=np.array([numbers[one.list_name] for one in held], dtype=np.uint16),
            tiers=np.array([one.tier for one in held], dtype=np.uint8),
            flags=np.array([_flags(one) for one in held], dtype=np.uint8),
            reach_bits=np.array([one.reach_bits for one in held], dtype=np.uint8),
            at_ms=np.array([one.at_ms or 0 for one in held], dtype=np.int32),
            pdq=words_of_hex([one.pdq for one in held], words=4),
            dhash=words_of_hex([one.dhash for one in held], words=4),
            sha256=words_of_hex([one.sha256 for one in held], words=4),
            md5=words_of_hex([one.md5 for one in held], words=2),
            lists=lists,
            texts=tuple(one.entry_id for one in held),
        )

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The columns by name, without the names of lists and entries."""
        return {name: getattr(self, name) for name in ARRAYS}

    def has(self, flag: Flag) -> NDArray[np.bool_]:
        """For each row whether it has this."""
        there: NDArray[np.bool_] = (self.flags & flag) != 0
        return there

    def entry_id(self, row: int) -> str:
        return self.texts[row] if self.texts is not None else str(UUID(bytes=self.entry_ids[row].tobytes()))

    def entry(self, row: int) -> KnownHash:
        """One row as an object."""
        has = int(self.flags[row])  # numbers, not flags: a flood asks for a thousand rows
        return KnownHash(
            entry_id=self.entry_id(row),
            list_name=self.lists[int(self.lists_by_row[row])],
            tier=_TIERS[int(self.tiers[row])],
            sha256=_hex(self.sha256[row]) if has & _SHA256 else None,
            pdq=_hex(self.pdq[row]) if has & _PDQ else None,
            dhash=_hex(self.dhash[row]) if has & _DHASH else None,
            md5=_hex(self.md5[row]) if has & _MD5 else None,
            reach_bits=int(self.reach_bits[row]),
            benign=bool(has & _BENIGN),
            at_ms=int(self.at_ms[row]) if has & _MOMENT else None,
        )

    def why_unsound(self) -> str | None:
        """What makes these no columns of ours, as after a damage on disk; a look trusts the numbers in them."""
        for name, (kind, width) in _SHAPES.items():
            array, shape = getattr(self, name), (len(self), width) if width else (len(self),)
            if array.dtype != kind or array.shape != shape or not array.flags.c_contiguous:
                return f"{name} must hold {' x '.join(map(str, shape))} numbers of the kind {kind.__name__}."
        if not all(isinstance(name, str) for name in self.lists):
            return "lists must hold names."
        for name, most in (
            ("lists_by_row", len(self.lists) - 1),
            ("tiers", max(Tier)),
            ("reach_bits", REACH_BITS),
        ):
            if len(self) and int(getattr(self, name).max()) > most:
                return f"{name} has a number above {most}."
        if len(self) and int(np.bitwise_or.reduce(self.flags)) & ~int(~Flag(0)):
            return "flags has one that is not known."
        if len(self) and int(self.at_ms.min()) < 0:
            return "at_ms has a moment before the beginning."
        return None


_SHAPES: Final[dict[str, tuple[type[np.generic], int]]] = {
    "entry_ids": (np.uint8, 16), "lists_by_row": (np.uint16, 0), "tiers": (np.uint8, 0), "flags": (np.uint8, 0),
    "reach_bits": (np.uint8, 0), "at_ms": (np.int32, 0), "pdq": (np.uint64, 4), "dhash": (np.uint64, 4),
    "sha256": (np.uint64, 4), "md5": (np.uint64, 2),
}  # fmt: skip
ARRAYS = tuple(field.name for field in fields(Columns) if field.name not in {"lists", "texts"})


def words_of_hex(hashes: Sequence[str | None], *, words: int) -> Words:
    """N x `words` from hex digits of that length, first byte lowest; zeros where there is no hash."""
    nothing = "0" * 16 * words
    return np.frombuffer(bytes.fromhex("".join(one or nothing for one in hashes)), dtype="<u8").reshape(
        -1, words
    )


def _hex(words: Words) -> str:
    return words.tobytes().hex()


def _flags(one: KnownHash) -> Flag:
    has = {
        Flag.BENIGN: one.benign,
        Flag.PDQ: one.pdq is not None,
        Flag.DHASH: one.dhash is not None,
        Flag.SHA256: one.sha256 is not None,
        Flag.MD5: one.md5 is not None,
        Flag.MOMENT: one.at_ms is not None,
    }
    return Flag(sum(flag for flag, there in has.items() if there))
