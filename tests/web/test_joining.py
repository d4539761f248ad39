"""An operator asks to be reached: it shows that the address is its own, and two different officials let it in."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from haetae.accounts.models import Official, Operator
from haetae.audit.models import Event
from haetae.common import clock
from haetae.common.outbound import Fetched
from haetae.connectors.base import UnreachableError
from haetae.connectors.web_page.connector import WebPageConnector
from haetae.operators.onboarding import jobs, rules
from haetae.operators.onboarding.models import Application
from tests import people
from tests.web.joining import applied

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(monkeypatch) -> dict[str, bytes]:
    """What the applicant's web server shows, by address; what it does not show is 404."""
    shown: dict[str, bytes] = {}

    def fetched(url, **_):
        if url not in shown:
            return Fetched(status=404, headers={}, body=b"", url=url, hops=(), peer=None, duration_s=0.0)
        return Fetched(status=200, headers={}, body=shown[url], url=url, hops=(), peer=None, duration_s=0.0)

    monkeypatch.setattr(jobs.door, "get_straight", fetched)
    return shown


def _look(browser: Client, where: str, application: Application) -> None:
    assert browser.post(f"{where}look/").status_code == 302
    assert Event.objects.filter(name="onboarding.look_asked", subject_id=str(application.pk)).exists()
    jobs.look(application_id=str(application.pk))
    application.refresh_from_db()


def _proven(visitor, site, **changed: str) -> tuple[Client, str, Application]:
    browser, where, application = applied(visitor, **changed)
    site[f"{application.origin}{rules.PROOF_PATH}"] = application.proof.encode() + b"\r\n"
    _look(browser, where, application)
    assert application.state == "proven"
    return browser, where, application


def _desk(application: Application, verb: str = "") -> str:
    return f"/console/applications/{application.pk}/{verb}"


def test_from_the_form_to_the_first_sign_in(visitor, site, regulator, second_regulator):
    browser, where, application = _proven(visitor, site)
    assert "Two officials now decide" in browser.get(where).content.decode()
    assert "Newcomer" in regulator.get("/console/applications/").content.decode()
    assert regulator.post(_desk(application, "approve/")).status_code == 302
    assert not Operator.objects.exists(), "one is not enough"
    assert second_regulator.post(_desk(application, "approve/")).status_code == 302
    operator = Operator.objects.get()
    told = (operator.name, operator.origin, operator.connector, operator.jurisdiction, operator.zone)
    assert told == ("Newcomer", "https://newcomer.example", "email", "eu", "Europe/Berlin")
    assert operator.public_only, "who registers itself gets no way to addresses inside"
    assert WebPageConnector(operator=operator).origins == frozenset()
    page = second_regulator.post(_desk(application, "link/")).content.decode()
    link = re.search(r"(/operator/sign-in/once/[^<]+)", page)
    assert link
    assert link[1] not in second_regulator.get(_desk(application)).content.decode(), "shown once"
    newcomer = visitor("en")
    assert newcomer.post(link[1]).headers["Location"] == "/operator/"
    assert newcomer.get("/operator/").status_code == 200
    again = second_regulator.post(_desk(application, "link/"))
    assert again.status_code == 409
    assert "has signed in already" in again.content.decode()
    recorded = list(Event.objects.filter(name__startswith="onboarding.").values_list("name", flat=True))
    for name in ("applied", "proven", "approved_once", "approved", "link_shown"):
        assert f"onboarding.{name}" in recorded


def test_the_same_official_twice_is_refused_with_the_sentence_by_the_page_and_by_the_database(
    visitor, site, regulator, board
):
    _, _, application = _proven(visitor, site)
    regulator.post(_desk(application, "approve/"))
    answer = regulator.post(_desk(application, "approve/"))
    assert answer.status_code == 409
    assert "Another official must be the second." in answer.content.decode()
    assert "Approve as the second" not in regulator.get(_desk(application)).content.decode()
    mine = Official.objects.get(username=people.REGULATOR.name)
    with pytest.raises(IntegrityError, match="application_needs_two_officials"), transaction.atomic():
        Application.objects.update(state="approved", second_by=mine, operator=board)
    with pytest.raises(IntegrityError, match="application_is_approved_by_two"), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(state="approved")


def test_nobody_approves_what_has_not_been_shown(visitor, site, regulator):
    browser, where, application = applied(visitor)
    assert regulator.post(_desk(application, "approve/")).status_code == 409
    for shown, words in (
        (None, "There is no file at that address (404)."),
        (b"something else", "its first line is another one"),
        (b"<html>" + application.proof.encode(), "its first line is another one"),
    ):
        if shown is not None:
            site[f"{application.origin}{rules.PROOF_PATH}"] = shown
        with time_machine.travel(clock.now() + timedelta(minutes=1), tick=False):
            Application.objects.update(look_asked_at=None)
            _look(browser, where, application)
        assert application.state == "not_proven"
        assert words in browser.get(where).content.decode()
    assert "not been shown" in regulator.post(_desk(application, "approve/")).content.decode()


