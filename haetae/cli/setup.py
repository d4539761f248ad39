"""`haetae setup`: everything that must be there before something runs. Safe to repeat."""

from typing import Annotated

import typer


def setup(
    *,
    messages_only: Annotated[
        bool,
        typer.Option("--messages-only", help="Only compile texts and kernels; needs no database."),
    ] = False,
    make_keys: Annotated[bool, typer.Option("--make-keys", help="Make the keys that are missing.")] = False,
) -> None:
    """Compile texts and kernels, start the database and bring its tables up to date."""
    from haetae.web.messages import compile_messages

    typer.echo(f"texts: {compile_messages()} compiled")
    from haetae.detect.kernels import compile_all

    typer.echo(f"kernels: {compile_all()} of them compiled anew, the others were kept")
    if messages_only:
        return
    from haetae.common.keys import make_missing_keys
    from haetae.running import installation

    with installation.opened() as here:
        if make_keys:
            make_missing_keys(here.keys)
            typer.echo(f"keys: in {here.keys}; keep a copy where nobody else can read it")
        installation.migrate(here)
        typer.echo("database: tables are up to date")
    typer.echo(f"openers: {_confinement()}")


def _confinement() -> str:
    """How media are opened on this machine; loud where a wall is missing."""
    from haetae.detect import OpenerPool
    from haetae.detect.opening import Undecodable

    with OpenerPool(size=1) as openers:
        try:
            words = openers.check().words
            return words if openers.walls is None else f"{words} {openers.walls.words}"
        except Undecodable:
            return "NONE CAN BE STARTED here, so no picture can be examined; the reason stands above."
