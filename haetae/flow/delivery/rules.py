"""When to try again, and when an operator is left alone. Pure: the caller brings the clock and the pack."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from haetae.flow.delivery.states import Gate

OUR_FAULT = "fault"  # code of an attempt that ended in an error of ours
# Code of a try while the operator, which fetches what is asked of it, has not come yet: nothing has failed.
NOT_FETCHED = "not_fetched"
# A trial whose sender was killed must not keep the gate half open for ever.
TRIAL_ENDS_AFTER = timedelta(minutes=2)


def pause_before_try(
    tries: int, *, pauses: Sequence[timedelta], asked_to_wait: timedelta | None
) -> timedelta | None:
    """How long to wait after `tries` failed attempts; None when the list is used up.

    An operator's Retry-After is honoured, up to the longest pause of the list.
    """
    if tries >= len(pauses):
        return None
    planned = pauses[tries]
    return planned if asked_to_wait is None else max(planned, min(asked_to_wait, max(pauses)))


def jittered(pause: timedelta, *, percent: int, delivery_id: UUID, tries: int) -> timedelta:
    """A pause up to `percent` shorter or longer. Drawn from the delivery's own id, so that it is the same each time."""
    share = ((delivery_id.int >> 64) * (2 * tries + 1) % 10_007) / 10_006  # 0..1, another one for each try
    return pause * (1 + (2 * share - 1) * percent / 100)


def no_sooner_than(pause: timedelta, asked_to_wait: timedelta | None, *, most: timedelta) -> timedelta:
    """Chance may lengthen what an operator asked for, never shorten it."""
    return pause if asked_to_wait is None else max(pause, min(asked_to_wait, most))


def is_too_old(opened_at: datetime, *, now: datetime, pauses: Sequence[timedelta]) -> bool:
    """Whether all pauses together have passed: a delivery that was only ever held back is a dead letter too."""
    return now - opened_at >= sum(pauses, timedelta())


def within_all(
    pause: timedelta, *, opened_at: datetime, now: datetime, pauses: Sequence[timedelta]
) -> timedelta:
    """Chance never puts the last try off beyond all pauses together: by then a person has it."""
    return min(pause, max(timedelta(), opened_at + sum(pauses, timedelta()) - now))


def gate_opens(gate: Gate, *, failures: int, opens_after: int) -> bool:
    """Whether one more failure, the `failures`th in a row, opens the gate. One trial is enough when it is half open."""
    return gate is Gate.HALF_OPEN or (gate is Gate.CLOSED and failures >= opens_after)


def pause_of_gate(openings: int, *, stays_open: Sequence[timedelta]) -> timedelta:
    """How long it stays open at its `openings`th opening in a row, from 1."""
    return stays_open[min(openings, len(stays_open)) - 1]


def may_be_the_trial(
    gate: Gate, *, trial: UUID | None, delivery_id: UUID, since: datetime, now: datetime
) -> bool:
    """Whether this delivery may go through a half-open gate: it is the trial, or the trial never came back."""
    return gate is Gate.HALF_OPEN and (trial == delivery_id or now - since > TRIAL_ENDS_AFTER)


def counts_against(code: str) -> bool:
    """Whether a failure says that the operator fails, and not only that it refused one thing in particular."""
    if code in {OUR_FAULT, NOT_FETCHED}:
        return False
    if not code.startswith("http_"):
        return True
    return code in {"http_401", "http_403", "http_429"} or code.startswith("http_5")
