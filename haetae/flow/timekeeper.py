"""The clock of the flow: passes due dates, wakes the watchers, notices when platforms get no answer.

Any number may run; what is due happens once.
"""

from datetime import datetime, timedelta
from uuid import UUID

from haetae.accounts.queries import operators
from haetae.common import clock, jobs
from haetae.flow.arrival import actions as arrival
from haetae.flow.arrival import queries as arrivals
from haetae.flow.arrival.rules import SILENT_AFTER
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.queries import next_due_at

_NO_FASTER = timedelta(milliseconds=200)
_LISTENS_EVERY = timedelta(seconds=1)


class Timekeeper:
    """Remembers only when it last woke each watcher; everything that matters is a row."""

    def __init__(self) -> None:
        self._woken: dict[UUID, datetime] = {}
        self._began_at: datetime | None = None
        self._listened_at: datetime | None = None

    def tick(self) -> int:
        """One round; returns how many due dates passed."""
        now = clock.now()
        passed = deadlines.pass_due(at=now)
        self._wake_watchers(now)
        self._listen_to_the_hook(now)
        return passed

    def pause_s(self, *, at_most_s: float) -> float:
        """How long nothing is due, so that a second look one second later comes one second later."""
        due_at = next_due_at()
        until = at_most_s if due_at is None else (due_at - clock.now()).total_seconds()
        # Never none at all: what is due may be passing under another clock just now.
        return min(max(0.01, until), at_most_s)

    def _wake_watchers(self, now: datetime) -> None:
        for operator in operators().exclude(watched_every_s__isnull=True):
            # Ticks come as often as something is due; foreign pages are not asked that often.
            pause = max(timedelta(seconds=operator.watched_every_s or 0), _NO_FASTER)
            if _is_recent(self._woken.get(operator.pk), now=now, within=pause):
                continue
            self._woken[operator.pk] = now
            name = f"watch:{operator.pk}"
            jobs.defer_unless_waiting("haetae.arrival.watch", waiting_as=name, operator_id=str(operator.pk))

    def _listen_to_the_hook(self, now: datetime) -> None:
        """No web process has made a healthy look for a while: operators that ask us get no answer.

        Where there was none ever, the silence begins with this clock. When everything was down, the last look is
        old at the first tick, and the outage is written with its true begin.
        """
        self._began_at = self._began_at or now
        if _is_recent(self._listened_at, now=now, within=_LISTENS_EVERY):
            return
        self._listened_at = now
        heard_at = arrivals.last_pulse_at() or self._began_at
        if now - heard_at > SILENT_AFTER:
            arrival.hook_fell_silent(since=heard_at)


def _is_recent(at: datetime | None, *, now: datetime, within: timedelta) -> bool:
    """Not when it lies ahead: the machine's clock was put back, and waiting for it would be waiting for an hour."""
    return at is not None and timedelta() <= now - at < within
