"""`haetae operators check`: every way to an operator, what it declares, and whether it works now."""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

FAILED = 1


def check(
    name: Annotated[str, typer.Argument(help="Only the operator of this name.")] = "",
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Try the way to every operator without asking anything of anybody. Exit 1: one does not work."""
    from haetae.running import installation

    with installation.opened() as here:
        installation.migrate_if_empty(here)
        installation.django_ready(here)
        from haetae.running.operators import checked

        found = checked(name=name)
    if name and not found:
        raise typer.BadParameter(
            f"No operator of the name {name} is registered; `haetae operator` registers one.",
            param_hint="NAME",
        )
    passed = all(one["passed"] for one in found)
    if as_json:
        typer.echo(json.dumps({"operators": found, "passed": passed}, ensure_ascii=False))
    elif found:
        _print_table(found)
    else:
        typer.echo("No operator is registered; `haetae operator` registers one.")
    if not passed:
        raise typer.Exit(FAILED)


def _print_table(found: Sequence[Mapping[str, Any]]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Column, Table

    table = Table(
        Column("Operator", ratio=3, overflow="fold"),
        Column("Can be asked", ratio=3, overflow="fold"),
        Column("While we are down", ratio=2, overflow="fold"),
        Column("Self-test", ratio=5, overflow="fold"),
        expand=True,
    )
    for one in found:
        who = f"{one['name']}\n{one['connector']}, {one['kind']}, {one['jurisdiction']}"
        tried = "\n".join(
            f"{'✓' if check['passed'] else '✗'} {check['code']}: {check['words']}" for check in one["checks"]
        )
        cells = (who, ", ".join(one["capabilities"]) or "nothing", _when_down(one), tried or "nothing to try")
        table.add_row(*(escape(cell) for cell in cells))
    Console().print(table)


def _when_down(one: Mapping[str, Any]) -> str:
    if one["declared_when_down"]:
        return f"{one['declared_when_down']}, as it has declared"
    return "nothing: nobody waits for us"
