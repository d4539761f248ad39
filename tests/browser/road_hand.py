"""What lies ready on the regulator's road, and what happens there between two clicks."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from haetae.accounts.actions import (
    issue_one_time_sign_in,
    seat_at_operator,
    seat_official,
)
from haetae.accounts.models import Official, Operator
from haetae.accounts.permissions import Role
from haetae.agencies.enforcement.orders.models import CorrectiveOrder
from haetae.agencies.support import receipt
from haetae.agencies.support.actions import open_case
from haetae.agencies.support.queries import reports_of
from haetae.agencies.support.rules import Told
from haetae.agencies.support.states import Relation
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.connectors.base import Locator, Look, Seen, Sight
from haetae.flow.arrival.actions import report_located
from haetae.flow.deadlines.models import Deadline
from haetae.flow.deadlines.states import Kind
from haetae.flow.timekeeper import Timekeeper
from tests import people
from tests.browser.road_rows import FIVE, asked, operator, ready_for_a_day
from tests.browser.road_stage import OLD
from tests.commission import seat, seat_commission
from tests.web import sightings
from tests.work import do_all_jobs

_PLACES: Final = {"road": 1, "back": 2}
_SINCE: Final = date(2026, 1, 1)
_WHY: Final = {Seen.GONE: "http_410", Seen.LIVE: "picture"}
_OFFICIALS: Final = (
    (people.REGULATOR, Role.REGULATOR, "regulator"),
    (people.SECOND_REGULATOR, Role.REGULATOR, "regulator"),
    (people.THIRD_REGULATOR, Role.REGULATOR, "regulator"),
    (people.POLICY_LEAD, Role.POLICY_LEAD, "coordination"),
)


class Outside:
    """The only thing here that is played: pages that everybody sees as the test says, and as they were otherwise."""

    def __init__(self) -> None:
        self.gone: set[str] = set()

    def look(self, locator: Locator) -> Look:
        seen = Seen.GONE if locator.page_url in self.gone else Seen.LIVE
        sight = Sight(seen=seen, why=_WHY[seen])
        return Look(page=sight, media=sight, media_bytes=None)


OUTSIDE: Final = Outside()


def fill() -> dict[str, dict[str, str]]:
    board = operator("Board")
    seated = [*seat_commission(6), seat(people.REVIEWER, Role.REVIEWER), *_regulators(), *_at(board)]
    places = {name: asked(number) for name, number in _PLACES.items()}
    do_all_jobs()
    places["order"] = ready_for_a_day(operator("Forum"))
    OUTSIDE.gone |= {f"https://forum.example/posts/{number}" for number in (*FIVE, OLD)}
    is_seen("road", "live")
    return {
        "once": {one.username: issue_one_time_sign_in(official=one) for one in seated},
        "places": {name: str(number) for name, number in places.items()} | {"words": _a_person()},
    }


def _regulators() -> list[Official]:
    return [
        seat_official(username=one.name, role=role, agency=agency, since=_SINCE, actor=SYSTEM)
        for one, role, agency in _OFFICIALS
    ]


def _at(board: Operator) -> list[Official]:
    pairs = (
        (people.MODERATOR, Role.OPERATOR_MODERATOR),
        (people.ADMINISTRATOR, Role.OPERATOR_ADMINISTRATOR),
    )
    return [
        seat_at_operator(username=one.name, role=role, operator=board, since=_SINCE, actor=SYSTEM)
        for one, role in pairs
    ]


def _a_person() -> str:
    """The words that open the case of whoever has reported the second place."""
    bits = receipt.draw()
    opened = open_case(receipt=bits, told=Told(links=["https://board.example/posts/2"], relation=Relation.ME))
    report_located(report_id=reports_of(opened.case)[0].pk, sighting_ids=[sightings.found(2)])
    return " ".join(receipt.words_of(bits, language="en"))


def goes_on() -> None:
    do_all_jobs()


def is_seen(place: str, how: str) -> None:
    url = f"https://board.example/posts/{_PLACES[place]}" if place in _PLACES else place
    OUTSIDE.gone = OUTSIDE.gone | {url} if how == "gone" else OUTSIDE.gone - {url}
    for _ in range(2):
        _looks_come_now()
        Timekeeper().tick()
        do_all_jobs()


def time_is_over(kind: str, subject_id: str) -> None:
    before = clock.now() - timedelta(seconds=1)
    moved = Deadline.objects.filter(kind=Kind(kind), subject_id=UUID(subject_id)).update(due_at=before)
    assert moved, f"nothing is due: {kind}"
    CorrectiveOrder.objects.filter(pk=subject_id).update(comply_by=before)
    Timekeeper().tick()
    do_all_jobs()


def _looks_come_now() -> None:
    """What is planned within the next minutes."""
    now = clock.now()
    soon = Deadline.objects.filter(kind=Kind.LOOK, state="set", due_at__lte=now + timedelta(minutes=10))
    soon.update(due_at=now)
