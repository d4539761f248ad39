"""A shelf of backups: what is half done does not look done, what was touched shows, and what is over goes."""

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from haetae.audit.heads import SignedHead, append_outside, statement
from haetae.audit.rows import Row, append_rows, read_rows, rows_beside
from haetae.running.backup import boxes, checking, evidence, logcopy, shelf
from haetae.running.backup.manifest import Manifest
from haetae.running.errors import CannotStartError

KEY = Ed25519PrivateKey.generate()
NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)


def put(stand: Path, *, at: datetime = NOW, names: dict[str, int] | None = None, rows: int = 10) -> Path:
    """A backup as the command writes it, with a few bytes in place of a dump."""
    with shelf.locked(stand):
        half = shelf.begin(stand, at=at)
        stored = boxes.write(BytesIO(at.isoformat().encode()), half / shelf.DUMP, to=None)
        Manifest(
            made_at=at.isoformat(), keep_until=(at + timedelta(days=30)).isoformat(), migrations={}, server=180004,
            log_rows=rows, log_root="", newest_at=at.isoformat(), counts={}, keys={}, files={shelf.DUMP: stored},
            evidence=names or {}, encrypted=False,
        ).signed(KEY).write(half)  # fmt: skip
        return shelf.finish(half)


def keep(store: Path, content: bytes) -> str:
    import hashlib

    name = hashlib.sha256(content).hexdigest()
    path = evidence.place(store, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return name


def test_what_was_cut_off_half_way_is_no_backup_and_is_cleared_away_by_the_next(tmp_path: Path) -> None:
    half = shelf.begin(tmp_path, at=NOW)
    (half / shelf.DUMP).write_bytes(b"half")
    with pytest.raises(CannotStartError, match="no complete backup"):
        shelf.chosen(tmp_path)
    done = put(tmp_path, at=NOW + timedelta(hours=1))
    assert [path.name for path in sorted(tmp_path.iterdir()) if path.is_dir()] == [done.name]


def test_a_second_backup_into_the_same_shelf_is_told_to_wait(tmp_path: Path) -> None:
    with shelf.locked(tmp_path), pytest.raises(CannotStartError, match="under way"), shelf.locked(tmp_path):
        pass


@pytest.mark.parametrize("touch", ["dump", "manifest", "evidence", "nothing"])
def test_whatever_was_touched_shows(tmp_path: Path, touch: str) -> None:
    store = tmp_path / "store"
    name = keep(store, b"a locked picture of a pattern")
    evidence.copy(store, tmp_path / "shelf", say=lambda _: None)
    backup = put(tmp_path / "shelf", names={name: 29})
    if touch == "dump":
        (backup / shelf.DUMP).write_bytes(b"another")
    if touch == "manifest":
        said = json.loads((backup / "manifest.json").read_bytes()) | {"log_rows": 9}
        (backup / "manifest.json").write_text(json.dumps(said))
    if touch == "evidence":
        evidence.place(evidence.pool(tmp_path / "shelf"), name).write_bytes(b"another")
    wrong = checking.check(tmp_path / "shelf", signers=[KEY.public_key()]).wrong
    assert len(wrong) == (touch != "nothing"), wrong


def test_evidence_is_copied_once_and_what_is_damaged_is_left_out(tmp_path: Path) -> None:
    store, said = tmp_path / "store", []
    first, second = keep(store, b"one"), keep(store, b"two")
    assert set(evidence.copy(store, tmp_path / "shelf", say=said.append)) == {first, second}
    third = keep(store, b"three")
    evidence.place(store, third).write_bytes(b"rotten")
    written = evidence.place(evidence.pool(tmp_path / "shelf"), first).stat().st_mtime_ns
    assert set(evidence.copy(store, tmp_path / "shelf", say=said.append)) == {first, second}
    assert evidence.place(evidence.pool(tmp_path / "shelf"), first).stat().st_mtime_ns == written
    assert any(third in line for line in said)


def test_backups_whose_time_is_over_go_with_what_only_they_needed(tmp_path: Path) -> None:
    store = tmp_path / "store"
    old, new = keep(store, b"destroyed since"), keep(store, b"still kept")
    evidence.copy(store, tmp_path / "shelf", say=lambda _: None)
    put(tmp_path / "shelf", names={old: 1, new: 1})
    newer = put(tmp_path / "shelf", at=NOW + timedelta(days=20), names={new: 1}, rows=40)
    pruned = checking.prune(tmp_path / "shelf", at=NOW + timedelta(days=31))
    assert (pruned.backups, pruned.evidence, pruned.left) == (1, 1, None)
    assert set(evidence.names_in(evidence.pool(tmp_path / "shelf"))) == {new}
    pruned = checking.prune(tmp_path / "shelf", at=NOW + timedelta(days=90))
    assert (pruned.backups, pruned.left) == (0, newer)


@pytest.mark.parametrize("is_locked", [True, False])
def test_the_log_is_copied_in_pieces_and_comes_back_whole(tmp_path: Path, is_locked: bool) -> None:
    identity = pyrage.x25519.Identity.generate()
    heads = tmp_path / "home" / "event-log-heads.jsonl"
    for begin in (0, 3, 3, 7):
        grown(heads, to=begin)
        logcopy.copy_log(heads, tmp_path / "shelf", to=identity.to_public() if is_locked else None)
    pieces = [(piece.first, piece.last) for piece in logcopy.pieces_in(tmp_path / "shelf")]
    assert pieces == [(0, 2), (3, 6)]
    whole = [(row.index, row.canonical) for row in read_rows(rows_beside(heads))]
    if is_locked:
        assert not any(b"event" in piece.path.read_bytes() for piece in logcopy.pieces_in(tmp_path / "shelf"))
        with pytest.raises(CannotStartError, match="--identity"):
            logcopy.lay_out(tmp_path / "shelf", tmp_path / "x" / heads.name, after=0, identity=None)
    anew = tmp_path / "anew" / heads.name
    logcopy.lay_out(tmp_path / "shelf", anew, after=0, identity=identity)
    assert [(row.index, row.canonical) for row in read_rows(rows_beside(anew))] == whole
    assert anew.read_bytes() == heads.read_bytes()


def test_a_log_that_was_cut_back_never_overwrites_its_copy(tmp_path: Path) -> None:
    heads = tmp_path / "home" / "event-log-heads.jsonl"
    grown(heads, to=5)
    logcopy.copy_log(heads, tmp_path / "shelf", to=None)
    before = (tmp_path / "shelf" / "log" / heads.name).read_bytes()
    heads.unlink()
    grown(heads, to=3)
    with pytest.raises(CannotStartError, match="Nothing was overwritten"):
        logcopy.copy_log(heads, tmp_path / "shelf", to=None)
    assert (tmp_path / "shelf" / "log" / heads.name).read_bytes() == before


def test_a_log_that_lost_rows_in_a_restore_does_not_go_on_in_the_old_copy(tmp_path: Path) -> None:
    heads = tmp_path / "home" / "event-log-heads.jsonl"
    grown(heads, to=9)
    logcopy.copy_log(heads, tmp_path / "shelf", to=None)
    rows_beside(heads).rename(tmp_path / "given-up")
    append_outside(heads, signed(4))
    with pytest.raises(CannotStartError, match="a new folder"):
        logcopy.copy_log(heads, tmp_path / "shelf", to=None)


def test_a_row_that_no_head_covers_yet_comes_with_the_next_copy(tmp_path: Path) -> None:
    heads = tmp_path / "home" / "event-log-heads.jsonl"
    grown(heads, to=2)
    append_rows(rows_beside(heads), [Row(index=2, canonical=b'{"name":"a.b"}')])
    assert logcopy.copy_log(heads, tmp_path / "shelf", to=None) == 2


def signed(size: int) -> SignedHead:
    signature = KEY.sign(statement(size=size, at=NOW, root=bytes(32)))
    return SignedHead(size=size, at=NOW, root=bytes(32), signature=signature)


def grown(heads: Path, *, to: int) -> None:
    """Rows and a head over them, as a sealer writes them."""
    have = sum(1 for _ in read_rows(rows_beside(heads)))
    if not to or (to <= have and heads.exists()):
        return
    new = [Row(index=index, canonical=b'{"name":"a.b"}') for index in range(have, to)]
    append_rows(rows_beside(heads), new) if new else None
    append_outside(heads, signed(to))
