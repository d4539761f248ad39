"""A worker: takes jobs from the queue until it is told to stop, or until it has lost the queue.

It has two crews. One does what is ours to do; the other asks operators for something, and does nothing else: however
many of them keep us waiting with their answer, everything that needs none goes on. Whoever only reads a public page, to
examine it or to look again, is of the first crew.
"""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import structlog
from django.db import close_old_connections
from procrastinate import App, JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.middleware import SyncCallNext
from procrastinate.worker import Worker

from haetae.common.tallies import tallies
from haetae.detect.kernels import compile_all
from haetae.running import pulse
from haetae.running.kinds import State
from haetae.running.queue_connection import QueueConnection

# It says every two seconds that it lives; and it gets ten seconds to end what is under way when it stops.
_SILENT_AT_MOST_S: Final = 30.0
# Before it has reached its queue for the first time: on a busy machine a start alone takes half a minute.
_STARTS_WITHIN_S: Final = 120.0
# After it was told to stop: the ten seconds, and a little for writing down what was ended.
_ENDS_WITHIN_S: Final = 12.0
_REACHED_LATELY_S: Final = 5.0
# Nearly all that those who speak do is wait: they cost a thread and a connection each, and hardly any processor time.
_SPEAK_AT_ONCE: Final = 12
_SPEAKING: Final = "send"

log = structlog.get_logger(__name__)


def work(*, at_once: int) -> None:
    """Run until SIGTERM or SIGINT; then end what is under way, for at most ten seconds.

    Ends by itself when the queue's connection broke: a job whose end could not be written down would count as under
    way for as long as this worker lives. Whoever started us starts another, and that one takes it up.
    """
    compile_all()  # before the first job, which would wait for it
    queue = QueueConnection(on_loss=_stop_in_order, kwargs=connector_params())
    threading.Thread(target=_end_when_silent, args=[queue], daemon=True, name="watchdog").start()
    with app.replace_connector(queue) as connected:
        asyncio.run(_work(connected, at_once=at_once, when_told_to_stop=_ring_the_last_bell))


async def _work(connected: App, *, at_once: int, when_told_to_stop: Callable[[], None]) -> None:
    """Both crews, until both have ended; when one ends, for whatever reason, the other does. Raises what ended it."""
    loop = asyncio.get_running_loop()
    # As it comes, it has few threads more than the machine has cores.
    loop.set_default_executor(ThreadPoolExecutor(max_workers=at_once + _SPEAK_AT_ONCE))
    connected.perform_import_paths()  # type: ignore[no-untyped-call]
    crews = [_crew(connected, queues, size) for queues, size in crews_of(connected, at_once=at_once).items()]
    told = False

    def stop() -> None:
        nonlocal told
        if not told:  # each crew that ends says it again
            told = True
            pulse.told_to_stop()
            when_told_to_stop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)  # told twice, it ends at once
        for crew in crews:
            crew.stop()  # type: ignore[no-untyped-call]

    async def until_stopped(crew: Worker) -> None:
        try:
            await crew.run()  # type: ignore[no-untyped-call]
        finally:
            stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    async with connected.open_async():
        ended = await asyncio.gather(*(until_stopped(crew) for crew in crews), return_exceptions=True)
    for failure in ended:
        if failure is not None:
            raise failure


def crews_of(connected: App, *, at_once: int) -> Mapping[tuple[str, ...], int]:
    """Which queues each crew serves, and how many jobs it does side by side; every queue that has a task is in one."""
    ours = tuple(sorted({task.queue for task in connected.tasks.values()} - {_SPEAKING}))
    return {ours: at_once, (_SPEAKING,): _SPEAK_AT_ONCE}


def _crew(connected: App, queues: tuple[str, ...], size: int) -> Worker:
    return Worker(
        app=connected,
        queues=list(queues),
        name="-".join(queues),
        concurrency=size,
        # NOTIFY wakes; polling is for jobs that become due later, and for a lost notification.
        fetch_job_polling_interval=1.0,
        update_heartbeat_interval=2.0,
        stalled_worker_timeout=10.0,
        shutdown_graceful_timeout=10.0,
        delete_jobs="successful",
        install_signal_handlers=False,
        task_middleware=[measured, on_a_sound_connection],
    )


def on_a_sound_connection(call_next: SyncCallNext, _context: JobContext, _worker: Worker) -> Any:
    """Each job looks first whether its thread's connection still lives, as each web request does."""
    close_old_connections()
    return call_next()


def measured(call_next: SyncCallNext, context: JobContext, _worker: Worker) -> Any:
    """How long each kind of job takes, and how often one breaks; the name of the task is all that is told of it."""
    began_s, end = time.monotonic(), "broken"
    try:
        result = call_next()
        end = "done"
    finally:
        tallies.took("haetae_job_seconds", time.monotonic() - began_s, task=context.job.task_name, end=end)
    return result


def _stop_in_order() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def _ring_the_last_bell() -> None:
    """The process ends soon, whatever it waits for. Nothing silences it: nobody calls `work` but to end with it."""
    bell = threading.Timer(_ENDS_WITHIN_S, _cut_off)
    bell.daemon = True
    bell.start()


def _cut_off() -> None:
    """A thread that waits for a page or an operator cannot be told to stop, and the interpreter would wait for it.

    What it had in its hands is done by another worker, as after a kill.
    """
    log.warning("worker_cut_off", after_s=_ENDS_WITHIN_S, what_follows="another does what was in its hands")
    os._exit(0)


def _end_when_silent(queue: QueueConnection) -> None:
    """Nobody restarts a process that hangs: one that has not reached its queue for so long ends at once."""
    while (silent_s := queue.silent_s()) < (_SILENT_AT_MOST_S if queue.was_reached else _STARTS_WITHIN_S):
        if not queue.was_reached:
            pulse.moved(State.STARTING)
        elif silent_s < _REACHED_LATELY_S:
            pulse.moved()
        time.sleep(1.0)
    log.error("worker_silent", for_s=round(queue.silent_s()), what_follows="it ends")
    os._exit(1)
