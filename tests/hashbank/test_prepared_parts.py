"""Prepared parts of the bank: one process writes at a time, and what cannot be used is made anew."""

import json
import resource
import shutil
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import structlog.testing
import time_machine
from hashbank.test_current_bank import add, entry, ids

from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.detect.matching import segment
from haetae.hashbank import actions, bases, current
from haetae.hashbank.current import CurrentBank
from haetae.hashbank.models import KnownPicture
from haetae.running import loops

pytestmark = pytest.mark.django_db


def parts(where: Path) -> list[Path]:
    return sorted(where.glob("0*-*"))


def test_a_part_of_an_older_form_is_made_anew_soon_and_all_works_meanwhile(tmp_path, monkeypatch) -> None:
    add(entry(1))
    monkeypatch.setattr(segment, "FORM", segment.FORM - 1)
    bases.make(tmp_path)
    monkeypatch.undo()
    with structlog.testing.capture_logs() as said:
        bank = CurrentBank(folder=tmp_path)
        assert ids(bank, 1)
        add(entry(2))
        assert ids(bank, 2)
    assert [one["event"] for one in said] == ["bank_part_unusable"], "said once, not with every look"
    assert bases.is_due(tmp_path)
    made = bases.make(tmp_path)
    assert not bases.is_due(tmp_path)
    assert bases.newest(tmp_path, unless=0, known=made) is not None


def test_a_damaged_part_is_made_anew(tmp_path) -> None:
    add(entry(1))
    bases.make(tmp_path)
    (parts(tmp_path)[0] / "tiers.npy").write_bytes(b"")
    assert bases.is_due(tmp_path)
    bases.make(tmp_path)
    assert not bases.is_due(tmp_path)
    assert len(parts(tmp_path)) == 1, "the damaged one is cleared away"


def test_an_empty_bank_and_one_without_a_part_are_not_due(tmp_path) -> None:
    assert bases.make(tmp_path) == 0
    assert parts(tmp_path) == []
    assert not bases.is_due(tmp_path)
    add(entry(1))
    assert not bases.is_due(tmp_path)


def test_parts_of_another_database_make_no_room_for_themselves(tmp_path) -> None:
    for number in (1, 2, 3):
        add(entry(number))
        bases.make(tmp_path)
    KnownPicture.objects.all().delete()
    (known,) = add(entry(4))
    assert bases.is_due(tmp_path)
    bases.make(tmp_path)
    assert [path.name[:19] for path in parts(tmp_path)] == [f"{1:019d}"]
    assert not bases.is_due(tmp_path)
    assert ids(CurrentBank(folder=tmp_path), 4) == [str(known)]


@pytest.mark.parametrize(
    "facts", [{"made_at": "2026-11-25T12:00:00"}, {"made_at": "soon"}, {"entry": "x"}, {"version": 2}]
)
def test_a_part_with_facts_that_make_no_sense_is_left_alone(tmp_path, facts) -> None:
    add(entry(1))
    bases.make(tmp_path)
    file = parts(tmp_path)[0] / "segment.json"
    about = json.loads(file.read_text())
    file.write_text(json.dumps({**about, "facts": {**about["facts"], **facts}}))
    assert bases.newest(tmp_path, unless=0, known=1) is None
    assert ids(CurrentBank(folder=tmp_path), 1)


def test_a_part_that_is_deleted_while_it_is_mapped_goes_on_being_used(tmp_path, monkeypatch) -> None:
    add(*map(entry, range(50, 60)))
    bases.make(tmp_path)
    bank = CurrentBank(folder=tmp_path)
    assert ids(bank, 50)
    shutil.rmtree(parts(tmp_path)[0])
    asked = []
    read = current.read_columns
    monkeypatch.setattr(current, "read_columns", lambda **span: asked.append(span["after"]) or read(**span))
    for number in range(20):  # more than there may be small parts
        (known,) = add(entry(number))
        assert ids(bank, number) == [str(known)]
        assert ids(bank, 50)
    assert min(asked) >= 1, "never everything is read anew"


