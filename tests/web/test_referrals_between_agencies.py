"""One agency hands a place or an operator to another: by an article, with a clock, and nobody else sees it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from haetae.accounts.models import Official
from haetae.accounts.permissions import Role
from haetae.agencies.referrals.models import Referral
from haetae.agencies.referrals.states import Sender
from haetae.audit.models import Event
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.flow.deadlines.models import Deadline
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review.models import Review
from haetae.flow.timekeeper import Timekeeper
from tests.agencies.desk import follow, seated
from tests.people import OFFICER, REGULATOR, REVIEWER
from tests.web.sightings import asked, examined, found

pytestmark = pytest.mark.django_db
NOTE = "We confirmed the report this morning. It is open to everybody."
NEW = "/console/referrals/new/"


def page(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def police(visitor):
    browser = visitor("en")
    browser.force_login(seated(OFFICER.name, Role.POLICE_OFFICER, "police"))
    return browser


@pytest.fixture
def commission(visitor):
    browser = visitor("en")
    browser.force_login(seated(REVIEWER.name, Role.REVIEWER, "reviewer"))
    return browser


def hand(browser, ground: str, **fields: object) -> Referral:
    answer = browser.post(NEW, {"ground": ground, "note": NOTE, "form_key": new_id(), **fields})
    assert answer.status_code == 302, page(answer)
    return Referral.objects.get(pk=answer.headers["Location"].split("/")[-2])


def test_the_police_tell_the_commission_and_ask_the_operator_with_one_form(police, commission) -> None:
    """SCA 23-2: without delay, and no term for the answer in the law: our own target, and never called law."""
    sighting = found()
    examined(sighting)
    form = {"ground": "police:police_notice", "note": NOTE, "place": "https://board.example/posts/1"}
    form["form_key"] = str(new_id())
    for _ in range(2):
        assert police.post(NEW, form).status_code == 302
    referral = Referral.objects.get()
    due = Deadline.objects.get(subject_id=referral.pk)
    assert (due.basis, due.source, due.due_at) == ("policy", "haetae", referral.sent_at + timedelta(days=3))
    follow()
    assert DeletionRequest.objects.get().legal_basis == "police_request"
    where = f"/console/referrals/{referral.pk}/"
    assert NOTE not in page(commission.get(where)), "sealed until somebody asks for it"
    read = page(commission.post(f"{where}read/"))
    assert NOTE in read
    assert f"/console/sightings/{sighting}/" in read, "a reviewer may open the place"
    assert "from National Police Agency" in read
    assert commission.post(f"{where}answer/", {"answer": "accepted"}).status_code == 302
    follow()
    follow()
    review = Review.objects.get(sighting=sighting)
    assert (review.because, review.state) == ("asked", "open")
    theirs = page(police.get(where))
    assert "accepted" in theirs
    assert str(sighting) not in theirs, "the police open no sightings"


def test_where_the_law_gives_a_term_it_is_the_laws_and_when_it_is_over_the_sender_sees_it(
    regulator, commission
) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        sighting = found()
        asked(sighting)
        referral = hand(regulator, "regulator:authority_request", place=sighting)
        due = Deadline.objects.get(subject_id=referral.pk)
        assert (due.basis, due.source) == ("legal", "ict 44-7(4)")
        assert due.due_at == referral.sent_at + timedelta(days=7)
        assert "By law" in page(commission.get("/console/referrals/"))
        traveller.shift(timedelta(days=7, seconds=1))
        Timekeeper().tick()
        follow()
        referral.refresh_from_db()
        assert referral.state == "overdue"
        for browser, person in ((regulator, REGULATOR), (commission, REVIEWER)):
            browser.force_login(Official.objects.get(username=person.name))  # a week later
        assert "not answered in time" in page(regulator.get("/console/referrals/"))
        where = f"/console/referrals/{referral.pk}/answer/"
        assert commission.post(where, {"answer": "accepted"}).status_code == 302, "late is still an answer"
        follow()
        review = Review.objects.get(sighting=sighting)
        assert (review.because, review.asked_by) == ("asked", "regulator")
        decide = Deadline.objects.get(subject_id=review.pk, basis="legal")
        assert decide.due_at == due.due_at, "the law counts from when it was asked"


def test_the_commission_tells_the_regulator_of_an_operator_and_it_comes_back_with_a_reason(
    commission, regulator, board
) -> None:
    referral = hand(commission, "reviewer:not_followed", operator=board.pk)
    where = f"/console/referrals/{referral.pk}/"
    shown = page(regulator.get(where))
    assert "Board" in shown
    assert f"/console/enforcement/{board.pk}/" in shown
    regulator.post(f"{where}answer/", {"answer": "more_needed"})
    assert "returned" in page(commission.get(where))
    assert "we need to know more" in page(commission.get("/console/referrals/"))
    assert regulator.get(where).status_code == 404, "what was sent back is nobody's to read any more"
    follow()
    assert not Review.objects.exists()


def test_the_sender_calls_it_back_once_and_nobody_reads_it_then(commission, regulator, board) -> None:
    referral = hand(commission, "reviewer:not_followed", operator=board.pk)
    where = f"/console/referrals/{referral.pk}/"
    assert regulator.post(f"{where}call-back/").status_code == 404, "it is not theirs to call back"
    for _ in range(2):
        assert commission.post(f"{where}call-back/").status_code == 302
    assert regulator.post(f"{where}read/").status_code == 404
    assert Event.objects.filter(name="referrals.called_back").count() == 1
    again = hand(commission, "reviewer:not_followed", operator=board.pk)
    regulator.post(f"/console/referrals/{again.pk}/answer/", {"answer": "accepted"})
    answer = commission.post(f"/console/referrals/{again.pk}/call-back/")
    assert (answer.status_code, "This has ended otherwise already." in page(answer)) == (409, True)
    assert Event.objects.get(name="referrals.refused").facts == {"code": "referral_over"}


@pytest.mark.parametrize(
    ("ground", "fields", "said"),
    [
        ("reviewer:not_followed", {}, "Name either one place or one operator"),
        ("reviewer:not_followed", {"place": "x", "operator": "x"}, "Name either one place or one operator"),
        ("reviewer:not_followed", {"place": "https://board.example/posts/99"}, "Nothing is known at this"),
        ("police:police_notice", {"place": "https://board.example/posts/1"}, "Choose to whom it goes"),
        ("", {"place": "https://board.example/posts/1"}, "Choose to whom it goes"),
        ("reviewer:not_followed", {"place": "https://board.example/posts/1", "note": " "}, "10 to 8,000"),
    ],
)
def test_what_is_not_whole_or_not_theirs_is_refused_with_its_reason_and_recorded(
    commission, ground, fields, said
) -> None:
    found()
    sent = {"ground": ground, "note": NOTE, "form_key": new_id(), **fields}
    answer = commission.post(NEW, sent)
    assert (answer.status_code, said in page(answer)) == (422, True)
    assert Event.objects.filter(name="referrals.refused").count() == 1
    assert not Referral.objects.exists()


def test_nobody_sees_what_lies_between_two_other_agencies(
    police, commission, regulator, counsellor, auditor, policy_lead, board
) -> None:
    sent = hand(commission, "reviewer:not_followed", operator=board.pk)
    where = f"/console/referrals/{sent.pk}/"
    assert police.get(where).status_code == 404
    assert police.post(f"{where}read/").status_code == 404
    assert sent.pk.hex[:8] not in page(police.get("/console/referrals/"))
    assert counsellor.get(where).status_code == 404, (
        "the centre answers what is sent to it, and sees nothing else"
    )
    for browser in (auditor, policy_lead):
        assert browser.get(where).status_code == 403
    for browser in (counsellor, auditor, policy_lead):
        assert browser.post(NEW).status_code == 403
    assert not Event.objects.filter(name="referrals.read").exists()


def test_the_database_refuses_what_is_about_two_things_and_what_no_agency_may_send(commission, board) -> None:
    referral = hand(commission, "reviewer:not_followed", operator=board.pk)
    of_it = Referral.objects.filter(pk=referral.pk)
    for wrong in (
        {"sighting_id": found()},
        {"operator": None},
        {"ground": ""},
        {"sender": Sender.SUPPORT_CENTRE},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            of_it.update(**wrong)
