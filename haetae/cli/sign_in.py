"""`haetae sign-in`: a one-time sign-in for a demonstration."""

from typing import Annotated

import typer


def sign_in(
    username: Annotated[
        str, typer.Argument(help="The official's user name; made when there is none.")
    ] = "demo",
    *,
    role: Annotated[
        str, typer.Option(help="The role that somebody new gets; without one a reviewer, or a moderator.")
    ] = "",
    operator: Annotated[
        str, typer.Option(help="Name of the registered operator at which they sit, for an operator's people.")
    ] = "",
) -> None:
    """Print an address that signs somebody in, once, within an hour."""
    from haetae.running import installation

    with installation.opened(may_be_new=False) as here:
        installation.migrate_if_empty(here)
        installation.django_ready(here)
        from haetae.running.whole import WEB_ORIGIN_FILE

        path = _path(username, role, operator)
        told = here.home / WEB_ORIGIN_FILE
        typer.echo((told.read_text() if told.exists() else "") + path)


def _path(username: str, role: str, operator_name: str) -> str:
    from haetae.accounts.actions import WrongSeatError
    from haetae.accounts.models import Operator
    from haetae.accounts.permissions import AT_AN_OPERATOR, Role
    from haetae.running.demonstration import operator_sign_in_path, sign_in_path

    wanted = role or (Role.OPERATOR_MODERATOR if operator_name else Role.REVIEWER)
    fitting = sorted(AT_AN_OPERATOR if operator_name else set(Role) - AT_AN_OPERATOR)
    if wanted not in fitting:
        typer.echo(f"--role {wanted}: choose one of {', '.join(fitting)}.", err=True)
        raise typer.Exit(2)
    try:
        if not operator_name:
            return sign_in_path(username=username, role=Role(wanted))
        operator = Operator.objects.filter(name=operator_name).first()
        if operator is None:
            raise typer.BadParameter(
                f"No operator of the name {operator_name} is registered; `haetae operator` registers one.",
                param_hint="--operator",
            )
        return operator_sign_in_path(username=username, role=Role(wanted), operator=operator)
    except WrongSeatError as refused:
        raise typer.BadParameter(str(refused), param_hint="USERNAME") from refused
