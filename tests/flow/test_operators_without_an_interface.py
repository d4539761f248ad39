"""An operator that has only a mailbox gets a letter, and answers by the link in it."""

import email
import email.policy
import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from board import Board
from django.core.signing import Signer
from steps import found, request_state, wait
from work import do_all_jobs

from haetae.accounts.actions import Standing, register_operator
from haetae.accounts.models import Operator
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.answer_links import AnswerLink, NotOurLinkError, read_token
from haetae.common.mail_account import Account
from haetae.connectors.email.connector import EmailConnector
from haetae.flow.deadlines.models import Deadline
from haetae.flow.deadlines.states import Kind
from haetae.flow.deadlines.states import State as Due
from haetae.flow.delivery.models import Attempt, Delivery
from haetae.flow.removal.actions import operator_answered
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.states import State
from haetae.flow.tasks.models import Task
from tests.post_office import PostOffice, post_office

pytestmark = pytest.mark.django_db
MAILBOX = "abuse@board.example"


@pytest.fixture
def office(settings) -> Iterator[PostOffice]:
    with post_office() as opened:
        settings.MAIL = Account(
            host="127.0.0.1", port=opened.port, is_tls=False, sender="requests@agency.example"
        )
        yield opened


@pytest.fixture
def operator(db: None) -> Operator:
    return register_operator(
        name="Board",
        connector="email",
        origin="https://board.example",
        standing=Standing(mailbox=MAILBOX, jurisdiction="us", zone="America/New_York", language="en"),
        actor=SYSTEM,
    )


@pytest.fixture
def picture_up(
    operator: Operator,
    board: Board,
    coffee: bytes,
    make_known: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> Board:
    """The picture is found by looking, and asked about by the real connector."""
    board.picture = coffee
    monkeypatch.setattr(
        "haetae.flow.removal.jobs.connector_for", lambda operator: EmailConnector(operator=operator)
    )
    make_known(coffee)
    return board


def text_of(letter: bytes) -> str:
    read = email.message_from_bytes(letter, policy=email.policy.default)
    return str(read.get_body().get_content())  # type: ignore[union-attr]


def link_in(letter: bytes) -> AnswerLink:
    token = re.search(r"/operator/answer/(\S+)/", text_of(letter))
    assert token
    return read_token(token[1])


def test_the_letter_says_where_why_until_when_and_how_to_answer(
    picture_up: Board, office: PostOffice, operator: Operator
) -> None:
    found()
    assert request_state() == "sent"
    request, said = DeletionRequest.objects.get(), text_of(office.letters[0])
    assert office.letters[0].count(b"\r\nTo: abuse@board.example") == 1
    assert b"Reply-To: requests@agency.example" in office.letters[0], "people answer people"
    assert request.sighting.page_url in said
    assert "America/New_York" in said, "its own clock first"
    link = link_in(office.letters[0])
    assert (link.request_id, link.operator_id, link.number) == (request.key, operator.pk, 0)
    assert link.over_at > clock.now() + timedelta(days=29)


def test_each_attempt_is_the_same_letter(picture_up: Board, office: PostOffice, moving_clock) -> None:
    office.manners.next = ["takes_and_closes", "later"]
    found()
    for _ in range(3):
        wait(moving_clock, minutes=10)
    assert request_state() == "sent"
    assert len(office.letters) == 2, "the first may have arrived, and the last has"
    assert office.letters[0] == office.letters[1]


def test_a_letter_on_its_way_is_no_answer_and_begins_no_term(picture_up: Board, office: PostOffice) -> None:
    found()
    request = DeletionRequest.objects.get()
    running = Deadline.objects.filter(subject_id=request.pk, state=Due.SET)
    assert running.filter(kind=Kind.ACKNOWLEDGE).exists(), "nobody there has said anything"
    assert not running.filter(pack="us").exists(), "nor do we know that anybody there has it"
    operator_answered(request_id=request.pk, answer=State.UNSURE, actor=SYSTEM)
    rows = Deadline.objects.filter(subject_id=request.pk)
    assert rows.get(kind=Kind.ACKNOWLEDGE).state == Due.MET
    assert rows.filter(pack="us").exists()


def test_a_mailbox_that_is_no_more_calls_people(picture_up: Board, office: PostOffice) -> None:
    office.manners.next = ["unknown_mailbox"]
    found()
    do_all_jobs()
    assert request_state() == "undeliverable"
    assert Attempt.objects.get().outcome == "mail_mailbox_refused"
    assert Task.objects.filter(subject_id=Delivery.objects.get().pk).exists()


def test_without_mail_set_up_nobody_waits_in_vain(picture_up: Board, settings) -> None:
    settings.MAIL = None
    found()
    do_all_jobs()
    assert request_state() == "undeliverable"


def test_nobody_is_written_to_again_and_again_for_an_answer(
    picture_up: Board, office: PostOffice, moving_clock
) -> None:
    found()
    wait(moving_clock, hours=20)
    assert len(office.letters) == 1


def test_the_way_says_by_itself_whether_it_works(operator: Operator, office: PostOffice, settings) -> None:
    way = EmailConnector(operator=operator)
    assert {check.code: check.passed for check in way.self_test() if check.code != "front_page"} == {
        "mailbox": True,
        "mail_server": True,
    }
    assert office.letters == []
    settings.MAIL = None
    assert not next(check for check in way.self_test() if check.code == "mail_server").passed


@pytest.mark.parametrize("change", ["cut", "letter", "other_salt", "long"])
def test_a_link_that_somebody_changed_is_none_of_ours(change: str, operator: Operator) -> None:
    link = AnswerLink(request_id=operator.pk, operator_id=operator.pk, number=0, over_at=clock.now())
    token = link.token()
    assert read_token(token).request_id == operator.pk
    changed = {
        "cut": token[:-1],
        "letter": ("A" if token[0] != "A" else "B") + token[1:],
        "other_salt": Signer(salt="another").sign_object([operator.pk.hex, operator.pk.hex, 0, 1]),
        "long": token * 9,
    }[change]
    with pytest.raises(NotOurLinkError):
        read_token(changed)
