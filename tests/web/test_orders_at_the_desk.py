"""An order at the operator's desk: its time begins when it is opened there, and nobody else's is ever seen."""

import pytest
from django.test import Client

from haetae.accounts.models import Operator
from haetae.agencies.enforcement.orders import actions, jobs
from haetae.agencies.enforcement.orders.models import CorrectiveOrder
from haetae.agencies.enforcement.orders.states import Ground, Way
from haetae.audit.models import Event
from tests.agencies.mailing import account_at, read
from tests.enforcement import WHY, drafted, heard, overdue, regulators
from tests.post_office import post_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(board: Operator) -> CorrectiveOrder:
    """Signed, and nobody at the operator has it yet."""
    order_id = drafted(board, ground=Ground.OVERDUE, items=[overdue(board, 1)])
    heard(order_id)
    actions.issue_order(order_id=order_id, official_id=regulators()[1].pk)
    return CorrectiveOrder.objects.get(pk=order_id)


def test_an_administrator_opens_it_and_from_then_on_everybody_there_reads_it(
    order: CorrectiveOrder, administrator: Client, moderator: Client
) -> None:
    page = f"/operator/orders/{order.pk}/"
    assert WHY not in moderator.get(page).content.decode()
    assert moderator.post(f"{page}open/").status_code == 403
    assert administrator.get(f"{page}open/").status_code == 302, "to look is not to open"
    assert CorrectiveOrder.objects.get().served_at is None
    assert moderator.get(f"{page}en/html/").status_code == 404
    administrator.post(f"{page}open/")
    administrator.post(f"{page}open/")
    assert CorrectiveOrder.objects.get().served_by == Way.DESK
    assert Event.objects.filter(name="orders.served").count() == 1
    assert WHY in moderator.get(page).content.decode()
    letter = moderator.get(f"{page}en/html/").content.decode()
    assert WHY in letter
    assert "KMCC-2026-" in letter
    assert "Corrective order" in moderator.get("/operator/orders/").content.decode()


def test_a_draft_and_the_order_of_another_operator_are_not_there(
    order: CorrectiveOrder, board: Operator, other_board: Operator, administrator: Client
) -> None:
    draft_id = drafted(board)
    other_id = drafted(other_board)
    heard(other_id)
    actions.issue_order(order_id=other_id, official_id=regulators()[1].pk)
    for order_id in (draft_id, other_id):
        assert administrator.get(f"/operator/orders/{order_id}/").status_code == 404
        assert administrator.post(f"/operator/orders/{order_id}/open/").status_code == 404


def test_its_mailbox_is_told_once_and_nothing_of_the_order_is_in_the_mail(
    order: CorrectiveOrder, settings
) -> None:
    Operator.objects.filter(pk=order.operator_id).update(mailbox="desk@board.example", language="ko")
    with post_office() as office:
        settings.MAIL = account_at(office)
        jobs.tell(order_id=str(order.pk))
        jobs.tell(order_id=str(order.pk))
    assert len(office.letters) == 1
    said = str(read(office.letters[0]).get_content())
    assert "시정명령" in said
    assert WHY not in said
    assert CorrectiveOrder.objects.get().served_by == Way.MAIL
