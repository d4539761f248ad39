"""`haetae exchange source ...` and `haetae exchange pull`: lists of others that we fetch."""

import json
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

source = typer.Typer(help="Lists of others that we fetch: add, list, remove.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="What we call it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")]
_SILENT_S = 2.0


class Wire(StrEnum):
    """The same words as haetae.hashbank.states.Wire, which is there only once Django is ready."""

    STOPNCII = "stopncii"
    NCMEC = "ncmec"


@source.command()
def add(
    name: Name,
    *,
    wire: Annotated[Wire, typer.Option(help="How it is spoken with.")],
    base: Annotated[
        str, typer.Option(help="Address before /FetchHashes or /v2/entries. Its origin becomes reachable.")
    ],
    secret_file: Annotated[
        Path,
        typer.Option(
            help="File with what opens it, kept with our keys. stopncii: x-functions-key, and on a second line the "
            "subscription's where it differs; ncmec: user:password."
        ),
    ],
    partner: Annotated[str, typer.Option(help="Whose list it is; its own name where left out.")] = "",
    list_name: Annotated[
        str, typer.Option("--list", help="List that it fills; its own name where left out.")
    ] = "",
    every: Annotated[int, typer.Option(min=10, max=604_800, help="Seconds between two rounds.")] = 900,
) -> None:
    """Make a list of somebody else's known, or change what is known of it. It is fetched from now on."""
    with _rooms() as sources:
        made = sources.add(
            sources.Wanted(
                name=name,
                wire=wire.value,
                base=base,
                secret_file=secret_file,
                partner=partner,
                list_name=list_name,
                every_s=every,
            )
        )
        typer.echo(f"{name} is fetched every {every} seconds and fills the list {made.fills.name}")


@source.command("list")
def list_(*, as_json: AsJson = False) -> None:
    """Say of each what has come, and since when it fails."""
    with _rooms() as sources:
        found = sources.listed()
    if as_json:
        typer.echo(json.dumps({"sources": found}, ensure_ascii=False))
        return
    for one in found:
        failing = one["failing"]
        state = (
            f"fails since {failing['since']} ({failing['tries']} tries): {failing['words']}"
            if failing
            else "well"
        )
        typer.echo(f"{one['name']} ({one['wire']}, {one['base']}) fills {one['list']}: {state}")
        typer.echo(f"  last whole round {one['succeeded_at'] or 'never'}; {_in_words(one['counts'])}")


@source.command()
def remove(name: Name) -> None:
    """Fetch it no more. What it brought stays known until it is withdrawn."""
    with _rooms() as sources:
        kept = sources.remove(name)
    typer.echo(f"{name} is fetched no more; what it brought stays on the list {kept}")


def pull(name: Name, *, as_json: AsJson = False) -> None:
    """Fetch a list now, to the end. Exit 1 when that fails; what had come until then stays."""
    with _rooms() as sources:
        done = sources.pull(name, tell=_Progress())
    if as_json:
        typer.echo(json.dumps(done, ensure_ascii=False))
    else:
        typer.echo(f"{name}: {done['pages']} pages; {_in_words(done)}")
        if done["quarantined"]:
            typer.echo(
                f"  the list {done['list']} is put aside: nothing of it is matched until a person has looked"
            )
        for words in done["odd"]:
            typer.echo(f"  {words}")
    if done["failure"]:
        typer.echo(f"{done['failure']['code']}: {done['failure']['words']}", err=True)
        sys.exit(1)


class _Progress:
    """A line every two seconds, beside the answer."""

    def __init__(self) -> None:
        self._told_s = time.monotonic()

    def __call__(self, counts: Mapping[str, int]) -> None:
        if time.monotonic() - self._told_s >= _SILENT_S:
            self._told_s = time.monotonic()
            typer.echo(f"... {_in_words(counts)}", err=True)


def _in_words(counts: Mapping[str, Any]) -> str:
    kinds = ("added", "changed", "withdrawn", "unchanged", "withdrawn_here", "not_held", "set_aside")
    return ", ".join(f"{counts.get(kind, 0)} {kind.replace('_', ' ')}" for kind in kinds)


@contextmanager
def _rooms() -> Iterator[Any]:
    """The room behind the commands, with Django ready. What cannot be done is one sentence and exit 2."""
    from haetae.running import installation

    with installation.opened() as here:
        installation.migrate_if_empty(here)
        installation.django_ready(here)
        from haetae.running import sources

        try:
            yield sources
        except sources.CannotDoError as problem:
            typer.echo(str(problem), err=True)
            sys.exit(2)
