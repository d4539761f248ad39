"""What the regulator can try about the operator of one place: orders, surcharges, fines."""

from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID, uuid4

from django.utils import timezone

from haetae.accounts.actions import official_actor
from haetae.agencies.enforcement.orders import actions as orders
from haetae.agencies.enforcement.orders.models import CorrectiveOrder
from haetae.agencies.enforcement.orders.states import Ground
from haetae.agencies.enforcement.orders.states import Way as Served
from haetae.agencies.enforcement.sanctions import actions as sanctions
from haetae.agencies.enforcement.sanctions.contesting import actions as contesting
from haetae.agencies.enforcement.sanctions.models import Sanction
from haetae.agencies.enforcement.sanctions.paying import actions as paying
from haetae.agencies.enforcement.sanctions.states import Served as Handed
from haetae.agencies.enforcement.sanctions.worksheet.facts import FineFacts, Weighed
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.flow.hearings import actions as hearings
from haetae.flow.hearings.states import About, Party, Unheard
from tests.walk.acts import STATEMENT, Act, Do, of_operator
from tests.walk.stage import Stage

_ORDERS = (orders.CannotOrderError, hearings.CannotHearError, CorrectiveOrder.DoesNotExist)
_SANCTIONS = (
    sanctions.CannotSanctionError,
    hearings.CannotHearError,
    CorrectiveOrder.DoesNotExist,
    Sanction.DoesNotExist,
)


def _order_id(stage: Stage) -> UUID:
    return stage.order.pk if stage.order else uuid4()


def _sanction_id(stage: Stage) -> UUID:
    return stage.sanction.pk if stage.sanction else uuid4()


def order_is(*states: str) -> Callable[[Stage], bool]:
    return lambda stage: stage.of(stage.order) in states


def sanction_is(*states: str) -> Callable[[Stage], bool]:
    return lambda stage: stage.of(stage.sanction) in states


def drafts(ground: Ground) -> Do:
    return lambda stage: orders.draft_order(
        operator_id=stage.cast.operator.pk,
        ground=ground,
        duty="",
        reasons=STATEMENT,
        request_ids=[stage.request.pk],
        form_key=uuid4(),
        official_id=stage.cast.regulators[0].pk,
    )


def waits(*states: str) -> Callable[[Stage], bool]:
    """No order runs yet, and the request stands there."""
    return lambda stage: (
        stage.request.state in states
        and not order_is("draft", "prior_opinion", "issued", "not_complied")(stage)
    )


def _leave_out(about: About, subject_id: UUID, stage: Stage) -> object:
    return hearings.leave_out(
        about=about,
        subject_id=subject_id,
        party=Party.OPERATOR,
        operator=stage.cast.operator,
        why=Unheard.URGENT,
        note=STATEMENT,
        official_id=stage.cast.regulators[0].pk,
    )


def on_order(verb: Callable[..., object], by: int, **more: Any) -> Do:
    return lambda stage: verb(order_id=_order_id(stage), official_id=stage.cast.regulators[by].pk, **more)


def order_is_served(stage: Stage) -> None:
    orders.served(order_id=_order_id(stage), way=Served.DESK, at=clock.now(), actor=SYSTEM)


def proposes(stage: Stage) -> object:
    return sanctions.propose(
        order_id=_order_id(stage),
        article="ignoring_a_corrective_order",
        facts=FineFacts(earlier=0, effort=Weighed()),
        intent="",
        form_key=uuid4(),
        official_id=stage.cast.regulators[0].pk,
    )


def on_sanction(verb: Callable[..., object], by: int, **more: Any) -> Do:
    return lambda stage: verb(
        sanction_id=_sanction_id(stage), official_id=stage.cast.regulators[by].pk, **more
    )


def notifies(stage: Stage) -> object:
    return sanctions.notify(
        sanction_id=_sanction_id(stage),
        served_on=timezone.localdate(clock.now()),
        served_by=Handed.LETTER,
        actor=official_actor(stage.cast.regulators[0].pk),
    )


