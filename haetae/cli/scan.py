"""`haetae scan`: examine files and folders. It needs no database, no network and no server."""

import json
import sys
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.progress import Progress

    from haetae.detect.classifying.assessing import Models
    from haetae.detect.finding import Finding
    from haetae.detect.matching import Bank
    from haetae.detect.places import Place

ANSWERED, UNREADABLE, BAD_BANK = 0, 1, 2
AHEAD_PER_WORKER = 4
WORKERS = 2


def scan(  # noqa: PLR0913 - one argument for each option of the command
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Files, or folders with everything below them; for a report also one s3://bucket."
        ),
    ],
    *,
    bank: Annotated[
        Path | None, typer.Option("--bank", help="Known hashes to look for, a JSON object per line.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object per file; of a report, one with its sums.")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers", min=1, help="Pictures opened at once: 2, with --ray as many as processors."
        ),
    ] = None,
    scores: Annotated[
        bool, typer.Option("--scores", help="Ask the models too; a score is a lead and no evidence.")
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report", help="Folder for a report on an archive of any size; begun again, it goes on."
        ),
    ] = None,
    ray: Annotated[
        bool, typer.Option("--ray", help="Have a report made by Ray, here or on the cluster of RAY_ADDRESS.")
    ] = False,
    lines: Annotated[
        bool,
        typer.Option("--lines", help="Write a report as JSON Lines, which need no extra, not as Parquet."),
    ] = False,
    per_part: Annotated[
        int,
        typer.Option("--files-per-part", min=1, help="What is done again, at most, after an interruption."),
    ] = 500,
) -> None:
    """Say of each file what it is and whether it is known. Exit 1: a file cannot be read; 2: it cannot begin."""
    if report is not None:
        from haetae.cli.scan_report import Asked, write_report

        if scores:
            raise typer.BadParameter("A report holds no scores: leave --scores or --report out.")
        asked = Asked(
            paths=paths,
            folder=report,
            bank=bank,
            ray=ray,
            lines=lines,
            workers=workers,
            per_part=per_part,
            as_json=as_json,
        )
        raise typer.Exit(write_report(asked))
    if ray or lines:
        raise typer.BadParameter("--ray and --lines are for a report: name its folder with --report.")
    if any(path.startswith("s3://") for path in paths):
        raise typer.BadParameter("A bucket is scanned into a report: name its folder with --report.")
    from haetae.detect.files import could_be_read
    from haetae.detect.places import places_of

    known, places = _bank(bank), places_of(Path(path) for path in paths)
    rows: list[tuple[Path, Finding]] = []
    all_read = True
    found = _findings(places, bank=known, workers=workers or WORKERS, models=_models() if scores else None)
    with closing(found) as findings, _progress(hidden=as_json and sys.stdout.isatty()) as progress:
        for path, finding in progress.track(findings, total=len(places), description="Examining"):
            all_read &= could_be_read(finding)
            if as_json:
                typer.echo(json.dumps({"path": str(path), **finding.as_json()}))
            else:
                rows.append((path, finding))
    if not as_json:
        _print_table(rows)
    raise typer.Exit(ANSWERED if all_read else UNREADABLE)


def _bank(path: Path | None) -> "Bank":
    from haetae.detect.matching import Bank
    from haetae.detect.matching.bank_file import BankFileError, read_bank

    try:
        return Bank() if path is None else read_bank(path)
    except (BankFileError, OSError) as error:
        typer.echo(f"The bank {path} cannot be used. {error}", err=True)
        raise typer.Exit(BAD_BANK) from error


def _models() -> "Models":
    from haetae.common.shipped_models import models_of
    from haetae.detect.classifying.card import Task
    from haetae.settings.environment import Environment

    return models_of(Environment(), [Task.EXPLICIT, Task.FACE_MANIPULATED, Task.IMAGE_GENERATED])


def _findings(
    places: Sequence["Place"], *, bank: "Bank", workers: int, models: "Models | None"
) -> Generator[tuple[Path, "Finding"], None, None]:
    """Findings in the order of the places. However it ends, no child process is left behind."""
    from haetae.detect.files import examine_file, unread
    from haetae.detect.pool import OpenerPool

    openers = OpenerPool(size=workers)
    executor = ThreadPoolExecutor(workers)

    def look(place: "Place") -> "Finding":
        if place.refused is not None:
            return unread(place.refused, problem=place.problem)
        return examine_file(place.path, bank=bank, openers=openers, models=models)

    waiting: deque[tuple[Path, Future[Finding]]] = deque()
    try:
        for place in places:
            waiting.append((place.path, executor.submit(look, place)))
            if len(waiting) >= AHEAD_PER_WORKER * workers:
                path, first = waiting.popleft()
                yield path, first.result()
        for path, rest in waiting:
            yield path, rest.result()
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
        openers.close()
        executor.shutdown()


def _progress(*, hidden: bool) -> "Progress":
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    return Progress(console=console, transient=True, disable=hidden or not console.is_terminal)


def _print_table(rows: Sequence[tuple[Path, "Finding"]]) -> None:
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    table = Table(Column("File", overflow="fold"), "Content", "Verdict", "Why")
    for path, finding in rows:
        cells = (_shown(str(path)), _content(finding), finding.verdict, _why(finding))
        table.add_row(*map(Text, cells))
    Console().print(table)


def _content(finding: "Finding") -> str:
    media = finding.media
    return media.format if media.width_px is None else f"{media.format} {media.width_px} x {media.height_px}"


def _why(finding: "Finding") -> str:
    return " ".join(_shown(reason.words) for reason in finding.reasons)


def _shown(text: str) -> str:
    """A file name may hold anything, orders to the terminal too; what cannot be printed becomes a mark."""
    return "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text
    )
