"""`haetae keys`: the key service, and keys that are changed while it serves them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated

import typer

keys = typer.Typer(
    help="Serve the keys; list them, change one, end a former one.", invoke_without_command=True
)
_Name = Annotated[str, typer.Argument(help="Name of the key, as `haetae keys list` shows it.")]


@keys.callback()
def serve(
    context: typer.Context,
    *,
    make: Annotated[
        bool, typer.Option("--make", help="Only make the keys that are missing; needs no database.")
    ] = False,
) -> None:
    """Serve the keys at the socket HAETAE_KEY_SERVICE: the one process that reads the key folder."""
    if context.invoked_subcommand is not None:
        return
    from haetae.running.installation import environment

    told = environment()
    if make:
        from haetae.common.keys import make_missing_keys

        make_missing_keys(told.keys_folder)
        typer.echo(f"keys: in {told.keys_folder}; keep a copy where nobody else can read it")
        return
    from haetae.running.key_service import serve_keys

    serve_keys(told)


@keys.command("list")
def list_keys(
    *, as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False
) -> None:
    """Every key with its fingerprint, since when it is in use, and how many rows still need a former one."""
    from haetae.running.installation import environment
    from haetae.running.keys.rotating import lines, needs_database

    counted: dict[str, int | None] = {}

    def rows_of(name: str) -> int | None:
        if name == "event-log" or not needs_database(name):
            return None
        if name not in counted:
            with _database():
                from haetae.running.keys.rewrapping import needing

                counted[name] = sum(needing(name).values())
        return counted[name]

    found = lines(environment().keys_folder, rows_of=rows_of)
    if as_json:
        typer.echo(json.dumps({"keys": [asdict(one) for one in found]}, default=str))
        return
    for one in found:
        since = f", since {one.used_from:%Y-%m-%d %H:%M}" if one.used_from else ""
        rows = "" if one.rows is None else f", {one.rows} rows need it"
        until = f", may go from {one.may_go_at:%Y-%m-%d %H:%M} UTC on" if one.may_go_at else ""
        made = f"made {one.made_at:%Y-%m-%d}" if one.made_at else ""
        typer.echo(f"{one.name} {one.number}  {one.fingerprint}  {one.state}{since}; {made}{rows}{until}")


@keys.command()
def rotate(
    name: _Name,
    *,
    announce: Annotated[
        bool,
        typer.Option(
            "--announce",
            help="Only make the newer key: with several machines it has to lie on all of them first.",
        ),
    ] = False,
) -> None:
    """Change a key while everybody works, or go on with a change that was interrupted. Exit 1: rows are left."""
    from haetae.common.keys.rotation import CannotChangeKeyError
    from haetae.running.errors import CannotStartError
    from haetae.running.installation import environment
    from haetae.running.keys import rotating

    try:
        if announce:
            rotating.make_newer(name, folder=environment().keys_folder, say=typer.echo)
            typer.echo(f"Copy the key folder to every machine, then: haetae keys rotate {name}")
            return
        left = rotating.rotate(name, folder=environment().keys_folder, database=_database, say=typer.echo)
    except CannotChangeKeyError as problem:
        raise CannotStartError(str(problem)) from None
    for label, count in sorted(left.items()):
        typer.echo(f"{label}: {count} still lie under the former key")
    typer.echo(f"When nothing needs the former key any more: haetae keys retire {name}")
    raise typer.Exit(1 if left and name != "receipt-pepper" else 0)


@keys.command()
def retire(
    name: _Name,
    *,
    lose: Annotated[
        bool,
        typer.Option("--lose", help="Before its time, with what is lost by that; the refusal says what."),
    ] = False,
) -> None:
    """Move a former key that nothing needs any more into the folder `retired` beside the keys."""
    from haetae.common.keys.rotation import CannotChangeKeyError
    from haetae.running.errors import CannotStartError
    from haetae.running.installation import environment
    from haetae.running.keys import rotating

    try:
        moved = rotating.end_former(
            name, folder=environment().keys_folder, database=_database, is_forced=lose
        )
    except CannotChangeKeyError as problem:
        raise CannotStartError(str(problem)) from None
    if not moved:
        typer.echo(f"{name}: there is no former key.")
    for path in moved:
        typer.echo(f"{path}: keep it offline as long as you keep backups from before, then destroy it.")


@contextmanager
def _database() -> Iterator[None]:
    """As the owner of the tables: some of them the application may only add to."""
    from dataclasses import replace

    from haetae.running import installation
    from haetae.running.errors import CannotStartError

    with installation.opened(may_be_new=False) as here:
        if not here.owner_url:
            raise CannotStartError(
                "Set DATABASE_OWNER_URL to the owner of the tables: some rows nobody else may change."
            )
        installation.django_ready(replace(here, database_url=here.owner_url))
        yield
