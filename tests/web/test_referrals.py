"""The receiving side of a referral: the text that was handed over, and nothing of the case."""

import re

import pytest
from django.test import Client

from haetae.accounts.permissions import Role
from haetae.agencies.referrals.actions import call_back
from haetae.agencies.referrals.models import Referral
from haetae.agencies.referrals.states import To
from haetae.agencies.support.actions import OpenCase
from haetae.agencies.support.consent.actions import note_consent
from haetae.agencies.support.consent.states import Giver, How, Kind
from haetae.audit.actor import PUBLIC
from haetae.audit.models import Event
from haetae.common.ids import new_id
from haetae.flow.steps.referring import hand_over
from tests.agencies.desk import LINK, PACKAGE, PHONE, STORY, a_case, seated
from tests.people import COUNSELLOR, OFFICER

pytestmark = pytest.mark.django_db


def page(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def police(visitor) -> Client:
    browser = visitor("en")
    browser.force_login(seated(OFFICER.name, Role.POLICE_OFFICER, "police"))
    return browser


def handed(to: To = To.POLICE, kind: Kind = Kind.TELL_POLICE) -> tuple[OpenCase, Referral]:
    opened, official = a_case(), seated(COUNSELLOR.name)
    note_consent(
        case_id=opened.case.pk,
        kind=kind,
        giver=Giver.PERSON,
        how=How.TELEPHONE,
        official_id=official.pk,
        actor=PUBLIC,
    )
    referral_id = hand_over(opened=opened, to=to, package=PACKAGE, form_key=new_id(), official_id=official.pk)
    return opened, Referral.objects.get(pk=referral_id)


def test_an_empty_list_says_what_would_appear(police) -> None:
    assert "Nothing lies here." in page(police.get("/console/referrals/"))


def test_the_receiver_reads_the_package_and_nothing_else_and_that_is_recorded(police) -> None:
    opened, referral = handed()
    where = f"/console/referrals/{referral.pk}/"
    for shown in (page(police.get("/console/referrals/")), page(police.get(where))):
        assert PACKAGE not in shown
        assert str(opened.case.pk) not in shown
        assert opened.case.pk.hex[:8] not in shown
    read = page(police.post(f"{where}read/"))
    assert PACKAGE in read
    for told in (STORY, PHONE, LINK, str(opened.case.pk)):
        assert told not in read
    assert Event.objects.get(name="referrals.read").subject_id == referral.pk
    assert police.get(f"/console/cases/{opened.case.pk}/").status_code == 403
    assert police.get(f"{where}read/").headers["Location"] == where, "reading is a press, never a link"


def test_it_is_accepted_once_and_cannot_be_returned_then(police) -> None:
    _, referral = handed()
    where = f"/console/referrals/{referral.pk}/answer/"
    assert police.post(where, {"answer": "nonsense"}).status_code == 422
    for _ in range(2):
        assert police.post(where, {"answer": "accepted"}).status_code == 302
    assert police.post(where, {"answer": "no_capacity"}).status_code == 409
    assert Event.objects.filter(name="referrals.accepted").count() == 1


def test_it_is_returned_with_a_reason_and_read_no_more(police) -> None:
    _, referral = handed()
    where = f"/console/referrals/{referral.pk}/"
    police.post(f"{where}answer/", {"answer": "not_competent"})
    referral.refresh_from_db()
    assert (referral.state, referral.why_returned) == ("returned", "not_competent")
    assert police.get(where).status_code == 404
    assert police.post(f"{where}read/").status_code == 404


def test_what_was_called_back_or_sent_to_somebody_else_is_not_the_polices_to_read(police) -> None:
    _, called_back = handed()
    call_back(referral_id=called_back.pk)
    _, lawyers = handed(To.LAWYER, Kind.TELL_LAWYER)
    for referral in (called_back, lawyers):
        where = f"/console/referrals/{referral.pk}/"
        assert police.get(where).status_code == 404
        for act in ("read", "answer"):
            assert police.post(f"{where}{act}/", {"answer": "accepted"}).status_code == 404
    assert not Event.objects.filter(name__in=["referrals.read", "referrals.accepted"]).exists()


@pytest.mark.parametrize("state", ["held", "destroyed"])
def test_nothing_is_read_of_a_case_that_the_person_had_destroyed(police, state) -> None:
    opened, referral = handed()
    keys = {"lookup": None, "key_for_person": None}
    keys |= {"key_for_custodian": None} if state == "destroyed" else {}
    type(opened.case).objects.update(state=state, **keys)
    assert police.post(f"/console/referrals/{referral.pk}/read/").status_code == 404
    assert not Event.objects.filter(name="referrals.read").exists()


def test_nobody_else_answers_for_the_police(counsellor, control_room, regulator, auditor) -> None:
    _, referral = handed()
    for act in ("", "read/", "answer/"):
        assert auditor.post(f"/console/referrals/{referral.pk}/{act}").status_code == 403
    for browser in (counsellor, control_room, regulator):  # they answer what was handed to their own agency
        assert browser.get(f"/console/referrals/{referral.pk}/").status_code == 404
        for act in ("read/", "answer/"):
            answer = browser.post(f"/console/referrals/{referral.pk}/{act}", {"answer": "accepted"})
            assert answer.status_code == 404
    assert not Event.objects.filter(name__in=["referrals.read", "referrals.accepted"]).exists()
