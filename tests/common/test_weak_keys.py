"""Keys that nobody may run with: refused by name, with the way out."""

import hashlib
import os
from pathlib import Path

import pytest

from haetae.common.keys import make_missing_keys
from haetae.common.keys.errors import WeakKeyError
from haetae.common.keys.kinds import KINDS
from haetae.common.keys.weak import refuse_weak_keys, why_weak


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_missing_keys(tmp_path / "keys")
    return tmp_path / "keys"


def test_keys_that_we_make_are_never_refused(folder: Path) -> None:
    refuse_weak_keys(folder)
    for _ in range(300):
        assert [name for name, kind in KINDS.items() if why_weak(kind.make()) is not None] == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (bytes(32), "is not random"),
        (b"\xff" * 32, "is not random"),
        (bytes(range(32)), "is not random"),
        (bytes(range(200, 168, -1)), "is not random"),
        (b"ab" * 16, "is not random"),
        (b"a password of 32 signs, you know", "was typed"),
        (b"8f14e45fceea167a5a36dedd4bea2543", "was typed"),
        (hashlib.sha256(b"test").digest(), "everybody knows"),
        (hashlib.sha256(b"haetae").digest(), "everybody knows"),
        (b"", "holds 0 bytes"),
        (hashlib.sha256(b"short").digest()[:16], "holds 16 bytes"),
        (hashlib.sha512(b"long").digest()[:33], "holds 33 bytes"),
    ],
)
@pytest.mark.parametrize("name", ["flow", "receipt-pepper"])
def test_a_key_that_is_as_good_as_none_is_refused(
    folder: Path, name: str, content: bytes, words: str
) -> None:
    (folder / name).write_bytes(content)
    with pytest.raises(WeakKeyError, match=words) as refused:
        refuse_weak_keys(folder)
    assert str(folder / name) in str(refused.value)
    assert "haetae keys --make" in str(refused.value)


def test_the_same_key_twice_is_refused(folder: Path) -> None:
    (folder / "portal").write_bytes((folder / "flow").read_bytes())
    with pytest.raises(WeakKeyError, match="portal is the same as flow"):
        refuse_weak_keys(folder)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_a_key_that_others_may_read_is_refused(folder: Path, mode: int) -> None:
    (folder / "custodian").chmod(mode)
    with pytest.raises(WeakKeyError, match=r"haetae keys rotate custodian.*chmod 600"):
        refuse_weak_keys(folder)


def test_a_folder_into_which_others_may_write_is_refused(folder: Path) -> None:
    folder.chmod(0o770)
    with pytest.raises(WeakKeyError, match="chmod 700"):
        refuse_weak_keys(folder)


def test_a_link_to_a_key_is_refused(folder: Path, tmp_path: Path) -> None:
    (folder / "flow").rename(tmp_path / "flow")
    (folder / "flow").symlink_to(tmp_path / "flow")
    with pytest.raises(WeakKeyError, match="no plain file"):
        refuse_weak_keys(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_keys_of_another_user_are_refused(folder: Path) -> None:
    os.chown(folder / "flow", 12345, -1)
    with pytest.raises(WeakKeyError, match="belongs to another user"):
        refuse_weak_keys(folder)
    os.chown(folder, 12345, -1)
    with pytest.raises(WeakKeyError, match=r"The folder of the keys .* belongs to another user"):
        refuse_weak_keys(folder)
