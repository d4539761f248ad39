"""How a part of a report is written: Parquet, or JSON Lines where nothing more is installed. The same columns."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from haetae.archive.rows import COLUMNS, Row
from haetae.detect.opening.facts import Why

if TYPE_CHECKING:
    import pyarrow

PARQUET_EXTRA: Final = "archive"


class Form(StrEnum):
    """The ending of a part's name says its form."""

    PARQUET = "parquet"
    LINES = "jsonl"


def parquet_is_there() -> bool:
    return find_spec("pyarrow") is not None


def bytes_of(rows: Sequence[Row], form: Form) -> bytes:
    """A whole part as it lies on the disk. The same rows are the same bytes, with one version of the writer."""
    if form is Form.LINES:
        return b"".join(
            json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for row in rows
        )
    import pyarrow  # noqa: PLC0415 - an extra
    from pyarrow import parquet  # noqa: PLC0415

    table = pyarrow.Table.from_pylist(list(rows), schema=_schema())
    written = BytesIO()
    parquet.write_table(table, written, compression="zstd")
    return written.getvalue()


def rows_in(path: Path) -> Iterable[Row]:
    """The rows of one part, of either form."""
    if path.suffix == f".{Form.LINES}":
        return [json.loads(line) for line in path.read_bytes().splitlines()]
    from pyarrow import parquet  # noqa: PLC0415

    rows: list[Row] = parquet.read_table(path).to_pylist()
    return rows


def counts_of(rows: Iterable[Row]) -> Counter[str]:
    """How many files, with which outcome, known how often, and unreadable."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts["files"] += 1
        counts[row["outcome"]] += 1
        counts["known"] += bool(row["matches"])
        counts["unreadable"] += row["undetermined_why"] == Why.UNREADABLE
    return counts


def _schema() -> "pyarrow.Schema":
    import pyarrow  # noqa: PLC0415

    of: dict[type, Any] = {str: pyarrow.string(), int: pyarrow.int64(), bool: pyarrow.bool_()}
    return pyarrow.schema([(name, of[kind]) for name, kind in COLUMNS.items()])
