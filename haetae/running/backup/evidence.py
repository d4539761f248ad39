"""Evidence beside the backups: each file once, under the digest by which the store knows it."""

import hashlib
import random
import re
import shutil
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Final

from haetae.running.backup import boxes, shelf

_FILE: Final = re.compile(r"[0-9a-f]{64}\.age")
_CHECKED: Final = 100


def pool(folder: Path) -> Path:
    return folder / "evidence"


def names_in(store: Path) -> dict[str, Path]:
    """The files of a store by their names, wherever in it they lie."""
    found = (path for path in sorted(store.glob("*/*.age")) if _FILE.fullmatch(path.name))
    return {path.stem: path for path in found}


def place(store: Path, name: str) -> Path:
    """Where a store keeps it (haetae.agencies.investigation.evidence.keeping.store)."""
    return store / name[:2] / f"{name}.age"


def bytes_to_copy(store: Path, folder: Path) -> int:
    have = names_in(pool(folder))
    return sum(path.stat().st_size for name, path in names_in(store).items() if name not in have)


def copy(store: Path, folder: Path, *, say: Callable[[str], None]) -> dict[str, int]:
    """What is not there yet; names and sizes of all that belongs to this backup.

    What is no longer what its name says is left out, and said: an earlier copy of it, if there is one, is the good one.
    """
    have, kept, new = names_in(pool(folder)), {}, 0
    for name, path in names_in(store).items():
        if name not in have:
            if not _copy_one(path, place(pool(folder), name)):
                say(f"evidence: {name} is not what it was when it was kept, and is left out")
                continue
            new += 1
        kept[name] = path.stat().st_size
    say(f"evidence: {len(kept)} files, {new} of them new")
    return kept


def put_back(folder: Path, store: Path, *, wanted: Collection[str]) -> int:
    """Into the store those that it does not have; returns how many."""
    have, missing = names_in(store), names_in(pool(folder))
    back = [name for name in wanted if name not in have and name in missing]
    for name in back:
        _copy_one(missing[name], place(store, name))
    return len(back)


def damaged(folder: Path, names: Collection[str]) -> Iterator[str]:
    """Those that are not there, or not what their names say."""
    have = names_in(folder)
    for name in sorted(names):
        if name not in have or _digest(have[name]) != name:
            yield name


def some(names: Collection[str]) -> list[str]:
    """A hundred of them by chance, or all."""
    return random.SystemRandom().sample(sorted(names), min(len(names), _CHECKED))


def drop_unnamed(folder: Path, *, named: Collection[str]) -> int:
    """What no backup on the shelf names any more; returns how many."""
    over = [path for name, path in names_in(pool(folder)).items() if name not in named]
    for path in over:
        path.unlink()
    return len(over)


def _copy_one(source: Path, target: Path) -> bool:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if _digest(source) != target.stem:
        return False
    with source.open("rb") as read, boxes.replaced(target) as file:
        shutil.copyfileobj(read, file)
    shelf.settle(target.parent)
    return True


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
