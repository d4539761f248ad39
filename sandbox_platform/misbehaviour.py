"""The ways in which a foreign platform fails its partners, switched on by the operator's settings.

Claiming a removal without deleting is decided where requests are decided, in deletion_requests.py.
"""

import json
import time
from collections.abc import Callable

from sandbox_platform.messages import Answer, Hangup, RefusedError, Response
from sandbox_platform.settings import Misbehaviour, Settings
from sandbox_platform.storage import Store

NONSENSE = b"<!-- 0x7f --> all good }{ maybe \xff\xfe\n"


def served_badly(*, store: Store, settings: Settings, work: Callable[[], Response]) -> Answer:
    match settings.misbehave:
        case Misbehaviour.DOWN:
            raise _down(settings=settings)
        case Misbehaviour.DOWN_HARD:
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


def _lose_one(*, store: Store) -> bool:
    """Count one lost reply down; false when none is left to lose. Two at once never count the same one."""
    with store.writing() as connection:
        row = connection.execute("SELECT value FROM setting WHERE name = 'settings'").fetchone()
        stored = json.loads(row["value"]) if row else {}
        if stored.get("lose_first", 0) < 1:
            return False
        stored["lose_first"] -= 1
        connection.execute("UPDATE setting SET value = ? WHERE name = 'settings'", (json.dumps(stored),))
    return True


def _down(*, settings: Settings) -> RefusedError:
    message = "The operator's systems are down. Please try again later."
    headers = {"Retry-After": str(settings.retry_after_s)}
    return RefusedError(status=503, code="down", message=message, headers=headers)
