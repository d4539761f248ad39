"""`haetae sign-in`: a one-time sign-in for a demonstration."""

from typing import Annotated

import typer


def sign_in(
    username: Annotated[
        str, typer.Argument(help="The official's user name; made when there is none.")
    ] = "demo",
    role: Annotated[str, typer.Option(help="The role that a new official gets.")] = "reviewer",
) -> None:
    """Print an address that signs an official in, once, within an hour."""
    from haetae.running import installation

    with installation.opened(may_be_new=False) as here:
        installation.migrate_if_empty(here)
        installation.django_ready(here)
        from haetae.accounts.permissions import Role
        from haetae.running.demonstration import sign_in_path
        from haetae.running.whole import WEB_ORIGIN_FILE

        if role not in set(Role):
            typer.echo(f"--role {role}: choose one of {', '.join(Role)}.", err=True)
            raise typer.Exit(2)
        path = sign_in_path(username=username, role=Role(role))
        told = here.home / WEB_ORIGIN_FILE
        typer.echo((told.read_text() if told.exists() else "") + path)
