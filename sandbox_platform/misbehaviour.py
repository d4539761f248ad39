"""The ways in which a foreign platform fails its partners, switched on by the operator's settings.

Claiming what was not done is decided where it should be done: in decisions.py for requests, in operator_api.py
for quarantine and restore.
"""

import time
from collections.abc import Callable
from dataclasses import replace

from sandbox_platform.messages import Answer, Hangup, RefusedError, Response
from sandbox_platform.settings import Misbehaviour, Settings, revise
from sandbox_platform.storage import Store

NONSENSE = b"<!-- 0x7f --> all good }{ maybe \xff\xfe\n"
DOWN = frozenset({Misbehaviour.DOWN, Misbehaviour.DOWN_HARD})


def served_badly(*, store: Store, settings: Settings, work: Callable[[], Response]) -> Answer:
    match settings.misbehave:
        case Misbehaviour.DOWN if _is_down(store=store, settings=settings):
            raise _down(settings=settings)
        case Misbehaviour.DOWN_HARD if _is_down(store=store, settings=settings):
            return Hangup()
        case Misbehaviour.GARBAGE:
            return Response(status=200, body=NONSENSE)
        case Misbehaviour.SLOW:
            time.sleep(settings.delay_s)
            return work()
        case Misbehaviour.LOSES_REPLIES:
            answer = work()
            return Hangup() if _lose_one(store=store) else answer
        case _:
            return work()


def _is_down(*, store: Store, settings: Settings) -> bool:
    """Counts this call, if calls are counted. Two at once never count the same one."""
    if settings.down_for is None:
        return True
    before, _ = revise(store=store, revision=_one_failure_less)
    return before.misbehave in DOWN and before.down_for != 0


def _one_failure_less(settings: Settings) -> Settings:
    if settings.misbehave not in DOWN or settings.down_for is None:
        return settings
    if settings.down_for <= 1:
        return replace(settings, misbehave=None, down_for=None)
    return replace(settings, down_for=settings.down_for - 1)


def _lose_one(*, store: Store) -> bool:
    """Count one lost reply down; false when none is left to lose."""
    before, _ = revise(store=store, revision=lambda now: replace(now, lose_first=max(now.lose_first - 1, 0)))
    return before.lose_first > 0


def _down(*, settings: Settings) -> RefusedError:
    message = "The operator's systems are down. Please try again later."
    return RefusedError(status=503, code="down", message=message, headers=settings.retry_headers)
