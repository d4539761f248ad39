"""A folder of real and fake pictures to measure with: which belong together, and where they come from."""

import csv
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from haetae.detect.classifying.card import ModelCard

SOURCE: Final = "source.json"
_LETTERS_OF_A_NAME: Final = 4  # shorter parts of a name are in too many sentences


class SetError(Exception):
    """The folder is no such set. `words` say what is missing."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True, kw_only=True)
class Item:
    """`clip` is what it is one frame of, or its own stem: what chance is counted over.

    `pair` is the same for it and its counterpart on the other side; None where there is none, or where nobody can tell
    which of several it is.
    """

    path: Path
    fake: bool
    clip: str
    pair: str | None

    @property
    def stem(self) -> str:
        return self.path.stem


@dataclass(frozen=True, kw_only=True)
class EvaluationSet:
    """`paired`: real and fake ones of the same stem show the same, so that no difference of source is measured.

    `real_sources` and `fake_sources` are what source.json says; they are the same where each source gave both.
    """

    folder: Path
    items: tuple[Item, ...]
    real_sources: tuple[str, ...]
    fake_sources: tuple[str, ...]
    groups: dict[str, tuple[str, str]]

    @property
    def paired(self) -> bool:
        return all(item.pair is not None for item in self.items if item.fake)

    @property
    def clips(self) -> int:
        """How many of them have several frames on either side."""
        sizes = Counter(
            (clip, fake) for clip, fake, _ in {(one.clip, one.fake, one.stem) for one in self.items}
        )
        return len({clip for (clip, _), frames in sizes.items() if frames > 1})

    def why_not_cross_source(self, card: ModelCard | None) -> str | None:
        """None where the set may be called cross-source: paired or of one making, and foreign to the training."""
        if not (self.real_sources and self.fake_sources):
            return f"nobody says where the pictures come from: {SOURCE} in the folder has to, see docs/detection.md"
        every = dict.fromkeys(self.real_sources + self.fake_sources)
        if card is not None and (used := [name for name in every if is_named(name, card.training_data)]):
            return f"the model was trained on {', '.join(used)}"
        own_names = set(self.real_sources) != set(self.fake_sources)
        if self.paired and not own_names:
            return None
        if own_names:
            if min(len(self.real_sources), len(self.fake_sources)) > 1:
                return None
            return (
                "all pictures of one side come from one source, so what tells the sources apart would do"
                + (
                    "; where each source gave both of its pairs, name them once under 'sources'"
                    if self.paired
                    else ""
                )
            )
        if len(self.real_sources) < 2:
            return "real and fake pictures are neither pairs nor from several sources each"
        return None


def is_named(source: str, training_data: Sequence[str]) -> bool:
    """Whether a card names a source, however either of them writes capitals, spaces and hyphens.

    Of a name with additions, "All-Age-Faces (adults), 2020", each part counts: rather once too often than too seldom.
    """
    parts = [_letters(part) for part in re.split(r"[(),;:/@]", source)]
    said = [_letters(one) for one in training_data]
    return any(part in one for part in parts if len(part) >= _LETTERS_OF_A_NAME for one in said) or any(
        _letters(source) in one for one in said
    )


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def read_set(folder: Path, *, groups: Path | None = None) -> EvaluationSet:
    """`groups` is a CSV of stem, age_band and sex. Raises SetError."""
    found: list[tuple[Path, bool]] = []
    for name, fake in (("real", False), ("fake", True)):
        below = folder / name
        if not below.is_dir():
            raise SetError(f"{folder}: there is no folder {name}/; put the {name} pictures there.")
        paths = sorted(path for path in below.iterdir() if path.is_file() and not path.name.startswith("."))
        if not paths:
            raise SetError(f"{below}: there is nothing to measure with.")
        found += [(path, fake) for path in paths]
    real_sources, fake_sources = _sources(folder)
    return EvaluationSet(
        folder=folder,
        items=_items(found),
        real_sources=real_sources,
        fake_sources=fake_sources,
        groups=_groups(groups),
    )


def _items(found: Sequence[tuple[Path, bool]]) -> tuple[Item, ...]:
    """What stands before the last underscore is the clip where several files of either side have it."""
    stems = {(path.stem, fake) for path, fake in found}
    several = {
        before for (before, _), n in Counter((_before(stem), fake) for stem, fake in stems).items() if n > 1
    }
    pairs = _pairs(found)
    return tuple(
        Item(
            path=path,
            fake=fake,
            clip=_before(path.stem) if _before(path.stem) in several else path.stem,
            pair=pairs.get((path.name, fake)),
        )
        for path, fake in found
    )


def _pairs(found: Sequence[tuple[Path, bool]]) -> dict[tuple[str, bool], str]:
    """By name and side. Where a side has several files of one stem, only those of the very same name are a pair."""
    names = [{path.name for path, is_fake in found if is_fake is side} for side in (False, True)]
    same = names[0] & names[1]
    real, fake = (Counter(Path(name).stem for name in side - same) for side in names)
    pairs = {(name, side): name for name in same for side in (False, True)}
    for path, side in found:
        if path.name not in same and real[path.stem] == fake[path.stem] == 1:
            pairs[path.name, side] = f"{path.stem}.*"
    return pairs


def _before(stem: str) -> str:
    return stem.rpartition("_")[0] or stem


def _sources(folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those of the real and of the fake ones. `sources` means that each of them gave both."""
    path = folder / SOURCE
    if not path.exists():
        return (), ()
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        names = [said["sources"]] * 2 if "sources" in said else [said["real"], said["fake"]]
        if not all(isinstance(part, list) and part and all(map(_is_name, part)) for part in names):
            raise TypeError
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise SetError(
            f'{path}: it must be {{"sources": ["name", ...]}} in JSON where each source gave real and fake ones, else'
            ' {"real": ["name", ...], "fake": ["name", ...]}.'
        ) from error
    real, fake = names
    return tuple(real), tuple(fake)


def _is_name(one: object) -> bool:
    return isinstance(one, str) and bool(_letters(one))


def _groups(path: Path | None) -> dict[str, tuple[str, str]]:
    if path is None:
        return {}
    try:
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        if any(None in row.values() for row in rows):
            raise ValueError("a row breaks off")
        return {row["stem"]: (row["age_band"], row["sex"]) for row in rows}
    except (OSError, KeyError, ValueError, csv.Error) as error:
        raise SetError(f"{path}: it must be a CSV with the columns stem, age_band and sex.") from error
