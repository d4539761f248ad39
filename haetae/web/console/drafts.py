"""What somebody sent about a review, so that no refusal loses a word of it."""

from dataclasses import dataclass

from django.http import HttpRequest

from haetae.flow.review.rules import Reason
from haetae.flow.review.states import DECISIONS, State


@dataclass(frozen=True, kw_only=True)
class Draft:
    """`ground` is a decision with its reason, as `remove:minor`; `form` is the form that was sent."""

    form: str = ""
    ground: str = ""
    statement: str = ""
    confirmed: bool = False
    why: str = ""
    problem: str = ""

    @property
    def decision(self) -> State | None:
        name = self.ground.partition(":")[0]
        return State(name) if name in DECISIONS else None

    @property
    def reason(self) -> Reason | None:
        name = self.ground.partition(":")[2]
        return Reason(name) if name in set(Reason) else None


def draft_of(request: HttpRequest, *, form: str) -> Draft:
    sent = request.POST
    return Draft(
        form=form,
        ground=sent.get("ground", ""),
        statement=sent.get("statement", "").replace("\r\n", "\n"),
        confirmed=sent.get("confirm") == "1",
        why=sent.get("why", ""),
    )
