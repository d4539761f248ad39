"""`haetae operators statements`: what one operator did, in the form of the EU's database."""

import json
import sys
from datetime import datetime
from typing import Annotated

import typer

_UNKNOWN = 3


def statements(
    *,
    operator: Annotated[str, typer.Option("--operator", help="Its name, as it is registered.")],
    since: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="From this day on, by its own zone.")],
    as_json: Annotated[bool, typer.Option("--json", help="The whole export instead of its numbers.")] = False,
) -> None:
    """Statements of reasons in the form of the EU's DSA Transparency Database, in batches of at most 100.

    Exit 0: done, also where there are none; 3: nobody of that name is registered.
    """
    from haetae.running import installation

    with installation.opened(may_be_new=False) as here:
        installation.migrate_if_empty(here)
        installation.django_ready(here)
        from haetae.accounts.models import Operator
        from haetae.operators.statements.queries import statements_of

        found = Operator.objects.filter(name=operator).first()
        if found is None:
            typer.echo(
                f"No operator is registered as {operator}; names are written as they are shown.", err=True
            )
            raise typer.Exit(_UNKNOWN)
        export = statements_of(found, since=since.date())
    if as_json:
        json.dump(export, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
        return
    count = sum(len(batch["statements"]) for batch in export["batches"])
    typer.echo(f"{count} statements in {len(export['batches'])} batches since {export['since']}.")
    typer.echo(f"Shown again, which is not told to the EU: {len(export['extension']['restored'])}.")
