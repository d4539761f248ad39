"""Rows that lie under a former key are brought under the newest, while everybody goes on reading and writing them.

In batches, each a statement of its own that changes a row only where it still is what was read. Interrupted anywhere it
is begun again, and what is done is not done twice.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from psycopg import sql
from psycopg.types.json import Jsonb

from haetae.agencies.support.models import Case
from haetae.common.case_keys import WrongKeyError
from haetae.common.keys.marks import FIRST, mark_of, read_mark
from haetae.common.sealed import seal, unseal
from haetae.running.keys.columns import Column, columns_under

_AT_ONCE: Final = 500
# What allauth keeps sealed for us (haetae.web.sign_in): of codes by time, and of codes on paper.
_SECOND_STEPS: Final = ("secret", "seed", "migrated_codes")
_SECOND_STEPS_LABEL: Final = "mfa_authenticator.data"

Say = Callable[[str], None]


def needing(key: str) -> dict[str, int]:
    """How many rows lie under a former generation of this key, by column; columns with none are left out."""
    settings.KEYS.learn()
    counted = {column.label: _count(column) for column in columns_under(key)}
    if key == "flow":
        counted[_SECOND_STEPS_LABEL] = sum(_is_older(one.data) for one in Authenticator.objects.all())
    if key == "receipt-pepper":
        counted["support_case.key_for_person"] = _persons_to_come()
    return {label: count for label, count in counted.items() if count}


def rewrap(key: str, *, say: Say = lambda _words: None) -> dict[str, int]:
    """Bring every row under the newest key; the smallest tables first. Returns what still lies under a former one.

    That is nothing, unless a row was altered or its key is not here: such a row is left as it is, and said.
    """
    counted = needing(key)
    for column in sorted(columns_under(key), key=lambda column: counted.get(column.label, 0)):
        if column.label in counted:
            _rewrap_column(column, total=counted[column.label], say=say)
    if _SECOND_STEPS_LABEL in counted:
        _rewrap_second_steps()
    return needing(key)


def _count(column: Column) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            _sql("SELECT count(*) FROM {table} WHERE " + column.is_older.replace("%%", "%"), column)  # noqa: S608 - ours
        )
        return int(cursor.fetchone()[0])


def _rewrap_column(column: Column, *, total: int, say: Say) -> None:
    done = 0
    for rows in _older(column):
        done += _changed(column, _renewed(column, rows, say), say)
        say(f"{column.label}: {done} of {total}")


def _older(column: Column) -> Iterator[Sequence[tuple[Any, Any]]]:
    """Batches by id, once through the table. What is written meanwhile lies under the newest key already."""
    words = "SELECT {id}, {column} FROM {table} WHERE {id} > %s AND " + column.is_older  # noqa: S608 - of our columns
    first = words.replace("{id} > %s AND ", "") + " ORDER BY {id} LIMIT %s"
    further = words + " ORDER BY {id} LIMIT %s"
    after: Any = None
    while True:
        with connection.cursor() as cursor:
            if after is None:
                cursor.execute(_sql(first, column), [_AT_ONCE])
            else:
                cursor.execute(_sql(further, column), [after, _AT_ONCE])
            rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        after = rows[-1][0]


def _renewed(column: Column, rows: Sequence[tuple[Any, Any]], say: Say) -> list[tuple[Any, Any, Any]]:
    """Id, what was read, and what is to be written."""
    found = []
    for row_id, value in rows:
        was = bytes(value) if isinstance(value, memoryview) else _plain(value)
        try:
            found.append((row_id, was, column.renew(was, row_id)))
        except (WrongKeyError, ValueError) as problem:
            say(f"{column.label}: the row {row_id} stays as it is: {problem}")
    return found


def _plain(value: Any) -> Any:
    """Without Django's own reading of JSON a list comes as text."""
    return json.loads(value) if isinstance(value, str) and value.startswith("[") else value


def _changed(column: Column, rows: Sequence[tuple[Any, Any, Any]], say: Say) -> int:
    try:
        with transaction.atomic():
            return _update(column, rows)
    except IntegrityError:
        if len(rows) == 1:
            say(f"{column.label}: the row {rows[0][0]} stays as it is: another one has the same text")
            return 0
        return sum(_changed(column, [row], say) for row in rows)


def _update(column: Column, rows: Sequence[tuple[Any, Any, Any]]) -> int:
    if not rows:
        return 0
    words = (
        "UPDATE {table} SET {column} = one.after FROM unnest(%s::{id_type}[], %s::{type}[], %s::{type}[]) "
        "AS one(id, before, after) WHERE {table}.{id} = one.id AND {table}.{column} = one.before"
    )
    ids, before, after = (list(values) for values in zip(*rows, strict=True))
    if column.type == "jsonb":
        before, after = [Jsonb(one) for one in before], [Jsonb(one) for one in after]
    with connection.cursor() as cursor:
        cursor.execute(_sql(words, column), [ids, before, after])
        return int(cursor.rowcount)


def _sql(words: str, column: Column) -> sql.Composed:
    return sql.SQL(words).format(
        table=sql.Identifier(column.table),
        column=sql.Identifier(column.name),
        id=sql.Identifier(column.id_name),
        type=sql.SQL(column.type),
        id_type=sql.SQL(column.id_type),
    )


def _persons_to_come() -> int:
    """Cases whose words lie under a former pepper: each comes under the newest when its person comes back."""
    number = settings.KEYS.stretch_receipt(bytes(10)).generation
    held = Case.objects.filter(key_for_person__isnull=False).values_list("key_for_person", flat=True)
    if number == FIRST:
        return 0
    mark = mark_of(number)
    return sum(not bytes(one or b"").startswith(mark) for one in held.iterator())


def _is_older(data: dict[str, Any]) -> bool:
    newest = settings.KEYS.locator_keys.newest
    return any(read_mark(b64decode(text))[0] != newest for text in _texts(data))


def _texts(data: dict[str, Any]) -> list[str]:
    found = [data[name] for name in _SECOND_STEPS if data.get(name)]
    return [text for one in found for text in ([one] if isinstance(one, str) else one)]


def _rewrap_second_steps() -> None:
    for row in Authenticator.objects.all():
        data = dict(row.data)
        for name in _SECOND_STEPS if _is_older(row.data) else ():
            kept = data.get(name)
            if kept:
                data[name] = _again(kept) if isinstance(kept, str) else [_again(one) for one in kept]
        if data != row.data:
            Authenticator.objects.filter(pk=row.pk, data=row.data).update(data=data)


def _again(text: str) -> str:
    return b64encode(seal(unseal(b64decode(text)))).decode()
