"""The connection page: how an operator is reached, what came of it, and how its administrators try it."""

import re
from uuid import uuid4

import pytest

from haetae.accounts.models import Operator
from haetae.flow.delivery import actions as delivery
from haetae.flow.delivery.models import Attempt, Delivery
from haetae.flow.delivery.states import Kind
from haetae.operators.trials.models import Trial, WayTest
from tests.web import sightings

pytestmark = pytest.mark.django_db


def _page(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def _failed(operator: Operator, *, host: str = "board.example") -> Delivery:
    """A request that could not be handed over at the first try."""
    found = sightings.found(1, host=host)
    request_id = sightings.asked(found)
    said = delivery.open_delivery(
        kind=Kind.DELETE, subject_id=request_id, sighting_id=found, operator=operator
    )
    attempt = delivery.begin_attempt(delivery_id=said.pk)
    assert attempt is not None
    delivery.attempt_failed(
        attempt_id=attempt.pk, code="network_timeout", may_have_arrived=True, retry_after_s=None
    )
    return said


def test_what_failed_stands_in_the_log_with_its_code_and_may_be_sent_once_more(board, administrator):
    said = _failed(board)
    page = _page(administrator.get("/operator/connection/"))
    assert "no answer in time" in page
    assert "may have arrived all the same" in page
    assert "Send once more" in page
    sent = administrator.post(f"/operator/connection/deliveries/{said.pk}/again/")
    assert sent.status_code == 302
    assert Attempt.objects.filter(delivery=said).count() == 1, "a job does it, not the page"


def test_a_moderator_reads_the_log_and_presses_nothing(board, moderator):
    said = _failed(board)
    page = _page(moderator.get("/operator/connection/"))
    assert "no answer in time" in page
    assert "Send once more" not in page
    for where in ("trial/", "test/", f"deliveries/{said.pk}/again/"):
        assert moderator.post(f"/operator/connection/{where}").status_code == 403
    assert not Trial.objects.exists()


def test_nobody_sends_what_is_another_operators(board, other_board, administrator):
    theirs = _failed(other_board, host="other.example")
    for delivery_id in (theirs.pk, uuid4()):
        answer = administrator.post(f"/operator/connection/deliveries/{delivery_id}/again/")
        assert answer.status_code == 404
        assert "There is no delivery to your platform under this number." in _page(answer)
    assert "other.example" not in _page(administrator.get("/operator/connection/"))


def test_an_administrator_tries_the_connection_and_reads_what_comes_of_it(board, administrator):
    assert administrator.post("/operator/connection/trial/").status_code == 302
    assert administrator.post("/operator/connection/test/").status_code == 302
    assert Trial.objects.get().operator == board
    WayTest.objects.update(
        checks=[{"code": "origin", "passed": False, "words": "The address does not answer."}]
    )
    page = _page(administrator.get("/operator/connection/"))
    assert "being sent, or waits to be fetched" in page
    assert "example.invalid" in page
    assert "✕ The address does not answer." in page
    while Trial.objects.count() < 20:
        administrator.post("/operator/connection/trial/")
    answer = administrator.post("/operator/connection/trial/")
    assert answer.status_code == 429
    assert "often enough for this hour" in _page(answer)
