"""One walk: many things are tried at one place, and after each of them everything must be in order."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from dataclasses import replace
from typing import Final
from unittest.mock import patch

import time_machine
from django.db import transaction

from haetae.common import clock
from haetae.flow.deadlines.models import Deadline
from haetae.flow.deadlines.states import Kind, State
from tests.walk.acts import AT_THE_PLACE, Act
from tests.walk.hearing import AT_A_HEARING
from tests.walk.sanctioning import AT_THE_OPERATOR
from tests.walk.stage import Everybody, Stage, Truthful, asked

ACTS: Final[Sequence[Act]] = (*AT_THE_PLACE, *AT_THE_OPERATOR, *AT_A_HEARING)
_BY_NAME: Final = {act.name: act for act in ACTS}
# Of ten tries so many are of something that could lead somewhere; the others are whatever comes.
LIKELY_OF_TEN: Final = 7
BEGINS: Final = "2026-11-22T12:00:00+09:00"
Try = tuple[int, int]
_REVIEWED: Final = ("operator: unsure, hidden", "hearing left out", "majority: remove", "operator: received")
_ORDERED: Final = (
    *_REVIEWED,
    "operator: refused",
    "order drafted: decision ignored",
    "order to be heard",
    "order, hearing left out",
    "order signed by another",
    "order served",
)
_FINED: Final = (
    *_ORDERED,
    "a week passes",
    "fine proposed",
    "fine to be heard",
    "fine, hearing left out",
    "fine signed by another",
    "fine served",
)
NEVER_REACHED: Final = "never reached"
# Where a walk begins: short ways lead from there to everything that is far from the first request.
STARTS: Final[Mapping[str, Sequence[str]]] = {
    "asked": (),
    "hidden, under review": ("operator: unsure, hidden",),
    "shown, under review": ("operator: unsure, shown",),
    "decided": _REVIEWED,
    "taken down": ("it is gone in truth", "operator: removed", "an hour passes"),
    "decided that it may stay": ("operator: unsure, hidden", "majority: not_harmful"),
    "ordered": _ORDERED,
    "fined": _FINED,
    "contested": (*_FINED, "fine contested"),
    NEVER_REACHED: ("31 days pass",),
}
# What must have a clock, by the state in which it stands.
_CLOCKS: Final = {
    ("block", "on_clock"): Kind.BLOCK_ENDS,
    ("review", "open"): Kind.DECIDE,
    ("order", "issued"): Kind.COMPLY,
    ("sanction", "notified"): Kind.PAY_BY,
}


@contextmanager
def a_stage(cast: Everybody, start: str) -> Iterator[Callable[[Sequence[Try]], Stage]]:
    """Walks from there, one after the other; of none is anything left afterwards."""
    board = Truthful(reachable=start != NEVER_REACHED)
    with ExitStack() as stack:
        for room in ("removal", "review", "verification"):
            stack.enter_context(patch(f"haetae.flow.{room}.jobs.connector_for", lambda _operator: board))
        time = stack.enter_context(time_machine.travel(BEGINS, tick=False))
        stack.enter_context(transaction.atomic())
        stage = Stage(cast, time, board, asked())
        for name in STARTS[start]:
            act = _BY_NAME[name]
            assert stage.act(act.do, *act.refusals, name=name), f"{start}: {name}: {stage.refusals}"
            assert_in_order(stage)
        yield lambda tries: _walked(stage, tries)
        transaction.set_rollback(True)


def _walked(begun: Stage, tries: Sequence[Try]) -> Stage:
    at, visible, reachable = clock.now(), begun.board.visible, begun.board.reachable
    try:
        with transaction.atomic():
            stage = replace(begun, watcher=deepcopy(begun.watcher), refusals=deepcopy(begun.refusals))
            walk(stage, tries)
            transaction.set_rollback(True)
    finally:
        begun.time.move_to(at)
        begun.board.visible, begun.board.reachable = visible, reachable
    return stage


def walk(stage: Stage, tries: Sequence[Try]) -> None:
    """`tries` are pairs of a number below ten and any number: how likely, and which."""
    for chance, which in tries:
        likely = [act for act in ACTS if act.likely(stage)] if chance < LIKELY_OF_TEN else ACTS
        act = likely[which % len(likely)]
        stage.act(act.do, *act.refusals, name=act.name)
        assert_in_order(stage)


def assert_in_order(stage: Stage) -> None:
    """Nothing illegal has happened, no block outlives its end, and no due date is lost."""
    now = clock.now()
    assert stage.watcher.complaints == [], stage.watcher.complaints
    assert stage.watcher.overdue_blocks(now) == [], "a block outlives its end"
    assert not Deadline.objects.filter(state=State.SET, due_at__lte=now).exists()
    for subject, state in stage.watcher.states.items():
        kind = _CLOCKS.get((stage.watcher.rooms[subject], state))
        if kind is not None:
            due = Deadline.objects.filter(subject_id=subject, kind=kind).exclude(state=State.CLOSED)
            assert due.exists(), f"{subject} is {state} and has no {kind}"
