"""`haetae models`: which models there are, and whether each may be loaded."""

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from haetae.detect.classifying.registry import Listed

models = typer.Typer(help="Models that look at pictures: which there are, and what each may be trusted with.")
FINE, REFUSED = 0, 1
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@models.command("list")
def list_models(*, as_json: AsJson = False) -> None:
    """Every model with its task, licence, thresholds and where it was measured."""
    found = _found()
    if as_json:
        typer.echo(json.dumps({"models": [row_of(one) for one in found]}))
        return
    _print_table(found)


@models.command()
def check(*, as_json: AsJson = False) -> None:
    """Read and load each model. Exit 1: one is refused; the reason names the field and the way out."""
    rows = [row_of(one) | {"refused": one.refused or _why_not_loaded(one.folder)} for one in _found()]
    if as_json:
        typer.echo(json.dumps({"models": rows}))
    else:
        for row in rows:
            typer.echo(row["refused"] or f"{row['name']}: can be loaded")
        if not rows:
            typer.echo("There is no model; what haetae knows by hash is found all the same.")
    raise typer.Exit(REFUSED if any(row["refused"] for row in rows) else FINE)


def _why_not_loaded(folder: Path) -> str | None:
    """Of one that its card does not forbid; a program is started and has to greet."""
    from haetae.common import clock
    from haetae.detect.classifying.card import ModelRefusedError
    from haetae.detect.classifying.outside.program import Program
    from haetae.detect.classifying.registry import load

    try:
        model = load(folder, today=clock.now().date(), research_accepted=True, programs_accepted=True)
        if isinstance(model, Program):
            with closing(model):
                model.check()
    except ModelRefusedError as refused:
        return refused.words
    return None


def _found() -> "list[Listed]":
    from haetae.common.shipped_models import found
    from haetae.settings.environment import Environment

    return found(Environment())


def row_of(one: "Listed") -> dict[str, Any]:
    """What is printed of a model with --json."""
    from haetae.common.hub.getting import came_from
    from haetae.detect.classifying.card import ProgramCard

    card = one.card
    return {
        "name": card.title if card else None,
        "folder": str(one.folder),
        "task": card.task if card else None,
        "licence": card.licence if card else None,
        "research_only": card.research_only if card else None,
        "expires": card.expires.isoformat() if card else None,
        "sha256": card.sha256 if card else None,
        "program": card.runner.model_dump() if isinstance(card, ProgramCard) else None,
        "thresholds": [threshold.model_dump() for threshold in card.thresholds] if card else [],
        "evaluation": [report.model_dump() for report in card.evaluation] if card else [],
        "came_from": came_from(one.folder),
        "refused": one.refused,
    }


def _print_table(found: "list[Listed]") -> None:
    from rich.console import Console
    from rich.table import Column, Table

    table = Table(
        Column("Model", no_wrap=True), Column("Task", no_wrap=True), "What was measured", "May be used"
    )
    for one in found:
        card = one.card
        if card is None:
            table.add_row(one.folder.name, "", "", one.refused)
            continue
        said = [
            f"{limit.name} from {limit.value:g}: finds {_share(limit.tpr)}, wrongly {limit.fpr:.2%} of"
            f" {limit.measured_on}" + ("" if limit.cross_source else ", which is no cross-source figure")
            for limit in card.thresholds
        ]
        table.add_row(card.title, card.task, "\n".join(said), one.refused or "yes")
    Console().print(table)


def _share(value: float | None) -> str:
    return "an unknown share" if value is None else f"{value:.1%}"
