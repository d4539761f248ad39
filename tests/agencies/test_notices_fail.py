"""The mail server misbehaves, or we are killed: nobody gets two, nothing is blocked, nothing is said to be sent."""

from datetime import timedelta

import pytest

from haetae.agencies.support.models import Notice
from haetae.agencies.support.notices import jobs
from haetae.agencies.support.notices.actions import choose_notices
from haetae.agencies.support.notices.jobs import send_notice
from haetae.agencies.support.states import Cadence
from haetae.audit.models import Event
from haetae.common.keys import KeysAwayError
from haetae.connectors import mail
from haetae.flow.deadlines.models import Deadline
from tests.agencies.mailing import MAILBOX, a_case, a_place, account_at, go_on, is_proven_gone, wanting

pytestmark = pytest.mark.django_db


def _planned(office, standing) -> Notice:
    """A mail that is due now."""
    is_proven_gone(a_place(wanting(office, standing)))
    return Notice.objects.get(cause="gone")


def _state(notice: Notice) -> tuple[str, int]:
    notice.refresh_from_db()
    return notice.state, notice.tries


@pytest.mark.parametrize("manners", ["closes", "later", "content_later", "hangs"])
def test_a_server_that_is_not_ready_gets_it_later(office, standing, manners, monkeypatch):
    monkeypatch.setattr(mail.send, "__kwdefaults__", {"timeout_s": 0.3})
    notice = _planned(office, standing)
    office.manners.next = [manners]
    go_on(standing)
    assert (_state(notice), len(office.letters)) == (("planned", 1), 0)
    go_on(standing, after=timedelta(minutes=4))
    assert office.visits == 2, "the number, and this one: the pause is not over"
    go_on(standing, after=timedelta(minutes=2))
    assert (_state(notice), len(office.letters)) == (("sent", 2), 1)


def test_after_some_tries_it_is_given_up_and_the_next_is_not_held_up(office, standing):
    opened = wanting(office, standing)
    is_proven_gone(a_place(opened))
    office.manners.next = ["later"] * 5
    for _ in range(6):
        go_on(standing, after=timedelta(hours=9))
    notice = Notice.objects.get(cause="gone")
    assert (_state(notice), len(office.letters)) == (("failed", 5), 0)
    is_proven_gone(a_place(opened, number=2))
    go_on(standing)
    assert len(office.letters) == 1


def test_a_mailbox_that_does_not_exist_is_not_tried_again(office, standing):
    notice = _planned(office, standing)
    office.manners.next = ["unknown_mailbox"]
    go_on(standing)
    assert _state(notice) == ("failed", 1)
    go_on(standing, after=timedelta(days=2))
    assert office.letters == []
    assert Event.objects.get(name="support.notice_unsent").facts["code"] == "mailbox_refused"


def test_what_may_have_arrived_is_not_sent_again(office, standing):
    notice = _planned(office, standing)
    office.manners.next = ["takes_and_closes"]
    go_on(standing)
    assert (_state(notice), len(office.letters)) == (("unsure", 1), 1)
    go_on(standing, after=timedelta(days=2))
    send_notice(str(notice.pk))
    assert len(office.letters) == 1


def test_a_job_that_runs_twice_sends_once(office, standing):
    notice = _planned(office, standing)
    send_notice(str(notice.pk))
    send_notice(str(notice.pk))
    assert (_state(notice), len(office.letters)) == (("sent", 1), 1)


@pytest.mark.parametrize("has_arrived", [True, False], ids=["after it was taken", "before it was handed in"])
def test_a_worker_that_is_killed_half_way_leaves_no_second_mail(
    office,
    standing,
    monkeypatch,
    has_arrived,
):
    notice = _planned(office, standing)

    class Killed(BaseException):
        pass

    def killed(letter: mail.Letter, **more: object) -> None:
        if has_arrived:
            handed_in(letter, **more)  # type: ignore[arg-type]
        raise Killed

    handed_in = mail.send
    monkeypatch.setattr(jobs.mail, "send", killed)
    with pytest.raises(Killed):
        send_notice(str(notice.pk))
    assert _state(notice) == ("sending", 1)
    monkeypatch.setattr(jobs.mail, "send", handed_in)
    send_notice(str(notice.pk))
    assert (_state(notice), len(office.letters)) == (("unsure", 1), int(has_arrived))


def test_without_the_key_service_nothing_is_begun_and_the_job_comes_back(office, standing, monkeypatch):
    from django.conf import settings

    notice = _planned(office, standing)

    def away(*_: object, **__: object) -> bytes:
        raise KeysAwayError

    with monkeypatch.context() as without:
        without.setattr(settings.KEYS, "open_case_key", away)
        with pytest.raises(KeysAwayError):
            send_notice(str(notice.pk))
    assert (_state(notice), len(office.letters)) == (("planned", 0), 0)
    send_notice(str(notice.pk))
    assert len(office.letters) == 1


def test_a_server_that_is_taken_away_opens_no_mailbox(office, standing, settings):
    notice = _planned(office, standing)
    settings.MAIL = None
    go_on(standing)
    assert _state(notice) == ("failed", 0)
    assert not Deadline.objects.filter(kind="notice", state="set").exists()


def test_a_certificate_that_nobody_vouches_for_gets_nothing(office, standing, settings):
    """Neither by TLS from the first byte nor, outside this machine, without STARTTLS."""
    settings.MAIL = account_at(office, is_tls=True)
    choose_notices(opened=a_case(), cadence=Cadence.WHEN_GONE, address=MAILBOX)
    go_on(standing)
    assert Notice.objects.get().state == "planned"
    settings.MAIL = account_at(office, host="127.0.0.2")
    go_on(standing, after=timedelta(hours=1))
    assert office.letters == []
    assert not any(MAILBOX.encode() in line for line in office.wire)
