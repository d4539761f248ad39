"""Proof that an older log is the beginning of a newer one, without showing an event (RFC 6962, section 2.1.2). Pure."""

from collections.abc import Iterable, Sequence

from haetae.audit.merkle import EMPTY_ROOT, Range, node_digest, subtree_roots


def proof(leaves: Iterable[bytes], *, old: int, new: int) -> list[bytes]:
    """Digests by which whoever knows both roots sees it; `leaves` are the first `new`, `old` of them came first.

    Empty where nothing needs to be shown: both are the same, or the older one is empty. Raises ValueError.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a log of {old} rows is not the beginning of one of {new}")
    parts = _parts(old, first=0, last=new) if old else []
    roots = subtree_roots(leaves, size=new, wanted=set(parts))
    return [roots[one] for one in parts]


def is_consistent(*, old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the log of size and root `old` is the beginning of the other (RFC 9162, section 2.1.4.2)."""
    if not 0 <= old <= new:
        return False
    if old in {0, new}:
        return not path and old_root == (EMPTY_ROOT if old == 0 else new_root)
    # A full tree stands in the newer one as it is, and is left out of the path.
    digests = [old_root, *path] if old.bit_count() == 1 else list(path)
    if not digests:
        return False
    here, last = old - 1, new - 1
    while here % 2:
        here, last = here // 2, last // 2
    before = after = digests[0]
    for other in digests[1:]:
        if last == 0:
            return False
        if here % 2 or here == last:
            before, after = node_digest(other, before), node_digest(other, after)
            while here and not here % 2:
                here, last = here // 2, last // 2
        else:
            after = node_digest(after, other)
        here, last = here // 2, last // 2
    return last == 0 and before == old_root and after == new_root


def _parts(old: int, *, first: int, last: int) -> list[Range]:
    """SUBPROOF of RFC 6962 as ranges of leaves: the older log ends within the leaves from `first` to `last`."""
    found: list[Range] = []
    ends, whole = first + old, True  # whole: this subtree is the older log itself, whose root is known
    while ends < last:
        cut = first + (1 << ((last - first - 1).bit_length() - 1))
        if ends <= cut:
            found.append((cut, last))
            last = cut
        else:
            found.append((first, cut))
            first, whole = cut, False
    return ([] if whole else [(first, last)]) + found[::-1]
