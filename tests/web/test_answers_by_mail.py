"""A moderator without an account answers by the link in a mail: one click, one answer, one link."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from haetae.accounts.actions import Standing, register_operator
from haetae.accounts.models import Operator, OperatorKind
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.answer_links import OPEN_FOR, AnswerLink
from haetae.flow.arrival.actions import register_sighting
from haetae.flow.arrival.models import Sighting
from haetae.flow.arrival.states import Source
from haetae.flow.assessment.actions import open_assessment
from haetae.flow.remedies.actions import want
from haetae.flow.remedies.models import Remedy
from haetae.flow.remedies.states import Kind
from haetae.flow.removal import actions as removal
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.states import State
from haetae.operators.answers.models import Inbound, Knock

pytestmark = pytest.mark.django_db
PAGE = "https://board.example/posts/1"


@pytest.fixture
def board(db: None) -> Operator:
    return register_operator(name="Board", connector="email", origin="https://board.example", actor=SYSTEM)


@pytest.fixture
def asked(board: Operator) -> DeletionRequest:
    sighting_id = register_sighting(page_url=PAGE, media_url=f"{PAGE}.jpg", source=Source.REPORT)
    Sighting.objects.filter(pk=sighting_id).update(operator=board)
    examined = open_assessment(sighting_id=sighting_id, reported=True)
    request_id = removal.request_deletion(sighting_id=sighting_id, assessment_id=examined)
    DeletionRequest.objects.filter(pk=request_id).update(state=State.SENT)
    return DeletionRequest.objects.get(pk=request_id)


@pytest.fixture
def browser() -> Client:
    return Client(headers={"accept-language": "en"}, enforce_csrf_checks=False)


def link_to(asked: DeletionRequest, **other: object) -> str:
    fields = {
        "request_id": asked.key,
        "operator_id": asked.sighting.operator_id,
        "number": 0,
        "over_at": clock.now() + OPEN_FOR,
    }
    return f"/operator/answer/{AnswerLink(**{**fields, **other}).token()}/"  # type: ignore[arg-type]


def state_of(asked: DeletionRequest) -> str:
    return DeletionRequest.objects.values_list("state", flat=True).get(pk=asked.pk)


def test_opening_the_link_shows_what_is_asked_and_changes_nothing(
    asked: DeletionRequest, browser: Client
) -> None:
    page = browser.get(link_to(asked))
    assert page.status_code == 200
    text = page.content.decode()
    assert PAGE in text
    assert 'name="word" value="removed"' in text
    assert 'name="word" value="unsure"' in text
    assert state_of(asked) == "sent"
    assert not Inbound.objects.exists()


def test_one_click_answers_and_the_page_after_it_can_correct(asked: DeletionRequest, browser: Client) -> None:
    first = link_to(asked)
    done = browser.post(first, {"word": "unsure"})
    assert done.status_code == 302
    assert state_of(asked) == "unsure"
    onwards = browser.get(done["Location"])
    assert b"That is a right answer" in onwards.content
    corrected = browser.post(done["Location"], {"word": "removed"})
    assert corrected.status_code == 302
    assert state_of(asked) == "claimed"


def test_a_link_brings_one_answer(asked: DeletionRequest, browser: Client) -> None:
    link = link_to(asked)
    browser.post(link, {"word": "unsure"})
    again = browser.post(link, {"word": "removed"})
    assert again.status_code == 409
    assert b"This link has been used" in again.content
    assert state_of(asked) == "unsure"
    assert list(Inbound.objects.order_by("at").values_list("outcome", flat=True)) == ["taken", "replayed"]
    looked = browser.get(link)
    assert b"This link has been used" in looked.content
    assert b'name="word"' not in looked.content


def test_a_refusal_says_why_and_a_private_chat_is_out_of_scope(
    asked: DeletionRequest, browser: Client
) -> None:
    done = browser.post(link_to(asked), {"reason": "private_chat"})
    assert state_of(asked) == "refused"
    text = browser.get(done["Location"]).content.decode()
    assert "We ask about public pages alone" in text


def test_what_no_button_sends_is_refused_and_recorded(asked: DeletionRequest, browser: Client) -> None:
    answer = browser.post(link_to(asked), {"word": "everything"})
    assert answer.status_code == 422
    assert state_of(asked) == "sent"
    assert Inbound.objects.get().outcome == "malformed"


def test_a_link_that_is_over_takes_nothing(asked: DeletionRequest, browser: Client) -> None:
    link = link_to(asked)
    with time_machine.travel(clock.now() + OPEN_FOR + timedelta(minutes=1), tick=False):
        assert browser.get(link).status_code == 410
        assert browser.post(link, {"word": "removed"}).status_code == 410
    assert state_of(asked) == "sent"
    assert Inbound.objects.get().outcome == "link_over"


def test_a_forged_link_shows_nothing_and_is_counted(asked: DeletionRequest, browser: Client) -> None:
    link = link_to(asked)
    forged = link[:-3] + ("x" if link[-3] != "x" else "y") + link[-2:]
    answer = browser.get(forged)
    assert answer.status_code == 404
    assert PAGE not in answer.content.decode()
    assert not Knock.objects.exists()
    assert browser.post(forged, {"word": "removed"}).status_code == 404
    assert state_of(asked) == "sent"
    assert Knock.objects.get().outcome == "bad_signature"


def test_a_link_of_one_operator_opens_nothing_of_another(asked: DeletionRequest, browser: Client) -> None:
    other = register_operator(name="Other", connector="email", origin="https://o.example", actor=SYSTEM)
    answer = browser.get(link_to(asked, operator_id=other.pk))
    assert answer.status_code == 404
    assert PAGE not in answer.content.decode()


def test_the_form_needs_the_cookie_of_this_side(asked: DeletionRequest) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link_to(asked), {"word": "removed"}).status_code == 403
    assert state_of(asked) == "sent"
    page = strict.get(link_to(asked)).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    sent = {"word": "removed", "csrfmiddlewaretoken": token[1]}
    assert strict.post(link_to(asked), sent).status_code == 302


def test_a_host_without_an_interface_answers_by_the_link_too_and_it_counts_as_no_removal(
    asked: DeletionRequest, browser: Client
) -> None:
    host = register_operator(
        name="Host",
        connector="xarf",
        origin="https://host.example",
        standing=Standing(kind=OperatorKind.HOST, mailbox="abuse@host.example"),
        actor=SYSTEM,
    )
    remedy_id = want(
        sighting_id=asked.sighting_id, request_id=asked.pk, intermediary=host, kind=Kind.HOST_NOTICE
    )
    remedy = Remedy.objects.get(pk=remedy_id)
    link = link_to(asked, request_id=remedy.key, operator_id=host.pk)
    assert PAGE in browser.get(link).content.decode()
    done = browser.post(link, {"word": "removed"})
    assert done.status_code == 302
    assert b"never as a removal" in browser.get(done["Location"]).content
    remedy.refresh_from_db()
    assert (remedy.state, state_of(asked)) == ("claimed", "sent")
    board_id = asked.sighting.operator_id
    assert browser.get(link_to(asked, request_id=remedy.key, operator_id=board_id)).status_code == 404
