"""Whoever holds one event, its path and a signed root needs nothing else of the log."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haetae.audit.inclusion import is_included, paths
from haetae.audit.merkle import Tree, leaf_digest

ENTRIES = [f"event {number}".encode() for number in range(70)]


@given(size=st.integers(1, 70), data=st.data())
@settings(max_examples=150, deadline=None)
def test_every_leaf_of_every_log_is_proven_and_nothing_else_is(size: int, data: st.DataObject) -> None:
    entries = ENTRIES[:size]
    leaves = [leaf_digest(entry) for entry in entries]
    root = Tree(leaves).root()
    found = paths(iter(leaves), size=size, of=range(size + 3))
    assert set(found) == set(range(size))
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size - 1))
    assert is_included(entries[index], index=index, size=size, path=found[index], root=root)
    assert not is_included(b"something else", index=index, size=size, path=found[index], root=root)
    assert not is_included(
        entries[index], index=index, size=size, path=found[index], root=hashlib.sha256(b"").digest()
    )
    if other != index:
        assert not is_included(entries[index], index=other, size=size, path=found[other], root=root)
        assert not is_included(entries[index], index=other, size=size, path=found[index], root=root)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 3), (3, 3)])
def test_what_is_not_in_the_log_has_no_proof(index: int, size: int) -> None:
    assert not is_included(b"", index=index, size=size, path=[], root=b"")
    assert paths(iter([]), size=0, of=[0]) == {}
