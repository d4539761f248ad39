"""Whoever carries on what a colleague began has a part in it like the colleague: a second signature is another's."""

from uuid import UUID

import pytest

from haetae.accounts.models import Official
from haetae.accounts.permissions import Role
from haetae.agencies.enforcement.designation import actions as designation
from haetae.agencies.enforcement.designation.models import Designation
from haetae.agencies.enforcement.designation.queries import why_not_sign
from haetae.agencies.enforcement.orders import actions as orders
from haetae.agencies.enforcement.orders.models import CorrectiveOrder
from haetae.agencies.enforcement.orders.states import State
from haetae.agencies.enforcement.sanctions import actions as sanctions
from haetae.common import clock
from haetae.flow.steps.carrying_on import carried_by, hand_over
from tests.agencies.desk import seated
from tests.agencies.enforcement.cases import INTENT, LESS, Case, found, not_followed
from tests.enforcement import drafted, heard
from tests.people import SEATS_ADMINISTRATOR

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return not_followed()


def handed_on(case: Case) -> None:
    """The first of the three leaves, and the second carries on."""
    by = Official.objects.filter(username=SEATS_ADMINISTRATOR.name).first() or seated(
        SEATS_ADMINISTRATOR.name, Role.AGENCY_ADMINISTRATOR, "regulator"
    )
    hand_over(agency="regulator", leaver_id=case.proposer, successor_id=case.signer, by=by)


def test_who_carries_an_order_on_does_not_sign_it(case: Case) -> None:
    order_id = drafted(case.operator)
    handed_on(case)
    heard(order_id)
    for one in (case.signer, case.proposer):
        with pytest.raises(orders.CannotOrderError, match="order_same_person"):
            orders.issue_order(order_id=order_id, official_id=one)
    orders.issue_order(order_id=order_id, official_id=case.third)
    assert CorrectiveOrder.objects.get(pk=order_id).state == State.ISSUED


def test_who_carries_a_sanction_on_may_work_it_out_anew_and_does_not_decide_it(case: Case) -> None:
    sanction_id = case.proposed()
    handed_on(case)
    assert carried_by(case.signer)["sanction"] == [sanction_id]
    sanctions.revise(sanction_id=sanction_id, facts=LESS, intent=INTENT, official_id=case.signer)
    case.heard(sanction_id)
    for one in (case.signer, case.proposer):
        with pytest.raises(sanctions.CannotSanctionError, match="signed_by_proposer"):
            sanctions.decide(sanction_id=sanction_id, official_id=one)
    sanctions.decide(sanction_id=sanction_id, official_id=case.third)
    assert found(sanction_id).decided_by_id == case.third


def test_who_carries_a_designation_on_does_not_sign_it(case: Case) -> None:
    now = clock.now()
    designated = Designation.objects.create(
        operator=case.operator,
        reason="many open channels, and nobody answers for them",
        daily_users=848_000,
        users_on=now.date(),
        users_found=True,
        proposed_by_id=case.proposer,
        proposed_at=now,
        changed_at=now,
    )
    handed_on(case)
    designation.open_hearing(designation_id=designated.pk, official_id=case.signer)
    designated.refresh_from_db()

    def why_not(official_id: UUID) -> str | None:
        return why_not_sign(designated, official_id=official_id)

    assert why_not(case.signer) == why_not(case.proposer) == "designation_same_official"
    assert why_not(case.third) == "designation_not_heard"
