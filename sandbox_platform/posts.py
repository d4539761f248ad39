"""A post is one picture with a title. Removing it deletes its bytes and remembers their digest."""

import secrets
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sandbox_platform.storage import Store
from sandbox_platform.upload_checks import Check, keep


class State(StrEnum):
    LIVE = "live"
    QUARANTINED = "quarantined"
    REMOVED = "removed"


@dataclass(frozen=True, kw_only=True)
class Post:
    id: str
    title: str
    members_only: bool
    media_type: str
    sha256: str
    state: State
    created_at: str


def new_id() -> str:
    return secrets.token_hex(8)


def now_text() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def publish(*, store: Store, post: Post, picture: bytes, check: Check | None) -> None:
    """Together with what the checker said of it, if one was asked."""
    store.write_media(post_id=post.id, picture=picture)
    row = (post.id, post.title, post.members_only, post.media_type, post.sha256, post.state, post.created_at)
    with store.writing() as connection:
        connection.execute("INSERT INTO post VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        if check is not None:
            keep(connection=connection, check=check)


def find(*, store: Store, post_id: str) -> Post | None:
    with store.reading() as connection:
        row = connection.execute("SELECT * FROM post WHERE id = ?", (post_id,)).fetchone()
    return _post(row) if row else None


def newest(*, store: Store, with_members_only: bool) -> list[Post]:
    """The hundred newest living posts."""
    query = """SELECT * FROM post WHERE state = 'live' AND members_only <= ?
               ORDER BY created_at DESC, rowid DESC LIMIT 100"""
    with store.reading() as connection:
        return [_post(row) for row in connection.execute(query, (with_members_only,))]


def is_blocked(*, store: Store, sha256: str) -> bool:
    with store.reading() as connection:
        row = connection.execute("SELECT 1 FROM blocked_bytes WHERE sha256 = ?", (sha256,)).fetchone()
    return row is not None


def move(*, store: Store, post_id: str, to: State) -> State | None:
    """Quarantine or restore. Returns the state afterwards (removed stays removed), or None if unknown."""
    with store.writing() as connection:
        query = "UPDATE post SET state = ? WHERE id = ? AND state != 'removed'"
        connection.execute(query, (to, post_id))
        row = connection.execute("SELECT state FROM post WHERE id = ?", (post_id,)).fetchone()
    return State(row["state"]) if row else None


def state_of(*, store: Store, post_id: str) -> State | None:
    post = find(store=store, post_id=post_id)
    return post.state if post else None


def hide(*, connection: sqlite3.Connection, post_id: str) -> None:
    """Quarantine inside the caller's transaction; what is removed stays removed."""
    query = "UPDATE post SET state = 'quarantined' WHERE id = ? AND state = 'live'"
    connection.execute(query, (post_id,))


def mark_removed(*, connection: sqlite3.Connection, post_id: str) -> None:
    """Inside the caller's transaction; the caller deletes the file once that is committed."""
    connection.execute("UPDATE post SET state = 'removed' WHERE id = ?", (post_id,))
    query = "INSERT OR IGNORE INTO blocked_bytes SELECT sha256, ? FROM post WHERE id = ?"
    connection.execute(query, (now_text(), post_id))


def _post(row: sqlite3.Row) -> Post:
    return Post(
        id=row["id"],
        title=row["title"],
        members_only=bool(row["members_only"]),
        media_type=row["media_type"],
        sha256=row["sha256"],
        state=State(row["state"]),
        created_at=row["created_at"],
    )
