"""What came of each question to the upload hook, kept for the operator and its partners."""

import sqlite3
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from sandbox_platform.storage import Store

LINES_PER_ANSWER = 1000


class Outcome(StrEnum):
    PUBLISH = "publish"
    REFUSED = "refused"
    NO_ANSWER_PUBLISHED = "no_answer_published"
    NO_ANSWER_CLOSED = "no_answer_closed"


PUBLISHING = frozenset({Outcome.PUBLISH, Outcome.NO_ANSWER_PUBLISHED})


@dataclass(frozen=True, kw_only=True)
class Check:
    """`elapsed_ms` runs from before the connection is opened until the answer is read or given up."""

    at: str
    post_id: str
    outcome: Outcome
    elapsed_ms: float


def keep(*, connection: sqlite3.Connection, check: Check) -> None:
    """Inside the caller's transaction: the post and the word about it are there together or not at all."""
    query = """INSERT INTO upload_check (at, post_id, outcome, elapsed_ms)
               VALUES (:at, :post_id, :outcome, :elapsed_ms)"""
    connection.execute(query, asdict(check))


def after(*, store: Store, index: int) -> list[dict[str, Any]]:
    """Checks are numbered from 1; each comes with its number as `index`, at most a thousand at once."""
    query = """SELECT number AS "index", at, post_id, outcome, elapsed_ms FROM upload_check
               WHERE number > ? ORDER BY number LIMIT ?"""
    with store.reading() as connection:
        return [dict(row) for row in connection.execute(query, (index, LINES_PER_ANSWER))]
