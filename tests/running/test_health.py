"""Alive and ready are two things: a process that waits for the database lives, and is given nothing to do."""

import os
import socket
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from haetae.common import clock
from haetae.common.keys import KeysAwayError
from haetae.common.tallies import Tallies
from haetae.running import pulse, pulse_files, readiness
from haetae.running.alive import UnknownProcessError, how_it_stands
from haetae.running.beats import actions
from haetae.running.beats.models import Beat, Tally
from haetae.running.beats.queries import heard
from haetae.running.kinds import SILENT_AFTER_S, Kind, State
from haetae.running.notices import tell_manager
from haetae.settings.environment import Environment


@pytest.mark.django_db
def test_migrations_of_this_code_that_are_missing_are_named():
    assert readiness.not_applied() == []


def _told(home: Path, **more: str) -> Environment:
    return Environment(HAETAE_HOME=home, **more)


def _written(home: Path, *, state: State, silent_s: float = 0.0, process: Kind = Kind.SEALER) -> None:
    folder = home / pulse_files.FOLDER
    folder.mkdir(exist_ok=True)
    file = folder / "one.json"
    pulse_files.write(file, process=process, state=state, pid=4711)
    at = clock.now().timestamp() - silent_s
    os.utime(file, (at, at))


def test_a_service_manager_asks_by_a_command_that_needs_no_database(tmp_path):
    assert not how_it_stands("sealer", told=_told(tmp_path)).alive
    _written(tmp_path, state=State.WAITING)
    found = how_it_stands("sealer", told=_told(tmp_path))
    assert (found.alive, found.ready) == (True, False), (
        "it waits for the database, and is not to be started anew"
    )
    _written(tmp_path, state=State.READY)
    assert how_it_stands("sealer", told=_told(tmp_path)).ready
    _written(tmp_path, state=State.READY, silent_s=SILENT_AFTER_S[Kind.SEALER] + 1)
    assert not how_it_stands("sealer", told=_told(tmp_path)).alive
    assert not how_it_stands("worker", told=_told(tmp_path)).alive, (
        "another process lives, and this one does not"
    )
    with pytest.raises(UnknownProcessError, match="there are web, worker"):
        how_it_stands("cleaner", told=_told(tmp_path))


def test_the_key_service_is_asked_itself(tmp_path):
    assert "names no socket" in how_it_stands("keys", told=_told(tmp_path)).words
    nobody = how_it_stands("keys", told=_told(tmp_path, HAETAE_KEY_SERVICE=str(tmp_path / "socket")))
    assert not nobody.alive
    assert "haetae keys" in nobody.words


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "_FILE_EVERY_S", 0.02)
    monkeypatch.setattr(pulse.Pulse, "_with_database", lambda _self, *, ends: None)


def _until(true) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_process_beats_while_its_work_goes_round_and_falls_silent_when_it_hangs(
    tmp_path, quick, monkeypatch
):
    monkeypatch.setitem(SILENT_AFTER_S, Kind.SEALER, 2.0)
    with pulse.of(Kind.SEALER, home=tmp_path):
        (file,) = _appears(tmp_path)
        pulse.moved()
        _until(lambda: [one.state for one in pulse_files.seen(tmp_path)] == [State.READY])
        time.sleep(2.2)  # its work hangs; the thread that beats does not
        old = file.stat().st_mtime_ns
        time.sleep(0.1)
        assert file.stat().st_mtime_ns == old
    assert not list(pulse_files.seen(tmp_path)), "one that ends in order leaves nothing"


def _appears(home: Path) -> list[Path]:
    _until(lambda: list((home / pulse_files.FOLDER).glob("*.json")))
    return list((home / pulse_files.FOLDER).glob("*.json"))


def test_one_that_was_told_to_stop_lives_and_is_not_ready_again(tmp_path, quick):
    with pulse.of(Kind.WORKER, home=tmp_path):
        pulse.moved()
        pulse.told_to_stop()
        pulse.moved()
        _until(lambda: [one.state for one in pulse_files.seen(tmp_path)] == [State.DRAINING])
        found = how_it_stands("worker", told=_told(tmp_path))
        assert (found.alive, found.ready) == (True, False)


def test_the_service_manager_hears_that_it_is_ready_that_it_lives_and_that_it_ends(
    tmp_path, quick, monkeypatch
):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        heard_words = []

        def listen() -> None:
            while "STOPPING=1" not in heard_words:
                heard_words.append(manager.recv(99).decode())

        listening = threading.Thread(target=listen, daemon=True)
        listening.start()
        with pulse.of(Kind.SEALER, home=tmp_path / "home"):
            pulse.moved()
            _until(lambda: "WATCHDOG=1" in heard_words)
            pulse.told_to_stop()
            listening.join(5)
    assert {"READY=1", "WATCHDOG=1", "STOPPING=1"} <= set(heard_words)
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nobody"))
    tell_manager("READY=1")  # nobody listens, and that is no trouble of ours


@pytest.mark.django_db
def test_every_machine_reads_who_lives_on_all_of_them():
    now = clock.now()
    told = {"machine": "one", "state": State.READY, "version": "0.1.0", "at": now}
    actions.beat(name="worker-one-1", kind=Kind.WORKER, **told)
    actions.beat(name="worker-one-1", kind=Kind.WORKER, **told)
    actions.beat(name="web-one-2", kind=Kind.WEB, **told)
    Beat.objects.filter(pk="web-one-2").update(at=now - timedelta(hours=2))
    assert [(one.kind, one.is_alive) for one in heard(now=now)] == [(Kind.WEB, False), (Kind.WORKER, True)]
    actions.gone(name="worker-one-1")
    Beat.objects.filter(pk="web-one-2").update(at=now - timedelta(hours=25))
    actions.beat(name="sealer-one-3", kind=Kind.SEALER, **told)
    assert [one.kind for one in heard(now=now)] == [Kind.SEALER]


@pytest.mark.django_db
def test_what_processes_count_adds_up_and_what_could_not_be_written_is_counted_on():
    ours, theirs = Tallies(), Tallies()
    ours.took("haetae_job_seconds", 0.04, task="a", end="done")
    ours.took("haetae_job_seconds", 99, task="a", end="done")
    theirs.took("haetae_job_seconds", 0.04, task="a", end="done")
    taken = ours.take()
    ours.give_back(taken)
    assert ours.take() == taken
    actions.add(taken)
    actions.add(theirs.take())
    assert {row.bucket: row.number for row in Tally.objects.all()} == {
        "0.05": 2.0,
        "+Inf": 1.0,
        "sum": pytest.approx(99.08),
    }


def test_keys_that_are_away_are_no_fault_of_this_process(monkeypatch, settings, tmp_path):
    class Away:
        def is_ready(self) -> bool:
            raise KeysAwayError("away")

    monkeypatch.setattr(readiness, "_asked", lambda _path: Away())
    settings.KEYS = readiness.ServedKeys(path=tmp_path / "socket")
    assert not readiness._keys_are_there()
