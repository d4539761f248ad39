"""`haetae watch ...`: write down which public pages are watched, say how it goes, and visit what is due."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

watch = typer.Typer(help="Public pages that the agency watches.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")]
NOTHING_IS_ON = 3


class PlaceKind(StrEnum):
    """The same words as haetae.flow.arrival.watching.states.Kind, which is there only once Django is ready."""

    PAGE = "page"
    FEED = "feed"
    SITEMAP = "sitemap"
    CHANNEL = "channel"
    SEARCH = "search"


@watch.command()
def add(  # noqa: PLR0913 - one for each thing that the command line can say of a list
    name: Annotated[str, typer.Argument(help="What the list is called.")],
    *,
    place: Annotated[list[str], typer.Option(help="A public address; may be given again.")],
    purpose: Annotated[
        str, typer.Option(help="Why it is watched: a sentence. Nothing is watched without one.")
    ],
    basis: Annotated[
        str, typer.Option(help="Id of the legal basis in the pack of this country.")
    ] = "deletion_support",
    kind: Annotated[PlaceKind, typer.Option(help="How these addresses are read.")] = PlaceKind.PAGE,
    every: Annotated[int, typer.Option(help="Seconds between two visits.")] = 300,
    days: Annotated[int, typer.Option(help="After so many days the list ends by itself.")] = 30,
    depth: Annotated[int, typer.Option(help="How deep links are followed; 0: not at all.")] = 0,
    host: Annotated[
        list[str] | None, typer.Option(help="Another host to which links are followed; may be given again.")
    ] = None,
    weight: Annotated[int, typer.Option(help="Risk, 1 to 9: the greater is visited first.")] = 1,
    phrases: Annotated[
        Path | None,
        typer.Option(help="File with the agency's own phrases, one a line. They rank, and do no more."),
    ] = None,
    vanishes: Annotated[
        bool, typer.Option("--vanishes", help="What is shown there does not stay for long.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write a list down as a draft. An official must switch it on, on the page of watch lists: no command can.

    Exit 0: written down; 2: something in it cannot be, and the sentence says what.
    """
    with _rooms() as watching:
        made = watching.add(
            watching.Told(
                name=name,
                places=place,
                kind=kind.value,
                purpose=purpose,
                basis=basis,
                days=days,
                every_s=every,
                follow_depth=depth,
                weight=weight,
                hosts=host or [],
                phrases=phrases,
                vanishes=vanishes,
            )
        )
    if as_json:
        typer.echo(json.dumps(made, ensure_ascii=False))
    else:
        typer.echo(f"{name} is written down with {_so_many(made['places'], 'place')}, and is a draft.")
        typer.echo("An official with watch:confirm must switch it on: /console/watching/.")


@watch.command("list")
def list_(*, as_json: AsJson = False) -> None:
    """Say how each list goes. What it names is read on the pages. Exit 0."""
    with _rooms() as watching:
        found = watching.listed()
    if as_json:
        typer.echo(json.dumps({"lists": found}, ensure_ascii=False))
        return
    if not found:
        typer.echo("No list is written down; `haetae watch add` writes one.")
    for one in found:
        waits = f", waits for {one['waits_for']}" if one["waits_for"] else ""
        typer.echo(
            f"{one['name']}: {one['state']}{waits}, until {one['until'][:10]}, every {one['every_s']} s"
        )
        typer.echo(
            f"  {_so_many(one['places'], 'place')}, {one['visited']} visited, {one['due']} due,"
            f" {_so_many(one['found'], 'picture')} found, {_so_many(one['leads'], 'lead')}"
        )


@watch.command()
def run(
    *,
    once: Annotated[
        bool, typer.Option("--once", help="One pass over all that is due, until nothing is.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Visit what is due: with --once until nothing is, else until it is stopped, as the process `watcher` does.

    Exit 0: the pass came to its end, whatever some visits missed; 2: it cannot start; 3: nothing is switched on.
    """
    if as_json and not once:
        raise typer.BadParameter("it goes with --once.", param_hint="--json")
    with _rooms() as watching:
        if not once:
            watching.watch_until_stopped()
            return
        done = watching.once()
    if as_json:
        typer.echo(json.dumps(done, ensure_ascii=False))
    else:
        typer.echo(
            f"{_so_many(done['visited'], 'visit')}: {done['seen']} seen, {done['missed']} missed;"
            f" {_so_many(done['pictures'], 'picture')}, {done['found']} of them new to us"
        )
        for why, number in done["by_reason"].items():
            typer.echo(f"  missed {number}: {why}")
    if not done["lists"]:
        why = "everything stands still by an official's word" if done["stopped"] else "no list is switched on"
        drafts = f"; waiting for an official: {_so_many(done['drafts'], 'draft')}" if done["drafts"] else ""
        typer.echo(f"Nothing was visited: {why}{drafts}.", err=True)
        raise typer.Exit(NOTHING_IS_ON)


def _so_many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


@contextmanager
def _rooms() -> Iterator[Any]:
    """The room behind the commands, with Django ready. What cannot be done is one sentence and exit 2."""
    from haetae.running import installation

    with installation.opened() as here:
        installation.migrate_if_empty(here)
        installation.django_ready(here)
        from haetae.running import watching

        try:
            yield watching
        except watching.CannotDoError as problem:
            typer.echo(str(problem), err=True)
            sys.exit(2)
