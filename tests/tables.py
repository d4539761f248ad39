"""Tables that are made once: every test and stage that needs a database of its own gets a copy of a migrated one.

What makes tables is still done for real, once for each state of the files that they rest on: a server is made and
migrated as `haetae run` does it, stopped, and kept in `var`. A copy of its folder is a server of its own, and a
database on the server of the tests is a copy of the one in there. Who tries the making itself takes no copy.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

import psycopg
from psycopg import sql

from haetae.common import embedded_postgres
from haetae.common.embedded_postgres import OWNER_ROLE, Server
from haetae.running import installation
from haetae.running.installation import DATABASE, Installation

TEMPLATE = "tables"
TELLS_TEMPLATE = (
    "TABLES_OF_TESTS"  # for the processes of a run of pytest: the name, where there is a template
)
_ROOT = Path(__file__).parents[1]
_KEPT = _ROOT / "var" / "tests"
_ROLE = "haetae_app"


def lay(folder: Path) -> None:
    """A stopped server in this folder, which must not be there yet, with the database of a haetae and its tables."""
    with _lock():
        kept = _KEPT / _what_tables_rest_on() / "postgres"
        if not kept.exists():
            _make(kept)
        folder.parent.mkdir(parents=True, exist_ok=True)
        _copy(kept, folder)


def offer(server: Server) -> None:
    """On the server of the tests, made by `lay`: a template that nobody can connect to, so that it can be copied."""
    with psycopg.connect(server.url(database="postgres", role=OWNER_ROLE), autocommit=True) as owner:
        names = {"new": sql.Identifier(TEMPLATE), "old": sql.Identifier(DATABASE)}
        owner.execute(sql.SQL("CREATE DATABASE {new} TEMPLATE {old}").format(**names))
        owner.execute(sql.SQL("ALTER DATABASE {new} ALLOW_CONNECTIONS false").format(**names))
    os.environ[TELLS_TEMPLATE] = TEMPLATE


def make_database(name: str, *, up_to_date: bool = True) -> str:
    """A database with its tables on the server of the tests, or with none; returns its address for the owner."""
    server, template = os.environ["DATABASE_URL"], os.environ.get(TELLS_TEMPLATE)
    names = {"name": sql.Identifier(name), "copied": sql.Identifier((up_to_date and template) or "template0")}
    with psycopg.connect(server, autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE {copied}").format(**names))
    url = server.replace("/haetae?", f"/{name}?")
    assert name in url
    if up_to_date and not template:
        subprocess.run(
            [sys.executable, "-m", "haetae.running.migrate"],
            env={**os.environ, "DATABASE_URL": url},
            check=True,
        )
    return url


def _what_tables_rest_on() -> str:
    """A digest of every file that has a say in them, and of what is installed."""
    said = hashlib.sha256(f"{sys.version} {os.geteuid()}".encode())
    said.update(repr(sorted((one.name, one.version) for one in metadata.distributions())).encode())
    makers = ("running/migrate.py", "running/tables.py")
    patterns = ("**/migrations/*.py", "**/models.py", "common/**/*.py", "settings/*.py", *makers)
    for file in sorted({file for pattern in patterns for file in (_ROOT / "haetae").glob(pattern)}):
        said.update(f"{file.relative_to(_ROOT)} {file.stat().st_size} ".encode() + file.read_bytes())
    return said.hexdigest()[:16]


@contextmanager
def _lock() -> Iterator[None]:
    """Two that find none must not both make it, and nobody copies what is being thrown away."""
    _KEPT.mkdir(parents=True, exist_ok=True)
    with (_KEPT / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(kept: Path) -> None:
    # Not in the checkout: the database may be another user, who cannot get there.
    with tempfile.TemporaryDirectory(prefix="haetae-tables-") as home:
        folder = Path(home) / "postgres"
        server = embedded_postgres.start(folder, application_role=_ROLE)
        try:
            embedded_postgres.ensure_database(server, DATABASE)
            installation.migrate(_at(server, home=Path(home)))
        finally:
            server.stop()
        if server.is_running():
            raise RuntimeError(f"the server in {folder} did not stop, and cannot be copied")
        _keep(folder, kept)


def _keep(folder: Path, kept: Path) -> None:
    """In place of any other. Its name is the last that it gets: what was cut off is made anew."""
    for old in _KEPT.iterdir():
        if old.is_dir():
            shutil.rmtree(old)
    half = kept.parent.with_suffix(".half")
    half.mkdir()
    _copy(folder, half / "postgres")
    half.rename(kept.parent)


def _at(server: Server, *, home: Path) -> Installation:
    return Installation(
        home=home,
        keys=home / "keys",
        key_service="",
        database_url=server.url(database=DATABASE, role=_ROLE),
        owner_url=server.url(database=DATABASE, role=OWNER_ROLE),
        server=server,
    )


def _copy(folder: Path, to: Path) -> None:
    """With owners and rights, which the server insists on."""
    subprocess.run(["cp", "-a", str(folder), str(to)], check=True)
