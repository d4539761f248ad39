"""A worker's connections to the queue, which know when the queue was last reached and tell when it is lost."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg
from procrastinate.exceptions import ConnectorException
from procrastinate.psycopg_connector import PsycopgConnector


class QueueConnection(PsycopgConnector):
    """Calls `on_loss` whenever a statement did not get through; the statement may have been carried out or not."""

    def __init__(self, *, on_loss: Callable[[], None], kwargs: dict[str, Any]) -> None:
        super().__init__(kwargs=kwargs)
        self._on_loss = on_loss
        self._reached_s = time.monotonic()
        self.was_reached = False

    def silent_s(self) -> float:
        """Seconds since the queue last answered; before it ever did, since the start."""
        return time.monotonic() - self._reached_s

    async def execute_query_async(self, query: LiteralString, **arguments: Any) -> None:
        with self._watched():
            await super().execute_query_async(query, **arguments)

    async def execute_query_one_async(self, query: LiteralString, **arguments: Any) -> dict[str, Any]:
        with self._watched():
            row: dict[str, Any] = await super().execute_query_one_async(query, **arguments)
        return row

    async def execute_query_all_async(self, query: LiteralString, **arguments: Any) -> list[dict[str, Any]]:
        with self._watched():
            rows: list[dict[str, Any]] = await super().execute_query_all_async(query, **arguments)
        return rows

    @contextmanager
    def _watched(self) -> Iterator[None]:
        try:
            yield
        except ConnectorException as failure:
            # A statement that the database refused did reach it.
            if isinstance(failure.__cause__, psycopg.OperationalError | psycopg.InterfaceError):
                self._on_loss()
            raise
        self._reached_s, self.was_reached = time.monotonic(), True
