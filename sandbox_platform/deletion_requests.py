"""Requests to delete: each idempotency key is decided once, in one transaction, and its answer is kept."""

import secrets
import sqlite3
from dataclasses import dataclass
from typing import Any

from sandbox_platform.messages import RefusedError
from sandbox_platform.posts import State, mark_removed
from sandbox_platform.settings import AnswerCode, Misbehaviour, Settings, load
from sandbox_platform.storage import Store

DEFAULT_REASONS = {AnswerCode.REFUSED: "not_convinced", AnswerCode.UNSURE: "cannot_judge"}


@dataclass(frozen=True, kw_only=True)
class Asked:
    key: str
    body_sha256: str
    post_id: str


@dataclass(frozen=True, kw_only=True)
class Stored:
    reference: str
    answer: AnswerCode
    reason: str | None

    def shown(self) -> dict[str, Any]:
        return {"reference": self.reference, "answer": self.answer, "reason": self.reason}


@dataclass(frozen=True, kw_only=True)
class Decision:
    """`deletes` is false when the board only claims a removal."""

    answer: AnswerCode
    reason: str | None
    deletes: bool
    later_answer: AnswerCode | None = None
    later_at_s: float | None = None


def answer_once(*, store: Store, settings: Settings, asked: Asked, now_s: float) -> Stored:
    """The stored answer of a known key, else a new decision, carried out. A key with another body is 409."""
    with store.writing() as connection:
        query = "SELECT * FROM deletion_request WHERE idempotency_key = ?"
        row = connection.execute(query, (asked.key,)).fetchone()
        if row is not None:
            if row["body_sha256"] != asked.body_sha256:
                raise _key_reused()
            return _stored(row)
        state = _state(connection=connection, post_id=asked.post_id)
        decision = decide(settings=settings, state=state, now_s=now_s)
        reference = f"R-{secrets.token_hex(8)}"
        values = (
            *(reference, asked.key, asked.body_sha256, asked.post_id),
            *(decision.answer, decision.reason, decision.deletes),
            *(decision.later_answer, decision.later_at_s),
        )
        connection.execute("INSERT INTO deletion_request VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
        deletes_now = decision.answer == AnswerCode.REMOVED and decision.deletes
        if deletes_now:
            mark_removed(connection=connection, post_id=asked.post_id)
    if deletes_now:
        store.delete_media(post_id=asked.post_id)
    return Stored(reference=reference, answer=decision.answer, reason=decision.reason)


def decide(*, settings: Settings, state: State | None, now_s: float) -> Decision:
    if state is None:
        return Decision(answer=AnswerCode.REFUSED, reason="no_such_item", deletes=False)
    if state == State.REMOVED:
        return Decision(answer=AnswerCode.REMOVED, reason="already_removed", deletes=False)
    return Decision(
        answer=settings.answer,
        reason=_reason(settings=settings, answer=settings.answer),
        deletes=settings.misbehave != Misbehaviour.CLAIMS_WITHOUT_DELETING,
        later_answer=settings.answer_later,
        later_at_s=None if settings.answer_later is None else now_s + settings.answer_after_s,
    )


def settle_due(*, store: Store, now_s: float) -> None:
    """Give every answer that was announced for later and has come due, and carry it out."""
    query = "SELECT * FROM deletion_request WHERE later_answer IS NOT NULL AND later_at_s <= ?"
    with store.reading() as connection:
        if connection.execute(query, (now_s,)).fetchone() is None:
            return
    settings, deleted = load(store=store), []
    with store.writing() as connection:
        for row in connection.execute(query, (now_s,)).fetchall():
            if _settle(connection=connection, row=row, settings=settings):
                deleted.append(row["post_id"])
    for post_id in deleted:
        store.delete_media(post_id=post_id)


def find_by_key(*, store: Store, key: str) -> Stored | None:
    return _find(store=store, query="SELECT * FROM deletion_request WHERE idempotency_key = ?", value=key)


def find_by_reference(*, store: Store, reference: str) -> Stored | None:
    return _find(store=store, query="SELECT * FROM deletion_request WHERE reference = ?", value=reference)


def _settle(*, connection: sqlite3.Connection, row: sqlite3.Row, settings: Settings) -> bool:
    answer = AnswerCode(row["later_answer"])
    query = """UPDATE deletion_request SET answer = ?, reason = ?, later_answer = NULL, later_at_s = NULL
               WHERE reference = ?"""
    connection.execute(query, (answer, _reason(settings=settings, answer=answer), row["reference"]))
    deletes = answer == AnswerCode.REMOVED and bool(row["deletes"])
    if deletes:
        mark_removed(connection=connection, post_id=row["post_id"])
    return deletes


def _state(*, connection: sqlite3.Connection, post_id: str) -> State | None:
    row = connection.execute("SELECT state FROM post WHERE id = ?", (post_id,)).fetchone()
    return State(row["state"]) if row else None


def _find(*, store: Store, query: str, value: str) -> Stored | None:
    with store.reading() as connection:
        row = connection.execute(query, (value,)).fetchone()
    return _stored(row) if row else None


def _stored(row: sqlite3.Row) -> Stored:
    return Stored(reference=row["reference"], answer=AnswerCode(row["answer"]), reason=row["reason"])


def _reason(*, settings: Settings, answer: AnswerCode) -> str | None:
    """A configured reason belongs to a hesitation; an item that goes needs none."""
    default = DEFAULT_REASONS.get(answer)
    return (settings.reason or default) if default else None


def _key_reused() -> RefusedError:
    message = "This key was already used for another body. Send a new Idempotency-Key for a new request."
    return RefusedError(status=409, code="key_reused", field_name="Idempotency-Key", message=message)
