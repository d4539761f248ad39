"""Where the engine's event loop asks whoever remembers, who works in the thread that started the crawl.

A frontier keeps things in a database with calls that block, and its connection belongs to one thread; the loop must
never wait for it. So the loop runs in a thread of its own, and the caller's thread serves it until it ends.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")
_Ask = tuple[Callable[[], Any], asyncio.AbstractEventLoop, "asyncio.Future[Any]"]


class DeskClosedError(Exception):
    """Whoever remembers has failed; nothing is asked of them any more."""


class Desk:
    """`problem` is what the other side raised first; the crawl ends over it and raises it again."""

    def __init__(self) -> None:
        self._asked: SimpleQueue[_Ask | None] = SimpleQueue()
        self.problem: Exception | None = None

    async def ask(self, call: Callable[[], T]) -> T:
        """Have one call made in the caller's thread. Raises what it raises, and DeskClosedError after a problem."""
        if self.problem is not None:
            raise DeskClosedError
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()
        self._asked.put((call, loop, answer))
        return await answer

    def close(self) -> None:
        """The loop has ended and asks nothing more."""
        self._asked.put(None)

    def serve(self) -> None:
        """Make the calls, one at a time, until close()."""
        while (asked := self._asked.get()) is not None:
            call, loop, answer = asked
            try:
                if self.problem is not None:
                    raise DeskClosedError
                result = call()
            except Exception as problem:
                if not isinstance(problem, DeskClosedError):
                    self.problem = self.problem or problem
                reply = partial(answer.set_exception, problem)
            else:
                reply = partial(answer.set_result, result)
            with suppress(RuntimeError):  # the loop has ended meanwhile: nobody waits any more
                loop.call_soon_threadsafe(reply)
