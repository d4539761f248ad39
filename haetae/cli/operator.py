"""`haetae operator`: make an operator known, so that connectors may reach its exact origin."""

from pathlib import Path
from typing import Annotated

import typer


def operator(
    name: Annotated[str, typer.Argument(help="What officials call it; the same name again changes it.")],
    origin: Annotated[
        str, typer.Argument(help="Exact public origin, as https://board.example, without a path.")
    ],
    connector: Annotated[str, typer.Option(help="How it is spoken with: sandbox, or web_page (look only).")],
    token_file: Annotated[
        Path | None, typer.Option(help="File with the operator's token; its content is kept with the keys.")
    ] = None,
    watch_every: Annotated[
        int | None, typer.Option(min=1, help="Look at its public pages every so many seconds.")
    ] = None,
) -> None:
    """Register an operator. From now on its origin is reachable, on whatever address or port it is."""
    from haetae.common.outbound import Origin, RefusedByRule
    from haetae.running import installation

    try:
        exact = str(Origin.parse(origin))
    except RefusedByRule as refusal:
        raise typer.BadParameter(refusal.words, param_hint="ORIGIN") from refusal
    with installation.opened() as here:
        installation.migrate_if_empty(here)
        installation.django_ready(here)
        from haetae.connectors import CONNECTORS
        from haetae.running.registration import OriginTakenError, register

        if connector not in CONNECTORS:
            raise typer.BadParameter(
                f"{connector} is none of {', '.join(CONNECTORS)}.", param_hint="--connector"
            )
        try:
            register(
                name=name, origin=exact, connector=connector, token_file=token_file, watch_every_s=watch_every
            )
        except (OriginTakenError, OSError) as problem:
            raise typer.BadParameter(str(problem)) from problem
    typer.echo(f"{name} is registered at {exact}")
