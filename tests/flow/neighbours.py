"""Those who stand between the operator and everybody, for the stories that ask them."""

from datetime import date

import time_machine
from steps import wait
from work import do_all_jobs

from haetae.accounts.actions import Standing, register_operator
from haetae.accounts.models import Operator, OperatorKind
from haetae.audit.actor import SYSTEM
from haetae.connectors.base import Answer, AnswerKind, NoChannelError
from haetae.flow.remedies.actions import note_serving
from haetae.flow.remedies.models import Remedy
from haetae.flow.review.models import Review
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State as Decided
from tests.commission import commission_decides

NOBODY = NoChannelError("no_channel", "nobody is registered")
LONG_AGO = date(2026, 1, 1)
BOARD = "https://board.example"
RECEIVED = Answer(kind=AnswerKind.RECEIVED)
REFUSED = Answer(kind=AnswerKind.REFUSED, reason="no_abuse_found")
REMOVED = Answer(kind=AnswerKind.REMOVED, reference="T-7")


def stands(name: str, kind: OperatorKind, *, before: str = "") -> Operator:
    intermediary = register_operator(
        name=name,
        connector="search_index",
        origin=f"https://{name}.example",
        standing=Standing(kind=kind, jurisdiction="us", zone="UTC"),
        actor=SYSTEM,
    )
    note_serving(intermediary=intermediary, origin=before, since=LONG_AGO, actor=SYSTEM)
    return intermediary


def look_again(clock_: time_machine.Traveller) -> None:
    """Long enough for a second look at what was seen once, and for a question that was put off."""
    for _ in range(4):
        wait(clock_, minutes=1)


def standing() -> dict[tuple[str, str], str]:
    rows = Remedy.objects.select_related("intermediary")
    return {(row.intermediary.name, row.kind): row.state for row in rows}


def decide(decision: Decided, reason: Reason) -> None:
    review_id = Review.objects.get(state__in=["open", "late"]).pk
    commission_decides(review_id, decision=decision, reason=reason, statement="seen and weighed with care")
    do_all_jobs()
