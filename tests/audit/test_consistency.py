"""That an older log is the beginning of a newer one can be shown, and nothing else can."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haetae.audit.consistency import is_consistent, proof
from haetae.audit.merkle import EMPTY_ROOT, Tree, leaf_digest

LEAVES = [leaf_digest(bytes([number % 256, number // 256])) for number in range(130)]


def root(size: int) -> bytes:
    return Tree(LEAVES[:size]).root()


@pytest.mark.parametrize("new", range(70))
def test_every_older_log_is_shown_to_be_the_beginning(new: int) -> None:
    for old in range(new + 1):
        path = proof(LEAVES[:new], old=old, new=new)
        assert is_consistent(old=old, old_root=root(old), new=new, new_root=root(new), path=path)


def test_the_proofs_are_those_of_the_published_example() -> None:
    """RFC 6962, section 2.1.3: seven leaves; PROOF(3), PROOF(4) and PROOF(6) as they are drawn there."""
    whole = [leaf_digest(bytes([number])) for number in range(7)]
    tree = lambda first, last: Tree(whole[first:last]).root()  # noqa: E731
    assert proof(whole, old=3, new=7) == [whole[2], whole[3], tree(0, 2), tree(4, 7)]
    assert proof(whole, old=4, new=7) == [tree(4, 7)]
    assert proof(whole, old=6, new=7) == [tree(4, 6), whole[6], tree(0, 4)]


@given(new=st.integers(2, 130), data=st.data())
def test_no_other_past_is_the_beginning(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new - 1))
    changed = data.draw(st.integers(0, old - 1))
    path = proof(LEAVES[:new], old=old, new=new)
    forged = [*LEAVES[:changed], hashlib.sha256(b"forged").digest(), *LEAVES[changed + 1 : new]]
    other_old, other_new = Tree(forged[:old]).root(), Tree(forged).root()
    facts = {"old": old, "new": new}
    assert not is_consistent(**facts, old_root=other_old, new_root=root(new), path=path)
    assert not is_consistent(**facts, old_root=root(old), new_root=other_new, path=path)
    theirs = proof(forged, old=old, new=new)
    assert not is_consistent(**facts, old_root=root(old), new_root=other_new, path=theirs)


@given(new=st.integers(2, 130), data=st.data())
def test_a_path_that_was_changed_shows_nothing(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new - 1))
    path = proof(LEAVES[:new], old=old, new=new)
    facts = {"old": old, "new": new, "old_root": root(old), "new_root": root(new)}
    place = data.draw(st.integers(0, len(path) - 1))
    flipped = bytes([path[place][0] ^ 1]) + path[place][1:]
    assert not is_consistent(**facts, path=[*path[:place], flipped, *path[place + 1 :]])
    assert not is_consistent(**facts, path=[*path[:place], *path[place + 1 :]])
    assert not is_consistent(**facts, path=[*path, path[place]])


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="is not the beginning"):
        proof(LEAVES[:3], old=4, new=3)
    assert not is_consistent(old=4, old_root=root(4), new=3, new_root=root(3), path=[])
    assert not is_consistent(old=0, old_root=root(1), new=3, new_root=root(3), path=[])
    assert is_consistent(old=0, old_root=EMPTY_ROOT, new=3, new_root=root(3), path=[])
    with pytest.raises(ValueError, match="peaks"):
        Tree.grown_from([root(1)], size=3)
