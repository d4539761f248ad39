"""`haetae enforcement worksheet`: what a surcharge would come to by our own record, with every line of it."""

import json
import sys
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

_UNKNOWN = 3
_NO_EVIDENCE = 4


def worksheet(  # noqa: PLR0913 - each is one thing that somebody may say
    operator: Annotated[str, typer.Argument(help="Its name, as it is registered.")],
    *,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Requests from this day on, UTC; else a year before."),
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Requests before this day, UTC; else now.")
    ] = None,
    revenue: Annotated[
        list[int] | None, typer.Option(help="Of one year, in whole won; once for each of up to three years.")
    ] = None,
    daily_users: Annotated[int | None, typer.Option(help="On average, as somebody has told you.")] = None,
    gain: Annotated[str, typer.Option(help="high, middle or low: no record of ours says it.")] = "low",
    profit_motive: Annotated[
        str, typer.Option(help="high, middle or low: no record of ours says it.")
    ] = "low",
    percent: Annotated[int, typer.Option(help="More, or less below zero, for effort and co-operation.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="The whole worksheet instead of a table.")] = False,
) -> None:
    """A proposal from the record, and no law: rates and thresholds are ours and marked so.

    Exit 0: worked out; 3: nobody of that name is registered; 4: the record holds no request, so nothing is proposed.
    """
    from haetae.running import installation

    with installation.opened(may_be_new=False) as here:
        installation.migrate_if_empty(here)
        installation.django_ready(here)
        from haetae.running.worksheet import CannotProposeError, Wish, proposal

        wish = Wish(
            operator=operator,
            since=since.replace(tzinfo=UTC) if since else None,
            until=until.replace(tzinfo=UTC) if until else None,
            revenues=tuple(revenue or ()),
            daily_users=daily_users,
            gain=gain,
            profit_motive=profit_motive,
            percent=percent,
        )
        try:
            found = proposal(wish)
        except CannotProposeError as problem:
            typer.echo(str(problem), err=True)
            raise typer.Exit(
                {"unknown": _UNKNOWN, "no_evidence": _NO_EVIDENCE}.get(problem.code, 2)
            ) from problem
    if as_json:
        json.dump(found, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
        return
    _print_table(found["worksheet"])


def _print_table(sheet: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Column, Table

    table = Table(
        Column("Line", ratio=3, overflow="fold"),
        Column("How", ratio=4, overflow="fold"),
        Column("Result", justify="right", ratio=2),
        Column("Source", ratio=3, overflow="fold"),
        expand=True,
    )
    for row in sheet["rows"]:
        how = "" if row["times"] is None else f"{row['value']:,} x {row['times']:,} / {row['of']:,}"
        mark = "" if row["verified"] else " (not verified)"
        name = f"{row['line']} {row['about']}".strip()
        cells = (
            name,
            how,
            f"{row['result']:,} {row['unit']}",
            f"{row['source']} {row['article']}".strip() + mark,
        )
        table.add_row(*(escape(cell) for cell in cells))
    Console().print(table)
    typer.echo(f"{sheet['amount']:,} won, {sheet['severity']}. A proposal, and no law; {sheet['rounding']}.")
