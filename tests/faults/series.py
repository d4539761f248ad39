"""One series: a steady load, one kind of victim, so many kills, and the books afterwards."""

import random
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta

from django.db import Error, close_old_connections

from haetae.common import clock
from haetae.flow.delivery.models import Attempt
from tests.faults.books import Faults, Kept, Seen, compare
from tests.faults.load import Load
from tests.faults.victims import Victim, Work, found, kill

QUIET_WITHIN_S = 150.0
_WORKS_AGAIN_WITHIN_S = 60.0
_RECEIPTS_THAT_SHOW_IT = 10
_AIMS_FOR_S = 5.0
_AN_EXCHANGE = timedelta(seconds=2)  # with a platform that is slow on purpose
# So many kills in, how many happened and how many of them in the middle of something out.
Killing = Callable[[int], tuple[int, int]]


@dataclass(frozen=True, kw_only=True)
class Result:
    """`met` counts the kills that fell while something was under way. `quiet_after_s` is None when the books did not
    agree in time; `why_void` says why a series proves nothing.
    """

    victim: str
    kills: int
    met: int
    load: Load
    faults: Faults
    deliveries: int
    asked_first: int
    requests: int
    quiet_after_s: float | None
    why_void: list[str]


def run_series(
    *,
    victim: Victim,
    points: int,
    load: Load,
    kept: Callable[[], Kept],
    seen: Callable[[], Seen],
    away: Callable[[float], AbstractContextManager[None]],
    killing: Killing | None = None,
) -> Result:
    """The load's seed is the seed of the kills. What is killed inside `away` stays away until that is left.

    `killing` does it in another way than at random points.
    """
    chance = random.Random(load.seed)
    done: dict[Work, Callable[[], int]] = {
        Work.RECEIPTS: load.receipts,
        Work.REQUESTS: lambda: len(seen().asked),
    }
    under_way: dict[Work, Callable[[], bool]] = {
        Work.RECEIPTS: lambda: load.under_way > 0,
        Work.REQUESTS: _somebody_speaks,
    }
    with load:
        _until_more(load.receipts, by=_RECEIPTS_THAT_SHOW_IT)
        kills, met = (
            killing(points)
            if killing
            else _kill(
                victim,
                points=points,
                chance=chance,
                work=done.get(victim.work),
                under_way=under_way.get(victim.is_under_way, lambda: True),
                away=away,
            )
        )
        # The last kill too must be got over while the load still flows: how long it took is the longest silence.
        _until_more(load.receipts, by=_RECEIPTS_THAT_SHOW_IT)
    quiet_after_s, faults, asked, last = _until_quiet(load, kept=kept, seen=seen)
    silent_most_s = victim.away_s + victim.receipts_again_s
    return Result(
        victim=victim.name,
        kills=kills,
        met=met,
        load=load,
        faults=faults,
        deliveries=len(asked.asked),
        asked_first=asked.asked_first,
        requests=len(last.requests),
        quiet_after_s=quiet_after_s,
        why_void=list(_why_void(load, kills=kills, points=points, silent_most_s=silent_most_s)),
    )


def _kill(
    victim: Victim,
    *,
    points: int,
    chance: random.Random,
    work: Callable[[], int] | None,
    under_way: Callable[[], bool],
    away: Callable[[float], AbstractContextManager[None]],
) -> tuple[int, int]:
    """Each time somebody has the part, after a random while, the first or a child of it; how often, and how often well.

    Well: while something was under way that it has a part in.
    """
    killed, met, last = 0, 0, None
    while killed < points:
        found(victim, unlike=last)
        time.sleep(chance.uniform(0.0, victim.pause_s))
        last = chance.choice(found(victim, unlike=last))
        _wait_for(under_way)
        time.sleep(chance.uniform(0.0, victim.moment_s))
        blow, meets = victim.blows[killed % len(victim.blows)], _is(under_way)
        with away(blow.away_s):
            is_killed = kill(last, blow)
        killed += is_killed
        met += is_killed and meets
        if work is not None:
            _until_more(work, by=1)
    return killed, met


def _wait_for(under_way: Callable[[], bool]) -> None:
    """For a while: it is killed all the same, and the figures say so."""
    deadline = time.monotonic() + _AIMS_FOR_S
    while not _is(under_way) and time.monotonic() < deadline:
        time.sleep(0.01)


def _is(under_way: Callable[[], bool]) -> bool:
    try:
        return under_way()
    except Error:
        return False


def _somebody_speaks() -> bool:
    """Whether an attempt to say something to an operator has begun and not ended."""
    close_old_connections()
    just_now = clock.now() - _AN_EXCHANGE
    return Attempt.objects.filter(ended_at=None, begun_at__gt=just_now).exists()


def _until_more(done: Callable[[], int], *, by: int) -> None:
    """Wait for so much new work, for a minute at most: who waits in vain shows in the figures."""
    time.sleep(0.5)  # what was on its way at the kill does not count
    before, deadline = done(), time.monotonic() + _WORKS_AGAIN_WITHIN_S
    while done() < before + by and time.monotonic() < deadline:
        time.sleep(0.1)


def _until_quiet(
    load: Load, *, kept: Callable[[], Kept], seen: Callable[[], Seen]
) -> tuple[float | None, Faults, Seen, Kept]:
    """Look again and again until the books agree, or the time is up; what is lost or doubled stays so."""
    began_s = time.monotonic()
    while True:
        try:
            # What the platform saw is read first: a request that is sent in between is known to us before to it.
            asked = seen()
            rows = kept()
        except Error:
            if time.monotonic() - began_s > QUIET_WITHIN_S:
                raise
            time.sleep(0.5)
            continue
        faults = compare(told=load.told, kept=rows, seen=asked)
        waited_s = time.monotonic() - began_s
        if not faults or waited_s > QUIET_WITHIN_S:
            return (None if faults else waited_s), faults, asked, rows
        time.sleep(1.0)


def _why_void(load: Load, *, kills: int, points: int, silent_most_s: float) -> list[str]:
    """A series without kills or without load would find nothing and prove nothing."""
    silent_s = load.longest_without_receipt_s
    reasons = {
        f"only {kills} of {points} kills happened": kills < points,
        "hardly anybody got a receipt": sum(bool(sent.receipts) for sent in load.sent) < 3 * points,
        "hardly a picture was passed on": len(load.posted) < points,
        f"nobody got a receipt for {silent_s:.0f} s": silent_s > silent_most_s,
        "somebody never got a receipt": any(not sent.receipts for sent in load.sent),
        **dict.fromkeys(load.troubles, True),
        **{f"the form answered: {kind}": True for kind in load.answers if kind.startswith(("unex", "503 w"))},
    }
    return [reason for reason, holds in reasons.items() if holds]
