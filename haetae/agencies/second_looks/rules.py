"""What is drawn, and from which events. Pure: whoever has an export of the log can do the same."""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from haetae.agencies.second_looks.states import Of
from haetae.flow.tasks.states import Outcome

# What was decided, by the name of its event. "tasks.done" counts where its fact `kind` is "judge".
DECIDED_BY: Final[Mapping[str, Of]] = {
    "assessment.request": Of.AUTOMATIC,
    "tasks.done": Of.JUDGED,
    "review.remove": Of.DECIDED,
    "review.block_access": Of.DECIDED,
    "review.not_harmful": Of.DECIDED,
}
MILLION: Final = 1_000_000
# So long it waits for somebody; what was decided is done by then, and often gone.
WAITS: Final = timedelta(days=14)

Candidates = Mapping[Of, Sequence[int]]


def value(root: bytes, event_id: int) -> int:
    """The lot of one decision: the first 64 bits of HMAC-SHA256 of its id in decimal digits, under the head's root."""
    return int.from_bytes(hmac.digest(root, str(event_id).encode(), "sha256")[:8], "big")


def is_drawn(root: bytes, event_id: int, *, share_ppm: int) -> bool:
    """Whether its lot lies in the first `share_ppm` millionths."""
    return value(root, event_id) * MILLION < share_ppm << 64


def lots(
    *, root: bytes, new: Candidates, week: Candidates, drawn_before: Iterable[int], share_ppm: int
) -> list[int]:
    """The ids of the events that are drawn, in order.

    `new` are the decisions of this round. At the end of a week `week` are all since the end of the last one, and of
    each kind of which none was drawn the one with the smallest lot is: at least one a week, where there was any.
    """
    drawn = {one for ids in new.values() for one in ids if is_drawn(root, one, share_ppm=share_ppm)}
    had = drawn | set(drawn_before)
    for ids in week.values():
        if ids and not had.intersection(ids):
            drawn.add(min(ids, key=lambda one: (value(root, one), one)))
    return sorted(drawn)


def is_another_week(day: date, *, than: date) -> bool:
    """Whether a week (from Monday on) has ended between two days of the officials."""
    return day.isocalendar()[:2] > than.isocalendar()[:2]


def said_first(event: str, facts: Mapping[str, object]) -> Outcome:
    """What a decision came to, in the words of whoever judges again."""
    if event == "tasks.done":
        return Outcome(str(facts["outcome"]))
    return Outcome.LEAVE if event == "review.not_harmful" else Outcome.ASK
