"""One series: operators are asked, and it is waited until all has come as far as it can. Needs Django to be ready."""

import time
from collections.abc import Callable, Sequence

from bench import database, processor
from bench.operator_stage.server import Stage
from bench.operators import books
from bench.operators.asking import Asked, ask, places, registered
from bench.operators.cast import Part, Turn
from bench.operators.outcome import Series
from bench.timing import difference
from haetae.flow.removal.actions import let_be

_GLANCE_PAUSE_S = 0.5  # seldom, so that waiting costs the measured processes little
_PATIENCE_S = 90.0  # without one more that is acknowledged; the third try comes after up to 72 s
_LONGEST_ATTEMPT_S = 60.0
_BETWEEN_STATES_S = 10.0  # from one transaction to the job that follows


def play(
    planned: Sequence[Turn],
    *,
    parts: Sequence[Part],
    name: str,
    plain: Stage,
    tls: Stage,
    used_s: Callable[[], dict[str, float]],
) -> Series:
    """Ask at the planned moments, wait, hold the books against each other, and let be what is still waiting."""
    players = registered(parts, series=name, plain=plain, tls=tls)
    found = places(planned, players)
    busy_before_s, used_before, counted_before = processor.busy_s(), used_s(), database.counts()
    began_s = time.monotonic()
    asked = ask(planned, found, players)
    late_s = time.monotonic() - began_s - planned[-1].at_s
    not_reached = _wait_for(lambda: books.not_reached(asked), patience_s=_PATIENCE_S)
    wall_s = time.monotonic() - began_s
    used = difference(used_s(), used_before)
    others_s = max(0.0, processor.busy_s() - busy_before_s - sum(used.values()))
    counted = difference(database.counts(), counted_before)
    forgotten = _wait_for(lambda: books.forgotten(asked), patience_s=_BETWEEN_STATES_S)
    outcomes, attempts = books.outcomes(asked), books.attempts(asked)
    _end(asked)
    well = [one for one in asked if one.player.part.is_well]
    return Series(
        asked=len(asked),
        well=len(well),
        well_s=list(books.acknowledged_s(well).values()),
        not_reached=[_said(one) for one in not_reached],
        forgotten=[_said(one) for one in forgotten],
        doubles=books.doubles(asked),
        attempts=attempts,
        outcomes=outcomes,
        latest_start_s=late_s,
        wall_s=wall_s,
        used_s=used,
        others_s=others_s,
        counted=counted,
    )


def _wait_for(left: Callable[[], list[Asked]], *, patience_s: float) -> list[Asked]:
    """What is left when nothing is, or when it has not become less for so long."""
    now_left, seen_at_s = left(), time.monotonic()
    while now_left and time.monotonic() - seen_at_s < patience_s:
        time.sleep(_GLANCE_PAUSE_S)
        before, now_left = len(now_left), left()
        if len(now_left) < before:
            seen_at_s = time.monotonic()
    return now_left


def _end(asked: Sequence[Asked]) -> None:
    """As if it had been decided that all may stay, so that no later series is disturbed by what waits here."""
    for one in asked:
        let_be(request_id=one.request_id)
    end_s = time.monotonic() + _LONGEST_ATTEMPT_S
    while books.under_way(asked) and time.monotonic() < end_s:
        time.sleep(_GLANCE_PAUSE_S)


def _said(one: Asked) -> str:
    return f"{one.player.hook}: {one.key}"
