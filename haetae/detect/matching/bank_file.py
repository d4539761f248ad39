"""A bank in a file: one JSON object per line, as another tool or a list can write it."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from haetae.detect.matching.bank import Bank
from haetae.detect.matching.known import KnownHash, Tier

FIELDS: Final = frozenset({"entry_id", "list_name", "tier", "sha256", "md5", "pdq", "dhash", "foreign_id"})


class BankFileError(ValueError):
    """The sentence names the line and what to mend. A bank is read whole or not at all."""


def read_bank(path: Path) -> Bank:
    """A line holds entry_id, list_name, tier (1 to 4) and any of sha256, md5, pdq, dhash; empty ones are skipped.

    What `haetae bank export` writes is such a file; its foreign_id says nothing here.

    Raises BankFileError for a line that is none, OSError for a file that cannot be read.
    """
    with path.open("rb") as lines:
        return read_lines(lines)


def read_lines(lines: Iterable[bytes]) -> Bank:
    """The same of lines that were read already. Raises BankFileError."""
    return Bank(_entries(lines))


def _entries(lines: Iterable[bytes]) -> Iterator[KnownHash]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _entry(json.loads(line))
            except (ValueError, RecursionError) as error:
                raise BankFileError(f"Line {number} is not an entry of a bank: {error}") from error


def _entry(fields: object) -> KnownHash:
    if not isinstance(fields, dict):
        raise ValueError('write one JSON object per line, beginning with "{".')
    if unknown := set(fields) - FIELDS:
        raise ValueError(f"{min(unknown)} is not a field; the fields are {', '.join(sorted(FIELDS))}.")
    texts = {name: _text(fields, name) for name in FIELDS - {"tier"}}
    entry_id, list_name = texts.pop("entry_id"), texts.pop("list_name")
    if not entry_id or not list_name:
        raise ValueError("entry_id and list_name must be given, so that a match can be traced back.")
    if type(fields.get("tier")) is not int or fields["tier"] not in set(Tier):
        raise ValueError("tier must be 1 (self-declared), 2 (counsellor), 3 (operator) or 4 (regulator).")
    return KnownHash(
        entry_id=entry_id,
        list_name=list_name,
        tier=Tier(fields["tier"]),
        sha256=texts["sha256"],
        md5=texts["md5"],
        pdq=texts["pdq"],
        dhash=texts["dhash"],
    )


def _text(fields: dict[str, object], name: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} must be text or left out.")
    return value
