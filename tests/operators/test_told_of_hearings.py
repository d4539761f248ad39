"""An operator learns that its word is waited for: by mail, from its own questions, and at its desk in any case."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP
from uuid import uuid4

import pytest
from work import do_all_jobs

from haetae.accounts.actions import seat_official
from haetae.accounts.models import Operator
from haetae.accounts.permissions import Role
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.common import clock
from haetae.common.mail_account import Account
from haetae.flow.hearings import actions
from haetae.flow.hearings.jobs import tell
from haetae.flow.hearings.models import Hearing
from haetae.flow.hearings.states import About, Party
from haetae.web.api.scan import keys
from tests import people
from tests.operators.asking import Caller, registered
from tests.post_office import PostOffice, post_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings) -> Iterator[PostOffice]:
    with post_office() as opened:
        settings.MAIL = Account(
            host="127.0.0.1", port=opened.port, is_tls=False, sender="requests@agency.example"
        )
        yield opened


@pytest.fixture
def board() -> Operator:
    keys._remembered.clear()
    found = registered()
    Operator.objects.filter(pk=found.pk).update(mailbox="desk@board.example", language="ko")
    return Operator.objects.get(pk=found.pk)


def asked(operator: Operator, about: About = About.ORDER) -> Hearing:
    official = seat_official(
        username=people.REGULATOR.name,
        role=Role.REGULATOR,
        agency="regulator",
        since=clock.now().date(),
        actor=SYSTEM,
    )
    hearing_id = actions.ask(
        about=about,
        subject_id=uuid4(),
        party=Party.OPERATOR,
        operator=operator,
        until=clock.now() + timedelta(days=3),
        source="haetae",
        official_id=official.pk,
        matter="Name an officer.",
    )
    do_all_jobs()
    return Hearing.objects.get(pk=hearing_id)


def test_one_letter_leads_to_the_desk_and_says_nothing_of_what_it_is_about(office, board) -> None:
    hearing = asked(board)
    assert hearing.told == "mail"
    tell(str(hearing.pk))
    (letter,) = office.letters
    text = message_from_bytes(letter, policy=SMTP).get_content()
    assert f"/operator/hearings/{hearing.pk}/" in text
    assert "시정명령" in text
    assert "Name an officer." not in text
    assert [event.facts["code"] for event in Event.objects.filter(name="hearings.told")] == ["mail"]


def test_where_no_mail_can_be_sent_whoever_asked_reads_that(board, settings) -> None:
    settings.MAIL = None
    assert asked(board).told == "no_mail_server"
    board.mailbox = ""
    board.save()
    assert asked(board).told == "no_mailbox"


def test_a_mailbox_that_takes_nothing_is_said_and_one_that_answered_meanwhile_gets_no_mail(
    office, board
) -> None:
    office.manners.next = ["unknown_mailbox"]
    assert asked(board).told == "mail_refused"
    Hearing.objects.update(told="", state="waived")
    tell(str(Hearing.objects.get().pk))
    assert office.letters == []


def test_a_system_that_fetches_reads_what_waits_for_its_peoples_word_and_no_one_elses(board) -> None:
    hearing = asked(board)
    other = Operator.objects.create(name="Other", connector="polling", origin="https://other.example")
    asked(other)
    (one,) = Caller(board).get("/hearings/").json()["hearings"]
    assert (one["id"], one["about"]) == (str(hearing.pk), "order")
    assert one["page"].endswith(f"/operator/hearings/{hearing.pk}/")
    actions.waived(hearing_id=hearing.pk, actor=SYSTEM)
    assert Caller(board).get("/hearings/").json() == {"hearings": []}
