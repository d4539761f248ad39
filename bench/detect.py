"""`python -m bench.detect`: what the models cost beside the hashes, stage by stage, in batches and one by one."""

import json
import time
from collections.abc import Callable
from typing import Annotated, Any, Final

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from bench import processor
from bench.hash import jpeg
from bench.timing import percentile
from haetae.common.shipped_models import models_of
from haetae.detect import Bank, OpenerPool, examine
from haetae.detect.classifying.assessing import Models
from haetae.detect.classifying.boxes import FoundFace
from haetae.detect.classifying.card import Task
from haetae.detect.classifying.faces import square_around
from haetae.detect.classifying.running import Model, Pixels, shown
from haetae.settings.environment import Environment

_BATCHES: Final = (1, 8, 32)
_TASKS: Final = (Task.EXPLICIT, Task.FACE_MANIPULATED, Task.IMAGE_GENERATED)
NO_MODEL: Final = 2


def measure(
    *,
    rounds: Annotated[int, typer.Option(min=3, help="How often each step is timed.")] = 20,
    quick: Annotated[bool, typer.Option("--quick", help="Five rounds.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of a table.")
    ] = False,
) -> None:
    """Time opening in colours, finding faces, cutting squares, and each model on patterns of 1 and 4 megapixels.

    Processor time of this process, which the openers do not share; the clock where they do the work. Exit 2: there is
    no model that may be used, and nothing to measure.
    """
    models = models_of(Environment(), _TASKS)
    if not models.by_task:
        typer.echo("There is no model that may be used; `haetae models check` says why.", err=True)
        raise typer.Exit(NO_MODEL)
    times = 5 if quick else rounds
    report: dict[str, Any] = {
        "machine": processor.machine(),
        "models": [model.card.title for model in models.by_task],
        "by_megapixels": {size: _stages(models, size, rounds=times) for size in (1, 4)},
        "batches": {
            model.card.title: _batches(model, rounds=times)
            for model in models.by_task
            if isinstance(model, Model) and model.card.task is not Task.FACE_FINDER
        },
        "dearest_film_cpu_s": _dearest_film(models),
        "ok": True,
    }
    typer.echo(json.dumps(report)) if as_json else _print(report)


def _stages(models: Models, megapixels: int, *, rounds: int) -> dict[str, Any]:
    """Milliseconds. `hashes` and `with_models` are of the whole chain by the clock, the opener included."""
    data = jpeg(megapixels, seed=1)
    with OpenerPool() as openers:
        pixels = openers.colours(data)[0].pixels
        wall = _median_ms(
            {
                "hashes": lambda: examine(data, bank=Bank(), openers=openers),
                "with_models": lambda: examine(data, bank=Bank(), openers=openers, models=models, leads=True),
                "open_in_colours": lambda: openers.colours(data),
            },
            rounds=rounds,
            clock=time.perf_counter,
        )
    cpu = _median_ms(_steps(models, pixels), rounds=rounds, clock=time.thread_time)
    return {
        "wall_ms": wall,
        "cpu_ms": cpu,
        "with_models_over_hashes": round(wall["with_models"] / wall["hashes"], 2),
    }


def _steps(models: Models, pixels: Pixels) -> dict[str, Callable[[], object]]:
    steps: dict[str, Callable[[], object]] = {}
    if models.finder is not None:
        finder = models.finder
        steps["find_faces"] = lambda: finder.find(pixels)
    face = FoundFace(x=300, y=200, width=180, height=240, probability=1.0)
    for model in models.by_task:
        if isinstance(model, Model) and model.card.task is Task.FACE_MANIPULATED:
            size, margin = model.card.input.size_px or 224, model.card.input.crop_margin
            steps["cut_a_face"] = lambda size=size, margin=margin: square_around(
                pixels, face, margin=margin, size=size
            )  # type: ignore[misc]
        elif model.card.task is not Task.FACE_FINDER:
            steps[f"{model.card.task}, a picture"] = lambda task=model.card.task: models.assess(task, pixels)  # type: ignore[misc]
    return steps


def _dearest_film(models: Models) -> float:
    """Seconds of processor time of what a film of any length costs at most, opening it apart.

    Sixteen frames of a megapixel with eight large faces each; and of the finder's own work on each frame.
    """
    frame = np.random.default_rng(1).integers(0, 256, (750, 1333, 3), dtype=np.uint8)
    faces = [FoundFace(x=100 * n, y=100, width=400, height=500, probability=1.0) for n in range(8)]
    began_s = time.thread_time()
    for _ in range(16):
        models.faces(frame)
        for model in models.by_task:
            if isinstance(model, Model) and model.card.task is Task.FACE_MANIPULATED:
                models.face_scores(model, frame, faces)
            elif model.card.task is not Task.FACE_FINDER:
                models.assess(model.card.task, frame)
    return round(time.thread_time() - began_s, 2)


def _batches(model: Model, *, rounds: int) -> dict[str, Any]:
    """Squares a second of one core, and the share of that time that the runtime itself takes."""
    size = model.card.input.size_px or 224
    rng = np.random.default_rng(1)
    squares = [rng.integers(0, 256, (size, size, 3), dtype=np.uint8) for _ in range(max(_BATCHES))]
    by_batch = {}
    for batch in _BATCHES:
        part = squares[:batch]
        ready = np.stack([shown(square, model.card.input) for square in part])
        steps: dict[str, Callable[[], object]] = {
            "all": lambda part=part: model.scores(part),  # type: ignore[misc]
            "runtime": lambda ready=ready: model.raw(ready),  # type: ignore[misc]
        }
        ms = _median_ms(steps, rounds=rounds, clock=time.thread_time)
        by_batch[str(batch)] = {
            "per_core_s": round(1000 * batch / ms["all"], 1),
            "runtime_share": round(ms["runtime"] / ms["all"], 3),
        }
    return by_batch


def _median_ms(
    steps: dict[str, Callable[[], object]], *, rounds: int, clock: Callable[[], float]
) -> dict[str, float]:
    """All steps in turn in each round; the first round fills caches."""
    times: dict[str, list[float]] = {name: [] for name in steps}
    for number in range(rounds + 1):
        for name, step in steps.items():
            began_s = clock()
            step()
            if number:
                times[name].append(1000 * (clock() - began_s))
    return {name: round(percentile(values, 50), 3) for name, values in times.items()}


def _print(report: dict[str, Any]) -> None:
    console = Console()
    for megapixels, found in report["by_megapixels"].items():
        table = Table(f"{megapixels} MP", "ms")
        for name, value in (*found["wall_ms"].items(), *found["cpu_ms"].items()):
            table.add_row(name, f"{value:.2f}")
        console.print(table)
    console.print(f"The dearest film: {report['dearest_film_cpu_s']} s of processor time", highlight=False)
    table = Table("Model", "squares at once", "squares a second and core", "share of the runtime")
    for name, found in report["batches"].items():
        for batch, row in found.items():
            table.add_row(name, batch, str(row["per_core_s"]), f"{row['runtime_share']:.0%}")
    console.print(table)


if __name__ == "__main__":
    typer.run(measure)
