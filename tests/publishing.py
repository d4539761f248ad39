"""Months as they went by: what happened in one of them, and the official who publishes it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

import time_machine

from haetae.accounts.actions import register_operator, seat_official
from haetae.accounts.models import Official, Operator
from haetae.accounts.permissions import Role
from haetae.agencies.statistics.actions import publish
from haetae.agencies.statistics.models import PublishedMonth
from haetae.agencies.statistics.queries import draft_of
from haetae.agencies.statistics.rules import Reason
from haetae.audit.actor import SYSTEM
from haetae.flow.removal.states import State
from tests import people
from tests.web.sightings import answered, asked, believed, found, verified

SEOUL = ZoneInfo("Asia/Seoul")
MONTH = "2026-09"


@contextmanager
def moment(where: str) -> Iterator[None]:
    """The clock stands still at this moment in Seoul, as 2026-09-15T12:00."""
    with time_machine.travel(datetime.fromisoformat(where).replace(tzinfo=SEOUL), tick=False):
        yield


def an_operator(name: str) -> Operator:
    known = Operator.objects.filter(origin=f"https://{name}.example").first()
    return known or register_operator(
        name=name, connector="sandbox", origin=f"https://{name}.example", actor=SYSTEM
    )


def lead() -> Official:
    known = Official.objects.filter(username=people.POLICY_LEAD.name).first()
    return known or seat_official(
        username=people.POLICY_LEAD.name,
        role=Role.POLICY_LEAD,
        agency="coordination",
        since=date(2026, 1, 1),
        actor=SYSTEM,
    )


def gone(host: str, count: int, *, first: int = 1) -> None:
    """So many requests to one operator, each claimed and seen gone."""
    an_operator(host)
    for number in range(first, first + count):
        verified(found(number, host=f"{host}.example"))


def refused(host: str, count: int, *, first: int = 1) -> None:
    an_operator(host)
    for number in range(first, first + count):
        answered(found(number, host=f"{host}.example"), State.REFUSED, reason="not_convinced")


def still_there(host: str, count: int, *, first: int = 1) -> None:
    """Said removed, and seen there twice."""
    an_operator(host)
    for number in range(first, first + count):
        believed(answered(found(number, host=f"{host}.example"), State.CLAIMED), gone=False)


def only_asked(host: str, count: int, *, first: int = 1) -> None:
    an_operator(host)
    for number in range(first, first + count):
        asked(found(number, host=f"{host}.example"))


def published(
    month: str = MONTH, *, reason: Reason | None = None, when: str = "2026-10-02T09:00"
) -> PublishedMonth:
    with moment(when):
        row_id = publish(month=month, seen=draft_of(month).digest, official_id=lead().pk, reason=reason)
    return PublishedMonth.objects.get(pk=row_id)
