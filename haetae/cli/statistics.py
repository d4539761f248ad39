"""`haetae statistics export`: a published month as open data."""

from pathlib import Path
from typing import Annotated

import typer

statistics = typer.Typer(help="What is published every month.", no_args_is_help=True)
_NOT_PUBLISHED = 3
_REFUSED = 2


@statistics.callback()
def _statistics() -> None:
    """Keeps `export` a word of its own."""


@statistics.command()
def export(
    *,
    month: Annotated[str, typer.Option(help="YYYY-MM.")],
    out: Annotated[
        Path, typer.Option("--out", help="A folder: a new one, an empty one, or one written by this command.")
    ],
    revision: Annotated[
        int | None, typer.Option(help="An earlier publication of the month; else the newest.")
    ] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Count now and write marked drafts.")] = False,
) -> None:
    """Tables as CSV, what each number means, and the proof of the publication.

    Exit 0: written; 2: the month cannot be read, is not over, or the folder holds something else; 3: not published.
    """
    from haetae.running import installation

    with installation.opened(may_be_new=False) as here:
        installation.migrate_if_empty(here)
        installation.django_ready(here)
        files = _draft(month) if preview else _published(month, revision)
    _write(files, out)
    typer.echo(f"{len(files)} files in {out}{', a draft that nobody has published' if preview else ''}.")


def _published(month: str, revision: int | None) -> dict[str, bytes]:
    from haetae.agencies.statistics import opendata, queries

    _check_month(month)
    row = queries.newest(month) if revision is None else queries.of_revision(month, revision)
    if row is None:
        known = ", ".join(one.month for one in queries.months()) or "none yet"
        typer.echo(
            f"{month} is not published{f' as revision {revision}' if revision else ''}. Published: {known}. "
            "--preview writes a draft.",
            err=True,
        )
        raise typer.Exit(_NOT_PUBLISHED)
    return opendata.files_of(row)


def _draft(month: str) -> dict[str, bytes]:
    from haetae.agencies.statistics import opendata, queries
    from haetae.agencies.statistics.counting import ends_at
    from haetae.common import clock

    _check_month(month)
    if clock.now() < ends_at(month):
        _refuse(
            f"{month} is not over yet where the officials are; it can be counted from {ends_at(month)} on."
        )
    return opendata.draft_files(queries.draft_of(month).body)


def _check_month(month: str) -> None:
    from haetae.agencies.statistics.rules import why_not_month

    if why_not_month(month):
        _refuse(f"--month reads YYYY-MM, as 2026-10; {month!r} does not.")


def _write(files: dict[str, bytes], out: Path) -> None:
    """Nothing that is not ours is touched, and nothing of an earlier run stays."""
    from haetae.agencies.statistics.opendata import NAMES

    if out.exists() and not out.is_dir():
        _refuse(f"{out} is a file; --out names a folder.")
    there = {one.name for one in out.iterdir()} if out.exists() else set()
    if foreign := sorted(there - NAMES):
        _refuse(f"{out} holds something else ({foreign[0]}); name a new or an empty folder.")
    out.mkdir(parents=True, exist_ok=True)
    for name in there - files.keys():
        (out / name).unlink()
    for name, content in files.items():
        (out / name).write_bytes(content)


def _refuse(sentence: str) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(_REFUSED)
