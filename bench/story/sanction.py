"""An operator says removed and deletes nothing: caught, ordered, heard, charged, paid."""

from datetime import date, timedelta
from functools import partial
from uuid import UUID, uuid4

from django.utils import timezone

from bench.story.house import House
from haetae.accounts.actions import official_actor
from haetae.agencies.enforcement.orders import actions as orders
from haetae.agencies.enforcement.orders.models import CorrectiveOrder
from haetae.agencies.enforcement.orders.states import Ground, Way
from haetae.agencies.enforcement.sanctions import actions as sanctions
from haetae.agencies.enforcement.sanctions.models import Sanction
from haetae.agencies.enforcement.sanctions.paying import actions as paying
from haetae.agencies.enforcement.sanctions.states import Served
from haetae.agencies.enforcement.sanctions.worksheet.facts import Judged, SurchargeFacts, Weighed
from haetae.audit.actor import Actor
from haetae.common import clock
from haetae.flow.hearings import actions as hearings
from haetae.flow.hearings.states import About, Party
from haetae.flow.removal.models import DeletionRequest
from haetae.law.sanctioning.facts import Factor, Level

REASONS = "It says that the picture is removed. Our own looks of this day see it."
OPINION = "We had no people on that day."
INTENT = "It answered with a number of its own and looked at nothing."


def lies(house: House) -> None:
    """From the false word to the last won."""
    house.board.behaves(misbehave="claims_without_deleting")
    with house.tape.scene("claimed"):
        post = house.posts(house.another.another_copy(), title="Said to be gone")
        house.watch()
    with house.tape.scene("caught"):
        house.tape.passes(seconds=30)
    request = house.request_of(post.media)
    assert request.state == "overdue", request.state
    order_id = _ordered(house, request)
    with house.tape.scene("not_followed") as scene:
        order = CorrectiveOrder.objects.get(pk=order_id)
        assert order.comply_by is not None
        house.tape.passes(seconds=(order.comply_by - clock.now()).total_seconds() + 60)
        house.tape.passes(hours=2)
        order.refresh_from_db()
        scene.facts["state"] = order.state
    assert order.state == "not_complied", order.state
    _charged(house, order_id)
    house.board.behaves()
    with house.tape.scene("done") as scene:
        house.board.deletes(post)
        house.tape.passes(days=8)
        order.refresh_from_db()
        request.refresh_from_db()
        scene.facts["state"] = order.state
    assert order.state == "complied", order.state


def _ordered(house: House, request: DeletionRequest) -> UUID:
    drafter, signer, _third = (one.pk for one in house.regulators)
    draft = partial(
        orders.draft_order, operator_id=house.operator.pk, duty="", reasons=REASONS, form_key=uuid4(),
        request_ids=[request.pk], official_id=drafter,
    )  # fmt: skip
    with house.tape.scene("drafted") as scene:
        scene.refuses("orders", lambda: draft(ground=Ground.DECISION_IGNORED), who="regulator")
        order_id = draft(ground=Ground.CLAIM_FALSE)
        orders.to_prior_opinion(order_id=order_id, official_id=drafter)
        sign = partial(orders.issue_order, order_id=order_id)
        scene.refuses("orders", lambda: sign(official_id=signer), who="regulator")
        hearing = _asked(house, About.ORDER, order_id, days=7)
    house.tape.passes(days=1)
    with house.tape.scene("ordered") as scene:
        hearings.heard(hearing_id=hearing, opinion=OPINION, actor=_operator(house))
        scene.refuses("orders", lambda: sign(official_id=drafter), who="regulator")
        sign(official_id=signer)
        orders.served(order_id=order_id, way=Way.DESK, at=clock.now(), actor=_operator(house))
    return order_id


def _charged(house: House, order_id: UUID) -> None:
    proposer, signer, _third = (one.pk for one in house.regulators)
    facts = SurchargeFacts(
        revenues=(9_000_000_000, 12_000_000_000, 15_000_000_000),
        revenue_from="published accounts of the last three years",
        judged=tuple(Judged(factor=one, level=Level.MIDDLE, evidence=("r1",)) for one in Factor),
        earlier=0,
        effort=Weighed(),
    )
    with house.tape.scene("proposed") as scene:
        sanction_id = sanctions.propose(
            order_id=order_id, article="surcharge", facts=facts, intent=INTENT, form_key=uuid4(),
            official_id=proposer,
        )  # fmt: skip
        sanctions.to_hearing(sanction_id=sanction_id, official_id=proposer)
        decide = partial(sanctions.decide, sanction_id=sanction_id)
        scene.refuses("sanctions", lambda: decide(official_id=signer), who="regulator")
        hearing = _asked(house, About.SANCTION, sanction_id, days=10)
        scene.facts["won"] = Sanction.objects.get(pk=sanction_id).amount
    house.tape.passes(days=2)
    with house.tape.scene("charged") as scene:
        hearings.heard(hearing_id=hearing, opinion=OPINION, actor=_operator(house))
        scene.refuses("sanctions", lambda: decide(official_id=proposer), who="regulator")
        decide(official_id=signer)
        sanctions.notify(
            sanction_id=sanction_id, served_on=_today(), served_by=Served.LETTER, actor=official_actor(signer)
        )
        scene.facts["won"] = Sanction.objects.get(pk=sanction_id).amount
    house.tape.passes(days=5)
    with house.tape.scene("paid") as scene:
        won = Sanction.objects.get(pk=sanction_id).amount
        pay = partial(paying.paid, sanction_id=sanction_id, official_id=signer)
        more = paying.Noted(won=won + 1, paid_on=_today(), reference="P-2026-1")
        scene.refuses("sanctions", lambda: pay(payment=more), who="regulator")
        pay(payment=paying.Noted(won=won, paid_on=_today(), reference="P-2026-1"))
        scene.facts["won"] = won


def _asked(house: House, about: About, subject_id: UUID, *, days: int) -> UUID:
    return hearings.ask(
        about=about, subject_id=subject_id, party=Party.OPERATOR, operator=house.operator,
        until=clock.now() + timedelta(days=days), source="haetae", official_id=house.regulators[0].pk,
    )  # fmt: skip


def _operator(house: House) -> Actor:
    return Actor(kind="operator", id=str(house.operator.pk))


def _today() -> date:
    return timezone.localdate(clock.now())
