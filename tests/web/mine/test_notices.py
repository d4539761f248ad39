"""The page on which a person chooses to be written to: only in an open window, and only where mail can be sent."""

from collections.abc import Iterator

import pytest

from haetae.accounts.actions import seat_official
from haetae.accounts.permissions import Role
from haetae.agencies.support.models import Mailbox, Notice
from haetae.agencies.support.notices.jobs import send_notice
from haetae.agencies.support.retention.actions import set_hold
from haetae.agencies.support.retention.states import Part
from haetae.agencies.support.states import Circumstance
from haetae.audit.actor import SYSTEM
from tests.agencies.ending import order
from tests.agencies.mailing import MAILBOX, account_at, cadence_of, number_in
from tests.people import OFFICER
from tests.post_office import PostOffice, post_office
from tests.web.mine.people_inside import inside, page, text_of

pytestmark = pytest.mark.django_db
NOTICES = "/mine/notices/"


@pytest.fixture
def office(settings) -> Iterator[PostOffice]:
    with post_office() as opened:
        settings.MAIL = account_at(opened)
        yield opened


def number(office: PostOffice) -> str:
    send_notice(str(Notice.objects.get(cause="confirm", state="planned").pk))
    return number_in(office.letters[-1])


def test_without_a_mail_server_nobody_reads_of_notices(visitor, settings):
    assert settings.MAIL is None
    browser = visitor("en")
    inside(browser)
    assert NOTICES not in page(browser)
    assert browser.get(NOTICES).status_code == 303
    answer = browser.post(NOTICES, {"cadence": "when_gone", "mailbox": MAILBOX})
    assert (answer["Location"], Mailbox.objects.count()) == ("/mine/", 0)


def test_without_an_open_window_nothing_is_chosen(visitor, office):
    answer = visitor("en").post(NOTICES, {"cadence": "when_gone", "mailbox": MAILBOX})
    assert (answer["Location"], Mailbox.objects.count()) == ("/mine/?closed", 0)


def test_never_is_what_is_chosen_before_anybody_chooses(visitor, office):
    browser = visitor("en")
    inside(browser)
    assert "Off. A mail that says nothing" in page(browser)
    told = page(browser, NOTICES)
    assert 'value="never" checked' in told
    assert "Whoever can read this mailbox sees that a mail came." in told
    assert "dangerous if somebody at home" not in told


def test_who_is_not_safe_at_home_is_warned_once_more(visitor, office):
    browser = visitor("en")
    inside(browser, circumstances=[Circumstance.GUARDIAN_UNSAFE])
    assert "dangerous if somebody at home found out" in page(browser, NOTICES)


def test_from_choosing_to_the_number_and_back_to_never(visitor, office):
    browser = visitor("en")
    opened = inside(browser)
    answer = browser.post(NOTICES, {"cadence": "when_gone", "mailbox": f" {MAILBOX} "}, follow=True)
    assert "A mail with a number is on its way." in text_of(answer)
    assert MAILBOX not in text_of(answer)
    assert "a.…@post.example" in text_of(answer)
    assert cadence_of(opened) == "never"
    answer = browser.post(
        NOTICES, {"code": f" {number(office)[:3]} {number_in(office.letters[-1])[3:]} "}, follow=True
    )
    assert "Done. We write to you as you have chosen." in text_of(answer)
    assert cadence_of(opened) == "when_gone"
    told = page(browser)
    assert "We never write to you by ourselves" not in told
    assert "Erase who I am" in told
    answer = browser.post(NOTICES, {"cadence": "monthly", "mailbox": ""}, follow=True)
    assert "Changed." in text_of(answer)
    assert cadence_of(opened) == "monthly"
    answer = browser.post(NOTICES, {"cadence": "never", "mailbox": ""}, follow=True)
    assert "Nobody writes to you." in text_of(answer)
    assert (cadence_of(opened), Mailbox.objects.count()) == ("never", 0)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"cadence": "when_gone", "mailbox": ""}, "We need an address to write to."),
        ({"cadence": "monthly", "mailbox": "<b>no</b>"}, "This is not an e-mail address"),
        ({"code": "000000"}, "There is nothing to confirm any more."),
    ],
)
def test_what_cannot_be_done_is_said_and_what_was_typed_stays(visitor, office, sent, sentence):
    browser = visitor("en")
    inside(browser)
    answer = browser.post(NOTICES, sent)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "<b>no" not in text_of(answer)
    assert "mailbox" not in sent or f'value="{sent["cadence"]}" checked' in text_of(answer)
    assert Mailbox.objects.count() == 0


def test_a_mail_that_was_refused_is_said_on_the_page(visitor, office):
    browser = visitor("en")
    inside(browser)
    browser.post(NOTICES, {"cadence": "when_gone", "mailbox": MAILBOX})
    office.manners.next = ["unknown_mailbox"]
    send_notice(str(Notice.objects.get().pk))
    assert "could not be delivered, or we do not know" in page(browser, NOTICES)


def test_a_hold_keeps_the_mailbox_and_nobody_writes_there(visitor, office):
    browser = visitor("en")
    opened = inside(browser)
    browser.post(NOTICES, {"cadence": "when_gone", "mailbox": MAILBOX})
    browser.post(NOTICES, {"code": number(office)})
    official = seat_official(
        username=OFFICER.name, role=Role.POLICE_OFFICER, agency="police",
        since=opened.case.opened_at.date(), actor=SYSTEM,
    )  # fmt: skip
    set_hold(case_id=opened.case.pk, order=order(official, keeps=frozenset({Part.IDENTITY})))
    answer = browser.post(NOTICES, {"cadence": "never", "mailbox": ""}, follow=True)
    assert "The address stays sealed for now" in text_of(answer)
    assert (cadence_of(opened), Mailbox.objects.get().confirmed_at) == ("never", None)
    assert 'value="never" checked' in page(browser, NOTICES)
    answer = browser.post(NOTICES, {"cadence": "monthly", "mailbox": "another@post.example"})
    assert "It cannot be changed now" in text_of(answer)
