"""`haetae keys rotate`, `retire` and `list`: the steps in their order, each of which may be interrupted."""

import json
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from haetae.common import clock
from haetae.common.keys import KeyRing
from haetae.common.keys.generations import file_name
from haetae.common.keys.kinds import KINDS, OWN, Ends
from haetae.common.keys.prints import fingerprint
from haetae.common.keys.rotation import (
    ANNOUNCED_FOR,
    CannotChangeKeyError,
    announce,
    needed_until,
    retire,
    use,
)

Say = Callable[[str], None]
# Opens the database where a step needs it; whatever is imported of it is imported inside.
Database = Callable[[], AbstractContextManager[None]]
_COUNTED: Final = frozenset({Ends.REWRAPPED, Ends.RESTRETCHED})
_LOG: Final = "event-log"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One generation of one key, without anything secret. `rows` None: nothing is counted for it."""

    name: str
    number: int
    state: str
    fingerprint: str
    made_at: datetime | None
    used_from: datetime | None
    rows: int | None
    may_go_at: datetime | None


def needs_database(name: str) -> bool:
    return KINDS[name].ends in _COUNTED or name == _LOG


def make_newer(name: str, *, folder: Path, say: Say) -> None:
    """A newer key that everybody can read by and nobody uses yet: time to bring it to other machines.

    Repeated it is the same one. Raises CannotChangeKeyError.
    """
    _see_name(name)
    newer = announce(folder, name, at=clock.now())
    say(f"{name}: generation {newer.number} is made and not used yet")


def rotate(name: str, *, folder: Path, database: Database, say: Say) -> dict[str, int]:
    """Begin a change, or go on with one that was interrupted. Returns what still needs the former key, by column.

    Raises CannotChangeKeyError.
    """
    _see_name(name)
    ring = KeyRing(folder=folder, may_create=False)
    if not ring.generations(name).former:
        newer = announce(folder, name, at=clock.now())
        say(f"{name}: generation {newer.number} is made; everybody learns of it")
        _wait(newer.made_at)
        if name == _LOG:
            with database():
                _use_for_the_log(ring, folder)
        else:
            use(folder, name, at=clock.now())
        say(f"{name}: generation {newer.number} is in use")
    if not needs_database(name):
        return {}
    with database():
        from haetae.running.keys.rewrapping import needing, rewrap  # noqa: PLC0415 - Django is ready only now

        if name == _LOG:
            _declare(ring, folder)
        return rewrap(name, say=say) if KINDS[name].ends is Ends.REWRAPPED else needing(name)


def end_former(name: str, *, folder: Path, database: Database, is_forced: bool) -> list[Path]:
    """Retire what nothing needs any more. Raises CannotChangeKeyError."""
    _see_name(name)
    kind = KINDS[name]
    if kind.ends in _COUNTED and KeyRing(folder=folder, may_create=False).generations(name).former:
        with database():
            from haetae.running.keys.rewrapping import needing  # noqa: PLC0415 - Django is ready only now

            left = needing(name)
        if left and not (is_forced and kind.ends is Ends.RESTRETCHED):
            raise CannotChangeKeyError(_still_needed(name, left))
    if name == _LOG:
        with database():
            _declare(KeyRing(folder=folder, may_create=False), folder)
    return retire(folder, name, at=clock.now(), is_forced=is_forced and bool(kind.lost))


def lines(folder: Path, *, rows_of: Callable[[str], int | None]) -> list[Line]:
    """Every live generation of every key."""
    ring, found = KeyRing(folder=folder, may_create=False), []
    for name in sorted(OWN):
        told = ring.generations(name)
        for one in told.live:
            path = folder / file_name(name, one.number)
            if not path.exists():
                continue
            is_former = one.number < told.current.number
            state = "in use" if one == told.current else ("former" if is_former else "announced")
            found.append(
                Line(
                    name=name,
                    number=one.number,
                    state=state,
                    fingerprint=fingerprint(path.read_bytes()),
                    made_at=one.made_at or datetime.fromtimestamp(path.stat().st_mtime, clock.now().tzinfo),
                    used_from=one.used_from,
                    rows=rows_of(name) if is_former else None,
                    may_go_at=needed_until(told, name) if is_former else None,
                )
            )
    return found


def _see_name(name: str) -> None:
    if name not in OWN:
        raise CannotChangeKeyError(f"There is no key {name}. The keys are: {', '.join(sorted(OWN))}.")


def _still_needed(name: str, left: dict[str, int]) -> str:
    where = ", ".join(f"{label} {count}" for label, count in sorted(left.items()))
    if KINDS[name].ends is Ends.RESTRETCHED:
        return (
            f"The former key {name} is still needed by {sum(left.values())} people who have not come back since. "
            f"With --lose it goes all the same, and this is lost: {KINDS[name].lost}."
        )
    return f"The former key {name} is still needed ({where}): `haetae keys rotate {name}` goes on with them."


def _wait(made_at: datetime | None) -> None:
    if made_at is not None:
        time.sleep(max(0.0, (made_at + ANNOUNCED_FOR - clock.now()).total_seconds()))


def _use_for_the_log(ring: KeyRing, folder: Path) -> None:
    """No head is signed between the last one of the former key and the first one of the newer."""
    from django.db import transaction  # noqa: PLC0415 - Django is ready only now

    from haetae.audit.queries import newest_head  # noqa: PLC0415
    from haetae.audit.sealer import hold_sealing  # noqa: PLC0415
    from haetae.audit.succession import SignedSuccession, succession_statement  # noqa: PLC0415

    told = ring.generations(_LOG)
    newer = told.announced
    assert newer is not None
    with transaction.atomic():
        hold_sealing()
        head = newest_head()
        size, at = (head.size if head else 0), clock.now()
        keys = [ring.signer(_LOG, one.number) for one in (told.current, newer)]
        former, after = (key.public_key().public_bytes_raw() for key in keys)
        content = succession_statement(size=size, at=at, former=former, newer=after)
        by_former, by_newer = (key.sign(content) for key in keys)
        declared = SignedSuccession(
            size=size, at=at, former=former, newer=after, by_former=by_former, by_newer=by_newer
        )
        # In the folder first: whoever is killed after the key is in use finds there what is to be declared.
        ring.store(_declaration(folder, newer.number).name, json.dumps(declared.as_fields()).encode())
        use(folder, _LOG, at=at)


def _declare(ring: KeyRing, folder: Path) -> None:
    """Into the database and into the log itself; the sealer writes it beside the heads. Repeated: nothing."""
    from haetae.audit.actions import key_succeeded  # noqa: PLC0415 - Django is ready only now
    from haetae.audit.succession import SignedSuccession  # noqa: PLC0415

    for one in ring.generations(_LOG).all:
        path = _declaration(folder, one.number)
        if one.is_used and path.exists():
            key_succeeded(SignedSuccession.from_fields(json.loads(path.read_text())))


def _declaration(folder: Path, number: int) -> Path:
    return folder / f"{_LOG}.{number}.succession"
