"""What the stories of doubt do again and again: an operator is unsure, the commission decides, we look."""

from collections.abc import Callable
from uuid import uuid4

import pytest
import time_machine
from board import Board
from steps import found, wait
from work import do_all_jobs

from haetae.audit.models import Event
from haetae.connectors.base import Answer, AnswerKind
from haetae.flow.review.models import ProvisionalBlock, Review
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State
from haetae.flow.tasks.models import Task
from tests.commission import commission_decides

MakeKnown = Callable[..., None]
HIDDEN = Answer(kind=AnswerKind.UNSURE, reason="cannot_judge", blocked=True)
SHOWN = Answer(kind=AnswerKind.UNSURE, reason="cannot_judge")
REVIEWER, ANOTHER = uuid4(), uuid4()
STATEMENT = "The picture was edited without the consent of the person in it."


def decide(decision: State, reason: Reason) -> State | None:
    review_id = Review.objects.latest("opened_at").pk
    decided = commission_decides(review_id, decision=decision, reason=reason, statement=STATEMENT)
    do_all_jobs()
    return decided


def block_state() -> str:
    return ProvisionalBlock.objects.latest("changed_at").state


def waiting_tasks() -> list[str]:
    return list(Task.objects.filter(state="waiting").order_by("opened_at").values_list("kind", flat=True))


def see(clock_: time_machine.Traveller) -> None:
    """Both looks that are due now and some seconds later."""
    wait(clock_, seconds=0)
    wait(clock_, seconds=5)


def unsure(board: Board, picture: bytes, make_known: MakeKnown, *, answer: Answer = HIDDEN) -> None:
    board.picture, board.answers = picture, [answer]
    make_known(picture)
    found()


def refusals() -> list[tuple[str, str]]:
    """What was tried about blocks and may not be, the oldest first."""
    found = Event.objects.filter(name="review.block_refused").order_by("pk")
    return [(str(event.facts["tried"]), str(event.facts["code"])) for event in found]


def of_a_minor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who reported it says that a minor is shown."""
    monkeypatch.setattr("haetae.flow.steps.terms.may_be_of_a_minor", lambda _places: True)