def test_what_a_clock_that_ran_ahead_took_for_expired_is_matched_again(tmp_path) -> None:
    with time_machine.travel("2026-11-25T12:00:00+00:00", tick=False) as clock_:
        add(entry(1), expires_at=clock.now() + timedelta(hours=1))
        add(entry(2))
        looking = CurrentBank(folder=tmp_path)
        clock_.shift(timedelta(hours=2))
        bases.make(tmp_path)
        assert ids(looking, 1) == []
        clock_.shift(timedelta(hours=-2))
        assert ids(looking, 1)
        assert ids(CurrentBank(folder=tmp_path), 1)
        assert bases.is_due(tmp_path)
        bases.make(tmp_path)
        assert ids(CurrentBank(folder=tmp_path), 1)
        assert not bases.is_due(tmp_path)
        clock_.shift(timedelta(hours=1))
        assert ids(looking, 1) == ids(CurrentBank(folder=tmp_path), 1) == []


def test_an_entry_that_is_withdrawn_while_a_part_is_made_is_not_matched(tmp_path, monkeypatch) -> None:
    (known,) = add(entry(1))
    (other,) = add(entry(2))
    read = bases.read_columns

    def read_and_withdraw(**span: int) -> object:
        actions.withdraw_known_picture(known_id=known, actor=SYSTEM)  # after the version was asked for
        columns = read(**span)
        actions.withdraw_known_picture(known_id=other, actor=SYSTEM)  # after its row was read
        return columns

    monkeypatch.setattr(bases, "read_columns", read_and_withdraw)
    assert bases.make(tmp_path) == 2
    bank = CurrentBank(folder=tmp_path)
    assert bank.look()[1] == 4
    assert ids(bank, 1) == ids(bank, 2) == []


def test_what_a_killed_process_left_behind_is_cleared_and_its_lock_is_free(tmp_path) -> None:
    add(entry(1))
    killed = (
        "import os, sys, fcntl; from pathlib import Path; where = Path(sys.argv[1]);"
        "lock = (where / 'writing.lock').open('wb'); fcntl.flock(lock, fcntl.LOCK_EX);"
        "(where / '.0000000000000000001-aaaaaaaa.bbbbbbbb').mkdir(); os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", killed, tmp_path], check=False).returncode == -9
    assert len(list(tmp_path.glob(".0*"))) == 1
    bases.make(tmp_path)
    assert list(tmp_path.glob(".0*")) == []
    assert ids(CurrentBank(folder=tmp_path), 1)


def test_two_matchers_write_one_after_the_other(tmp_path) -> None:
    add(entry(1))
    with bases._alone(tmp_path):
        saved = threading.Event()
        second = threading.Thread(target=lambda: (_wait_for_turn(tmp_path), saved.set()))
        second.start()
        assert not saved.wait(0.2)
    second.join(timeout=10)
    assert saved.is_set()


def _wait_for_turn(where: Path) -> None:
    with bases._alone(where):
        pass


def test_a_part_that_cannot_be_read_back_replaces_none(tmp_path, monkeypatch) -> None:
    add(entry(1))
    bases.make(tmp_path)
    (whole,) = parts(tmp_path)
    add(entry(2))
    save = segment.Segment.save

    def save_badly(part: segment.Segment, folder: Path, **more: object) -> None:
        save(part, folder, **more)
        (folder / "table" / "hashes.npy").write_bytes(b"")

    monkeypatch.setattr(segment.Segment, "save", save_badly)
    with pytest.raises(OSError, match="cannot be read back"):
        bases.make(tmp_path)
    assert parts(tmp_path) == [whole]


def test_a_full_disk_costs_the_matcher_a_pause_and_nobody_a_part(tmp_path) -> None:
    add(*map(entry, range(1, 200)))
    bases.make(tmp_path)
    add(entry(300))
    (parts(tmp_path)[0] / "tiers.npy").write_bytes(b"")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, limits[1]))
        assert loops._making_bases(tmp_path)() == loops._PAUSE_WITHOUT_DISK_S
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert len(parts(tmp_path)) == 1
    assert list(tmp_path.glob(".0*")) == []
    assert ids(CurrentBank(folder=tmp_path), 300)
    assert loops._making_bases(tmp_path)() == loops._MATCHER_PAUSE_S
    assert not bases.is_due(tmp_path)
