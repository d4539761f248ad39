"""Making a backup beside a haetae that runs: one snapshot of the database, evidence, the log."""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg import sql

from haetae.audit.merkle import Tree
from haetae.common import clock
from haetae.common.keys import Keys
from haetae.running.backup import boxes, evidence, logcopy, programs, shelf
from haetae.running.backup.fingerprints import fingerprints
from haetae.running.backup.manifest import Manifest, Stored
from haetae.running.errors import CannotStartError
from haetae.running.installation import Installation

if TYPE_CHECKING:
    import pyrage

RECORDS: Final = "backups.jsonl"
# Who is signed in signs in again; it would only bring back sessions that were ended since.
_LEFT_OUT: Final = ("django_session",)
_SAID_EVERY_BYTES: Final = 256 << 20
Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """`keep` is how long it may be kept; `to` locks database and rows for a recipient of age."""

    shelf: Path
    keep: timedelta
    to: "pyrage.x25519.Recipient | None"


@dataclass(frozen=True, kw_only=True)
class Made:
    folder: Path
    manifest: Manifest
    seconds: float
    new_rows: int


def make(here: Installation, wanted: Wanted, *, heads: Path, store: Path, keys: Keys, say: Say) -> Made:
    """A complete backup, or none. Raises CannotStartError, also where the disk of the shelf is too small."""
    began_s, at = time.monotonic(), clock.now()
    with shelf.locked(wanted.shelf):
        _see_that_it_fits(here, wanted, store)
        half = shelf.begin(wanted.shelf, at=at)
        with _snapshot(here) as (connection, snapshot):
            told = _told_by(connection)
            say(f"database: {sum(told['counts'].values())} rows in {len(told['counts'])} tables")
            dump = _dump(here, connection, snapshot, half, wanted=wanted, say=say)
        # After the snapshot: a file is there before the row that names it.
        kept = evidence.copy(store, wanted.shelf, say=say)
        new_rows = logcopy.copy_log(heads, wanted.shelf, to=wanted.to, after=told["log_rows"])
        manifest = Manifest(
            made_at=at.isoformat(),
            keep_until=(at + wanted.keep).isoformat(),
            keys=fingerprints(keys),
            files=dump,
            evidence=kept,
            encrypted=wanted.to is not None,
            **told,
        ).signed(keys.log_key)
        manifest.write(half)
        done = shelf.finish(half)
    made = Made(folder=done, manifest=manifest, seconds=time.monotonic() - began_s, new_rows=new_rows)
    _note(here.home / RECORDS, made)
    return made


def newest_in(record: Path) -> dict[str, Any] | None:
    """The last backup of this installation, as `_note` wrote it; None where there is none that can be read."""
    try:
        lines = record.read_bytes().splitlines()
        return dict(json.loads(lines[-1]))
    except (OSError, ValueError, IndexError):
        return None


def _note(record: Path, made: Made) -> None:
    """So that whoever looks after this installation can say how old its newest backup is."""
    line = {
        "made_at": made.manifest.made_at,
        "keep_until": made.manifest.keep_until,
        "newest_at": made.manifest.newest_at,
        "log_rows": made.manifest.log_rows,
        "folder": str(made.folder),
        "bytes": sum(one.bytes for one in made.manifest.files.values()),
        "encrypted": made.manifest.encrypted,
        "seconds": round(made.seconds, 1),
    }
    descriptor = os.open(record, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "ab") as file:
        file.write(json.dumps(line).encode() + b"\n")


@contextmanager
def _snapshot(here: Installation) -> Iterator[tuple["psycopg.Connection[Any]", str]]:
    """One view of the database for what is counted and for what is dumped."""
    with psycopg.connect(here.database_url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None
        yield connection, row[0]


def _dump(
    here: Installation,
    connection: "psycopg.Connection[Any]",
    snapshot: str,
    half: Path,
    *,
    wanted: Wanted,
    say: Say,
) -> dict[str, Stored]:
    pg_dump = programs.program("pg_dump", at_least=programs.server_major(connection))
    command = [
        str(pg_dump),
        "--format=custom",
        "--compress=gzip:3",
        f"--snapshot={snapshot}",
        "--no-password",
    ]
    command += [f"--exclude-table-data={table}" for table in _LEFT_OUT]
    name = shelf.DUMP + (boxes.LOCKED if wanted.to else "")
    with programs.running(command, here.database_url) as dump:
        return {name: boxes.write(dump, half / name, to=wanted.to, tell=_progress(say))}


def _progress(say: Say) -> Callable[[int], None]:
    said = 0

    def tell(written: int) -> None:
        nonlocal said
        if written - said >= _SAID_EVERY_BYTES:
            said = written
            say(f"database: {written >> 20} MiB written")

    return tell


def _told_by(connection: "psycopg.Connection[Any]") -> dict[str, Any]:
    """What the manifest says of the database. Raises CannotStartError where there are no tables of ours."""
    tree = Tree()
    try:
        with connection.cursor(name="leaves") as cursor:
            cursor.itersize = 10_000
            for (digest,) in cursor.execute("SELECT digest FROM audit_leaf ORDER BY index"):
                tree.append(bytes(digest))
    except psycopg.errors.UndefinedTable:
        raise CannotStartError("There are no tables of haetae in this database: nothing to keep.") from None
    newest = _one(connection, "SELECT max(at) FROM audit_event")
    rows = connection.execute("SELECT app, max(name) FROM django_migrations GROUP BY app ORDER BY app")
    return {
        "migrations": dict(rows.fetchall()),
        "server": connection.info.server_version,
        "log_rows": tree.size,
        "log_root": tree.root().hex(),
        "newest_at": newest.astimezone(UTC).isoformat() if isinstance(newest, datetime) else "",
        "counts": counts(connection),
    }


def counts(connection: "psycopg.Connection[Any]") -> dict[str, int]:
    """Rows of each table of ours, in this connection's view."""
    found = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    ).fetchall()
    tables = [name for (name,) in found if name not in _LEFT_OUT]
    return {
        name: _one(connection, sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name)))
        for name in tables
    }


def _see_that_it_fits(here: Installation, wanted: Wanted, store: Path) -> None:
    """The dump is smaller than what it is made from, so this asks for more than will be needed."""
    with psycopg.connect(here.database_url) as connection:
        needed = _one(connection, "SELECT pg_database_size(current_database())")
    needed += evidence.bytes_to_copy(store, wanted.shelf)
    free = shutil.disk_usage(wanted.shelf).free
    if free < needed:
        words = f"{wanted.shelf} has {free >> 20} MiB free, and a backup may need {needed >> 20}."
        raise CannotStartError(f"{words} Make room there (haetae backup prune), or name another disk.")


def _one(connection: "psycopg.Connection[Any]", query: Any) -> Any:
    row = connection.execute(query).fetchone()
    return row[0] if row else None