def pays(share: int) -> Do:
    def do(stage: Stage) -> object:
        won = (stage.sanction.amount if stage.sanction else 1_000) // share
        payment = paying.Noted(
            won=won, paid_on=timezone.localdate(clock.now()), reference=f"P-{uuid4().hex[:8]}"
        )
        return paying.paid(
            sanction_id=_sanction_id(stage), payment=payment, official_id=stage.cast.regulators[1].pk
        )

    return do


def contests(stage: Stage) -> object:
    return contesting.contest(
        sanction_id=_sanction_id(stage), text=STATEMENT, received_at=clock.now(), actor=of_operator(stage)
    )


_PAYABLE: Final = ("notified", "upheld", "changed")
AT_THE_OPERATOR: Final[Sequence[Act]] = (
    Act("order drafted: overdue", drafts(Ground.OVERDUE), waits("overdue"), _ORDERS),
    Act("order drafted: claim false", drafts(Ground.CLAIM_FALSE), waits("claim_false", "overdue"), _ORDERS),
    Act(
        "order drafted: decision ignored",
        drafts(Ground.DECISION_IGNORED),
        waits("refused", "overdue", "claim_false"),
        _ORDERS,
    ),
    Act("order to be heard", on_order(orders.to_prior_opinion, 0), order_is("draft"), _ORDERS),
    Act(
        "order, hearing left out",
        lambda stage: _leave_out(About.ORDER, _order_id(stage), stage),
        order_is("prior_opinion"),
        _ORDERS,
    ),
    Act("order signed by who drafted it", on_order(orders.issue_order, 0), order_is("prior_opinion"), _ORDERS),
    Act("order signed by another", on_order(orders.issue_order, 1), order_is("prior_opinion"), _ORDERS),
    Act("order served", order_is_served, order_is("issued"), _ORDERS),
    Act("order dropped", on_order(orders.drop_order, 0), order_is("draft", "prior_opinion"), _ORDERS),
    Act("found not followed, by one", on_order(orders.confirm, 0, complied=False), order_is("issued"), _ORDERS),
    Act(
        "found not followed, by another",
        on_order(orders.confirm, 1, complied=False),
        order_is("issued"),
        _ORDERS,
    ),
    Act("fine proposed", proposes, order_is("not_complied"), _SANCTIONS),
    Act("fine to be heard", on_sanction(sanctions.to_hearing, 0), sanction_is("proposed"), _SANCTIONS),
    Act(
        "fine, hearing left out",
        lambda stage: _leave_out(About.SANCTION, _sanction_id(stage), stage),
        sanction_is("hearing"),
        _SANCTIONS,
    ),
    Act("fine signed by who proposed it", on_sanction(sanctions.decide, 0), sanction_is("hearing"), _SANCTIONS),
    Act("fine signed by another", on_sanction(sanctions.decide, 1), sanction_is("hearing"), _SANCTIONS),
    Act("fine served", notifies, sanction_is("decided"), _SANCTIONS),
    Act("half of it paid", pays(2), sanction_is(*_PAYABLE), _SANCTIONS),
    Act("all of it paid", pays(1), sanction_is(*_PAYABLE), _SANCTIONS),
    Act("fine contested", contests, sanction_is("notified", "paid"), _SANCTIONS),
    Act(
        "fine upheld by who signed it",
        on_sanction(contesting.upheld, 1, why=STATEMENT),
        sanction_is("contested"),
        _SANCTIONS,
    ),
    Act(
        "fine upheld by a third",
        on_sanction(contesting.upheld, 2, why=STATEMENT),
        sanction_is("contested"),
        _SANCTIONS,
    ),
    Act(
        "fine changed by a third",
        on_sanction(
            contesting.changed,
            2,
            why=STATEMENT,
            facts=FineFacts(earlier=0, effort=Weighed(percent=-20, reason=STATEMENT)),
        ),
        sanction_is("contested"),
        _SANCTIONS,
    ),
    Act(
        "fine annulled by a third",
        on_sanction(contesting.annulled, 2, why=STATEMENT),
        sanction_is("contested"),
        _SANCTIONS,
    ),
    Act("fine dropped", on_sanction(sanctions.drop, 0), sanction_is("proposed", "hearing"), _SANCTIONS),
)  # fmt: skip
