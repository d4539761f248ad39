"""`haetae exchange ...`: partners with whom lists are exchanged, their keys, and their lists."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from haetae.cli.source import pull, source

exchange = typer.Typer(
    help="Partners of the exchange: register them, give them keys, fetch their lists.", no_args_is_help=True
)
exchange.add_typer(source, name="source")
exchange.command()(pull)
Name = Annotated[str, typer.Argument(help="A code of the partner; also its user name at our doors.")]


@exchange.command("add-partner")
def add_partner(
    name: Name,
    *,
    tier: Annotated[
        int,
        typer.Option(
            min=1,
            max=4,
            help="Lowest tier it is given: 1 self-declared, 2 counsellor-checked, 3 operator-confirmed, 4 decided.",
        ),
    ] = 2,
) -> None:
    """Make a partner known, or change which hashes it is given."""
    with _rooms() as partners:
        partners.add(name, takes_tier=tier)
    typer.echo(f"{name} is a partner and is given hashes from tier {tier} on")


@exchange.command()
def key(
    name: Name,
    *,
    read: Annotated[bool, typer.Option("--read", help="To fetch lists.")] = False,
    write: Annotated[bool, typer.Option("--write", help="To submit hashes and to give feedback.")] = False,
    per_minute: Annotated[
        int, typer.Option(min=1, max=1_000_000, help="How often it may ask in a minute.")
    ] = 600,
    end: Annotated[
        bool, typer.Option("--end", help="End its keys of this kind instead of giving a new one.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Write the key into this new file (mode 0600) instead of showing it.")
    ] = None,
) -> None:
    """Give a partner a key, shown this once. Earlier keys go on until they are ended."""
    if read == write:
        raise typer.BadParameter("Give one of the two.", param_hint="--read and --write")
    if end and out is not None:
        raise typer.BadParameter("There is no key to write when keys end.", param_hint="--out")
    with _rooms() as partners:
        if end:
            count = partners.end_keys(name, writes=write)
            typer.echo(f"{count} keys have ended")
            return
        secret = partners.give_key(name, writes=write, per_minute=per_minute, file=out)
    typer.echo(f"The key, shown this once: {secret}" if out is None else f"The key is in {out}")


@contextmanager
def _rooms() -> Iterator[Any]:
    """The room behind the commands, with Django ready. What cannot be done is one sentence and exit 2."""
    from haetae.running import installation

    with installation.opened() as here:
        installation.migrate_if_empty(here)
        installation.django_ready(here)
        from haetae.running import partners

        try:
            yield partners
        except partners.CannotDoError as problem:
            typer.echo(str(problem), err=True)
            sys.exit(2)
