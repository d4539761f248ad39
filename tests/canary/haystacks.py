"""Where a secret could have been left: tables, the server's own files, logs, temporary files, the home."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from tests.canary.planted import Search


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What was looked through, and how often which form of a secret was found in it."""

    what: str
    pieces: int
    byte_count: int
    hits: Counter[str]

    def as_json(self) -> dict[str, object]:
        return {
            "what": self.what,
            "pieces": self.pieces,
            "bytes": self.byte_count,
            "hits": sum(self.hits.values()),
            "forms": dict(self.hits),
        }


def tables(url: str, search: Search) -> Looked:
    """Every row of every table, as a dump writes it: text as it is, bytes as hex digits; and the bytes themselves."""
    pieces, size, hits = 0, 0, Counter[str]()
    with psycopg.connect(url) as connection:
        for schema, table in connection.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall():
            dump = b"".join(_dump(connection, schema, table))
            pieces, size = pieces + 1, size + len(dump)
            hits += search.hits(dump) + search.hits(_without_hex(dump))
    return Looked(what="every table", pieces=pieces, byte_count=size, hits=hits)


def _dump(connection: "psycopg.Connection[tuple[object, ...]]", schema: str, table: str) -> Iterator[bytes]:
    statement = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(schema, table))
    with connection.cursor().copy(statement) as copy:
        yield from (bytes(piece) for piece in copy)


def _without_hex(dump: bytes) -> bytes:
    """Columns of bytes, read: what is not hex digits is left out."""
    return b"".join(
        bytes.fromhex(cell[3:].decode())
        for line in dump.split(b"\n")
        for cell in line.split(b"\t")
        if cell.startswith(b"\\\\x") and len(cell) % 2 == 1
    )


def files(what: str, folder: Path, search: Search, *, without: frozenset[Path] = frozenset()) -> Looked:
    """Every file below this folder, byte for byte, and its name; not those below `without`, which belong to others."""
    pieces, size, hits = 0, 0, Counter[str]()
    for path in _files(folder, without):
        data = path.read_bytes()
        pieces, size = pieces + 1, size + len(data)
        hits += search.hits(data) + search.hits(str(path).encode())
    return Looked(what=what, pieces=pieces, byte_count=size, hits=hits)


def _files(folder: Path, without: frozenset[Path]) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path in without or path.is_symlink():
            continue
        if path.is_dir():
            yield from _files(path, without)
        elif path.is_file():
            yield path
