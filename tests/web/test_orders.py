"""The regulator's pages: the record with its evidence, and an order from the draft to the day it was followed."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.test import Client

from haetae.accounts.models import Operator
from haetae.agencies.enforcement.orders.models import CorrectiveOrder
from haetae.agencies.enforcement.orders.states import Ground, State
from haetae.audit.models import Event
from haetae.flow.review.models import Review
from tests import enforcement
from tests.enforcement import WHY, decided, drafted, heard, issued, lied, overdue, regulators

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return answer.content.decode()


def refusals() -> list[str]:
    return [event.facts["code"] for event in Event.objects.filter(name="orders.refused").order_by("pk")]


@pytest.fixture
def first(visitor: Callable[..., Client]) -> Client:
    return signed_in(visitor, 0)


@pytest.fixture
def second(visitor: Callable[..., Client]) -> Client:
    return signed_in(visitor, 1)


def signed_in(visitor: Callable[..., Client], number: int) -> Client:
    browser = visitor("en")
    browser.force_login(regulators()[number])
    return browser


def state(order_id: UUID) -> str:
    return CorrectiveOrder.objects.get(pk=order_id).state


def test_operators_stand_side_by_side_the_gravest_first_and_each_figure_opens_its_evidence(
    first: Client, board: Operator, other_board: Operator
) -> None:
    overdue(other_board, 1)
    ignored = decided(board, 2)
    page = text(first.get("/console/enforcement/"))
    assert page.index(">Board<") < page.index(">Other board<")
    assert "Decisions of the commission were not followed: 1." in page
    where = f"/console/enforcement/{board.pk}/?days=30&kind=ignored"
    shown = text(first.get(where))
    assert str(ignored)[:8] in shown
    assert f"event {Event.objects.get(name='removal.refused', subject_id=ignored).pk}" in shown
    assert "https://board.example/posts" not in shown, "no address of a place stands there"
    assert first.get(f"/console/enforcement/{uuid4()}/").status_code == 404


def test_from_a_draft_to_a_signature_two_officials_and_a_hearing_are_needed(
    first: Client, second: Client, board: Operator
) -> None:
    late = lied(board, 1)
    where = f"/console/enforcement/{board.pk}/draft/?ground=claim_false"
    form = text(first.get(where))
    assert f'value="{late}"' in form
    short = first.post(where, {"reasons": "short", "items": [str(late)], "form_key": str(uuid4())})
    assert short.status_code == 422
    assert f'value="{late}" checked' in text(short), "what was chosen is not lost"
    answer = first.post(where, {"reasons": WHY, "items": [str(late)], "form_key": str(uuid4())})
    page = answer.headers["Location"]
    order = CorrectiveOrder.objects.get()
    first.post(f"{page}hear/")
    refused = second.post(f"{page}sign/")
    assert refused.status_code == 409
    assert "The operator was not heard yet." in text(refused)
    heard(order.pk)
    same = first.post(f"{page}sign/")
    assert same.status_code == 409
    assert "You drafted this order. Another official has to sign it." in text(same)
    assert refusals() == ["order_length", "not_heard", "order_same_person"]
    assert "Sign it" in text(second.get(page))
    second.post(f"{page}sign/")
    assert state(order.pk) == State.ISSUED
    assert "orders no deletion" not in text(second.get(page))


def test_a_duty_is_found_followed_by_two_and_its_day_comes_by_letter(
    first: Client, second: Client, board: Operator
) -> None:
    order_id = drafted(board)
    heard(order_id)
    page = f"/console/orders/{order_id}/"
    second.post(f"{page}sign/")
    assert "The day must lie between" in text(first.post(f"{page}served/", {"day": "2020-01-01"}))
    assert "Write the day as" in text(first.post(f"{page}served/", {"day": "soon"}))
    today = first.get(page).context["today"]
    first.post(f"{page}served/", {"day": today})
    assert "by letter" in text(first.get(page))
    first.post(f"{page}found/", {"complied": "yes"})
    assert state(order_id) == State.ISSUED
    assert first.post(f"{page}found/", {"complied": "maybe"}).status_code == 422
    second.post(f"{page}found/", {"complied": "yes"})
    assert state(order_id) == State.COMPLIED


def test_a_draft_may_be_thinned_out_and_dropped_but_not_once_it_is_signed(
    first: Client, second: Client, board: Operator
) -> None:
    one, two = overdue(board, 1), overdue(board, 2)
    order_id = drafted(board, ground=Ground.OVERDUE, items=[one, two])
    page = f"/console/orders/{order_id}/"
    first.post(f"{page}requests/{one}/out/")
    assert str(one)[:8] not in text(first.get(page))
    heard(order_id)
    second.post(f"{page}sign/")
    assert first.post(f"{page}drop/").status_code == 409
    other = drafted(board)
    first.post(f"/console/orders/{other}/drop/")
    assert state(other) == State.DROPPED


def test_the_commission_is_asked_and_its_page_says_who_asked(first: Client, board: Operator) -> None:
    late, is_decided = overdue(board, 1), decided(board, 2)
    where = f"/console/enforcement/{board.pk}/requests"
    answer = first.post(f"{where}/{late}/commission/")
    review = Review.objects.get(request_id=late)
    assert answer.headers["Location"] == f"/console/reviews/{review.pk}/"
    assert "a state body asks for a decision" in text(first.get(answer.headers["Location"]))
    assert "Korea Media Communications Commission" in text(first.get(answer.headers["Location"]))
    again = first.post(f"{where}/{is_decided}/commission/")
    assert again.status_code == 409
    assert "The commission has decided" in text(again)
    assert first.post(f"{where}/{uuid4()}/commission/").status_code == 404


def test_whoever_does_not_enforce_neither_reads_nor_signs(control_room: Client, board: Operator) -> None:
    order_id = issued(board)
    for where in (f"/console/enforcement/{board.pk}/", f"/console/orders/{order_id}/"):
        assert control_room.get(where).status_code == 403
    for verb in ("hear", "sign", "drop", "served", "found"):
        assert control_room.post(f"/console/orders/{order_id}/{verb}/").status_code == 403
    assert enforcement.regulators()
