"""A moderator at the desk: what waits, one click for an answer, and nothing of anybody else."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client

from haetae.accounts.actions import end_seat_at_operator
from haetae.accounts.models import Official, Operator
from haetae.accounts.permissions import Role
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.flow.deadlines.models import Deadline
from haetae.flow.remedies.actions import want
from haetae.flow.remedies.states import Kind
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review.block.actions import lift
from haetae.flow.review.models import ProvisionalBlock
from haetae.flow.review.rules import Reason as Ground
from haetae.flow.review.states import State as Decided
from haetae.operators.answers.models import Inbound
from tests import people
from tests.commission import commission_decides
from tests.web import sightings

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)


def _page(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def _asked(number: int = 1, *, host: str = "board.example") -> UUID:
    return sightings.asked(sightings.found(number, host=host))


def _say(browser: Client, request_id: UUID, **sent: str):
    return browser.post(f"/operator/requests/{request_id}/answer/", sent)


def _state(request_id: UUID) -> str:
    return DeletionRequest.objects.get(pk=request_id).state


def test_the_most_urgent_stands_first_and_law_and_target_are_never_mixed(board, moderator):
    Operator.objects.filter(pk=board.pk).update(zone="America/Los_Angeles")
    with time_machine.travel(NOW, tick=False) as traveller:
        first = _asked(1)
        traveller.shift(timedelta(hours=3))
        second = _asked(2)
        Deadline.objects.filter(subject_id=second, basis="policy", kind="remove").update(
            due_at=clock.now() + timedelta(hours=1)
        )
        page = _page(moderator.get("/operator/"))
    assert re.findall(r'id="q-([0-9a-f-]+)"', page) == [str(second), str(first)]
    assert "https://board.example/posts/1" in page
    assert "<dt>Law</dt><dd>without delay" in page
    assert "21 h left" in page
    assert "2026-11-26 17:00 Los Angeles · 2026-11-27 10:00 Seoul" in page, (
        "the operator's clock first, then Seoul's"
    )
    assert "<img" not in page.replace("<image", "<img")


def test_one_click_is_one_answer_and_a_double_click_too(board, moderator):
    request_id = _asked()
    key = str(uuid4())
    answers = [_say(moderator, request_id, word="removed", key=key, back="list") for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == [f"/operator/?said={request_id}"] * 2
    assert _state(request_id) == "claimed"
    taken = Inbound.objects.get(outcome="taken")
    assert (taken.way, taken.word, taken.official.username) == ("desk", "removed", people.MODERATOR.name)
    page = _page(moderator.get(answers[0].headers["Location"]))
    assert "said removed: we look" in page
    assert 'value="unsure"' not in page, "a claim is not taken back: we look"


def test_cannot_tell_asks_nothing_says_what_happens_and_leaves_the_way_open(board, moderator):
    request_id = _asked()
    page = _page(moderator.get(_say(moderator, request_id, word="unsure").headers["Location"]))
    assert "That is a right answer. The review commission decides within 24 h." in page
    assert "It is hidden now" in page
    assert {'value="removed"', 'value="lawful"'} <= set(re.findall(r'value="[a-z]+"', page))
    _say(moderator, request_id, word="hidden")
    assert ProvisionalBlock.objects.get().state == "claimed"
    assert "It stays hidden until then." in _page(moderator.get(f"/operator/?said={request_id}"))
    _say(moderator, request_id, word="removed")
    assert _state(request_id) == "claimed"


def test_a_refusal_is_its_reason_and_a_private_chat_is_out_of_scope(board, moderator):
    request_id = _asked()
    page = _page(moderator.get("/operator/"))
    assert "A private chat: out of scope" in page
    page = _page(moderator.get(_say(moderator, request_id, reason="private_chat").headers["Location"]))
    assert _state(request_id) == "refused"
    assert "We ask about public pages alone" in page
    assert 'name="reason"' not in page


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        ({"word": "refused"}, 422, "A refusal needs its reason"),
        ({"word": "nonsense"}, 422, "could not be read"),
        ({"word": "received"}, 422, "could not be read"),
        ({"reason": "nonsense"}, 422, "could not be read"),
        ({}, 422, "could not be read"),
        ({"word": "hidden"}, 409, "Nothing is hidden for now"),
    ],
)
def test_what_cannot_be_said_is_refused_with_why_and_the_way_out(board, moderator, sent, status, words):
    request_id = _asked()
    answer = _say(moderator, request_id, **sent)
    assert answer.status_code == status
    assert words in _page(answer)
    assert _state(request_id) == "requested"


def test_what_comes_too_late_changes_nothing_and_says_how_it_stands(board, moderator):
    request_id = _asked()
    _say(moderator, request_id, word="removed")
    answer = _say(moderator, request_id, word="unsure")
    assert answer.status_code == 409
    assert "can no longer be said" in _page(answer)
    assert _state(request_id) == "claimed"


def test_another_operators_request_is_not_there_and_the_try_is_kept(board, other_board, moderator):
    theirs, nobodys = _asked(9, host="other.example"), uuid4()
    for request_id, outcome, times in ((theirs, "not_yours", 2), (nobodys, "unknown_request", 1)):
        looked, said = (
            moderator.get(f"/operator/requests/{request_id}/"),
            _say(moderator, request_id, word="removed"),
        )
        assert (looked.status_code, said.status_code) == (404, 404)
        for answer in (looked, said):
            assert "There is no request to your platform under this number." in _page(answer)
            assert "other.example" not in _page(answer)
        kept = Inbound.objects.filter(request_id=request_id)
        assert set(kept.values_list("outcome", "operator")) == {(outcome, board.pk)}
        assert kept.count() == times
    assert _state(theirs) == "requested"
    page = _page(moderator.get(f"/operator/?said={theirs}"))
    assert "other.example" not in page


def test_whose_seat_has_ended_sees_and_says_nothing_and_officials_have_no_desk(
    board, moderator, at_desk, control_room
):
    request_id = _asked()
    at_desk(people.STRANGER, Role.OPERATOR_ADMINISTRATOR, board)  # somebody stays
    official = Official.objects.get(username=people.MODERATOR.name)
    yesterday = clock.now().date() - timedelta(days=1)
    end_seat_at_operator(official=official, operator=board, last_day=yesterday, actor=SYSTEM)
    for browser in (moderator, control_room):
        assert browser.get("/operator/").status_code in {302, 403}
        assert browser.get(f"/operator/requests/{request_id}/").status_code in {302, 403}
        assert _say(browser, request_id, word="removed").status_code in {302, 403}
    assert _state(request_id) == "requested"


def test_no_answer_is_taken_without_the_token_of_the_form(board, moderator):
    request_id = _asked()
    moderator.handler.enforce_csrf_checks = True
    assert _say(moderator, request_id, word="removed").status_code == 403
    assert _state(request_id) == "requested"


def test_what_was_decided_to_stay_is_asked_back_before_anything_else(board, moderator, reviewer):
    review_id = sightings.contested(1)
    commission_decides(review_id, decision=Decided.NOT_HARMFUL, reason=Ground.LAWFUL)
    block, waiting = ProvisionalBlock.objects.get(), _asked(2)
    lift(block_id=block.pk, others=[])
    page = _page(moderator.get("/operator/"))
    assert re.findall(r'id="q-([0-9a-f-]+)"', page) == [str(block.request_id), str(waiting)]
    assert "Show it again: decided by the review commission" in page
    _say(moderator, block.request_id, word="restored")
    block.refresh_from_db()
    assert block.state == "lift_claimed"


def test_numbers_and_connection_are_the_operators_own(board, other_board, moderator):
    _say(moderator, _asked(1), word="removed")
    _asked(9, host="other.example")
    numbers, connection = (
        _page(moderator.get("/operator/numbers/")),
        _page(moderator.get("/operator/connection/")),
    )
    assert '<td data-age="requests">1</td>' in numbers
    assert "https://board.example" in connection
    assert "other.example" not in numbers + connection
    assert people.MODERATOR.name in connection


def test_statements_of_reasons_are_taken_along_by_whoever_made_them(board, other_board, moderator):
    _say(moderator, _asked(1), word="removed")
    answer = moderator.get("/operator/numbers/statements.json?days=30")
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    told = answer.json()
    assert sum(len(batch["statements"]) for batch in told["batches"]) == 1
    assert "board.example" not in answer.content.decode(), "no address goes into a public database"
    assert "Link" not in answer, "it is the only file"
    refused = moderator.get("/operator/numbers/statements.json?from=nonsense")
    assert (refused.status_code, list(refused.json())) == (400, ["error"])


def test_who_stands_between_has_a_desk_too(board, other_board, moderator):
    """A host, a search engine, an access provider: what is asked of it waits in the same list."""
    Operator.objects.filter(pk=board.pk).update(kind="search")
    request_id = _asked(9, host="other.example")
    asked_of_others = DeletionRequest.objects.get(pk=request_id)
    remedy_id = want(
        sighting_id=asked_of_others.sighting_id,
        request_id=request_id,
        intermediary=Operator.objects.get(pk=board.pk),
        kind=Kind.DE_INDEX,
    )
    page = _page(moderator.get("/operator/"))
    assert "search engine: asked to leave it out of its results" in page
    assert f"/operator/requests/{remedy_id}/answer/" in page
    done = moderator.post(f"/operator/requests/{remedy_id}/answer/", {"word": "removed", "back": "list"})
    told = _page(moderator.get(done["Location"]))
    assert "never as a removal" in told
    assert _state(request_id) != "claimed"
    late = moderator.post(f"/operator/requests/{remedy_id}/answer/", {"word": "unsure"})
    assert late.status_code == 409
    assert "can no longer be said" in _page(late)
