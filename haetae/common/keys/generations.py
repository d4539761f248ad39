"""Which generations of each key there are: one small file beside the keys, without any secret, replaced as a whole."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from haetae.common.keys.errors import MissingKeyError
from haetae.common.keys.kinds import OWN
from haetae.common.keys.marks import FIRST

GENERATIONS: Final = "generations.json"
RETIRED: Final = "retired"  # the folder beside it for key files that nothing needs any more


@dataclass(frozen=True, kw_only=True)
class Generation:
    """`used_from` None: it is announced, everybody can read by it, and nobody writes with it yet.

    The first one may have no moments: it is from before anybody wrote them down.
    """

    number: int
    made_at: datetime | None = None
    used_from: datetime | None = None
    retired_at: datetime | None = None

    @property
    def is_used(self) -> bool:
        return self.number == FIRST or self.used_from is not None


@dataclass(frozen=True, kw_only=True)
class Generations:
    """All of one key, the oldest first."""

    all: tuple[Generation, ...] = (Generation(number=FIRST),)

    @property
    def live(self) -> tuple[Generation, ...]:
        return tuple(one for one in self.all if one.retired_at is None)

    @property
    def current(self) -> Generation:
        """The one that seals and signs."""
        return [one for one in self.live if one.is_used][-1]

    @property
    def announced(self) -> Generation | None:
        newest = self.all[-1]
        return None if newest.is_used else newest

    @property
    def former(self) -> tuple[Generation, ...]:
        """Those that still read what they sealed, and seal nothing more."""
        return tuple(one for one in self.live if one.number < self.current.number)

    def with_one(self, changed: Generation) -> "Generations":
        """The same with this one put in the place of its number, or at the end."""
        kept = {one.number: one for one in self.all} | {changed.number: changed}
        return replace(self, all=tuple(kept[number] for number in sorted(kept)))


def file_name(key: str, number: int) -> str:
    return key if number == FIRST else f"{key}.{number}"


def read_generations(folder: Path) -> dict[str, Generations]:
    """Of every key of ours. Raises MissingKeyError when the file cannot be read, or is gone while it is needed."""
    path = folder / GENERATIONS
    try:
        told = json.loads(path.read_bytes())
        found = {key: _from_fields(told["keys"][key]) for key in told["keys"] if key in OWN}
    except FileNotFoundError:
        _see_that_none_is_needed(folder)
        found = {}
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        words = f"{path} cannot be read: bring it back from your copy of the keys. Nothing in it is secret."
        raise MissingKeyError(words) from problem
    return {key: found.get(key, Generations()) for key in OWN}


def write_generations(folder: Path, generations: Mapping[str, Generations]) -> None:
    """Whole or not at all, and on the disk before this returns."""
    keys = {key: [_fields(one) for one in generations[key].all] for key in sorted(generations)}
    content = json.dumps({"keys": keys}, indent=1).encode() + b"\n"
    draft = folder / f".{GENERATIONS}.{secrets.token_hex(4)}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    give_to_owner(draft, folder)
    draft.replace(folder / GENERATIONS)
    sync_folder(folder)


def give_to_owner(path: Path, folder: Path) -> None:
    """Root may change keys of the user who serves them: what it writes there has to be theirs."""
    owner = folder.stat()
    if os.geteuid() == 0 and (owner.st_uid, owner.st_gid) != (0, 0):
        os.chown(path, owner.st_uid, owner.st_gid)


def sync_folder(folder: Path) -> None:
    """A file that was put there stays there when the power goes."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _see_that_none_is_needed(folder: Path) -> None:
    for key in sorted(OWN):
        newer = next((path for path in folder.glob(f"{key}.*") if path.suffix[1:].isdigit()), None)
        if newer is not None:
            raise MissingKeyError(
                f"{folder / GENERATIONS} is missing, and {newer.name} is there: bring both back from your copy."
            )


def _fields(one: Generation) -> dict[str, Any]:
    moments = {"made_at": one.made_at, "used_from": one.used_from, "retired_at": one.retired_at}
    return {"number": one.number} | {name: at and at.isoformat() for name, at in moments.items()}


def _from_fields(told: list[dict[str, Any]]) -> Generations:
    found = [
        Generation(
            number=int(one["number"]),
            **{
                name: datetime.fromisoformat(one[name]) if one[name] else None
                for name in ("made_at", "used_from", "retired_at")
            },
        )
        for one in told
    ]
    if [one.number for one in found] != list(range(FIRST, len(found) + 1)):
        raise ValueError("generations are counted from one")
    if not any(one.is_used and one.retired_at is None for one in found):
        raise ValueError("one generation is in use")
    return Generations(all=tuple(found))
