"""Which files a list of paths means: a folder stands for everything below it, in a fixed order."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from haetae.detect.opening.facts import Why


@dataclass(frozen=True, kw_only=True, order=True)
class Place:
    """`refused` says why this place will not be read; `problem` is what the system said about it."""

    path: Path
    refused: Why | None = None
    problem: str = ""


def places_of(paths: Iterable[Path]) -> list[Place]:
    """Each path in the given order; below a folder sorted by path. Links met on the way are not followed."""
    places: list[Place] = []
    for path in paths:
        places += sorted(_below(path)) if _is_folder(path) else [Place(path=path)]
    return places


def places_in_turn(paths: Iterable[Path]) -> Iterator[Place]:
    """The same places, folder by folder and each folder sorted: no more is held than one folder's names."""
    for path in paths:
        yield from _below(path) if _is_folder(path) else [Place(path=path)]


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - is_dir() raises on a null character


def _below(folder: Path) -> Iterator[Place]:
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield Place(path=here, refused=Why.UNREADABLE, problem=error.strerror or str(error))
            continue
        folders = []
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(Path(entry.path))
            else:
                yield Place(path=Path(entry.path), refused=Why.NOT_A_FILE if entry.is_symlink() else None)
        waiting += reversed(folders)
