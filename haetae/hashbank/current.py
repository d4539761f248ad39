"""What is known now, in memory: a mapped part that the matcher process made, and what came after it."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from haetae.common import clock
from haetae.detect.matching import Bank
from haetae.detect.matching.bank import Part
from haetae.detect.matching.segment import Segment
from haetae.hashbank import bases, queries
from haetae.hashbank.reading import read_columns

_PARTS_MOST = 12  # small parts are joined then, so that a look does not ask too many


@dataclass(frozen=True, kw_only=True)
class _State:
    """`version` is what the parts together say; `newest` the row that made it: a restored database may count anew."""

    version: int
    newest: UUID | None
    base: bases.Base | None
    parts: tuple[Part, ...]
    checked_at: datetime  # what had expired by then is hidden
    good_until: datetime | None


class CurrentBank:
    """Safe to ask from many threads. Each look sees every change that was committed before it began."""

    def __init__(self, *, folder: Path | None = None) -> None:
        self._lock = threading.Lock()
        self._folder = folder or bases.folder()
        self._state: _State | None = None
        self._bank = Bank()
        self._asked_s = 0.0

    def get(self, *, max_age_s: float = 0.0) -> Bank:
        """What is known now; with `max_age_s` what was known so long ago at most, mostly without a query."""
        return self.look(max_age_s=max_age_s)[0]

    def look(self, *, max_age_s: float = 0.0) -> tuple[Bank, int]:
        """The bank, and the version that it is of. One small query when nothing changed."""
        with self._lock:
            state = self._state
            if state is None or time.monotonic() - self._asked_s >= max_age_s:
                asked_s = time.monotonic()
                newer = self._brought_up_to_date(state)
                if newer is not state:
                    self._state, self._bank = newer, Bank.of(newer.parts)
                self._asked_s = asked_s
                state = newer
            return self._bank, state.version

    def _brought_up_to_date(self, state: _State | None) -> _State:
        now = clock.now()
        version, newest = queries.newest_version()
        if state is None or now < state.checked_at or _counts_anew(state, version=version, newest=newest):
            # Or the clock went back, and what was hidden as expired may count again.
            base = bases.newest(self._folder, unless=-1, known=version)
            return _begun(base, version=version, newest=newest, now=now)
        made = state.base.version if state.base else 0
        base = bases.newest(self._folder, unless=made, known=version)
        if base is not None:
            return _begun(base, version=version, newest=newest, now=now)
        if version == state.version:
            return state if state.good_until is None or state.good_until > now else _aged(state, now=now)
        if len(state.parts) >= _PARTS_MOST:
            # The part that is mapped stays so, also when its folder is gone.
            return _begun(state.base, version=version, newest=newest, now=now)
        return _advanced(state, version=version, newest=newest, now=now)


def _counts_anew(state: _State, *, version: int, newest: UUID | None) -> bool:
    """Whether the database is another one than before, as after a backup was restored."""
    return version < state.version or (version == state.version and newest != state.newest)


def _begun(base: bases.Base | None, *, version: int, newest: UUID | None, now: datetime) -> _State:
    """From the mapped part and everything that is newer."""
    begun = _State(
        version=base.version if base else 0,
        newest=None,
        base=base,
        parts=((base.segment, None),) if base else (),
        checked_at=base.made_at if base else now,
        good_until=None,
    )
    return _aged(_advanced(begun, version=version, newest=newest, now=now), now=now)


def _advanced(state: _State, *, version: int, newest: UUID | None, now: datetime) -> _State:
    """With what changed since: the old rows of it are hidden, what is matched of it is a new part."""
    changed = queries.changed(after=state.version, up_to=version) if state.parts else []
    columns = read_columns(after=state.version, up_to=version)
    parts = _hidden(state.parts, changed)
    return _State(
        version=version,
        newest=newest,
        base=state.base,
        parts=(*parts, (Segment.of(columns), None)) if len(columns) else parts,
        checked_at=state.checked_at,
        good_until=queries.next_expiry(after=now),
    )


def _aged(state: _State, *, now: datetime) -> _State:
    """Without what has expired since."""
    gone = queries.expired(after=state.checked_at, up_to=now)
    return _State(
        version=state.version,
        newest=state.newest,
        base=state.base,
        parts=_hidden(state.parts, gone),
        checked_at=now,
        good_until=queries.next_expiry(after=now),
    )


def _hidden(parts: tuple[Part, ...], entry_ids: Sequence[UUID]) -> tuple[Part, ...]:
    """The same parts; the rows of these entries count no more. What others hold of the parts stays as it is."""
    if not entry_ids:
        return parts
    return tuple((segment, segment.hide(entry_ids, hidden=hidden)) for segment, hidden in parts)
