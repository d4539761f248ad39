"""`haetae review queue`: what waits for the review commission, and whether it can decide."""

import json
from collections.abc import Mapping
from typing import Annotated, Any

import typer

review = typer.Typer(help="What the review commission decides.", no_args_is_help=True)


@review.callback()
def commands() -> None:
    """Keeps `queue` a command of its own."""


@review.command()
def queue(*, as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False) -> None:
    """Everything undecided, the most urgent first, with the votes so far as numbers. No address and no name is told.

    Exit 0, also without a quorum: then nothing is decided, and the output says since when.
    """
    from haetae.running import installation

    with installation.opened(may_be_new=False) as here:
        installation.migrate_if_empty(here)
        installation.django_ready(here)
        from haetae.common import clock
        from haetae.flow.overview.docket import docket

        found = docket(at=clock.now())
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        _print_table(found)


def _print_table(found: Mapping[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Column, Table

    console = Console()
    console.print(_quorum(found["commission"]))
    if not found["waiting"]:
        console.print("Nothing waits for a decision.")
        return
    table = Table(
        Column("Review", no_wrap=True),
        "Why",
        "Waits since",
        "Block",
        "Hearing",
        "Proposal",
        "Votes",
        expand=True,
    )
    for one in found["waiting"]:
        table.add_row(*_row(one, needed=found["commission"]["needed"]))
    console.print(table)


def _row(one: Mapping[str, Any], *, needed: int) -> list[str]:
    proposal, ends = one["proposal"], (one["block_ends"] or "")[:10]
    return [
        one["review"][:8],
        _words(one["because"]) + (", minor" if one["minor"] else ""),
        one["waiting_since"][:16].replace("T", " ") + (", late" if one["state"] == "late" else ""),
        _words(one["block"] or "none") + (f", ends {ends}" if ends else ""),
        _words(one["hearing"]),
        _words(f"{proposal['decision']}: {proposal['reason']}") if proposal else "none",
        f"{one['votes']} of {needed}",
    ]


def _quorum(commission: Mapping[str, Any]) -> str:
    numbers = f"{commission['seated']} of {commission['seats']} seats are filled, {commission['needed']} must agree."
    if commission["quorum"]:
        return numbers
    since = commission["without_quorum_since"]
    return f"NO QUORUM{f' since {since}' if since else ''}: {numbers} Nothing is decided, and nothing is presumed."


def _words(code: str) -> str:
    return code.replace("_", " ")
