"""`haetae key`: give an operator a key that opens one thing, or end its keys."""

import os
from pathlib import Path
from typing import Annotated

import typer


def key(
    name: Annotated[str, typer.Argument(help="Name of an operator that is registered.")],
    *,
    scan: Annotated[
        bool, typer.Option("--scan", help="For the scan service: files and hashes, answered and forgotten.")
    ] = False,
    operate: Annotated[
        bool, typer.Option("--operate", help="For fetching what is asked of it, and for answering.")
    ] = False,
    per_minute: Annotated[
        int,
        typer.Option(min=1, max=1_000_000, help="Hashes, files or questions that it may ask in a minute."),
    ] = 6_000,
    end: Annotated[bool, typer.Option("--end", help="End every key of this kind that it has.")] = False,
    out: Annotated[
        Path | None, typer.Option(help="Write the key into this new file (mode 0600) instead of showing it.")
    ] = None,
) -> None:
    """Issue a key. It is shown once; only its digest is kept. Earlier keys go on until they are ended."""
    if scan == operate:
        raise typer.BadParameter("Say what it is for: --scan or --operate.", param_hint="--scan")
    from haetae.running import installation

    with installation.opened() as here:
        installation.migrate_if_empty(here)
        installation.django_ready(here)
        from haetae.accounts import actions
        from haetae.accounts.models import KeyScope, Operator
        from haetae.audit.actor import SYSTEM

        scope = KeyScope.SCAN if scan else KeyScope.OPERATE
        operator = Operator.objects.filter(name=name).first()
        if operator is None:
            raise typer.BadParameter(
                f"No operator of the name {name} is registered; `haetae operator` registers one.",
                param_hint="NAME",
            )
        if end:
            ended = actions.end_api_keys(holder=operator, scope=scope, actor=SYSTEM)
            typer.echo(f"Keys of {name} that open nothing any more: {ended}.")
            return
        descriptor = _new_file(out) if out else None
        secret = actions.issue_api_key(holder=operator, scope=scope, per_minute=per_minute, actor=SYSTEM)
        if descriptor is None:
            typer.echo(f"The key of {name}, shown this once: {secret}")
            return
        with os.fdopen(descriptor, "w") as file:
            file.write(secret + "\n")
        typer.echo(f"The key of {name} is in {out}")


def _new_file(path: Path) -> int:
    """Before a key is made: one that cannot be written down would be lost."""
    try:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as problem:
        raise typer.BadParameter(
            f"{path}: {problem.strerror}. Name a file that is not there yet.", param_hint="--out"
        ) from problem
