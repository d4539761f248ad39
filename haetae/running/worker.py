"""A worker: takes jobs from the queue until it is told to stop, or until it has lost the queue."""

import os
import signal
import threading
import time
from typing import Any, Final

import structlog
from django.db import close_old_connections
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.middleware import SyncCallNext
from procrastinate.worker import Worker

from haetae.running.queue_connection import QueueConnection

# It says every two seconds that it lives; and it gets ten seconds to end what is under way when it stops.
_SILENT_AT_MOST_S: Final = 30.0

log = structlog.get_logger(__name__)


def work(*, at_once: int) -> None:
    """Run until SIGTERM or SIGINT; then end what is under way, for at most ten seconds.

    Ends by itself when the queue's connection broke: a job whose end could not be written down would count as under
    way for as long as this worker lives. Whoever started us starts another, and that one takes it up.
    """
    queue = QueueConnection(on_loss=_stop_in_order, kwargs=connector_params())
    threading.Thread(target=_end_when_silent, args=[queue], daemon=True, name="watchdog").start()
    with app.replace_connector(queue) as connected:
        connected.run_worker(
            concurrency=at_once,
            # NOTIFY wakes; polling is for jobs that become due later, and for a lost notification.
            fetch_job_polling_interval=1.0,
            update_heartbeat_interval=2.0,
            stalled_worker_timeout=10.0,
            shutdown_graceful_timeout=10.0,
            delete_jobs="successful",
            task_middleware=[on_a_sound_connection],
        )


def on_a_sound_connection(call_next: SyncCallNext, _context: JobContext, _worker: Worker) -> Any:
    """Each job looks first whether its thread's connection still lives, as each web request does."""
    close_old_connections()
    return call_next()


def _stop_in_order() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def _end_when_silent(queue: QueueConnection) -> None:
    """Nobody restarts a process that hangs: one that has not reached its queue for so long ends at once."""
    while queue.silent_s() < _SILENT_AT_MOST_S:
        time.sleep(1.0)
    log.error("worker_silent", for_s=round(queue.silent_s()), what_follows="it ends")
    os._exit(1)
