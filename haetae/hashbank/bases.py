"""Mapped parts of the bank on disk: made by one process of a machine, used by all of them."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

import structlog
from django.conf import settings

from haetae.common import clock
from haetae.detect.matching.index.table import DamagedIndexError
from haetae.detect.matching.segment import Segment
from haetae.hashbank import queries
from haetae.hashbank.reading import read_columns

_KEPT: Final = 2  # the newest, and the one before it, which somebody may still be reading
# Below that many new rows a look at them costs less than a new part for everybody.
WORTH_A_BASE: Final = 20_000

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Base:
    """All that was matched at `version` of the bank, when it was made."""

    version: int
    made_at: datetime
    segment: Segment


def folder() -> Path:
    """Where they lie on this machine."""
    return Path(settings.HAETAE_HOME) / "bank"


def newest(where: Path, *, unless: int, known: int) -> Base | None:
    """The newest whole one that is newer than version `unless` and that this database has come to, or None."""
    for version in _versions(where):
        if version <= unless:
            return None
        if version <= known and (found := mapped(where, version)) is not None:
            return found
    return None


def mapped(where: Path, version: int) -> Base | None:
    """The part of exactly this version; None where there is none, or a damaged one, or one of another database."""
    for path in where.glob(f"{version:019d}-*") if version else ():
        try:
            segment, facts = Segment.mapped(path)
            if queries.is_of_this_bank(str(facts["entry"])):
                return Base(
                    version=version, made_at=datetime.fromisoformat(str(facts["made_at"])), segment=segment
                )
        except (DamagedIndexError, KeyError, ValueError) as problem:
            log.warning("bank_part_unusable", part=path.name, problem=str(problem)[:200])
    return None


def make(where: Path) -> int:
    """Make a part of everything that is matched now; returns its version. Older ones are cleared away."""
    # What changes meanwhile gets a newer version: it is left out here, and every reader takes it in as a change.
    made_at, (version, entry) = clock.now(), queries.newest_version()
    segment = Segment.of(read_columns(after=0, up_to=version))
    where.mkdir(mode=0o700, parents=True, exist_ok=True)
    facts = {"version": version, "entry": str(entry), "made_at": made_at.isoformat()}
    segment.save(where / f"{version:019d}-{uuid4().hex[:8]}", facts=facts)
    for old in _versions(where)[_KEPT:]:
        for path in where.glob(f"{old:019d}-*"):
            shutil.rmtree(path, ignore_errors=True)
    return version


def is_due(where: Path) -> bool:
    """Whether so much has changed since the newest part that another is worth its while."""
    made = next(iter(_versions(where)), 0)
    version, _ = queries.newest_version()
    if made > version:
        return version > 0  # of another database, or of a time that this one has not come to
    return queries.count_changed(after=made) >= WORTH_A_BASE


def _versions(where: Path) -> list[int]:
    """Newest first."""
    found = {int(path.name[:19]) for path in where.glob("[0-9]*-*")} if where.exists() else set()
    return sorted(found, reverse=True)
