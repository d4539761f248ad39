"""Mapped parts of the bank on disk: made by one process of a machine, used by all of them."""

import fcntl
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

import structlog
from django.conf import settings

from haetae.common import clock
from haetae.detect.matching.index.table import DamagedIndexError
from haetae.detect.matching.segment import Segment
from haetae.hashbank import queries
from haetae.hashbank.reading import read_columns

# Below that many new rows a look at them costs less than a new part for everybody.
WORTH_A_BASE: Final = 20_000
_LOOKED_AT_AGAIN_S: Final = 3_600.0  # whether a part is still whole; reading all of it takes about a second
_NAME: Final = re.compile(
    r"([0-9]{19})-[0-9a-f]{8}"
)  # of a part: its version, and what makes it the only one
_LOCK: Final = "writing.lock"

log = structlog.get_logger(__name__)
_refused: set[str] = set()  # names of parts that this process found unusable: no part is ever written over
_whole_until_s: dict[str, float] = {}


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
    for version, path in _parts(where):
        if version <= unless:
            return None
        if version <= known and (found := _mapped(path, version)) is not None:
            return found
    return None


def make(where: Path) -> int:
    """Make a part of everything that is matched now; returns its version. All but the one before it are cleared away.

    Of several processes one writes at a time. Raises OSError where the disk does not take it; nothing changes then.
    """
    where.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(where):
        _clear_drafts(where)
        # What changes meanwhile gets a newer version: it is left out here, and every reader takes it in as a change.
        made_at, (version, entry) = clock.now(), queries.newest_version()
        if entry is None:
            return version
        segment = Segment.of(read_columns(after=0, up_to=version))
        facts = {"version": version, "entry": str(entry), "made_at": made_at.isoformat()}
        made = where / f"{version:019d}-{uuid4().hex[:8]}"
        segment.save(made, facts=facts)
        if _mapped(made, version) is None:
            shutil.rmtree(made, ignore_errors=True)
            raise OSError(
                f"{made} cannot be read back as it was written; see why in the warning before this."
            )
        _clear_all_but(where, made=made, version=version)
    return version


def is_due(where: Path) -> bool:
    """Whether so much has changed since the newest part that can be used that another is worth its while.

    A part of an older form, of another database or of a time that this one has not come to cannot be used.
    """
    known, _ = queries.newest_version()
    parts = list(_parts(where))
    made = next((version for version, path in parts if version <= known and _is_whole(path, version)), 0)
    if known and parts and not made:
        return True  # there was a part once: everybody reads everything anew until there is one again
    return queries.count_changed(after=made) >= WORTH_A_BASE


def _mapped(path: Path, version: int) -> Base | None:
    """None where it is damaged, or one of another form or database, or where its time has not come."""
    if path.name in _refused:
        return None
    try:
        facts = Segment.facts_in(path)
        made_at, entry = datetime.fromisoformat(str(facts["made_at"])), UUID(str(facts["entry"]))
        if made_at.tzinfo is None or facts["version"] != version:
            raise ValueError("Its facts are not those of a part.")
        if made_at > clock.now() or not queries.is_of_this_bank(entry):
            return None  # made while the clock was ahead, it lacks what that clock took for expired
        return Base(version=version, made_at=made_at, segment=Segment.mapped(path))
    except (DamagedIndexError, KeyError, ValueError) as problem:
        if path.exists():  # and was not cleared away meanwhile
            _refused.add(path.name)
            log.warning("bank_part_unusable", part=path.name, problem=str(problem)[:200])
    return None


def _is_whole(path: Path, version: int) -> bool:
    """The same, remembered for a while: the matcher asks every two seconds."""
    now_s = time.monotonic()
    if _whole_until_s.get(path.name, 0.0) < now_s:
        if _mapped(path, version) is None:
            return False
        _whole_until_s[path.name] = now_s + _LOOKED_AT_AGAIN_S
    return True


@contextmanager
def _alone(where: Path) -> Iterator[None]:
    """One process of this machine at a time; the lock of one that dies is free at once."""
    with (where / _LOCK).open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _clear_drafts(where: Path) -> None:
    """What a process that was killed while it wrote has left behind. Only whoever writes alone may."""
    for path in where.glob(".*-*"):
        shutil.rmtree(path, ignore_errors=True)


def _clear_all_but(where: Path, *, made: Path, version: int) -> None:
    """Also the one before it is kept, which somebody may be about to map."""
    before = next((path for one, path in _parts(where) if one < version), None)
    for _, path in _parts(where):
        if path not in {made, before}:
            shutil.rmtree(path, ignore_errors=True)


def _parts(where: Path) -> Iterator[tuple[int, Path]]:
    """Newest first."""
    paths = where.iterdir() if where.exists() else ()
    named = [(match, path) for path in paths if (match := _NAME.fullmatch(path.name))]
    yield from sorted(((int(match[1]), path) for match, path in named), reverse=True)
