"""`haetae verify-log`: is the record what it was?"""

import json
from typing import Annotated

import typer


def verify_log(
    *, as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False
) -> None:
    """Recompute the event log and hold it against every signed head. Exit 0: untouched; 1: something is wrong."""
    from haetae.running import installation

    with installation.opened(may_be_new=False) as here:
        installation.migrate_if_empty(here)
        installation.django_ready(here)
        from django.conf import settings

        from haetae.audit.verify import verify_log as verify
        from haetae.running.loops import HEADS

        report = verify(key=settings.KEYS.log_key.public_key(), outside=settings.HAETAE_HOME / HEADS)
    if as_json:
        typer.echo(json.dumps(report.as_json()))
    else:
        for finding in report.findings:
            typer.echo(f"WRONG  {finding.words}")
        typer.echo(
            f"{report.sealed} of {report.events} events are sealed under {report.heads} signed heads"
            + (f", the newest of {report.proven_until}" if report.proven_until else "")
        )
        if report.not_yet_provable:
            first, last = report.not_yet_provable[0], report.not_yet_provable[-1]
            typer.echo(f"not yet provable: {len(report.not_yet_provable)} events, {first} to {last}")
        typer.echo("The log is untouched." if report.ok else "The log is not what it was.")
    raise typer.Exit(0 if report.ok else 1)
