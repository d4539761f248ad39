"""What an operator was ordered to do about a place, and what it cost, stand in the record of that place."""

import json

import pytest

from haetae.agencies.enforcement.orders.models import OrderItem
from haetae.agencies.enforcement.sanctions import actions
from haetae.flow.issued.states import Kind
from haetae.flow.overview.record import record_of
from haetae.flow.removal.queries import get_request
from haetae.web.console.court.as_json import record_json
from tests.agencies.enforcement.cases import found, not_followed
from tests.enforcement import asked

pytestmark = pytest.mark.django_db


def test_an_order_about_a_place_and_its_surcharge_are_in_the_record_and_a_mere_proposal_is_not() -> None:
    case = not_followed()
    request = get_request(asked(case.operator, 1))
    OrderItem.objects.create(order=case.order, request=request)
    proposed = case.proposed()
    assert record_of(request.sighting_id).sanctions == []
    case.heard(proposed)
    actions.decide(sanction_id=proposed, official_id=case.signer)
    record = record_of(request.sighting_id)
    assert record.sanctions == [found(proposed)]
    assert Kind.SURCHARGE in {document.kind for document in record.documents}
    assert "sanctions.decided" in {one.event.name for one in record.events}
    told = json.loads(record_json(record))
    assert [one["amount"] for one in told["sanctions"]] == [240_000_000]
    assert [one["state"] for one in told["orders"]] == ["not_complied"]
