"""The clock of the flow: passes due dates and wakes the watchers. Any number may run; what is due happens once."""

from datetime import datetime, timedelta
from uuid import UUID

from haetae.accounts.queries import operators
from haetae.common import clock, jobs
from haetae.flow.deadlines import actions as deadlines


class Timekeeper:
    """Remembers only when it last woke each watcher; everything that matters is a row."""

    def __init__(self) -> None:
        self._woken: dict[UUID, datetime] = {}

    def tick(self) -> int:
        """One round; returns how many due dates passed."""
        now = clock.now()
        passed = deadlines.pass_due(at=now)
        self._wake_watchers(now)
        return passed

    def _wake_watchers(self, now: datetime) -> None:
        for operator in operators().exclude(watched_every_s__isnull=True):
            pause = timedelta(seconds=operator.watched_every_s or 0)
            if now - self._woken.get(operator.pk, datetime.min.replace(tzinfo=now.tzinfo)) < pause:
                continue
            self._woken[operator.pk] = now
            name = f"watch:{operator.pk}"
            jobs.defer_unless_waiting("haetae.arrival.watch", waiting_as=name, operator_id=str(operator.pk))
