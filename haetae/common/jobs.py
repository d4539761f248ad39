"""Background work is named, not imported: a job is deferred in the transaction that caused it."""

from datetime import datetime
from typing import TYPE_CHECKING

from procrastinate.contrib.django import app

if TYPE_CHECKING:
    from procrastinate.types import JSONValue

NEXT_STEP = "haetae.flow.next_step"


def defer(name: str, *, not_before: datetime | None = None, one_at_a_time: str | None = None, **ids: str | int) -> None:
    """Put a job into the queue within the present transaction.

    `name` is the task's full name, `ids` are its keyword arguments (ids only, never content), and
    `one_at_a_time` names a lock: jobs with the same lock never run side by side.
    """
    arguments: dict[str, JSONValue] = dict(ids)
    app.configure_task(name, schedule_at=not_before, lock=one_at_a_time).defer(**arguments)
