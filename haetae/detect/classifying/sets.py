"""A folder of real and fake pictures to measure with: which belong together, and where they come from."""

import csv
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from haetae.detect.classifying.card import ModelCard

SOURCE: Final = "source.json"


class SetError(Exception):
    """The folder is no such set. `words` say what is missing."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True, kw_only=True)
class Item:
    """`clip` is what it is one frame of, or its own stem: what chance is counted over."""

    path: Path
    fake: bool
    clip: str

    @property
    def stem(self) -> str:
        return self.path.stem


@dataclass(frozen=True, kw_only=True)
class EvaluationSet:
    """`paired`: real and fake ones of the same stem show the same, so that no difference of source is measured."""

    folder: Path
    items: tuple[Item, ...]
    sources: tuple[str, ...]
    groups: dict[str, tuple[str, str]]

    @property
    def paired(self) -> bool:
        real = {item.stem for item in self.items if not item.fake}
        return bool(real) and all(item.stem in real for item in self.items if item.fake)

    def why_not_cross_source(self, card: ModelCard | None) -> str | None:
        """None where the set may be called cross-source: paired or of one making, and foreign to the training."""
        if not self.sources:
            return f"nobody says where the pictures come from: write {SOURCE} with a list 'sources' into the folder"
        if card is not None:
            used = [
                name
                for name in self.sources
                if any(name.lower() in said.lower() for said in card.training_data)
            ]
            if used:
                return f"the model was trained on {', '.join(used)}"
        if not self.paired and len(self.sources) < 2:
            return "real and fake pictures are neither pairs nor from several sources each"
        return None


def read_set(folder: Path, *, groups: Path | None = None) -> EvaluationSet:
    """`groups` is a CSV of stem, age_band and sex. Raises SetError."""
    items: list[Item] = []
    for name, fake in (("real", False), ("fake", True)):
        below = folder / name
        if not below.is_dir():
            raise SetError(f"{folder}: there is no folder {name}/; put the {name} pictures there.")
        paths = sorted(path for path in below.iterdir() if path.is_file() and not path.name.startswith("."))
        if not paths:
            raise SetError(f"{below}: there is nothing to measure with.")
        items += _items(paths, fake=fake)
    return EvaluationSet(folder=folder, items=tuple(items), sources=_sources(folder), groups=_groups(groups))


def _items(paths: Sequence[Path], *, fake: bool) -> list[Item]:
    """What stands before the last underscore is the clip where several files have it."""
    before = Counter(_before(path) for path in paths)
    return [
        Item(path=path, fake=fake, clip=_before(path) if before[_before(path)] > 1 else path.stem)
        for path in paths
    ]


def _before(path: Path) -> str:
    return path.stem.rpartition("_")[0] or path.stem


def _sources(folder: Path) -> tuple[str, ...]:
    path = folder / SOURCE
    if not path.exists():
        return ()
    try:
        said = json.loads(path.read_text())
        sources = said["sources"]
        if not (
            isinstance(sources, list) and sources and all(isinstance(one, str) and one for one in sources)
        ):
            raise TypeError
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise SetError(f'{path}: it must be {{"sources": ["name", ...]}} in JSON.') from error
    return tuple(sources)


def _groups(path: Path | None) -> dict[str, tuple[str, str]]:
    if path is None:
        return {}
    try:
        with path.open(newline="", encoding="utf-8") as file:
            return {row["stem"]: (row["age_band"], row["sex"]) for row in csv.DictReader(file)}
    except (OSError, KeyError, ValueError) as error:
        raise SetError(f"{path}: it must be a CSV with the columns stem, age_band and sex.") from error
