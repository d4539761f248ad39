"""The first start of the embedded database is killed half-way, and the next one makes it whole."""

import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

_START = """
import sys
from pathlib import Path
from haetae.common import embedded_postgres as embedded
server = embedded.start(Path(sys.argv[1]), application_role="app")
for name in sys.argv[2:]:
    embedded.ensure_database(server, name)
import psycopg
with psycopg.connect(server.url(database="postgres", role=embedded.OWNER_ROLE)) as connection:
    print(*(name for (name,) in connection.execute("SELECT datname FROM pg_database")))
server.stop()
"""
_PATIENCE_S = 60.0


@pytest.fixture
def folder():
    # Not below pytest's own folder: every run of pytest closes that one to others, and the server may be another user.
    with tempfile.TemporaryDirectory(prefix="haetae-test-") as outer:
        yield Path(outer) / "postgres"


def test_a_start_that_was_killed_while_it_made_the_databases_is_made_anew(folder):
    first = subprocess.Popen([sys.executable, "-c", _START, str(folder)])
    _wait_for(folder / "PG_VERSION")  # written before any database is there
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert _databases_after_a_start(folder) >= {"postgres", "template0", "template1"}


def test_a_folder_that_lost_its_maker_long_ago_is_made_anew(folder):
    folder.mkdir()
    (folder / "PG_VERSION").write_text("18\n")
    folder.with_name("postgres.half-made").touch()
    assert "postgres" in _databases_after_a_start(folder)


def test_a_whole_one_is_never_thrown_away(folder):
    _databases_after_a_start(folder, "kept")
    assert "kept" in _databases_after_a_start(folder)
    assert not folder.with_name("postgres.half-made").exists()


def _databases_after_a_start(folder: Path, *making: str) -> set[str]:
    """By a process of its own, which stops the server at its end."""
    command = [sys.executable, "-c", _START, str(folder), *making]
    return set(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split())


def _wait_for(path: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not path.exists():
        assert time.monotonic() < deadline, f"waited in vain for {path.name}"
        time.sleep(0.01)
