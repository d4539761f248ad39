"""The Merkle tree of RFC 6962, section 2.1. Pure; digests are 32 bytes of SHA-256."""

import hashlib
from collections.abc import Iterable

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

    def root(self) -> bytes:
        """The Merkle tree hash of all leaves so far."""
        if not self._peaks:
            return EMPTY_ROOT
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = node_digest(peak, root)
        return root
