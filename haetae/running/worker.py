"""A worker: takes jobs from the queue until it is told to stop."""

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector


def work(*, at_once: int) -> None:
    """Run until SIGTERM or SIGINT; then end what is under way, for at most ten seconds."""
    assert isinstance(app.connector, DjangoConnector)
    with app.replace_connector(app.connector.get_worker_connector()) as connected:
        connected.run_worker(
            concurrency=at_once,
            # NOTIFY wakes; polling is for jobs that become due later, and for a lost notification.
            fetch_job_polling_interval=1.0,
            update_heartbeat_interval=2.0,
            stalled_worker_timeout=10.0,
            shutdown_graceful_timeout=10.0,
            delete_jobs="successful",
        )
