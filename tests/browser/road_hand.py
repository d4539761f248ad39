"""What lies ready on the regulator's road, and what happens there between two clicks."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

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
from haetae.audit.models import Event
from haetae.common import clock
from haetae.connectors.base import Locator, Look, Seen, Sight
from haetae.flow.arrival.actions import report_located
from haetae.flow.deadlines.models import Deadline
from haetae.flow.deadlines.states import Kind
from haetae.flow.review.models import ProvisionalBlock
from haetae.flow.timekeeper import Timekeeper
from haetae.flow.verification.models import Probe
from tests import people
from tests.browser.road_others import HIDDEN, URLS, at_others, others_wait
from tests.browser.road_rows import FIVE, asked, operator, ready_for_a_day
from tests.browser.road_stage import OLD
from tests.commission import seat, seat_commission
from tests.web import sightings
from tests.work import do_all_jobs

_PLACES: Final = {
    "road": "https://board.example/posts/1",
    "back": "https://board.example/posts/2",
    **URLS,
}
_SINCE: Final = date(2026, 1, 1)
_WHY: Final = {Seen.GONE: "http_410", Seen.LIVE: "picture"}
_OFFICIALS: Final = (
    (people.REGULATOR, Role.REGULATOR, "regulator"),
    (people.SECOND_REGULATOR, Role.REGULATOR, "regulator"),
    (people.THIRD_REGULATOR, Role.REGULATOR, "regulator"),
    (people.POLICY_LEAD, Role.POLICY_LEAD, "coordination"),
    (people.COUNSELLOR, Role.COUNSELLOR, "support_centre"),
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
    seated = [*seat_commission(6), seat(people.REVIEWER, Role.REVIEWER), *_officials(), *_at(board)]
    seated += at_others()
    places = {"road": asked(1), "back": asked(2)}
    do_all_jobs()
    places["order"] = ready_for_a_day(operator("Forum"))
    places |= others_wait()  # which is less urgent than the day of the commission
    do_all_jobs()
    OUTSIDE.gone |= {f"https://forum.example/posts/{number}" for number in (*FIVE, OLD)}
    OUTSIDE.gone |= {_PLACES[name] for name in HIDDEN}
    is_seen("road", "live")
    return {
        "once": {one.username: issue_one_time_sign_in(official=one) for one in seated},
        "places": {name: str(number) for name, number in places.items()} | {"words": _a_person()},
    }


def _officials() -> list[Official]:
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
    _shows(_PLACES.get(place, place), how)
    for _ in range(2):
        _comes_now(_looks().filter(due_at__lte=clock.now() + timedelta(minutes=10)))


def is_seen_later(place: str, request_id: str, how: str) -> None:
    _shows(_PLACES[place], how)
    there = Probe.objects.filter(request__sighting__deletion_requests=UUID(request_id)).values("pk")
    for _ in range(2):
        soonest = _looks().filter(subject_id__in=there).order_by("due_at").values_list("pk", flat=True)[:1]
        _comes_now(_looks().filter(pk__in=list(soonest)))


def block_ends_in(request_id: str, days: str) -> None:
    """The row of the block itself says when it ends; a due date that passes before that ends nothing."""
    now = clock.now()
    ends_at = now + timedelta(days=int(days), seconds=-1)
    block = ProvisionalBlock.objects.get(request_id=UUID(request_id))
    assert block.begun_at is not None
    assert block.ends_at is not None
    block.begun_at, block.ends_at = block.begun_at - (block.ends_at - ends_at), ends_at
    block.save(update_fields=["begun_at", "ends_at"])
    its = Deadline.objects.filter(subject_id=block.pk, state="set")
    assert its.filter(kind=Kind.BLOCK_REMINDER).update(due_at=now)
    assert its.filter(kind=Kind.BLOCK_ENDS).update(due_at=ends_at)
    Timekeeper().tick()
    do_all_jobs()


def happened(after: str) -> dict[str, object]:
    """The number of the newest event, and the names of all after that one."""
    events = list(Event.objects.filter(id__gt=int(after)).values_list("id", "name"))
    return {
        "last": max([int(after), *(number for number, _ in events)]),
        "names": [name for _, name in events],
    }


def time_is_over(kind: str, subject_id: str) -> None:
    before = clock.now() - timedelta(seconds=1)
    its = Deadline.objects.filter(kind=Kind(kind), subject_id=UUID(subject_id))
    moved = its.exclude(due_at=None).update(due_at=before)  # what the law gives no day for never passes
    assert moved, f"nothing is due: {kind}"
    CorrectiveOrder.objects.filter(pk=subject_id).update(comply_by=before)
    Timekeeper().tick()
    do_all_jobs()


def _shows(url: str, how: str) -> None:
    OUTSIDE.gone = OUTSIDE.gone | {url} if how == "gone" else OUTSIDE.gone - {url}


def _looks() -> QuerySet[Deadline]:
    """Those that are planned."""
    return Deadline.objects.filter(kind=Kind.LOOK, state="set")


def _comes_now(due: QuerySet[Deadline]) -> None:
    due.update(due_at=clock.now())
    Timekeeper().tick()
    do_all_jobs()
