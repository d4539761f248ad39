"""Keeps the embedded database running: what ended without being asked to is started again."""

import subprocess
import threading
import time
from types import TracebackType
from typing import Self

import structlog

from haetae.common.embedded_postgres import Server

_GLANCE_PAUSE_S = 0.2
_PAUSE_AFTER_A_FAILURE_S = 0.3
_TRIES_WITHOUT_A_WORD = 20

log = structlog.get_logger(__name__)


class DatabaseKeeper:
    """Watches one server in a thread of its own until it is left. `restarts` counts how often it was needed.

    A server that another of its users stops in order is never seen here: it is stopped only by its last user.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True, name="database keeper")
        self.restarts = 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(_GLANCE_PAUSE_S):
            if not self._server.is_running():
                self._bring_back()

    def _bring_back(self) -> None:
        log.error("database_ended", what_follows="it is started again")
        began_s, tries = time.monotonic(), 0
        while not self._stop.is_set():
            tries += 1
            try:
                self._server.start_again()
            except (subprocess.SubprocessError, OSError) as trouble:
                # The first tries often find processes of the old server at its memory: no news yet.
                if tries % _TRIES_WITHOUT_A_WORD == 0:
                    log.error("database_does_not_start", tries=tries, trouble=str(trouble))
                self._stop.wait(_PAUSE_AFTER_A_FAILURE_S)
            else:
                self.restarts += 1
                log.warning("database_started_again", after_s=round(time.monotonic() - began_s, 1))
                return
