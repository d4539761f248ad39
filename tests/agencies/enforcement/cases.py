"""Three officials of the regulator, an operator that did not follow an order, and what a surcharge rests on."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from haetae.accounts.actions import official_actor, register_operator, seat_official
from haetae.accounts.models import Official, Operator
from haetae.accounts.permissions import Role
from haetae.agencies.enforcement.orders.models import CorrectiveOrder
from haetae.agencies.enforcement.orders.states import Ground
from haetae.agencies.enforcement.orders.states import State as Ordered
from haetae.agencies.enforcement.sanctions import actions
from haetae.agencies.enforcement.sanctions.contesting import actions as contesting
from haetae.agencies.enforcement.sanctions.models import Sanction
from haetae.agencies.enforcement.sanctions.states import Served
from haetae.agencies.enforcement.sanctions.worksheet.facts import (
    FineFacts,
    Judged,
    SurchargeFacts,
    Weighed,
)
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock
from haetae.flow.hearings import actions as hearings
from haetae.flow.hearings.states import About, Party
from haetae.law.packs import load_pack
from haetae.law.sanctioning.facts import Factor, Level
from tests.people import REGULATOR, SECOND_REGULATOR, THIRD_REGULATOR, Person

INTENT = "It answered each of these requests with a number of its own and looked at none of them."
FACTS = SurchargeFacts(
    revenues=(9_000_000_000, 12_000_000_000, 15_000_000_000),
    revenue_from="published accounts of the last three years",
    judged=tuple(Judged(factor=factor, level=Level.MIDDLE, evidence=("r1",)) for factor in Factor),
    earlier=0,
    effort=Weighed(),
)
LESS = replace(
    FACTS, effort=Weighed(percent=-50, reason="since then it has named an officer and answers at once")
)
A_FINE = FineFacts(earlier=0, effort=Weighed())


def regulator(person: Person) -> Official:
    known = Official.objects.filter(username=person.name).first()
    return known or seat_official(
        username=person.name, role=Role.REGULATOR, agency="regulator", since=date(2026, 1, 1), actor=SYSTEM
    )


@dataclass
class Case:
    """One operator that did not follow one order, and the three who may have a part in what it costs."""

    operator: Operator
    order: CorrectiveOrder
    proposer: UUID
    signer: UUID
    third: UUID

    def proposed(self, facts: SurchargeFacts | FineFacts = FACTS, *, article: str = "") -> UUID:
        wanted = article or (
            "surcharge" if isinstance(facts, SurchargeFacts) else "ignoring_a_corrective_order"
        )
        return actions.propose(
            order_id=self.order.pk,
            article=wanted,
            facts=facts,
            intent=INTENT,
            form_key=uuid4(),
            official_id=self.proposer,
        )

    def heard(self, sanction_id: UUID, *, opinion: str = "We had no people on that weekend.") -> None:
        actions.to_hearing(sanction_id=sanction_id, official_id=self.proposer)
        hearing_id = hearings.ask(
            about=About.SANCTION,
            subject_id=sanction_id,
            party=Party.OPERATOR,
            operator=self.operator,
            until=clock.now() + timedelta(days=10),
            source="haetae",
            official_id=self.proposer,
        )
        hearings.heard(hearing_id=hearing_id, opinion=opinion, actor=self.of_operator)

    def notified(self, facts: SurchargeFacts | FineFacts = FACTS) -> UUID:
        sanction_id = self.proposed(facts)
        self.heard(sanction_id)
        actions.decide(sanction_id=sanction_id, official_id=self.signer)
        actions.notify(
            sanction_id=sanction_id,
            served_on=today(),
            served_by=Served.LETTER,
            actor=official_actor(self.signer),
        )
        return sanction_id

    def contested(
        self, sanction_id: UUID, *, text: str = "The sum counts a request that was no such thing."
    ) -> None:
        contesting.contest(
            sanction_id=sanction_id, text=text, received_at=clock.now(), actor=self.of_operator
        )

    @property
    def of_operator(self) -> Actor:
        return Actor(kind="operator", id=str(self.operator.pk))


def not_followed(*, ground: Ground = Ground.CLAIM_FALSE, state: Ordered = Ordered.NOT_COMPLIED) -> Case:
    """An order that was issued and whose day has passed."""
    first, second, third = (regulator(one).pk for one in (REGULATOR, SECOND_REGULATOR, THIRD_REGULATOR))
    board = Operator.objects.filter(name="board").first() or register_operator(
        name="board", connector="sandbox", origin="https://board.example", actor=SYSTEM
    )
    before = clock.now() - timedelta(days=20)
    order = CorrectiveOrder.objects.create(
        operator=board,
        ground=ground,
        duty="transparency_report" if ground is Ground.DUTY else "",
        state=state,
        drafted_by_id=first,
        drafted_at=before,
        issued_by_id=second,
        issued_at=before,
        comply_by=before + timedelta(days=10),
        changed_at=before,
    )
    return Case(operator=board, order=order, proposer=first, signer=second, third=third)


def today() -> date:
    return clock.now().astimezone(load_pack().zone).date()


def found(sanction_id: UUID) -> Sanction:
    return Sanction.objects.get(pk=sanction_id)
