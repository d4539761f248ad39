"""`haetae scan --report`: an archive of any size into a folder of parts. It needs no database and no server."""

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

if TYPE_CHECKING:
    from haetae.archive.examining import Task
    from haetae.archive.forms import Form
    from haetae.archive.reports import Report, Scan

DONE, UNREADABLE, CANNOT = 0, 1, 2
TOLD_EVERY_S: Final = 10.0
SUMS: Final = ("files", "known", "request", "review", "nothing", "undetermined", "unreadable")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The options of the command, as they were typed."""

    paths: Sequence[str]
    folder: Path
    bank: Path | None
    ray: bool
    lines: bool
    workers: int | None
    per_part: int
    as_json: bool


def write_report(asked: Asked) -> int:
    """The exit status: 1 where a file could not be read, 2 where it could not begin or go on."""
    from haetae.archive.examining import Task
    from haetae.archive.reports import Report, ReportError, Scan
    from haetae.archive.sources import SourceError, source_of

    folder = asked.folder
    try:
        form = _form(lines=asked.lines)
        source = source_of(asked.paths)
        known = _known(asked.bank)
        _stays_outside(folder, source.names)
        scan = Scan(
            sources=source.names,
            known=sha256(known).hexdigest() if known is not None else None,
            form=form,
            files_per_part=asked.per_part,
        )
        report = Report(folder)
        with report.held():
            scan = report.taken_up(scan, source)
            task = Task(source=source, known=known, form=form)
            counts = _examined(report, scan, task, ray=asked.ray, workers=asked.workers)
            report.close({"files": scan.files, "parts": scan.parts, "counts": dict(counts)})
    except (SourceError, ReportError, OSError, RuntimeError) as problem:
        typer.echo(str(problem), err=True)
        return CANNOT
    sums = {name: counts[name] for name in SUMS}
    said = ", ".join(f"{count} {name}" for name, count in sums.items())
    typer.echo(json.dumps({"report": str(folder), **sums}) if asked.as_json else f"{folder}: {said}")
    return UNREADABLE if counts["unreadable"] else DONE


def _form(*, lines: bool) -> "Form":
    from haetae.archive.forms import Form, parquet_is_there
    from haetae.archive.reports import ReportError

    if not lines and not parquet_is_there():
        raise ReportError(
            "Parquet is written with an extra: install haetae[archive], or haetae[ray]; or add --lines for JSON Lines."
        )
    return Form.LINES if lines else Form.PARQUET


def _known(bank: Path | None) -> bytes | None:
    """The file of known hashes, which must be good before anything begins."""
    from haetae.archive.reports import ReportError
    from haetae.detect.matching.bank_file import BankFileError, read_lines

    if bank is None:
        return None
    try:
        known = bank.read_bytes()
        read_lines(known.splitlines())
    except (BankFileError, OSError) as error:
        raise ReportError(f"The bank {bank} cannot be used. {error}") from error
    return known


def _stays_outside(folder: Path, sources: Sequence[str]) -> None:
    from haetae.archive.reports import ReportError, lies_inside

    if lies_inside(folder, sources):
        raise ReportError(f"{folder} lies inside what is to be scanned; name a folder outside of it.")


def _examined(
    report: "Report", scan: "Scan", task: "Task", *, ray: bool, workers: int | None
) -> Counter[str]:
    pending = report.pending(scan)
    counts: Counter[str] = Counter()
    for number in sorted(set(range(scan.parts)) - set(pending)):
        counts += report.counts(number, scan.form)
    progress = _Progress(files=scan.files, done_before=counts["files"])
    for number, part in _parts(report, task, pending, ray=ray, workers=workers):
        counts += report.keep(number, part, scan.form)
        progress.tell(counts)
    progress.tell(counts, last=True)
    return counts


def _parts(
    report: "Report", task: "Task", pending: Sequence[int], *, ray: bool, workers: int | None
) -> Iterator[tuple[int, bytes]]:
    if not pending:
        return iter(())
    if ray:
        from haetae.archive.cluster import parts_by_ray

        return parts_by_ray(task, pending, items=report.items, workers=workers)
    from haetae.archive.processes import parts_by_processes
    from haetae.cli.scan import WORKERS

    return parts_by_processes(task, pending, items=report.items, workers=workers or WORKERS)


class _Progress:
    """A line on the standard error now and then: for a person at a terminal and for a file of a service manager."""

    def __init__(self, *, files: int, done_before: int) -> None:
        self._files, self._done_before = files, done_before
        self._began_s = self._told_s = time.monotonic()

    def tell(self, counts: Counter[str], *, last: bool = False) -> None:
        now_s = time.monotonic()
        if not last and now_s - self._told_s < TOLD_EVERY_S:
            return
        self._told_s = now_s
        per_s = (counts["files"] - self._done_before) / max(now_s - self._began_s, 0.001)
        left = f", {_span((self._files - counts['files']) / per_s)} left" if per_s and not last else ""
        typer.echo(
            f"{counts['files']} of {self._files} files, {counts['known']} known,"
            f" {counts['undetermined']} undetermined, {per_s:.1f} files/s{left}",
            err=True,
        )


def _span(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{round(seconds)} s" if seconds < 90 else f"{minutes // 60} h {minutes % 60:02} min"
