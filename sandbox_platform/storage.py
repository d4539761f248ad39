"""Where the board keeps things: rows in SQLite, pictures as files named by their post's id.

A picture's file is complete before its row is committed, and a removed row is committed before its file goes;
whatever a sudden end leaves over between the two is swept away at the next start.
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

SCHEMA = """
CREATE TABLE IF NOT EXISTS post (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    members_only INTEGER NOT NULL CHECK (members_only IN (0, 1)),
    media_type TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('live', 'quarantined', 'removed')),
    created_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS post_newest ON post (created_at) WHERE state = 'live';
CREATE TABLE IF NOT EXISTS blocked_bytes (sha256 TEXT PRIMARY KEY, since TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS deletion_request (
    reference TEXT PRIMARY KEY,
    idempotency_key TEXT NOT NULL UNIQUE,
    body_sha256 TEXT NOT NULL,
    post_id TEXT,
    answer TEXT NOT NULL,
    reason TEXT,
    deletes INTEGER NOT NULL,
    later_answer TEXT,
    later_at_s REAL
);
CREATE INDEX IF NOT EXISTS deletion_request_due
    ON deletion_request (later_at_s) WHERE later_answer IS NOT NULL;
CREATE TABLE IF NOT EXISTS upload_check (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    post_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    elapsed_ms REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS session (cookie_sha256 TEXT PRIMARY KEY, expires_at_s REAL NOT NULL);
"""


class FolderInUseError(Exception):
    """Another board already runs on this data folder."""


@dataclass(frozen=True, kw_only=True)
class Store:
    folder: Path
    lock: IO[str]
    idle: list[sqlite3.Connection] = field(default_factory=list)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that nobody else uses meanwhile. Opened anew each time, it would cost more than the
        work: the last one to close makes SQLite write back and delete its whole log."""
        try:
            connection = self.idle.pop()
        except IndexError:
            connection = self._connect()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        self.idle.append(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, locked from its first line: two writers never decide on the same facts."""
        with self.reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def close(self) -> None:
        while self.idle:
            self.idle.pop().close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.folder / "board.sqlite3", timeout=20, isolation_level=None, check_same_thread=False
        )
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    def media_path(self, *, post_id: str) -> Path:
        return self.folder / "media" / post_id

    def write_media(self, *, post_id: str, picture: bytes) -> None:
        """The file appears under its name only when all its bytes are on the disk."""
        path = self.media_path(post_id=post_id)
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            file.write(picture)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)

    def read_media(self, *, post_id: str) -> bytes | None:
        try:
            return self.media_path(post_id=post_id).read_bytes()
        except FileNotFoundError:
            return None

    def delete_media(self, *, post_id: str) -> None:
        self.media_path(post_id=post_id).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Delete every file that no living post owns."""
        with self.reading() as connection:
            kept = {row["id"] for row in connection.execute("SELECT id FROM post WHERE state != 'removed'")}
        for path in (self.folder / "media").iterdir():
            if path.name not in kept:
                path.unlink()


def open_store(*, folder: Path) -> Store:
    (folder / "media").mkdir(parents=True, exist_ok=True)
    lock = (folder / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        raise FolderInUseError(
            f"{folder} is used by another board. Stop it or name another --data."
        ) from error
    store = Store(folder=folder, lock=lock)
    with store.reading() as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(SCHEMA)
    store.sweep()
    return store
