"""A report is a folder: a plan of parts, and each part that is done. What is done is never done again.

    part-00000.parquet ...   one file for each part, there whole or not at all
    _plan/00000.jsonl ...    which files belong to each part, written before the first is examined
    _scan.json               what is scanned, against what and in how many parts; written when the plan is whole
    _summary.json            what came of it; written when every part is there

Readers of Parquet take the folder as one table and pass over names that begin with an underscore.
"""

import fcntl
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from shutil import rmtree
from typing import Any

from haetae.archive.forms import Form, counts_of, rows_in
from haetae.archive.sources import Item, Source
from haetae.detect.matching.folders import synced
from haetae.detect.opening.facts import Why


class ReportError(ValueError):
    """The sentence says what stands in the way and the way out."""


@dataclass(frozen=True, kw_only=True)
class Scan:
    """What a report is of. A folder takes up only the scan that it began with. `known` is a SHA-256, or None."""

    sources: list[str]
    known: str | None
    form: Form
    files_per_part: int
    files: int = 0
    parts: int = 0


class Report:
    """One folder, held by one scan at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._plan = folder / "_plan"
        self._told = folder / "_scan.json"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keeps every other scan away from the folder. Raises ReportError."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = os.open(self.folder / "_lock", os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise ReportError(f"No report can be written to {self.folder}: {error.strerror}.") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError as error:
            raise ReportError(
                f"Another scan is writing to {self.folder}; wait for it, or name another folder."
            ) from error
        finally:
            os.close(lock)

    def taken_up(self, asked: Scan, source: Source) -> Scan:
        """The scan of this folder: planned now, or an earlier one of the same that goes on. Raises ReportError."""
        if self._told.exists():
            scan = Scan(**json.loads(self._told.read_text(encoding="utf-8")))
            self._must_be_the_same(scan, asked)
            return scan
        strangers = [entry.name for entry in self.folder.iterdir() if entry.name not in {"_lock", "_plan"}]
        if strangers:
            raise ReportError(
                f"{self.folder} holds something else ({min(strangers)}); name a new or an empty folder."
            )
        rmtree(self._plan, ignore_errors=True)
        return self._planned(asked, source.items())

    def pending(self, scan: Scan) -> list[int]:
        """The parts that are not there yet, in order."""
        return [number for number in range(scan.parts) if not self._part(number, scan.form).exists()]

    def items(self, number: int) -> list[Item]:
        """What belongs to a part."""
        lines = (self._plan / f"{number:05}.jsonl").read_bytes().splitlines()
        return [
            Item(name, Why(refused) if refused else None, problem)
            for name, refused, problem in map(json.loads, lines)
        ]

    def keep(self, number: int, part: bytes, form: Form) -> Counter[str]:
        """Put a part on the disk, whole, and say what is in it."""
        self._write(self._part(number, form), part)
        return self.counts(number, form)

    def counts(self, number: int, form: Form) -> Counter[str]:
        return counts_of(rows_in(self._part(number, form)))

    def close(self, summary: dict[str, Any]) -> None:
        self._write(self.folder / "_summary.json", json.dumps(summary, indent=1).encode())

    def _planned(self, asked: Scan, items: Iterator[Item]) -> Scan:
        self._plan.mkdir()
        files = parts = 0
        while items_here := list(islice(items, asked.files_per_part)):
            lines = (json.dumps([item.name, item.refused, item.problem]) for item in items_here)
            (self._plan / f"{parts:05}.jsonl").write_text(
                "".join(f"{line}\n" for line in lines), encoding="utf-8"
            )
            files += len(items_here)
            parts += 1
        scan = Scan(**{**asdict(asked), "files": files, "parts": parts})
        os.sync()
        self._write(self._told, json.dumps(asdict(scan), indent=1).encode())
        return scan

    def _must_be_the_same(self, begun: Scan, asked: Scan) -> None:
        compared = {
            "another archive": (begun.sources, asked.sources),
            "another bank": (begun.known, asked.known),
            "another form": (begun.form, asked.form),
        }
        for words, (before, now) in compared.items():
            if before != now:
                raise ReportError(
                    f"{self.folder} was begun with {words}: finish it as it was begun, or name a new folder."
                )

    def _part(self, number: int, form: Form) -> Path:
        return self.folder / f"part-{number:05}.{form}"

    def _write(self, path: Path, content: bytes) -> None:
        draft = path.with_name(f"_{path.name}.draft")
        draft.write_bytes(content)
        synced(draft)
        draft.rename(path)
        synced(self.folder)


def lies_inside(folder: Path, sources: Iterable[str]) -> bool:
    """Whether a report there would become part of the archive."""
    here = folder.resolve()
    return any(here.is_relative_to(Path(name).resolve()) for name in sources)
