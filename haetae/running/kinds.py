"""The processes of an installation, how long each may be silent, and how many connections to the database it opens."""

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    WEB = "web"
    WORKER = "worker"
    TIMEKEEPER = "timekeeper"
    SEALER = "sealer"
    MATCHER = "matcher"
    WATCHER = "watcher"
    LOOKER = "looker"
    METRICS = "metrics"


class State(StrEnum):
    """What a process says of itself. Alive is each of them; ready is READY alone."""

    STARTING = "starting"
    READY = "ready"
    WAITING = "waiting"  # for the database, or for the keys
    DRAINING = "draining"  # it was told to stop, and ends what it has


# Seconds without a round after which a process counts as hanging. Those of the matcher read the whole bank.
SILENT_AFTER_S: Final[dict[Kind, float]] = {
    Kind.WEB: 30.0,
    Kind.WORKER: 45.0,  # it ends by itself after 30 s without its queue
    Kind.TIMEKEEPER: 60.0,
    Kind.SEALER: 60.0,
    Kind.MATCHER: 900.0,
    Kind.WATCHER: 120.0,
    Kind.LOOKER: 30.0,
    Kind.METRICS: 30.0,
}
# At most, each with the one with which it says that it lives: a web process has eight threads and the pulse of the
# upload check; a worker four jobs, twelve that speak, and four of the queue.
CONNECTIONS: Final[dict[Kind, int]] = {
    Kind.WEB: 10,
    Kind.WORKER: 21,
    Kind.TIMEKEEPER: 2,
    Kind.SEALER: 2,
    Kind.MATCHER: 2,
    Kind.WATCHER: 2,
    Kind.LOOKER: 5,
    Kind.METRICS: 2,
}
