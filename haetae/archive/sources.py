"""Where an archive lies: folders of this machine, or a bucket. Each says which files there are and examines one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from haetae.detect.files import examine_file, unread
from haetae.detect.finding import Finding
from haetae.detect.matching import Bank
from haetae.detect.opening.facts import Why
from haetae.detect.places import places_in_turn
from haetae.detect.pool import OpenerPool

BUCKET = "s3://"


class SourceError(ValueError):
    """The sentence says what to write instead."""


@dataclass(frozen=True)
class Item:
    """One file of an archive by its name there. `refused` says why it will not be read, `problem` who said so."""

    name: str
    refused: Why | None = None
    problem: str = ""


class Source(Protocol):
    """Any archive. It is handed to other processes, so it holds names alone."""

    @property
    def threads(self) -> int:
        """How many files one process may wait for at a time."""
        ...

    @property
    def names(self) -> list[str]:
        """What was asked for, as it is told and compared."""
        ...

    def items(self) -> Iterator[Item]:
        """Every file in a fixed order, found as it goes."""
        ...

    def examine(self, item: Item, *, bank: Bank, openers: OpenerPool) -> Finding:
        """The finding for one of them, whatever has become of it since."""
        ...


@dataclass(frozen=True)
class Folders:
    """Files and folders of a disk. Relative ones are taken from where the command was started."""

    paths: tuple[Path, ...]
    threads: int = 2  # one is hashed while the next is opened

    @property
    def names(self) -> list[str]:
        return [str(path) for path in self.paths]

    def items(self) -> Iterator[Item]:
        for place in places_in_turn(self.paths):
            yield Item(str(place.path), place.refused, place.problem)

    def examine(self, item: Item, *, bank: Bank, openers: OpenerPool) -> Finding:
        if item.refused is not None:
            return unread(item.refused, problem=item.problem)
        return examine_file(Path(item.name), bank=bank, openers=openers)


def source_of(names: Sequence[str]) -> Source:
    """Raises SourceError for what cannot be one archive."""
    buckets = [name for name in names if name.startswith(BUCKET)]
    if not buckets:
        return Folders(tuple(Path(name).absolute() for name in names))
    if len(names) > 1:
        raise SourceError(f"{buckets[0]} must stand alone: one report is of one bucket, or of folders.")
    from haetae.archive.buckets import Bucket  # noqa: PLC0415 - an extra

    return Bucket.named(buckets[0])
