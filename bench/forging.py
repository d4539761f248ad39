"""Ways to forge the log, drawn at random: in its tables, in the files beside the database, in an export."""

import base64
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

ALTER: Final = {
    "audit_event": ("at", "name", "subject_kind", "subject_id", "actor_kind", "actor_id", "facts"),
    "audit_leaf": ("digest", "event_id"),
    "audit_head": ("at", "root", "signature", "size"),
    "audit_stamp": ("token", "at", "authority", "size"),
}
KEY: Final = {"audit_event": "id", "audit_leaf": "index", "audit_head": "size", "audit_stamp": "size"}
# What takes another content when two rows are exchanged; the key stays.
SWAPPED: Final = {
    "audit_event": "name, subject_id, facts, at",
    "audit_leaf": "digest",
    "audit_head": "root, signature, at",
    "audit_stamp": "token, at",
}
_OTHER: Final = {
    "at": "at + interval '{n} seconds'",
    "name": "name || '_{n}'",
    "subject_kind": "left(subject_kind, 20) || '{n}'",
    "subject_id": "gen_random_uuid()",
    "actor_kind": "'op{n}'",
    "actor_id": "actor_id || '{n}'",
    "facts": "facts || '{{\"forged\": {n}}}'::jsonb",
    "event_id": "event_id + 1000000 + {n}",
    "digest": "set_byte(digest, {n} % 32, get_byte(digest, {n} % 32) # {bit})",
    "root": "set_byte(root, {n} % 32, get_byte(root, {n} % 32) # {bit})",
    "signature": "set_byte(signature, {n} % 64, get_byte(signature, {n} % 64) # {bit})",
    "token": "set_byte(token, {n} % length(token), get_byte(token, {n} % length(token)) # {bit})",
    "authority": "authority || '{n}'",
    "size": "size + 1000000 + {n}",
}


@dataclass(frozen=True, kw_only=True)
class Forgery:
    """`kind` is where and what, as `events: altered`; `statements` are SQL, to be run as the owner of the tables."""

    kind: str
    statements: Sequence[str]


def of_tables(draw: random.Random, rows: dict[str, list[int]]) -> Forgery:
    """One forgery; `rows` are the keys that there are in each table."""
    table = draw.choice(list(KEY))
    make = draw.choice((_altered, _deleted, _exchanged, _cut_back, _put_in))
    return make(draw, table, rows[table])


def _altered(draw: random.Random, table: str, keys: list[int]) -> Forgery:
    column, row = draw.choice(ALTER[table]), draw.choice(keys)
    other = _OTHER[column].format(n=draw.randrange(1, 5_000), bit=1 << draw.randrange(8))
    what = f"UPDATE {table} SET {column} = {other} WHERE {KEY[table]} = {row}"
    return Forgery(kind=f"{table}: altered", statements=[what])


def _deleted(draw: random.Random, table: str, keys: list[int]) -> Forgery:
    what = f"DELETE FROM {table} WHERE {KEY[table]} = {draw.choice(keys)}"
    return Forgery(kind=f"{table}: deleted", statements=[what])


def _exchanged(draw: random.Random, table: str, keys: list[int]) -> Forgery:
    one, other = draw.sample(keys, 2)
    columns, key = SWAPPED[table], KEY[table]
    theirs = ", ".join(f"theirs.{column.strip()}" for column in columns.split(","))
    # One statement sees both rows as they were before it.
    what = (
        f"UPDATE {table} AS ours SET ({columns}) = ROW({theirs}) FROM {table} AS theirs "
        f"WHERE (ours.{key}, theirs.{key}) IN (({one}, {other}), ({other}, {one}))"
    )
    return Forgery(kind=f"{table}: reordered", statements=[what])


def _cut_back(draw: random.Random, table: str, keys: list[int]) -> Forgery:
    """The newest rows of one table; all tables together are `cut_back_inside`."""
    kept = draw.choice(sorted(keys)[:-1])
    what = f"DELETE FROM {table} WHERE {KEY[table]} > {kept}"
    return Forgery(kind=f"{table}: truncated", statements=[what])


