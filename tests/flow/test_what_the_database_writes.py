"""What stands twice cannot differ: whose a request is, and when something was last said, the database writes itself."""

from datetime import timedelta

import pytest

from bench.many import fill
from haetae.accounts.actions import register_operator
from haetae.accounts.models import Operator
from haetae.audit.actor import SYSTEM
from haetae.flow.arrival.actions import adopt
from haetae.flow.delivery.models import Attempt, Delivery
from haetae.flow.removal.models import DeletionRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(db: None) -> Operator:
    return register_operator(name="Board", connector="sandbox", origin="https://board.example", actor=SYSTEM)


def test_a_request_is_the_operators_who_runs_the_place_whatever_else_is_written(operator: Operator) -> None:
    other = register_operator(name="Other", connector="sandbox", origin="https://o.example", actor=SYSTEM)
    fill(30, operators=[operator])
    request = DeletionRequest.objects.all()[0]
    assert request.operator_id == operator.pk, "bench.many names nobody"
    DeletionRequest.objects.filter(pk=request.pk).update(operator=other)
    request.refresh_from_db()
    assert request.operator_id == operator.pk


def test_an_operator_that_is_found_later_has_the_requests_about_its_places(operator: Operator) -> None:
    fill(30, operators=[None])
    request, untouched = DeletionRequest.objects.all()[:2]
    assert request.operator_id is None
    adopt(sighting_id=request.sighting_id, operator=operator)
    request.refresh_from_db()
    untouched.refresh_from_db()
    assert (request.operator_id, untouched.operator_id) == (operator.pk, None)


def test_what_was_said_last_is_when_the_newest_attempt_began(operator: Operator) -> None:
    fill(30, operators=[operator])
    delivery = Delivery.objects.filter(attempts__number=1)[0]
    first = delivery.attempts.get()
    assert delivery.said_at == first.begun_at
    later = first.begun_at + timedelta(hours=1)
    Attempt.objects.create(delivery=delivery, number=2, begun_at=later)
    delivery.refresh_from_db()
    assert delivery.said_at == later
