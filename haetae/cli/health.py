"""`haetae health`: whether a process of this machine lives; for a service manager that asks by running a command."""

from typing import Annotated

import typer


def health(
    process: Annotated[
        str, typer.Argument(help="worker, sealer, timekeeper, matcher, watcher, looker, metrics, web or keys")
    ],
    *,
    ready: Annotated[
        bool, typer.Option("--ready", help="Also that it may be given work: not waiting, not ending.")
    ] = False,
) -> None:
    """Exit 0: it lives; 1: it does not, or hangs; 2: there is no such process. Asks no database and opens no port."""
    from haetae.running import installation
    from haetae.running.alive import UnknownProcessError, how_it_stands

    try:
        found = how_it_stands(process, told=installation.environment())
    except UnknownProcessError as unknown:
        typer.echo(str(unknown), err=True)
        raise typer.Exit(2) from None
    typer.echo(found.words)
    raise typer.Exit(0 if found.alive and (found.ready or not ready) else 1)
