"""The Merkle tree of RFC 6962, section 2.1. Pure; digests are 32 bytes of SHA-256."""

import hashlib
from collections.abc import Iterable, Sequence

Range = tuple[int, int]
"""Leaves from the first to before the last."""

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_digest(entry: bytes) -> bytes:
    """SHA-256(0x00 || entry)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_digest(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A growing tree that remembers only the roots of its full subtrees: O(log n) memory, O(1) amortised append."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.size = 0
        self._peaks: list[bytes] = []  # largest first
        for digest in leaves:
            self.append(digest)

    def append(self, digest: bytes) -> None:
        """Add one leaf's digest."""
        self._peaks.append(digest)
        self.size += 1
        # Every trailing zero bit of the new size closes one full subtree.
        for _ in range((self.size & -self.size).bit_length() - 1):
            right = self._peaks.pop()
            self._peaks.append(node_digest(self._peaks.pop(), right))

    @classmethod
    def grown_from(cls, peaks: Sequence[bytes], *, size: int) -> "Tree":
        """The tree of so many leaves, of which only these peaks are known. Raises ValueError where they cannot fit."""
        if size < 0 or len(peaks) != size.bit_count():
            raise ValueError(
                f"a tree of {size} leaves has {max(size, 0).bit_count()} peaks, not {len(peaks)}"
            )
        tree = cls()
        tree.size, tree._peaks = size, list(peaks)
        return tree

    @property
    def peaks(self) -> Sequence[bytes]:
        """The roots of its full subtrees, the largest first: enough to go on from here."""
        return tuple(self._peaks)

    def root(self) -> bytes:
        """The Merkle tree hash of all leaves so far."""
        if not self._peaks:
            return EMPTY_ROOT
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = node_digest(peak, root)
        return root


def subtree_roots(leaves: Iterable[bytes], *, size: int, wanted: set[Range]) -> dict[Range, bytes]:
    """Full subtrees as they close; what reaches the end of the log out of those that are left over."""
    found: dict[Range, bytes] = {}
    peaks: list[tuple[int, int, bytes]] = []
    for index, digest in zip(range(size), leaves, strict=False):
        first, last, whole = index, index + 1, digest
        while True:
            if (first, last) in wanted:
                found[first, last] = whole
            if not peaks or peaks[-1][1] - peaks[-1][0] != last - first:
                break
            first, _, left = peaks.pop()
            whole = node_digest(left, whole)
        peaks.append((first, last, whole))
    for first, last in wanted - set(found):
        parts = [digest for begin, _, digest in peaks if begin >= first]
        whole = parts[-1]
        for left in reversed(parts[:-1]):
            whole = node_digest(left, whole)
        found[first, last] = whole
    return found
