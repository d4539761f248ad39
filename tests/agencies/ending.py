"""A case with something of everything in it, and the tables as whoever steals them sees them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.db import connection

from haetae.accounts.models import Official
from haetae.agencies.support import receipt
from haetae.agencies.support.actions import OpenCase, open_case, write_message
from haetae.agencies.support.retention.actions import Order
from haetae.agencies.support.retention.rules import Wanted
from haetae.agencies.support.retention.states import EVIDENCE, Reason
from haetae.agencies.support.rules import Told
from haetae.agencies.support.states import Relation, Text
from haetae.audit.actor import PUBLIC
from haetae.audit.models import Event
from haetae.common import clock
from haetae.flow.deadlines.actions import pass_due
from haetae.flow.next_step import next_step
from haetae.hashbank.rules import NewEntry

LINK: Final = "https://board.example/post/1"
ENTRY: Final = NewEntry(sha256="ab" * 32, pdq="5a" * 32, dhash="3c" * 32)
SAID: Final = {
    Text.STORY: "what happened on a day in spring",
    Text.KEYWORDS: "a title that it goes by",
    Text.POSTER: "somebody from the other class",
    Text.NAME: "a name that is hers alone",
    Text.CONTACT: "a number that is hers alone",
}
WRITTEN: Final = "Is anybody there?"


@dataclass
class StandingClock:
    """The house's clock, held where a test puts it."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


def whole_case(*, bits: bytes | None = None, **more: object) -> OpenCase:
    told = Told(**{"links": [LINK], "hashes": [ENTRY], "texts": SAID, "relation": Relation.ME, **more})  # type: ignore[arg-type]
    opened = open_case(receipt=bits or receipt.draw(), told=told)
    write_message(opened=opened, text=WRITTEN, form_key=uuid4(), official_id=None, actor=PUBLIC)
    return opened


def follow(*names: str) -> None:
    """What follows from the newest event of each of these names."""
    for name in names:
        newest = Event.objects.filter(name=name).order_by("-pk").first()
        assert newest is not None, name
        next_step(newest.pk)


def order(official: Official, *, form_key: UUID | None = None, **more: object) -> Order:
    """A hold on the evidence of a case, for thirty days."""
    plain = {"keeps": EVIDENCE, "until": clock.now() + timedelta(days=30), "reference": "2026-1234"}
    return Order(
        official=official,
        reason=Reason.INVESTIGATION,
        wanted=Wanted(**{**plain, **more}),  # type: ignore[arg-type]
        form_key=form_key or uuid4(),
    )


def time_passes(standing: StandingClock, *, to: datetime) -> None:
    """The clock of the flow passes what is due, and what follows of it happens."""
    standing.at = to
    before = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    pass_due(at=to)
    while following := list(Event.objects.filter(pk__gt=before).order_by("pk").values_list("pk", flat=True)):
        for event_id in following:
            next_step(event_id)
        before = following[-1]


def every_table() -> str:
    """All rows of all tables as text; binary columns as their digits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [row[0] for row in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)
