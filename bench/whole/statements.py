"""Every statement that a database server was asked, read from its own log, and which way each was answered."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import psycopg

Owner = psycopg.Connection[tuple[Any, ...]]
_BEGINS: Final = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_SAID: Final = re.compile(
    r"LOG:\s+duration: ([\d.]+) ms\s+(?:statement|execute [^:]*|plan[^:]*): (.*)", re.DOTALL
)
_TOLD: Final = re.compile(r"DETAIL:\s+[Pp]arameters: (.*)", re.DOTALL)
_ONE: Final = re.compile(r"\$(\d+) = ('(?:[^']|'')*'|NULL)")
_PLANNED: Final = re.compile(r"^[\s(]*(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b", re.IGNORECASE)
_TEXT: Final = re.compile(r"'(?:[^']|'')*'(?:::\w+(?: with time zone)?(?:\[\])?)?")
_NUMBER: Final = re.compile(r"(?<![\w$])\d+(?:\.\d+)?\b")
_LIST: Final = re.compile(r"\(\s*\?(?:\s*,\s*\?)+\s*\)")
_ROWS: Final = re.compile(r"(?:\((?:\?|DEFAULT|NULL|true|false|,|\s)+\)\s*,?\s*){2,}")


@dataclass(kw_only=True)
class Statement:
    """One form of a statement, whatever was in its gaps; `example` is the slowest that was asked."""

    form: str
    times: int = 0
    total_ms: float = 0.0
    most_ms: float = 0.0
    example: str = ""

    def count(self, took_ms: float, text: str) -> None:
        self.times += 1
        self.total_ms += took_ms
        if took_ms >= self.most_ms:
            self.most_ms, self.example = took_ms, text


@dataclass(frozen=True, kw_only=True)
class Way:
    """A part of a plan that reads a whole table, or much more than it gives: grows with what is kept."""

    node: str
    table: str
    read: float
    given: float
    detail: str = ""


@dataclass(kw_only=True)
class Asked:
    by_form: dict[str, Statement] = field(default_factory=dict)

    def count(self, took_ms: float, text: str) -> None:
        form = form_of(text)
        self.by_form.setdefault(form, Statement(form=form)).count(took_ms, text)


def start_logging(superuser: Owner) -> None:
    """From the next connection on each statement stands in the server's log with its time."""
    superuser.execute("ALTER SYSTEM SET log_min_duration_statement = 0")
    superuser.execute("ALTER SYSTEM SET log_parameter_max_length = -1")
    superuser.execute("SELECT pg_reload_conf()")


def stop_logging(superuser: Owner) -> None:
    superuser.execute("ALTER SYSTEM RESET log_min_duration_statement")
    superuser.execute("ALTER SYSTEM RESET log_parameter_max_length")
    superuser.execute("SELECT pg_reload_conf()")


def read(log: Path, *, after: int = 0) -> Asked:
    """What was asked since byte `after` of the server's log."""
    asked = Asked()
    waiting: tuple[float, str] | None = None
    for entry in _entries(log, after):
        said, told = _SAID.search(entry), _TOLD.search(entry)
        if told and waiting:
            waiting = waiting[0], _filled(waiting[1], told[1])
            continue
        if waiting:
            asked.count(*waiting)
        waiting = (float(said[1]), said[2].strip()) if said and _PLANNED.match(said[2]) else None
    if waiting:
        asked.count(*waiting)
    return asked


def form_of(text: str) -> str:
    """The statement with its values taken out, lists and rows of them made one."""
    bare = _NUMBER.sub("?", _TEXT.sub("?", text))
    return " ".join(_ROWS.sub("(?) ", _LIST.sub("(?)", bare)).split())


def explain(owner: Owner, statement: Statement, *, much: int) -> list[Way]:
    """How the example is answered, run for real and taken back; nodes that read more than `much` rows for fewer.

    Raises psycopg.Error where it cannot be asked once more.
    """
    with owner.transaction(force_rollback=True):
        owner.execute("SET LOCAL statement_timeout = '120s'")
        found = owner.execute(
            f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) {statement.example}",
            prepare=False,
        ).fetchone()
    assert found
    plan = found[0] if isinstance(found[0], list) else json.loads(found[0])
    return list(_wasteful(plan[0]["Plan"], much=much))


def _wasteful(node: dict[str, Any], *, much: int) -> Iterator[Way]:
    loops = node.get("Actual Loops", 1)
    given = node.get("Actual Rows", 0) * loops
    dropped = (node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)) * loops
    kind = node["Node Type"]
    whole = kind == "Seq Scan" or (kind.startswith("Index") and "Index Cond" not in node)
    if "Relation Name" in node and ((whole and given + dropped > much) or dropped > much):
        yield Way(
            node=kind,
            table=node["Relation Name"],
            read=given + dropped,
            given=given,
            detail=node.get("Filter", "")[:200],
        )
    for below in node.get("Plans", []):
        yield from _wasteful(below, much=much)


def unindexed(
    node: dict[str, Any], *, growing: frozenset[str], partial: frozenset[str], is_bounded: bool = False
) -> Iterator[Way]:
    """Nodes of a plan, made with sequential scans made dear, that still read a growing table from end to end.

    What stands under a LIMIT may walk an index in its order: it stops. A `partial` index may be read through: it holds
    what waits, and not what has ever been.
    """
    kind, table = node["Node Type"], node.get("Relation Name", "")
    through = kind.startswith(("Index", "Bitmap Index")) and "Index Cond" not in node
    reads_all = kind == "Seq Scan" or (through and not is_bounded and node.get("Index Name") not in partial)
    if table in growing and reads_all:
        yield Way(
            node=kind,
            table=table,
            read=node["Plan Rows"],
            given=node["Plan Rows"],
            detail=node.get("Filter", ""),
        )
    for below in node.get("Plans", []):
        # A sort or a hash takes in everything before it gives the first row.
        stops = kind == "Limit" or (is_bounded and kind in _STREAMS)
        yield from unindexed(below, growing=growing, partial=partial, is_bounded=stops)


_STREAMS: Final = frozenset(
    {"Nested Loop", "LockRows", "Memoize", "Result", "Subquery Scan", "Unique", "Incremental Sort"}
)


def _entries(log: Path, after: int) -> Iterator[str]:
    entry: list[str] = []
    with log.open("rb") as lines:
        lines.seek(after)
        for line in _texts(lines):
            if _BEGINS.match(line) and entry:
                yield "".join(entry)
                entry = []
            entry.append(line)
    yield "".join(entry)


def _texts(lines: Iterable[bytes]) -> Iterator[str]:
    for line in lines:
        yield line.decode(errors="replace")


def _filled(text: str, told: str) -> str:
    """The statement with its parameters written out; the highest number first, so that $1 is not found in $12."""
    values = dict(_ONE.findall(told))
    return re.sub(r"\$(\d+)", lambda gap: values.get(gap[1], "NULL"), text)
