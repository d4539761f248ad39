"""The tables that tests copy are made once, never half, and anew as soon as anything that makes them is another."""

import threading
import time
from pathlib import Path

import pytest

from tests import tables


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A place of its own for what is kept, in which a making is only written down and takes a moment."""
    makings: list[Path] = []

    def make(kept: Path) -> None:
        makings.append(kept)
        kept.parent.mkdir()
        time.sleep(0.2)
        kept.mkdir()
        (kept / "PG_VERSION").write_text("18\n")

    monkeypatch.setattr(tables, "_KEPT", tmp_path / "kept")
    monkeypatch.setattr(tables, "_make", make)
    return makings


def test_several_that_want_them_at_once_make_them_once(made: list[Path], tmp_path: Path) -> None:
    homes = [tmp_path / f"home-{number}" / "postgres" for number in range(4)]
    wanting = [threading.Thread(target=tables.lay, args=[home]) for home in homes]
    for one in wanting:
        one.start()
    for one in wanting:
        one.join()
    assert len(made) == 1
    assert [(home / "PG_VERSION").read_text() for home in homes] == ["18\n"] * 4


def test_they_are_made_anew_when_a_migration_is_another(
    made: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migration = tmp_path / "haetae" / "room" / "migrations" / "0001_first.py"
    migration.parent.mkdir(parents=True)
    migration.write_text("before = 1\n")
    monkeypatch.setattr(tables, "_ROOT", tmp_path)
    tables.lay(tmp_path / "one" / "postgres")
    tables.lay(tmp_path / "two" / "postgres")
    migration.write_text("before = 2\n")
    tables.lay(tmp_path / "three" / "postgres")
    assert len(made) == len(set(made)) == 2


def test_a_copy_that_was_cut_off_is_not_taken_for_a_whole_one(
    made: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, copy = tmp_path / "made" / "postgres", tables._copy
    server.mkdir(parents=True)
    (server / "PG_VERSION").write_text("18\n")

    def cut_off(folder: Path, to: Path) -> None:
        to.mkdir()
        raise KeyboardInterrupt

    monkeypatch.setattr(tables, "_make", lambda kept: tables._keep(server, kept))
    monkeypatch.setattr(tables, "_copy", cut_off)
    with pytest.raises(KeyboardInterrupt):
        tables.lay(tmp_path / "one" / "postgres")
    monkeypatch.setattr(tables, "_copy", copy)
    tables.lay(tmp_path / "two" / "postgres")
    assert (tmp_path / "two" / "postgres" / "PG_VERSION").read_text() == "18\n"
    assert [place.suffix for place in tables._KEPT.iterdir() if place.is_dir()] == [""]
