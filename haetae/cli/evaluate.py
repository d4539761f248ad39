"""`haetae evaluate`: how good a model is, on a set of one's own, with the doubt that belongs to each figure."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from haetae.detect.classifying.assessing import Models, Said
    from haetae.detect.classifying.card import Task
    from haetae.detect.classifying.running import NotAssessed, Pixels
    from haetae.detect.classifying.sets import EvaluationSet
    from haetae.detect.pool import OpenerPool

BAD_SET = 2
FEW_WITNESSES = 20


def evaluate(  # noqa: PLR0913 - one for each thing that can be said of a measurement
    folder: Annotated[
        Path, typer.Argument(help="A folder with real/ and fake/; files of one stem are pairs.")
    ],
    *,
    task: Annotated[Literal["face_manipulated", "image_generated"], typer.Option("--task")],
    model: Annotated[
        str | None,
        typer.Option("--model", help="Name or folder of a model; else the one that would be used."),
    ] = None,
    finder: Annotated[Path | None, typer.Option("--finder", help="The folder of a finder of faces.")] = None,
    faces: Annotated[
        Literal["find", "whole"],
        typer.Option("--faces", help="whole: every picture is cut to one face already."),
    ] = "find",
    groups: Annotated[Path | None, typer.Option("--groups", help="CSV: stem, age_band, sex.")] = None,
    into_card: Annotated[
        bool,
        typer.Option(
            "--into-card", help="Write the figures into the card of the model, under the set's name."
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Measure a model: ranking, errors at its thresholds, calibration, and all that again after wear.

    Models for research are measured too: that is research. Exit 2: no such set or model.
    """
    from haetae.detect.classifying.card import ModelRefusedError, Task
    from haetae.detect.classifying.sets import SetError, read_set

    try:
        found = read_set(folder, groups=groups)
        models = _models(Task(task), model=model, finder=finder)
    except (SetError, ModelRefusedError) as refused:
        typer.echo(refused.words, err=True)
        raise typer.Exit(BAD_SET) from refused
    measured = _measured(found, models, task=Task(task), whole=faces == "whole")
    if into_card:
        _put_into_card(found, models, Task(task), measured)
    if as_json:
        typer.echo(json.dumps(measured))
    else:
        _print(measured)


def _put_into_card(found: "EvaluationSet", models: "Models", task: "Task", measured: dict[str, Any]) -> None:
    from haetae.detect.classifying.card import ModelRefusedError
    from haetae.detect.classifying.reporting import put_into_card, report_of

    model = models.of(task)
    try:
        if model is None or model.folder is None:
            raise ValueError("--into-card: the model lies in no folder.")
        sources = ", ".join(dict.fromkeys((*found.real_sources, *found.fake_sources)))
        name = f"{found.folder.resolve().name} ({sources})" if sources else found.folder.resolve().name
        put_into_card(model.folder, report_of(measured, name=name))
    except (ValueError, OSError, ModelRefusedError) as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(BAD_SET) from refused


def _models(task: "Task", *, model: str | None, finder: Path | None) -> "Models":
    from haetae.common.shipped_models import found, models_of
    from haetae.detect.classifying.card import ModelRefusedError
    from haetae.detect.classifying.registry import named
    from haetae.settings.environment import Environment

    environment = Environment()
    folder = None if model is None else named(found(environment, for_research=True), model) or Path(model)
    given = [path for path in (folder, finder) if path is not None]
    models = models_of(environment, [task], given=given, for_research=True)
    measured = models.of(task)
    if measured is None:
        raise ModelRefusedError(
            f"There is no model for {task}; `haetae models check` says what is refused and why."
        )
    if folder is not None and measured.folder != folder:
        raise ModelRefusedError(f"{folder}: it is no model for {task}; its card names its task.")
    return models