def test_a_server_that_does_not_answer_proves_nothing_and_can_be_asked_again(visitor, site, monkeypatch):
    browser, where, application = applied(visitor)

    def away(_url, **_):
        raise UnreachableError("network_timeout", "It does not answer.")

    with monkeypatch.context() as broken:
        broken.setattr(jobs.door, "get_straight", away)
        _look(browser, where, application)
    assert (application.state, application.found) == ("not_proven", "network_timeout")
    at_once = browser.post(f"{where}look/")
    assert at_once.status_code == 409
    assert "Wait half a minute" in at_once.content.decode()
    site[f"{application.origin}{rules.PROOF_PATH}"] = application.proof.encode()
    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=False):
        _look(browser, where, application)
    assert application.state == "proven"


def test_what_one_applicant_publishes_proves_nothing_for_another_one(visitor, site):
    first, where, application = applied(visitor)
    other, elsewhere, squatter = applied(visitor, name="Squatter")
    assert application.proof != squatter.proof
    site[f"{application.origin}{rules.PROOF_PATH}"] = application.proof.encode()
    _look(other, elsewhere, squatter)
    assert squatter.state == "not_proven"
    _look(first, where, application)
    assert application.state == "proven"
    site[f"{application.origin}{rules.PROOF_PATH}"] = squatter.proof.encode()
    with time_machine.travel(clock.now() + timedelta(minutes=1), tick=False):
        _look(other, elsewhere, squatter)
    assert (squatter.state, squatter.found) == ("not_proven", "proven_for_another")


def test_two_of_one_name_are_not_both_let_in(visitor, site, regulator, second_regulator):
    """The second would take the first one's place, with an origin of its own."""
    _, _, first = _proven(visitor, site)
    _, _, later = _proven(visitor, site, origin="https://elsewhere.example")
    for application in (first, later):
        regulator.post(_desk(application, "approve/"))
    assert second_regulator.post(_desk(first, "approve/")).status_code == 302
    refused = second_regulator.post(_desk(later, "approve/"))
    assert refused.status_code == 409
    assert "registered already" in refused.content.decode()
    assert Operator.objects.get().origin == "https://newcomer.example"
    both = {"state": "approved", "operator": Operator.objects.get()}
    with pytest.raises(IntegrityError, match="one_approved_application_of_a_name"), transaction.atomic():
        Application.objects.filter(pk=later.pk).update(
            second_by=Official.objects.get(username=people.SECOND_REGULATOR.name), **both
        )


@pytest.mark.parametrize("by", ["official", "applicant"])
def test_what_comes_to_nothing_keeps_no_mailbox(visitor, site, regulator, second_regulator, by):
    browser, where, application = _proven(visitor, site)
    if by == "official":
        assert regulator.post(_desk(application, "decline/")).status_code == 422, "a reason is needed"
        regulator.post(_desk(application, "decline/"), {"why": "private_chats"})
        assert "Private chats are out of scope." in browser.get(where).content.decode()
    else:
        browser.post(f"{where}withdraw/")
        assert "Withdrawn." in browser.get(where).content.decode()
    application.refresh_from_db()
    assert (application.mailbox, application.endpoint) == ("", "")
    refused = second_regulator.post(_desk(application, "approve/"))
    assert refused.status_code == 409
    assert "come to its end" in refused.content.decode()
    with pytest.raises(IntegrityError, match="keeps_no_mailbox"), transaction.atomic():
        Application.objects.update(mailbox="desk@newcomer.example")


def test_an_official_without_the_permission_reads_who_could(control_room, visitor, site):
    _, _, application = _proven(visitor, site)
    for verb in ("", "approve/", "decline/", "link/", "mail/"):
        for ask in (control_room.get, control_room.post):
            answer = ask(_desk(application, verb))
            assert answer.status_code == 403, verb
            assert (
                "operator:approve is not part of your role. It belongs to: regulator."
                in answer.content.decode()
            )


def test_the_way_in_goes_by_mail_where_a_server_is_set_up(
    visitor, site, regulator, second_regulator, settings, monkeypatch
):
    from haetae.common.mail_account import Account

    _, _, application = _proven(visitor, site)
    for official in (regulator, second_regulator):
        official.post(_desk(application, "approve/"))
    assert second_regulator.post(_desk(application, "mail/")).status_code == 409, "no server, no mail"
    settings.MAIL = Account(host="127.0.0.1", port=1, is_tls=False, sender="haetae@agency.example")
    assert "goes to the mailbox" in second_regulator.post(_desk(application, "mail/")).content.decode()
    letters: list = []
    monkeypatch.setattr(jobs.mail, "send", lambda letter, **_: letters.append(letter))
    jobs.send_link(application_id=str(application.pk))
    (letter,) = letters
    link = re.search(r"/operator/sign-in/once/\S+", letter.text)
    assert link
    assert letter.to == "desk@newcomer.example"
    assert visitor("en").post(link[0]).headers["Location"] == "/operator/"
    jobs.send_link(application_id=str(application.pk))
    assert len(letters) == 1, "who has come in gets no more ways in"
