"""One place at one operator, and everybody who can do something about it. Nobody here knows what is allowed."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import time_machine
from django.db import transaction
from django.db.models import QuerySet

from haetae.accounts.actions import register_operator, seat_official
from haetae.accounts.models import Official, Operator
from haetae.accounts.permissions import Role
from haetae.agencies.enforcement.orders.models import CorrectiveOrder
from haetae.agencies.enforcement.sanctions.models import Sanction
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.common import clock
from haetae.connectors.base import (
    Answer,
    AnswerKind,
    DeletionOrder,
    Locator,
    Look,
    Seen,
    Sight,
    UnreachableError,
)
from haetae.detect.finding import Signal, SignalKind
from haetae.flow.deadlines.actions import pass_due
from haetae.flow.deadlines.models import Deadline
from haetae.flow.deadlines.states import State as Due
from haetae.flow.removal.actions import request_deletion
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review.models import ProvisionalBlock, Review
from tests import people
from tests.commission import seat_commission
from tests.flow.board import Board
from tests.walk.procedure import NEW
from tests.walk.watcher import Watcher
from tests.web.sightings import examined, found
from tests.work import do_all_jobs

_SINCE = date(2026, 1, 1)


@dataclass
class Everybody:
    """`secretariat` prepares, `members` vote, `regulators` order and fine, `outsider` sits nowhere of them."""

    operator: Operator
    members: Sequence[Official]
    secretariat: Official
    regulators: Sequence[Official]
    outsider: Official


def everybody() -> Everybody:
    """Seated once, for every walk of a run."""
    return Everybody(
        operator=register_operator(
            name="Board", connector="web_page", origin="https://board.example", actor=SYSTEM
        ),
        members=seat_commission(9),
        secretariat=_seat(people.REVIEWER, Role.REVIEWER, "reviewer"),
        regulators=[
            _seat(person, Role.REGULATOR, "regulator")
            for person in (people.REGULATOR, people.SECOND_REGULATOR, people.THIRD_REGULATOR)
        ],
        outsider=_seat(people.OFFICER, Role.POLICE_OFFICER, "police"),
    )


def _seat(person: people.Person, role: Role, agency: str) -> Official:
    return seat_official(username=person.name, role=role, agency=agency, since=_SINCE, actor=SYSTEM)


def _next_due(until: datetime) -> datetime | None:
    waiting = Deadline.objects.filter(state=Due.SET, due_at__lte=until).order_by("due_at")
    return waiting.values_list("due_at", flat=True).first()


@dataclass
class Truthful(Board):
    """The operator's system takes everything and says nothing more; what can be seen is up to its people."""

    visible: bool = True
    reachable: bool = True

    def ask_to_delete(self, order: DeletionOrder) -> Answer:
        if not self.reachable:
            raise UnreachableError("network_timeout", "nobody answers")
        return Answer(kind=AnswerKind.RECEIVED)

    def look(self, locator: Locator) -> Look:
        seen = Seen.LIVE if self.visible else Seen.GONE
        sight = Sight(seen=seen, why="picture" if self.visible else "http_410")
        return Look(page=sight, media=sight, media_bytes=None)


@dataclass
class Stage:
    """`refusals` counts what was tried and not taken; every act is followed by all that it causes.

    What stands there now is read once after each act: many acts ask before they are tried.
    """

    cast: Everybody
    time: time_machine.Traveller
    board: Truthful
    sighting_id: UUID
    watcher: Watcher = field(default_factory=Watcher)
    refusals: Counter[str] = field(default_factory=Counter)
    read_up_to: int = 0
    request: DeletionRequest = field(init=False)
    review: Review | None = field(init=False)
    block: ProvisionalBlock | None = field(init=False)
    order: CorrectiveOrder | None = field(init=False)
    sanction: Sanction | None = field(init=False)

    def __post_init__(self) -> None:
        self.settle()

    def act(self, act: Callable[["Stage"], object], *refused: type[Exception], name: str) -> bool:
        """Whether it was taken. What is refused changes nothing: the record says so."""
        try:
            with transaction.atomic():
                act(self)
        except refused as no:
            self.refusals[f"{name}: {no}"] += 1
            told = self._news().exclude(name__endswith="refused").values_list("name", flat=True)
            assert not told, f"{name} was refused and changed something: {list(told)}"
            return False
        self.settle()
        return True

    def passes(self, **time: float) -> None:
        """Time goes by, and each clock does at its moment what it is set for."""
        end = clock.now() + timedelta(**time)
        while (due := _next_due(end)) is not None:
            self.time.move_to(max(due, clock.now()))
            self._follow()
        self.time.move_to(end)

    def settle(self) -> None:
        """Everything that follows, and whatever is due by now."""
        self._follow()
        here = {"sighting_id": self.sighting_id}
        self.request = DeletionRequest.objects.filter(**here).latest("round")
        self.review = Review.objects.filter(**here).order_by("-opened_at").first()
        self.block = ProvisionalBlock.objects.filter(**here).order_by("-changed_at").first()
        self.order = CorrectiveOrder.objects.order_by("-drafted_at").first()
        self.sanction = Sanction.objects.order_by("-proposed_at").first()

    def of(self, what: Review | ProvisionalBlock | CorrectiveOrder | Sanction | None) -> str:
        """How the watcher has it."""
        return NEW if what is None else self.watcher.state(what.pk)

    def _follow(self) -> None:
        do_all_jobs()
        while pass_due(at=clock.now()):
            do_all_jobs()
        events = list(self._news().order_by("pk"))
        if events:
            self.read_up_to = events[-1].pk
        self.watcher.read(events)

    def _news(self) -> QuerySet[Event]:
        return Event.objects.filter(pk__gt=self.read_up_to)


def asked() -> UUID:
    """A known picture is found, and the operator is asked."""
    sighting_id = found()
    known = Signal(
        kind=SignalKind.KNOWN_HASH,
        facts={
            "entry_id": str(uuid4()),
            "list_name": "demo",
            "tier": 2,
            "distance_bits": 0,
            "confirmed": True,
        },
    )
    request_id = request_deletion(sighting_id=sighting_id, assessment_id=examined(sighting_id, known))
    assert request_id is not None
    return sighting_id
