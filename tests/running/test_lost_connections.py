"""A connection that breaks is noticed and made good: by the queue, by a job, by the loops."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError, connection
from procrastinate.exceptions import ConnectorException

from haetae.common import embedded_postgres
from haetae.running import loops
from haetae.running.queue_connection import QueueConnection
from haetae.running.worker import on_a_sound_connection
from tests.tables import make_database


async def with_queue(
    server: embedded_postgres.Server, on_loss: Callable[[], None], *statements: str
) -> list[str]:
    """Run each statement on one queue; returns the names of the errors."""
    where = {"host": str(server.socket_folder), "user": embedded_postgres.OWNER_ROLE, "dbname": "postgres"}
    queue, errors = QueueConnection(on_loss=on_loss, kwargs=where), []
    await queue.open_async()
    try:
        for statement in statements:
            try:
                await queue.execute_query_one_async(statement)  # type: ignore[arg-type]
            except ConnectorException as error:
                errors.append(type(error.__cause__).__name__)
    finally:
        await queue.close_async()
    return errors


def test_a_statement_that_did_not_get_through_is_a_loss_and_a_refused_one_is_not(
    server: embedded_postgres.Server,
) -> None:
    losses: list[bool] = []
    errors = asyncio.run(
        with_queue(
            server,
            lambda: losses.append(True),
            "SELECT 1 AS n",
            "SELECT nonsense",
            "SELECT pg_terminate_backend(pg_backend_pid())",
        )
    )
    assert errors == ["UndefinedColumn", "AdminShutdown"]
    assert losses == [True]


SILENT = """
from haetae.running import installation
import os
import sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haetae.settings.test")
import django
django.setup()
from haetae.running import worker
said = []
worker.pulse.moved = lambda *state: said.append(str(state[0]) if state else "ready")
class Queue:
    was_reached = False
    def __init__(self, silences): self.left = silences
    def silent_s(self):
        silent = self.left.pop(0) if len(self.left) > 1 else self.left[0]
        self.was_reached = self.was_reached or silent == 1
        return silent
worker.time.sleep = lambda seconds: None
worker.os._exit = lambda code: (print(said, flush=True), sys.exit(code))
worker._end_when_silent(Queue([float(second) for second in sys.argv[1].split()]))
"""


@pytest.mark.parametrize(
    ("silences", "said"),
    [("31 60 1 29 31", ["starting", "starting", "ready"]), ("31 60 119 120", ["starting"] * 3)],
)
def test_a_worker_that_does_not_reach_its_queue_ends_but_gets_two_minutes_to_reach_it_first(
    silences: str, said: list[str]
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SILENT, silences], capture_output=True, check=False, timeout=60
    )
    assert ended.returncode == 1, ended.stderr
    assert b"worker_silent" in ended.stdout + ended.stderr
    assert str(said).encode() in ended.stdout


HANGS = """
import time
import django
django.setup()
from procrastinate.contrib.django import app
from haetae.running import worker
@app.task(name="haetae.tests.hangs", queue="flow")
def hangs():
    print("begun", flush=True)
    time.sleep(600)
hangs.defer()
worker._ENDS_WITHIN_S = 1.0
worker.work(at_once=1)
"""


def test_a_worker_that_is_told_to_stop_does_not_wait_for_a_job_that_waits_for_others(tmp_path: Path) -> None:
    told = {
        **os.environ,
        "DATABASE_URL": make_database(f"hangs_{os.getpid()}"),
        "DJANGO_SETTINGS_MODULE": "haetae.settings.dev",
        "HAETAE_HOME": str(tmp_path),
    }
    worker = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", HANGS],
        env=told,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert worker.stdout is not None
        assert "begun\n" in worker.stdout, "it ended before"
        worker.send_signal(signal.SIGTERM)
        rest, _ = worker.communicate(timeout=60)
    finally:
        worker.kill()
    assert worker.returncode == 0, rest
    assert "worker_cut_off" in rest


def in_a_thread(work: Callable[[], Any]) -> list[Any]:
    """As the worker does it: threads that live on, each with a connection of its own."""
    results: list[Any] = []

    def run() -> None:
        try:
            results.append(work())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return results


def one() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return int(cursor.fetchone()[0])


def break_the_connection() -> None:
    one()
    connection.connection.close()


@pytest.mark.django_db
def test_the_next_job_of_a_thread_whose_connection_broke_finds_a_sound_one() -> None:
    def two_jobs() -> int:
        break_the_connection()
        return int(on_a_sound_connection(one, None, None))  # type: ignore[arg-type]

    def without_care() -> str:
        break_the_connection()
        try:
            one()
        except Exception as error:
            return type(error).__name__
        return "it mends itself, and the care is not needed"

    assert in_a_thread(two_jobs) == [1]
    assert in_a_thread(without_care) == ["OperationalError"]


@pytest.fixture
def own_signals() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_loop_begins_anew_after_trouble_and_forgets_what_it_remembered(
    own_signals: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loops, "_PAUSE_WITHOUT_DATABASE_S", 0.0)
    closed: list[bool] = []
    monkeypatch.setattr(loops, "connection", SimpleNamespace(close=lambda: closed.append(True)))
    begun, rounds = [], []

    def begin() -> Callable[[], float]:
        begun.append(len(begun) + 1)
        mine = begun[-1]

        def one_round() -> float:
            rounds.append(mine)
            if rounds == [1, 1]:
                raise OperationalError("the answer to the commit was lost")
            if len(rounds) == 4:
                os.kill(os.getpid(), signal.SIGTERM)
            return 0.0

        return one_round

    loops._until_stopped(begin)
    assert rounds == [1, 1, 2, 2]
    assert closed == [True]
