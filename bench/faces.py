"""`python -m bench.faces SET`: how many faces finders find, how many they make up, and what a look costs."""

import csv
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from bench import processor
from haetae.common import clock
from haetae.common.shipped_models import models_of
from haetae.detect import OpenerPool
from haetae.detect.classifying.boxes import FoundFace, overlap
from haetae.detect.classifying.card import ModelRefusedError
from haetae.detect.classifying.faces import FaceFinder
from haetae.detect.classifying.registry import load
from haetae.detect.classifying.running import Pixels
from haetae.settings.environment import Environment

_SHARED_LEAST = 0.4  # of the union: a smaller share is no find
NO_SET = 2


def measure(
    folder: Annotated[Path, typer.Argument(help="As `python -m training.face_finder set` writes it.")],
    *,
    without: Annotated[Path | None, typer.Option("--without", help="Pictures without anybody.")] = None,
    finder: Annotated[list[Path] | None, typer.Option("--finder", help="Folders of further finders.")] = None,
) -> None:
    """Recall and made-up faces of our finder and of others on the same pictures, and processor time of each look.

    Prints one JSON object. Exit 2: no set, or a finder that cannot be loaded.
    """
    try:
        finders = _finders(finder or [])
        boxes = _boxes(folder / "boxes.csv")
    except (ModelRefusedError, OSError, KeyError) as problem:
        typer.echo(f"{problem}", err=True)
        raise typer.Exit(NO_SET) from problem
    rows: dict[str, dict[str, Any]] = {one.model.card.title: {} for one in finders}
    with OpenerPool() as openers:
        for kind, truth in boxes.items():
            for one in finders:
                pictures = ((openers.colours(path.read_bytes())[0].pixels, box) for path, box in truth)
                rows[one.model.card.title][kind] = _found(one, pictures)
        if without is not None:
            empty = [
                openers.colours(path.read_bytes())[0].pixels
                for path in sorted(without.rglob("*"))
                if path.is_file()
            ]
            for one in finders:
                made_up = sum(len(_faces(one, pixels)) for pixels in empty)
                rows[one.model.card.title]["without"] = {"pictures": len(empty), "made_up": made_up}
    typer.echo(json.dumps({"machine": processor.machine(), "finders": rows, "ok": True}))


def _finders(folders: list[Path]) -> list[FaceFinder]:
    ours = models_of(Environment(), [], for_research=True).finder
    today = clock.now().date()
    others = [FaceFinder(load(folder, today=today, research_accepted=True)) for folder in folders]
    return [*([ours] if ours else []), *others]


def _boxes(path: Path) -> dict[str, list[tuple[Path, FoundFace]]]:
    """By kind: each picture and the face in it."""
    found: dict[str, list[tuple[Path, FoundFace]]] = {}
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            x, y, width, height = (float(row[name]) for name in ("x", "y", "width", "height"))
            face = FoundFace(x=x, y=y, width=width, height=height, probability=1.0)
            picture = path.parent / row["kind"] / f"{row['stem']}.png"
            found.setdefault(row["kind"], []).append((picture, face))
    return found


def _found(finder: FaceFinder, pictures: Iterator[tuple[Pixels, FoundFace]]) -> dict[str, float | int]:
    hits = further = number = 0
    used_s = 0.0
    for pixels, truth in pictures:
        began_s = time.thread_time()
        faces = _faces(finder, pixels)
        used_s += time.thread_time() - began_s
        hit = any(overlap(face, truth) > _SHARED_LEAST for face in faces)
        number, hits, further = number + 1, hits + hit, further + len(faces) - hit
    return {
        "pictures": number,
        "recall": round(hits / number, 4),
        "further_per_picture": round(further / number, 4),
        "cpu_ms": round(1000 * used_s / number, 1),
    }


def _faces(finder: FaceFinder, pixels: Pixels) -> list[FoundFace]:
    found = finder.find(pixels)
    if not isinstance(found, list):
        raise RuntimeError(f"{finder.model.card.title} found nothing out: {found}.")
    return found


if __name__ == "__main__":
    typer.run(measure)
