"""Does the queue's jobs in the test's own thread and transaction, in order, until nothing is left that is due."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app

from haetae.common import clock

Job = tuple[int, str, dict[str, Any]]


def do_all_jobs(
    *,
    at: datetime | None = None,
    before_each: Callable[[str], None] = lambda _: None,
    at_most: int = 1_000,
) -> list[str]:
    """Returns the names of the jobs done. A job that raises makes the test fail with its error."""
    app.perform_import_paths()
    done: list[str] = []
    while job := _take_one(at or clock.now()):
        number, name, arguments = job
        before_each(name)
        app.tasks[name].func(**arguments)
        done.append(name)
        _finish(number)
        assert len(done) < at_most, "the jobs wake one another for ever"
    return done


def _take_one(at: datetime) -> Job | None:
    import json

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo'"
            " AND (scheduled_at IS NULL OR scheduled_at <= %s) ORDER BY priority DESC, id LIMIT 1",
            [at],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    arguments = row[2] if isinstance(row[2], dict) else json.loads(row[2])
    return row[0], row[1], arguments


def _finish(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [number])
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [number])
