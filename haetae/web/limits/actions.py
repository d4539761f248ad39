"""Taking from a limit: one statement, which is right for any number of processes at once."""

import math
from dataclasses import dataclass
from typing import Final

from django.db import connection

from haetae.settings.limits import Limit

# One row says all: until when what was taken counts. Taking moves that moment on, unless it would pass the limit's time
# (the generic cell rate algorithm, ITU-T I.371). The database's clock, so that machines need not agree on theirs.
_TAKE: Final = """
INSERT INTO limits_bucket AS held (key, full_at)
VALUES (%(key)s, clock_timestamp() + make_interval(secs => %(cost_s)s))
ON CONFLICT (key) DO UPDATE
SET full_at = GREATEST(held.full_at, clock_timestamp()) + make_interval(secs => %(cost_s)s)
WHERE GREATEST(held.full_at, clock_timestamp()) + make_interval(secs => %(cost_s)s)
      <= clock_timestamp() + make_interval(secs => %(seconds)s)
RETURNING EXTRACT(EPOCH FROM full_at - clock_timestamp())::float8
"""
_HELD: Final = """
SELECT EXTRACT(EPOCH FROM full_at - clock_timestamp())::float8
FROM limits_bucket WHERE key = %(key)s
"""
_GIVE_BACK: Final = """
UPDATE limits_bucket SET full_at = full_at - make_interval(secs => %(cost_s)s) WHERE key = %(key)s
"""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """`wait_s` 0.0: they were taken. Otherwise in how many seconds they are there. `left`: how many are there now."""

    wait_s: float
    left: int


def take(key: str, limit: Limit, *, count: int = 1) -> Taken:
    """`count` of them, or none. More than the limit has at all counts as all of it. Raises django.db.Error."""
    # What was taken and given back leaves a rounding of some microseconds behind.
    cost_s, seconds = min(count, limit.most) * limit.each_s, limit.seconds + 0.001
    told: dict[str, str | float] = {"key": key, "cost_s": cost_s, "seconds": seconds}
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, told)
        found = cursor.fetchone()
        if found is not None:
            return Taken(wait_s=0.0, left=int(max(0.0, seconds - found[0]) / limit.each_s))
        cursor.execute(_HELD, told)
        found = cursor.fetchone()
    held_s = found[0] if found else 0.0
    return Taken(
        wait_s=max(0.001, held_s + cost_s - seconds), left=int(max(0.0, seconds - held_s) / limit.each_s)
    )


def give_back(key: str, limit: Limit, *, count: int = 1) -> None:
    """What was taken for an attempt that turned out to be none."""
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_BACK, {"key": key, "cost_s": count * limit.each_s})


def forget_full() -> int:
    """Rows that say nothing any more, of limits and of the shared cache; returns how many went."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM limits_bucket WHERE full_at <= clock_timestamp()")
        gone = int(cursor.rowcount)
        cursor.execute("DELETE FROM limits_kept WHERE until <= clock_timestamp()")
        return gone + int(cursor.rowcount)


def retry_after(wait_s: float) -> str:
    """For the header of that name, which knows whole seconds."""
    return str(max(1, math.ceil(wait_s)))