def _put_in(draw: random.Random, table: str, keys: list[int]) -> Forgery:
    row, new = draw.choice(keys), max(keys) + draw.randrange(1, 50)
    columns = {
        "audit_event": "at, name, subject_kind, subject_id, actor_kind, actor_id, facts",
        "audit_leaf": "digest",
        "audit_head": "at, root, signature",
        "audit_stamp": "token, at, authority",
    }[table]
    more, values = {
        "audit_event": ("", ""),
        "audit_leaf": ("event_id, ", f"event_id + {1_000_000 + new}, "),
        "audit_head": ("", ""),
        "audit_stamp": ("id, ", "gen_random_uuid(), "),
    }[table]
    statements = [
        f"INSERT INTO {table} ({KEY[table]}, {more}{columns}) "
        f"SELECT {new}, {values}{columns} FROM {table} WHERE {KEY[table]} = {row}"
    ]
    if table == "audit_event":  # with a leaf of its own: without one it is never called proven
        statements.append(
            "INSERT INTO audit_leaf (index, event_id, digest) SELECT max(index) + 1, "
            f"{new}, sha256('forged {new}') FROM audit_leaf"
        )
    return Forgery(kind=f"{table}: put in", statements=statements)


def cut_back_inside(draw: random.Random, sizes: list[int]) -> Forgery:
    """Everything after an older head goes from every table, as after restoring an older copy."""
    size = draw.choice(sorted(sizes)[:-1])
    after = f"(SELECT event_id FROM audit_leaf WHERE index >= {size})"
    statements = [
        f"DELETE FROM audit_event WHERE id IN {after}",
        f"DELETE FROM audit_leaf WHERE index >= {size}",
        f"DELETE FROM audit_head WHERE size > {size}",
        f"DELETE FROM audit_stamp WHERE size >= {size}",
    ]
    return Forgery(kind="all tables: truncated to an older head", statements=statements)


Lines = list[bytes]


def of_lines(draw: random.Random, lines: Lines) -> tuple[str, Lines]:
    """One forgery of a file of lines (an export, or the heads or stamps outside): its kind, and what is left."""
    make: Callable[[random.Random, Lines], tuple[str, Lines]]
    make = draw.choice((_flip, _drop, _swap, _cut, _repeat, _rewrite))
    return make(draw, list(lines))


def _flip(draw: random.Random, lines: Lines) -> tuple[str, Lines]:
    place = draw.randrange(len(lines))
    changed = bytearray(lines[place])
    changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    lines[place] = bytes(changed)
    return "altered byte", lines


def _drop(draw: random.Random, lines: Lines) -> tuple[str, Lines]:
    del lines[draw.randrange(len(lines))]
    return "deleted line", lines


def _swap(draw: random.Random, lines: Lines) -> tuple[str, Lines]:
    one, other = draw.sample(range(len(lines)), 2)
    lines[one], lines[other] = lines[other], lines[one]
    return "reordered lines", lines


def _cut(draw: random.Random, lines: Lines) -> tuple[str, Lines]:
    return "truncated", lines[: draw.randrange(1, len(lines))]


def _repeat(draw: random.Random, lines: Lines) -> tuple[str, Lines]:
    lines.insert(draw.randrange(1, len(lines) + 1), draw.choice(lines))
    return "put in line", lines


def _rewrite(draw: random.Random, lines: Lines) -> tuple[str, Lines]:
    """One value in one line is another one, written as an export writes it: the forger knows the form."""
    place = draw.randrange(len(lines))
    fields = json.loads(lines[place])
    _another_value(draw, fields)
    lines[place] = (
        json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
    )
    return "altered value", lines


def _another_value(draw: random.Random, fields: dict[str, Any]) -> None:
    while True:
        name = draw.choice(sorted(fields))
        value = fields[name]
        if isinstance(value, dict) and value:
            fields = value
            continue
        fields[name] = _other(draw, value)
        return


def _other(draw: random.Random, value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + draw.choice((-1, 1, 7))
    if isinstance(value, str) and len(value) > 600:  # a stamp
        token = bytearray(base64.b64decode(value))
        token[draw.randrange(len(token))] ^= 1
        return base64.b64encode(token).decode()
    if isinstance(value, str) and value:
        place = draw.randrange(len(value))
        return value[:place] + ("0" if value[place] != "0" else "1") + value[place + 1 :]
    if isinstance(value, list) and value:
        return value[:-1]
    return "forged"