def _measured(found: "EvaluationSet", models: "Models", *, task: "Task", whole: bool) -> dict[str, Any]:
    from haetae.detect.classifying.evaluation import by_group, report
    from haetae.detect.classifying.wear import WORN
    from haetae.detect.pool import OpenerPool

    card = models.card(task)
    assert card is not None
    flag = card.threshold("review") or card.threshold("act")
    threshold = None if flag is None else flag.value
    answers: dict[str, list[Said | NotAssessed]] = {name: [] for name in ("plain", *WORN)}
    with OpenerPool(size=2) as openers:
        for pixels in _opened(found, openers):
            for name, worn in answers.items():
                worn.append(_said(pixels, models, openers, task=task, whole=whole, wear=WORN.get(name)))
    why_not = found.why_not_cross_source(card)
    return {
        "set": str(found.folder),
        "task": task,
        "model": card.title,
        "cross_source": why_not is None,
        "why_not_cross_source": why_not,
        "threshold": threshold,
        **report(found, answers["plain"], threshold=threshold, knots=card.knots),
        "by_group": by_group(found, answers["plain"], threshold=threshold),
        "robustness": {
            name: report(found, answers[name], threshold=threshold, knots=card.knots) for name in WORN
        },
    }


def _opened(found: "EvaluationSet", openers: "OpenerPool") -> "Iterator[Pixels | NotAssessed]":
    """Of each item the first frame, through the isolated openers like any foreign file."""
    from rich.console import Console
    from rich.progress import Progress

    from haetae.detect.classifying.running import NotAssessed
    from haetae.detect.opening import Undecodable

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        for item in progress.track(found.items, description="Measuring"):
            try:
                yield openers.colours(item.path.read_bytes())[0].pixels
            except (Undecodable, OSError):
                yield NotAssessed.UNDECODABLE


def _said(
    pixels: "Pixels | NotAssessed", models: "Models", openers: "OpenerPool", *, task: "Task", whole: bool,
    wear: "Callable[[Pixels], bytes] | None",
) -> "Said | NotAssessed":  # fmt: skip
    from haetae.detect.classifying.running import NotAssessed
    from haetae.detect.opening import Undecodable

    if isinstance(pixels, NotAssessed):
        return pixels
    if wear is not None:
        try:
            pixels = openers.colours(wear(pixels))[0].pixels
        except Undecodable:
            return NotAssessed.UNDECODABLE
    return models.assess(task, pixels, whole=whole)


def _print(measured: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    from haetae.detect.classifying.evaluation import FIGURES
    from haetae.detect.classifying.wear import WORN

    console, n = Console(), measured["n"]
    counted = (
        f"{n['real']} real and {n['fake']} fake pictures, {n['clips']} clips, {n['witnesses']} witnesses"
    )
    console.print(f"{measured['model']} on {counted}", highlight=False)
    if n["witnesses"] < FEW_WITNESSES:
        console.print(
            f"Only {n['witnesses']} independent ones: files of one name before the last underscore are frames of one"
            " clip. Intervals are missing or too narrow.",
            highlight=False,
        )
    if not measured["cross_source"]:
        console.print(f"This is NO cross-source figure: {measured['why_not_cross_source']}.", highlight=False)
    if any(n["not_assessed"].values()):
        console.print(f"Not assessed, and in no figure: {n['not_assessed']}", highlight=False)
        flagged = measured["as_not_flagged"]
        console.print(
            f"Counted as not flagged: {_cell(flagged['tpr_at_threshold'])} of all fakes are flagged at the threshold,"
            f" {_cell(flagged['fpr_at_threshold'])} of all real ones.",
            highlight=False,
        )
    table = Table("Figure", "Plain", "95 %", *WORN)
    for name in FIGURES:
        interval = measured["ci"][name]
        worn = [_cell(measured["robustness"][kind][name]) for kind in WORN]
        table.add_row(
            name, _cell(measured[name]), "" if interval is None else f"{interval[0]} to {interval[1]}", *worn
        )
    console.print(table)
    for group in measured["by_group"]:
        console.print(
            f"{group['age_band']} {group['sex']}: {group['fpr_at_threshold']:.1%} of {group['real']} real ones flagged,"
            f" at most {group['fpr_upper']:.1%}",
            highlight=False,
        )


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
