"""Every key is changed while others work with it: one key service, one database, two clients, and a kill -9.

`KEYS_CHANGED_ROWS` sets how many older places there are (1,000).
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from haetae.common.keys import ServedKeys, make_missing_keys
from haetae.common.keys.kinds import OWN
from tests.tables import make_database

ROWS = int(os.environ.get("KEYS_CHANGED_ROWS", "1000"))
CARRIED = {"portal", "django-secret"}


class Stage:
    """An installation whose keys another process serves."""

    def __init__(self, home: Path, url: str) -> None:
        self.home, self.keys = home, home / "keys"
        make_missing_keys(self.keys)
        self.surroundings = {
            **os.environ,
            "HAETAE_HOME": str(home / "home"),
            "HAETAE_KEY_SERVICE": str(home / "run" / "socket"),
            "DATABASE_URL": url,
            "DATABASE_OWNER_URL": url,
            "DJANGO_SETTINGS_MODULE": "haetae.settings.dev",
        }
        self.running: list[subprocess.Popen[str]] = []

    def start(self, *command: str, **more: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            env=self.surroundings | more,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.running.append(process)
        return process

    def hand(self, *words: str) -> "subprocess.Popen[str]":
        return self.start("tests.running.key_hand", *words, HAETAE_KEYS=str(self.keys))

    def done(self, *words: str) -> str:
        process = self.hand(*words)
        told, _ = process.communicate(timeout=300)
        assert process.returncode == 0, told
        return told

    def client(self, name: str) -> "subprocess.Popen[str]":
        return self.start("tests.running.key_client", str(self.home / name))

    def went_round(self, *names: str, times: int) -> None:
        """Each of these clients once more as often as this, however long it takes them; or something went wrong."""
        before = {name: self._rounds(name) for name in names}
        deadline = time.monotonic() + 120
        while any(self._rounds(name) < before[name] + times for name in names):
            assert time.monotonic() < deadline, {name: self._rounds(name) for name in names}
            time.sleep(0.05)

    def _rounds(self, name: str) -> float:
        file = self.home / name
        told = json.loads(file.read_text()) if file.exists() else {"rounds": 0, "wrong": ""}
        return float("inf") if told["wrong"] else float(told["rounds"])

    def ended(self, process: "subprocess.Popen[str]", name: str) -> dict[str, object]:
        process.terminate()
        said, _ = process.communicate(timeout=60)
        assert (self.home / name).exists(), said
        told: dict[str, object] = json.loads((self.home / name).read_text())
        return told

    def stop(self) -> None:
        for process in self.running:
            if process.poll() is None:
                process.kill()
                process.communicate()


@pytest.fixture
def stage() -> Iterator[Stage]:
    with tempfile.TemporaryDirectory(prefix="haetae-test-") as folder:
        made = Stage(Path(folder), make_database(f"keys_{os.getpid()}"))
        try:
            made.start("haetae", "keys", HAETAE_KEYS=str(made.keys))
            ServedKeys(path=Path(made.surroundings["HAETAE_KEY_SERVICE"]), patience_s=60).is_ready()
            yield made
        finally:
            made.stop()


def test_nobody_who_works_notices_and_nothing_is_lost(stage: Stage) -> None:
    web, worker = stage.client("web"), stage.client("worker")
    interrupted = stage.hand("seed", str(ROWS), "flow")
    assert interrupted.stdout is not None
    for line in interrupted.stdout:
        if "arrival_sighting" in line:  # in the middle of the rows
            interrupted.send_signal(signal.SIGKILL)
            break
    interrupted.communicate()
    assert {"flow", "flow.2"} <= {path.name for path in stage.keys.iterdir()}, "both are needed now"
    said = stage.done("rotate", *sorted(OWN, key=lambda name: name != "flow"))
    assert "flow: generation 3" not in said, "an interrupted change is gone on with, not begun again"
    time.sleep(1.5)
    later = stage.client("later")  # knows nothing from before
    time.sleep(1.5)
    # What browsers and mails carry is outlived, and these clients carry something from before: last of all, then.
    stage.done("retire", *sorted(OWN - CARRIED))
    stage.went_round("web", "worker", "later", times=3)
    told = {
        name: stage.ended(process, name)
        for name, process in (("web", web), ("worker", worker), ("later", later))
    }
    assert [one["wrong"] for one in told.values()] == ["", "", ""], told
    assert all(int(str(one["rounds"])) > 2 for one in told.values()), told

    found = json.loads(stage.done("check", *sorted(CARRIED)).splitlines()[-1])
    assert found["places"] == found["different"], "one address is one place, whatever keys were in force"
    assert found["places"] > ROWS
    assert found["opened"] == found["cases"] == 3
    assert found["needing"] == {"flow": {}, "custodian": {}, "receipt-pepper": {}}
    assert found["log"] == []
    names = {path.name for path in stage.keys.iterdir()}
    assert not OWN & names, "no former key lies where the service reads"
    assert {f"{name}.2" for name in OWN} <= names
    assert {path.name for path in (stage.keys / "retired").iterdir()} == {f"{name}.1" for name in OWN}
    assert {path.stat().st_mode & 0o077 for path in stage.keys.rglob("*")} == {0}
