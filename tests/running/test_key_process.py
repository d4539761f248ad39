"""`haetae keys` as a process: killed and back, another user's process, and what stops it from starting."""

import os
import pwd
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from haetae.common.keys import KeyRing, KeysAwayError, ServedKeys, make_missing_keys
from haetae.running import supervisor as module
from haetae.running.supervisor import Supervisor

COMMAND = ("-m", "haetae", "keys")
NOBODY = "nobody"


@pytest.fixture
def home() -> Iterator[Path]:
    # Not below pytest's own folder: another user must be able to enter this one.
    with tempfile.TemporaryDirectory(prefix="haetae-test-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def surroundings(home: Path, **more: str) -> dict[str, str]:
    known = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    ours = {"HAETAE_HOME": str(home / "home"), "HAETAE_KEYS": str(home / "keys")}
    return {**known, **ours, "HAETAE_KEY_SERVICE": str(home / "run" / "socket"), **more}


def failing(home: Path, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, *COMMAND, *arguments]
    return subprocess.run(
        command, env=surroundings(home, **more), capture_output=True, text=True, check=False, timeout=60
    )


def test_one_that_was_killed_comes_back_and_nobody_who_asks_notices(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_RESTART_PAUSE_S", 0.1)
    make_missing_keys(home / "keys")
    files = KeyRing(folder=home / "keys", may_create=False)
    with Supervisor(logs=home / "logs") as supervisor:
        supervisor.start("keys", *COMMAND, environment=surroundings(home))
        asking = ServedKeys(path=home / "run" / "socket", patience_s=60)
        assert asking.stretch_receipt(bytes(10)) == files.stretch_receipt(bytes(10))
        first = supervisor.process_id("keys")
        os.kill(first, signal.SIGKILL)
        assert asking.stretch_receipt(b"another on") == files.stretch_receipt(b"another on")
        assert supervisor.process_id("keys") != first
    with pytest.raises(KeysAwayError):
        ServedKeys(path=home / "run" / "socket", patience_s=0.1).is_ready()


def test_what_receipts_were_stretched_in_is_given_back(home: Path) -> None:
    make_missing_keys(home / "keys")
    with Supervisor(logs=home / "logs") as supervisor:
        supervisor.start("keys", *COMMAND, environment=surroundings(home))
        asking = ServedKeys(path=home / "run" / "socket", patience_s=60)
        assert asking.is_ready()
        memory = psutil.Process(supervisor.process_id("keys")).memory_info
        before = memory().rss
        with ThreadPoolExecutor(16) as several:
            list(several.map(asking.stretch_receipt, [bytes([number]) * 10 for number in range(32)]))
        # Each took 16 MiB; with nothing done about it some 250 MiB stay.
        assert memory().rss - before < 2**23


def test_it_makes_the_keys_only_when_it_is_told_to(home: Path) -> None:
    refused = failing(home)
    assert refused.returncode == 2
    assert "haetae keys --make" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (home / "keys").exists()
    assert failing(home, "--make").returncode == 0
    assert (home / "keys").stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in (home / "keys").iterdir()} == {0o600}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"HAETAE_KEY_SERVICE": ""}, "Set HAETAE_KEY_SERVICE"),
        ({"HAETAE_KEY_SERVICE_USERS": "nobody-of-this-name"}, "no user here"),
        ({"HAETAE_KEY_OPENINGS": "0"}, "HAETAE_KEY_OPENINGS"),
    ],
)
def test_what_it_cannot_work_with_is_one_sentence(home: Path, told: dict[str, str], words: str) -> None:
    make_missing_keys(home / "keys")
    refused = failing(home, **told)
    assert refused.returncode == 2
    assert words in refused.stderr
    assert "Traceback" not in refused.stderr


def test_production_does_not_start_without_a_key_service(home: Path) -> None:
    told = {
        "DATABASE_URL": "postgresql://nobody@/nothing",
        "HAETAE_PUBLIC_ORIGIN": "https://help.example",
        "DJANGO_SETTINGS_MODULE": "haetae.settings.production",
        "HAETAE_KEY_SERVICE": "",
    }
    command = [sys.executable, "-c", "import haetae.settings.production"]
    started = subprocess.run(
        command, env=surroundings(home, **told), capture_output=True, text=True, check=False
    )
    assert started.returncode == 1
    assert "HAETAE_KEY_SERVICE is missing" in started.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
@pytest.mark.parametrize(("users", "is_answered"), [(NOBODY, True), ("", False)])
def test_another_user_reads_no_file_and_is_answered_only_when_named(
    home: Path, users: str, is_answered: bool
) -> None:
    make_missing_keys(home / "keys")
    with Supervisor(logs=home / "logs") as supervisor:
        supervisor.start("keys", *COMMAND, environment=surroundings(home, HAETAE_KEY_SERVICE_USERS=users))
        socket = home / "run" / "socket"
        ServedKeys(path=socket, patience_s=60).is_ready()
        socket.parent.chmod(0o755)
        assert as_nobody(home / "keys" / "flow", socket) == (False, is_answered)


def as_nobody(file: Path, socket: Path) -> tuple[bool, bool]:
    """Whether a process of the user `nobody` reads this file, and whether it is answered at this socket."""
    process_id = os.fork()
    if process_id == 0:
        user = pwd.getpwnam(NOBODY)
        os.setgroups([])
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)
        os._exit(_reads(file) + 2 * _is_answered(socket))
    code = os.waitstatus_to_exitcode(os.waitpid(process_id, 0)[1])
    return bool(code & 1), bool(code & 2)


def _reads(file: Path) -> bool:
    try:
        return bool(file.read_bytes())
    except OSError:
        return False


def _is_answered(socket: Path) -> bool:
    try:
        return len(ServedKeys(path=socket, patience_s=0.5).locator_keys.keys[1]) == 32
    except KeysAwayError:
        return False
