"""A worker has two crews: operators that keep us waiting hold up those who speak with them, and nothing else."""

import asyncio
import os
import signal
import threading

import pytest
from procrastinate import App
from procrastinate.contrib.django import app as real_app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.manager import JobManager
from procrastinate.testing import InMemoryConnector

from haetae.running import worker
from haetae.running.queue_connection import QueueConnection

PATIENCE_S = 20.0


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """These jobs touch none."""
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)


def test_each_queue_that_has_a_task_is_served_by_one_crew() -> None:
    real_app.perform_import_paths()  # type: ignore[no-untyped-call]
    crews = worker.crews_of(real_app, at_once=4)
    served = [queue for queues in crews for queue in queues]
    assert sorted(served) == sorted({task.queue for task in real_app.tasks.values()})
    assert {"flow", "send", "default"} <= set(served)


def test_when_all_who_speak_are_kept_waiting_our_own_work_goes_on_and_a_stop_ends_both() -> None:
    app = App(connector=InMemoryConnector())
    kept_waiting, over, done = threading.Semaphore(0), threading.Event(), threading.Event()

    @app.task(queue="send")
    def speak() -> None:
        kept_waiting.release()
        over.wait(PATIENCE_S)

    @app.task(queue="flow")
    def ours() -> None:
        for _ in range(worker._SPEAK_AT_ONCE):
            assert kept_waiting.acquire(timeout=PATIENCE_S)
        done.set()
        over.set()
        os.kill(os.getpid(), signal.SIGTERM)

    for _ in range(worker._SPEAK_AT_ONCE + 3):
        speak.defer()
    ours.defer()
    told: list[bool] = []
    working = worker._work(app, at_once=1, when_told_to_stop=lambda: told.append(done.is_set()))
    asyncio.run(asyncio.wait_for(working, timeout=2 * PATIENCE_S))
    assert told == [True], "once, although each crew that ended said it again"


@pytest.mark.django_db
def test_the_real_queue_understands_what_each_crew_asks_for() -> None:
    async def asked() -> list[object]:
        queue = QueueConnection(on_loss=lambda: None, kwargs=connector_params())
        await queue.open_async()
        try:
            crews = worker.crews_of(real_app, at_once=1).items()
            wanted = [worker._crew(real_app, queues, size).queues for queues, size in crews]
            return [await JobManager(queue).fetch_job(queues=queues, worker_id=1) for queues in wanted]
        finally:
            await queue.close_async()

    assert asyncio.run(asked()) == [None, None], "there is no job, and no error"


def test_when_one_crew_falls_the_other_ends_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that does half of the work looks alive, and nobody would start another."""
    run = worker.Worker.run

    async def falls(crew: worker.Worker) -> None:
        if crew.queues == ["send"]:
            raise ConnectionError
        await run(crew)

    monkeypatch.setattr(worker.Worker, "run", falls)
    app = App(connector=InMemoryConnector())
    told: list[bool] = []
    working = worker._work(app, at_once=1, when_told_to_stop=lambda: told.append(True))
    with pytest.raises(ConnectionError):
        asyncio.run(asyncio.wait_for(working, timeout=PATIENCE_S))
    assert told == [True], "whoever ends for a reason of its own has the same time to do it in"
