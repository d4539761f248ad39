"""`haetae doctor`: what is wrong, and the way out, on one page."""

import json
from typing import Annotated

import typer


def doctor(
    *, as_json: Annotated[bool, typer.Option("--json", help="One JSON object: checks and passed.")] = False
) -> None:
    """Look at everything and change nothing. Exit 0: all is well; 1: for today; 2: look at it now."""
    from haetae.running import installation
    from haetae.running.doctor.checks import exit_code, passed
    from haetae.running.doctor.examination import examined

    found = list(examined(installation.environment()))
    if as_json:
        typer.echo(json.dumps({"checks": [one.as_json() for one in found], "passed": passed(found)}))
    else:
        from haetae.running.doctor.telling import tell

        tell(found)
    raise typer.Exit(exit_code(found))
