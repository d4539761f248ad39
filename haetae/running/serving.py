"""The pages as a process: told to stop, it says so first, goes on answering for a while, ends what it has, and ends.

A load balancer needs that while: it learns from /readyz that it shall send nobody else, and until it has learned it,
whoever it still sends is answered.
"""

import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import structlog
from granian.server.mp import MPServer

from haetae.running import draining
from haetae.running.errors import CannotStartError
from haetae.running.notices import tell_manager
from haetae.running.pulse_files import FOLDER

# After this nobody is waited for: a client that never ends its request would keep us for ever.
_ENDS_WITHIN_S: Final = 30
THREADS: Final = 8

log = structlog.get_logger(__name__)


class _Server(MPServer):
    """Granian, which ends what is under way by itself; only the while before that is ours."""

    def __init__(self, *, mark: Path, drain_s: float, **told: Any) -> None:
        super().__init__(**told)
        self._mark, self._drain_s, self._told_to_stop = mark, drain_s, False

    def signal_handler_interrupt(self, *_signal: Any, **_named: Any) -> None:
        if self._told_to_stop or not self._drain_s:
            super().signal_handler_interrupt()  # type: ignore[no-untyped-call] # told twice, it waits no longer
            return
        self._told_to_stop = True
        with suppress(OSError):
            self._mark.touch()
        tell_manager("STOPPING=1")
        waiting = threading.Timer(self._drain_s, super().signal_handler_interrupt)
        waiting.daemon = True
        waiting.start()


def serve_pages(*, home: Path, host: str, port: int, processes: int, drain_s: float) -> None:
    """Until SIGTERM or SIGINT, and then for `drain_s` more. Raises CannotStartError."""
    mark = home / FOLDER / f"web-{os.getpid()}.draining"
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.unlink(missing_ok=True)
    os.environ[draining.TELLS] = str(mark)
    server = _Server(
        mark=mark,
        drain_s=drain_s,
        target="haetae.web.wsgi:application",
        address=host,
        port=port,
        interface="wsgi",
        workers=processes,
        blocking_threads=THREADS,
        workers_kill_timeout=_ENDS_WITHIN_S,
        respawn_failed_workers=True,
        log_level="error",
    )
    try:
        server.serve()
    except OSError as problem:
        raise CannotStartError(f"The pages cannot be served at {host}:{port}: {problem}.") from problem
    finally:
        mark.unlink(missing_ok=True)
