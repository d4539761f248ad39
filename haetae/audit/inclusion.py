"""Proof that one event stands in the log: its audit path (RFC 6962, section 2.1.1). Pure.

The nodes of all paths are computed in one walk over the leaves, in memory that grows with the paths and not with the
log.
"""

from collections.abc import Iterable, Sequence

from haetae.audit.merkle import Range, leaf_digest, node_digest, subtree_roots


def paths(leaves: Iterable[bytes], *, size: int, of: Iterable[int]) -> dict[int, list[bytes]]:
    """For each of these leaves the digests beside its way up, the lowest first; `leaves` are the first `size`."""
    ways = {index: _beside(index, size) for index in of if 0 <= index < size}
    nodes = subtree_roots(leaves, size=size, wanted={one for way in ways.values() for one in way})
    return {index: [nodes[one] for one in way] for index, way in ways.items()}


def is_included(entry: bytes, *, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether these bytes are leaf `index` of the log of that size and root."""
    if not 0 <= index < size or len(path) != len(_beside(index, size)):
        return False
    digest, last = leaf_digest(entry), size - 1
    for other in path:
        # A node without one to its right goes up as it is, until it is a right one itself.
        while index % 2 == 0 and index == last:
            index, last = index // 2, last // 2
        digest = node_digest(other, digest) if index % 2 else node_digest(digest, other)
        index, last = index // 2, last // 2
    return digest == root


def _beside(index: int, size: int) -> list[Range]:
    """The subtrees whose roots make up the path, the lowest first."""
    found: list[Range] = []
    first, last = 0, size
    while last - first > 1:
        cut = first + (1 << ((last - first - 1).bit_length() - 1))
        if index < cut:
            found.append((cut, last))
            last = cut
        else:
            found.append((first, cut))
            first = cut
    return found[::-1]
