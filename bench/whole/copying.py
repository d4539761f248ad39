"""Copies of rows within the database: other ids, digests and days, the same relations among themselves.

For measuring alone: it needs the superuser of a server of our own, and asks no rule of the house.
"""

# ruff: noqa: S608 - every name in a statement comes from the catalogue of our own server

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import psycopg

# What the base was made on, and what a copy keeps pointing to.
_FIXED: Final = (
    "auth_", "django_", "accounts_", "procrastinate_", "hashbank_", "allauth_", "mfa_", "account_",
    "audit_leaf", "audit_head", "arrival_watchlist", "arrival_watchengine", "statistics_",
)  # fmt: skip
_POINTS_AT: Final = {("flow_step", "event_id"): "audit_event"}  # where no foreign key says so
_STAYS: Final = frozenset({"operator_id", "official_id", "ended_by", "actor_id", "watch_list_id"})
_DIGESTS: Final = frozenset(
    {"locator_digest", "page_digest", "lookup", "url_digest", "digest", "sha256", "pdq", "dhash"}
)
_NO_TERM: Final = "8000-01-01"
# Columns in which something must differ that no type shows; {k} is the number of the copy as text.
_BY_HAND: Final = {
    ("assessment_assessment", "fingerprints"): (
        "CASE WHEN fingerprints ? 'sha256' THEN jsonb_set(fingerprints, '{{sha256}}',"
        " to_jsonb(encode(sha256((fingerprints->>'sha256' || {k})::bytea), 'hex'))) ELSE fingerprints END"
    ),
    ("assessment_assessment", "signals"): (
        'replace(signals::text, \'"entry_id": "\', \'"entry_id": "\' || {k})::jsonb'
    ),
    ("assessment_assessment", "reasons"): (
        'replace(reasons::text, \'"entry_id": "\', \'"entry_id": "\' || {k})::jsonb'
    ),
}
Owner = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True)
class Column:
    name: str
    type_: str
    points_at: str | None
    generated: bool


@dataclass(frozen=True)
class Part:
    """Rows that lie aside under `name`; a table's ids of theirs run from `first` on, `width` of them."""

    name: str
    tables: Mapping[str, list[Column]]
    ids: Mapping[str, tuple[int, int]]


def superuser(socket_folder: object, database: str) -> Owner:
    return psycopg.connect(f"host={socket_folder} user=postgres dbname={database}", autocommit=True)


def lay_aside(owner: Owner, name: str) -> Part:
    """Move all rows that grow with places out of the way; the tables are empty then."""
    tables = {table: _columns(owner, table) for table in _growing(owner)}
    _do(owner, f"CREATE SCHEMA {name}")
    ids = {}
    for table, columns in tables.items():
        _do(owner, f"CREATE TABLE {name}.{table} AS TABLE public.{table}")
        if any(column.name == "id" and column.type_ == "bigint" for column in columns):
            found = owner.execute(f"SELECT min(id), max(id) FROM {name}.{table}").fetchone()
            assert found
            ids[table] = (int(found[0]), int(found[1]) - int(found[0]) + 1)
    _do(owner, f"TRUNCATE {', '.join(tables)}, audit_leaf, audit_head CASCADE")
    return Part(name=name, tables=tables, ids=ids)


def copy(owner: Owner, part: Part, *, copies: int, apart: timedelta, before: timedelta) -> None:
    """So many copies, each `apart` later than the one before; the last of them `before` the days of the rows aside."""
    taken = {table: _newest(owner, table) for table in part.ids}
    for number in range(copies):
        moved = apart * (copies - 1 - number) + before
        said = f"{part.name}{number}-"
        with owner.transaction():
            # Who copies answers for the relations: nothing is checked row by row, and no trigger runs.
            _do(owner, "SET LOCAL session_replication_role = replica")
            _do(owner, "SET LOCAL synchronous_commit = off")
            for table, columns in part.tables.items():
                shift = {
                    other: taken[other] + 1 - first + number * width
                    for other, (first, width) in part.ids.items()
                }
                names = [column.name for column in columns if not column.generated]
                values = [
                    _value(table, column, k=said, moved=moved, shift=shift)
                    for column in columns
                    if not column.generated
                ]
                _do(
                    owner,
                    f"INSERT INTO {table} ({', '.join(names)}) OVERRIDING SYSTEM VALUE"
                    f" SELECT {', '.join(values)} FROM {part.name}.{table}",
                )


