"""`haetae models measure`: what a program of explicitness says of harmless photographs, before it is trusted."""

import json
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from haetae.detect.classifying.outside.program import Program
    from haetae.detect.classifying.running import NotAssessed, Pixels

NOTHING_MEASURED = 2


def measure(
    model: Annotated[
        Path, typer.Argument(help="The folder of a program and its card, which may be a draft.")
    ],
    photos: Annotated[
        Path, typer.Argument(help="A folder of harmless photographs; a folder in it is a source.")
    ],
    *,
    at: Annotated[
        list[float] | None, typer.Option("--at", min=0, max=1, help="A score to count from; repeat it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show harmless photographs to a program of explicitness: how often it is wrong, and what else it names.

    Never use other photographs: how much it finds stays unknown. Exit 2: no such program or photographs.
    """
    from contextlib import closing

    from haetae.detect.classifying.card import ModelRefusedError

    try:
        program = _program(model)
        with closing(program):
            program.check()
            measured = _measured(program, photos, at=at)
    except ModelRefusedError as refused:
        typer.echo(refused.words, err=True)
        raise typer.Exit(NOTHING_MEASURED) from refused
    if as_json:
        typer.echo(json.dumps(measured))
    else:
        _print(measured)


def _program(folder: Path) -> "Program":
    """A draft is run too: whoever names the folder on a command line means what is in it."""
    from haetae.detect.classifying.card import ModelRefusedError
    from haetae.detect.classifying.outside.program import Program
    from haetae.detect.classifying.registry import load_to_measure

    model = load_to_measure(folder)
    if not isinstance(model, Program):
        words = f"{folder}: it is no program; `haetae evaluate` measures models of ONNX."
        raise ModelRefusedError(words)
    return model


def _measured(program: "Program", photos: Path, *, at: list[float] | None) -> dict[str, Any]:
    from haetae.detect.classifying.card import ModelRefusedError
    from haetae.detect.classifying.harmless import SCORES, Look, look, report
    from haetae.detect.classifying.running import NotAssessed

    paths = sorted(path for path in photos.rglob("*") if path.is_file() and not path.name.startswith("."))
    if not paths:
        raise ModelRefusedError(f"{photos}: there is no photograph; put harmless ones there.")
    nothing = program.probability_of(())
    if any(value <= nothing for value in at or SCORES):
        raise ModelRefusedError(
            f"--at must be above {nothing:g}, which a picture of nothing has by field 'runner.floor'."
        )
    looks: dict[str, list[Look | NotAssessed]] = {}
    took_ms = []
    for path, pixels in zip(paths, _opened(paths), strict=True):
        began_s = time.perf_counter()
        said = pixels if isinstance(pixels, NotAssessed) else look(program, pixels)
        if not isinstance(said, NotAssessed):
            took_ms.append((time.perf_counter() - began_s) * 1000)
        source = "" if path.parent == photos else path.relative_to(photos).parts[0]
        looks.setdefault(source, []).append(said)
    if not took_ms:
        why = ", ".join(sorted({str(one) for part in looks.values() for one in part}))
        raise ModelRefusedError(f"{photos}: none of the photographs was assessed ({why}).")
    return {
        "model": program.card.title,
        "photos": str(photos),
        "picture_ms": round(statistics.median(took_ms), 1),
        **report(looks, program.card, at=at or SCORES),
    }


def _opened(paths: list[Path]) -> "Iterator[Pixels | NotAssessed]":
    """The first frame of each, through the isolated openers like any foreign file."""
    from haetae.detect.classifying.running import NotAssessed
    from haetae.detect.opening import Undecodable
    from haetae.detect.pool import OpenerPool

    with OpenerPool() as openers:
        for path in paths:
            try:
                yield openers.colours(path.read_bytes())[0].pixels
            except (Undecodable, OSError):
                yield NotAssessed.UNDECODABLE


def _print(measured: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    console.print(
        f"{measured['model']} on {measured['n']} harmless photographs, {measured['picture_ms']} ms each"
        " (the middle one). How much it finds of what it should is unknown.",
        highlight=False,
    )
    if measured["not_assessed"]:
        console.print(f"Not assessed, and in no figure: {measured['not_assessed']}", highlight=False)
    if not measured["cross_source"]:
        console.print(f"This is NO cross-source figure: {measured['why_not_cross_source']}.", highlight=False)
    table = Table("From", "Wrongly", "Share", "At most (95 %)", "Photographs in which a class was named")
    for limit in measured["at"]:
        named = measured["classes"][f"{limit['from']:g}"]
        table.add_row(
            f"{limit['from']:g}",
            str(limit["wrong"]),
            f"{limit['fpr']:.2%}",
            f"{limit['fpr_upper']:.2%}",
            ", ".join(f"{name} {count}" for name, count in named.items()),
        )
    console.print(table)
    for source, limits in measured["by_source"].items():
        shares = ", ".join(f"{one['fpr']:.2%} from {one['from']:g}" for one in limits)
        console.print(f"{source or 'no source'}: {limits[0]['n']} photographs, {shares}", highlight=False)
