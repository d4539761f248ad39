"""Background work is named, not imported: a job is deferred in the transaction that caused it."""

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

if TYPE_CHECKING:
    from procrastinate.types import JSONValue

NEXT_STEP = "haetae.flow.next_step"
# For what nobody foresaw (the database is away, a fault of ours): 2, 4, 8 ... seconds, over an hour in all. What is
# foreseen, such as an operator that is down, is not left to this: it becomes a due date.
AFTER_A_FAULT = RetryStrategy(max_attempts=11, exponential_wait=2)


def defer(name: str, *, not_before: datetime | None = None, one_at_a_time: str | None = None, **ids: str | int) -> None:
    """Put a job into the queue within the present transaction.

    `name` is the task's full name, `ids` are its keyword arguments (ids only, never content), and
    `one_at_a_time` names a lock: jobs with the same lock never run side by side.
    """
    arguments: dict[str, JSONValue] = dict(ids)
    app.configure_task(name, schedule_at=not_before, lock=one_at_a_time).defer(**arguments)


def defer_unless_waiting(name: str, *, waiting_as: str, **ids: str | int) -> None:
    """Put a job into the queue unless one of this name waits there already. Not for use inside a transaction."""
    arguments: dict[str, JSONValue] = dict(ids)
    with suppress(AlreadyEnqueued):
        app.configure_task(name, queueing_lock=waiting_as).defer(**arguments)