def without_indexes(owner: Owner, tables: Mapping[str, object]) -> list[str]:
    """Take away what is no constraint, so that filling is quick; returns how each is made again."""
    found = owner.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " LEFT JOIN pg_constraint ON conindid = indexrelid"
        " WHERE pg_constraint.oid IS NULL AND NOT indisunique AND indrelid::regclass::text = ANY(%s)",
        [list(tables)],
    ).fetchall()
    for name, _ in found:
        _do(owner, f"DROP INDEX {name}")
    return [str(made) for _, made in found]


def again(owner: Owner, indexes: list[str]) -> None:
    for made in indexes:
        _do(owner, made)


def finish(owner: Owner, parts: list[Part], *, unsealed: int) -> None:
    """Sequences that go on after the last id, and a log of all but the newest events; it proves nothing.

    What was still to come in the rows aside may be over in their copies: those due dates have passed, so that a clock
    which starts here has nothing to make up for.
    """
    for part in parts:
        _do(owner, f"DROP SCHEMA {part.name} CASCADE")
    for table in {table for part in parts for table in part.ids}:
        _do(owner, f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
    _do(
        owner,
        "UPDATE deadlines_deadline SET state = 'passed' WHERE state = 'set' AND due_at < now() + interval '1 hour'",
    )
    _do(
        owner,
        "INSERT INTO audit_leaf (index, event_id, digest) SELECT row_number() OVER (ORDER BY id) - 1, id,"
        " sha256('many') FROM audit_event ORDER BY id"
        f" LIMIT greatest(0, (SELECT count(*) FROM audit_event) - {unsealed})",
    )
    _do(
        owner,
        "INSERT INTO audit_head (size, at, root, signature)"
        " SELECT count(*), now(), sha256('root'), sha256('none') FROM audit_leaf",
    )


def _value(table: str, column: Column, *, k: str, moved: timedelta, shift: Mapping[str, int]) -> str:
    name, text = column.name, f"'{k}'"
    by_hand = _BY_HAND.get((table, name))
    if by_hand is not None:
        return by_hand.format(k=text)
    target = column.points_at or _POINTS_AT.get((table, name)) or (table if name == "id" else None)
    if column.type_ == "bigint" and target is not None and target in shift:
        return f"{name} + {shift[target]}"
    if column.type_ == "uuid" and name not in _STAYS and not (target or "").startswith(_FIXED):
        return f"md5({name}::text || {text})::uuid"
    if column.type_ == "timestamp with time zone":
        return f"CASE WHEN {name} > '{_NO_TERM}' THEN {name} ELSE {name} - interval '{moved.total_seconds()} s' END"
    if name in _DIGESTS and column.type_ == "character varying":
        return f"CASE WHEN {name} = '' THEN '' ELSE encode(sha256(({name} || {text})::bytea), 'hex') END"
    return name


def _growing(owner: Owner) -> Iterator[str]:
    rows = owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
    for (table,) in rows:
        if table.startswith(_FIXED):
            continue
        if owner.execute(f"SELECT 1 FROM public.{table} LIMIT 1").fetchone():
            yield table


def _columns(owner: Owner, table: str) -> list[Column]:
    found = owner.execute(
        "SELECT attname, format_type(atttypid, NULL), (SELECT confrelid::regclass::text FROM pg_constraint"
        " WHERE contype = 'f' AND conrelid = attrelid AND conkey = ARRAY[attnum]), attgenerated <> ''"
        " FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        [table],
    ).fetchall()
    return [Column(*row) for row in found]


def _newest(owner: Owner, table: str) -> int:
    found = owner.execute(f"SELECT coalesce(max(id), 0) FROM public.{table}").fetchone()
    assert found
    return int(found[0])


def _do(owner: Owner, statement: str) -> None:
    owner.execute(statement)
