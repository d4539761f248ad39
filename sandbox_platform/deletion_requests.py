"""Requests to delete: each idempotency key is decided once, in one transaction, and its answer is kept."""

import secrets
import sqlite3
from dataclasses import dataclass
from typing import Any

from sandbox_platform.decisions import decide, hides, is_called_blocked, reason_of
from sandbox_platform.messages import RefusedError
from sandbox_platform.posts import State, hide, mark_removed
from sandbox_platform.settings import AnswerCode, Settings, load
from sandbox_platform.storage import Store

DUE = "SELECT * FROM deletion_request WHERE later_answer IS NOT NULL AND later_at_s <= ?"
WITH_STATE = """SELECT deletion_request.*, post.state FROM deletion_request
                LEFT JOIN post ON post.id = deletion_request.post_id"""
BY_KEY = f"{WITH_STATE} WHERE idempotency_key = ?"
BY_REFERENCE = f"{WITH_STATE} WHERE reference = ?"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`ordered` is the answer that obeys a regulator's decision, where the request carries one."""

    key: str
    body_sha256: str
    post_id: str
    ordered: AnswerCode | None


@dataclass(frozen=True, kw_only=True)
class Stored:
    """`blocked` is no memory: it is what the board says of the item at this moment."""

    reference: str
    answer: AnswerCode
    reason: str | None
    blocked: bool

    def shown(self) -> dict[str, Any]:
        return {
            "reference": self.reference,
            "answer": self.answer,
            "reason": self.reason,
            "blocked": self.blocked,
        }


def answer_once(*, store: Store, settings: Settings, asked: Asked, now_s: float) -> Stored:
    """The stored answer of a known key, else a new decision, carried out. A key with another body is 409."""
    deletes = False
    with store.writing() as connection:
        row = connection.execute(BY_KEY, (asked.key,)).fetchone()
        if row is None:
            deletes = _decide(connection=connection, settings=settings, asked=asked, now_s=now_s)
            row = connection.execute(BY_KEY, (asked.key,)).fetchone()
        elif row["body_sha256"] != asked.body_sha256:
            raise _key_reused()
    if deletes:
        store.delete_media(post_id=asked.post_id)
    return _stored(row, settings=settings)


def settle_due(*, store: Store, now_s: float) -> None:
    """Give every answer that was announced for later and has come due, and carry it out."""
    with store.reading() as connection:
        if connection.execute(DUE, (now_s,)).fetchone() is None:
            return
    settings, deleted = load(store=store), []
    with store.writing() as connection:
        for row in connection.execute(DUE, (now_s,)).fetchall():
            if _settle(connection=connection, row=row, settings=settings):
                deleted.append(row["post_id"])
    for post_id in deleted:
        store.delete_media(post_id=post_id)


def find_by_key(*, store: Store, key: str) -> Stored | None:
    return _find(store=store, query=BY_KEY, value=key)


def find_by_reference(*, store: Store, reference: str) -> Stored | None:
    return _find(store=store, query=BY_REFERENCE, value=reference)


def _decide(*, connection: sqlite3.Connection, settings: Settings, asked: Asked, now_s: float) -> bool:
    """True when the caller must delete the picture's file once the transaction is committed."""
    row = connection.execute("SELECT state FROM post WHERE id = ?", (asked.post_id,)).fetchone()
    state = State(row["state"]) if row else None
    decision = decide(settings=settings, state=state, ordered=asked.ordered, now_s=now_s)
    values = (
        *(f"R-{secrets.token_hex(8)}", asked.key, asked.body_sha256, asked.post_id),
        *(decision.answer, decision.reason, decision.deletes),
        *(decision.later_answer, decision.later_at_s),
    )
    connection.execute("INSERT INTO deletion_request VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    return _carry_out(
        connection=connection,
        settings=settings,
        post_id=asked.post_id,
        answer=decision.answer,
        deletes=decision.deletes,
    )


def _settle(*, connection: sqlite3.Connection, row: sqlite3.Row, settings: Settings) -> bool:
    """True when the caller must delete the picture's file once the transaction is committed."""
    answer = AnswerCode(row["later_answer"])
    query = """UPDATE deletion_request SET answer = ?, reason = ?, later_answer = NULL, later_at_s = NULL
               WHERE reference = ?"""
    reason = reason_of(settings=settings, answer=answer)
    connection.execute(query, (answer, reason, row["reference"]))
    return _carry_out(
        connection=connection,
        settings=settings,
        post_id=row["post_id"],
        answer=answer,
        deletes=bool(row["deletes"]),
    )


def _carry_out(
    *, connection: sqlite3.Connection, settings: Settings, post_id: str, answer: AnswerCode, deletes: bool
) -> bool:
    if answer == AnswerCode.REMOVED and deletes:
        mark_removed(connection=connection, post_id=post_id)
        return True
    if hides(settings=settings, answer=answer):
        hide(connection=connection, post_id=post_id)
    return False


def _find(*, store: Store, query: str, value: str) -> Stored | None:
    settings = load(store=store)
    with store.reading() as connection:
        row = connection.execute(query, (value,)).fetchone()
    return _stored(row, settings=settings) if row else None


def _stored(row: sqlite3.Row, *, settings: Settings) -> Stored:
    answer, state = AnswerCode(row["answer"]), State(row["state"]) if row["state"] else None
    return Stored(
        reference=row["reference"],
        answer=answer,
        reason=row["reason"],
        blocked=is_called_blocked(settings=settings, answer=answer, state=state),
    )


def _key_reused() -> RefusedError:
    message = "This key was already used for another body. Send a new Idempotency-Key for a new request."
    return RefusedError(status=409, code="key_reused", field_name="Idempotency-Key", message=message)
