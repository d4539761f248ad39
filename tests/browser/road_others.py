"""Two more operators on the regulator's road: one that hides, says and leaves what it likes, and one nobody can ask."""

from datetime import date
from typing import Final
from uuid import UUID

from haetae.accounts.actions import Standing, register_operator, seat_at_operator
from haetae.accounts.models import Official, Operator, OperatorKind
from haetae.accounts.permissions import Role
from haetae.audit.actor import SYSTEM
from haetae.flow.remedies.actions import note_serving
from haetae.flow.removal.states import State as Request
from tests import people
from tests.browser.road_rows import answers, asked, operator

# It is hidden there, and nobody has decided.
HIDDEN: Final = ("extended", "ended", "shown")
_WALL: Final = {name: number for number, name in enumerate((*HIDDEN, "lied", "late", "refused"), start=31)}
_ABROAD: Final = 41
URLS: Final = {
    **{name: f"https://wall.example/posts/{number}" for name, number in _WALL.items()},
    "abroad": f"https://abroad.example/posts/{_ABROAD}",
}
_SINCE: Final = date(2026, 1, 1)


def at_others() -> list[Official]:
    """Who answers at the one, and at a provider through which everybody here reaches the other."""
    line = _provider()
    note_serving(intermediary=line, origin=operator("Abroad").origin, since=_SINCE, actor=SYSTEM)
    return [
        seat_at_operator(
            username=one.name, role=Role.OPERATOR_MODERATOR, operator=at, since=_SINCE, actor=SYSTEM
        )
        for one, at in ((people.RIVAL, operator("Wall")), (people.PROVIDER, line))
    ]


def others_wait() -> dict[str, UUID]:
    """The requests by the names of their places; what the systems of an operator say by themselves is said."""
    requests = {name: asked(number, host="wall.example") for name, number in _WALL.items()}
    for name in HIDDEN:
        answers(requests[name], Request.UNSURE, blocked=True)
    for name in ("lied", "late"):
        answers(requests[name], Request.SENT)
    return requests | {"abroad": asked(_ABROAD, host="abroad.example")}


def _provider() -> Operator:
    return register_operator(
        name="Line", connector="web_page", origin="https://line.example", actor=SYSTEM,
        standing=Standing(zone="Asia/Seoul", kind=OperatorKind.ACCESS_PROVIDER),
    )  # fmt: skip
