"""Handed to another agency: with consent, with a clock, and nothing but what was handed over."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction

from haetae.agencies.referrals import queries
from haetae.agencies.referrals.actions import CannotReferError, accepted, returned
from haetae.agencies.referrals.models import Referral
from haetae.agencies.referrals.states import Returned, To
from haetae.agencies.support.actions import CannotWriteError
from haetae.agencies.support.consent.actions import end_consent, note_consent
from haetae.agencies.support.consent.states import Giver, How, Kind, Paper
from haetae.agencies.support.desk.actions import ask_about_home, see_to
from haetae.agencies.support.desk.states import SeenTo
from haetae.agencies.support.destroying.actions import destroy_case
from haetae.agencies.support.models import Consent
from haetae.agencies.support.states import Age
from haetae.audit.actions import record
from haetae.audit.actor import PUBLIC
from haetae.audit.models import Event
from haetae.common import clock
from haetae.common.case_keys import open_text
from haetae.common.ids import new_id
from haetae.flow.deadlines.models import Deadline
from haetae.flow.steps.referring import hand_over
from haetae.flow.timekeeper import Timekeeper
from tests.agencies.desk import PACKAGE, STORY, a_case, follow, fresh, without_a_request

pytestmark = pytest.mark.django_db


def agree(case, counsellor, kind=Kind.TELL_POLICE, **more):
    how = {"giver": Giver.PERSON, "how": How.TELEPHONE, "official_id": counsellor.pk, "actor": PUBLIC}
    note_consent(case_id=case.pk, kind=kind, **{**how, **more})


def hand(opened, counsellor, to=To.POLICE, package=PACKAGE, form_key=None):
    whole = {"opened": opened, "to": to, "package": package, "official_id": counsellor.pk}
    return hand_over(**whole, form_key=form_key or new_id())


def test_it_is_handed_over_with_consent_and_the_package_lies_sealed(counsellor) -> None:
    opened = a_case()
    with pytest.raises(CannotReferError, match="referral_not_agreed"):
        hand(opened, counsellor)
    agree(opened.case, counsellor)
    referral = queries.get_referral(hand(opened, counsellor))
    assert open_text(referral.package, key=opened.key, about=referral.pk) == PACKAGE
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM referrals_referral t")
        row = cursor.fetchone()[0]
    assert PACKAGE.encode().hex() not in row
    assert STORY.encode().hex() not in row
    due = Deadline.objects.get(subject_id=referral.pk)
    assert (due.kind, due.basis, due.source) == ("referral_answer", "policy", "haetae")
    assert due.due_at == referral.sent_at + timedelta(days=3)


@pytest.mark.parametrize(
    ("kind", "to"),
    [
        (Kind.TELL_POLICE, To.LAWYER),
        (Kind.TELL_LAWYER, To.POLICE),
        (Kind.ACT_FOR, To.POLICE),
        (Kind.KEEP_EVIDENCE, To.REGIONAL_CENTRE),
    ],
)
def test_a_consent_to_one_thing_is_none_to_another(counsellor, kind, to) -> None:
    opened = a_case()
    agree(opened.case, counsellor, kind)
    with pytest.raises(CannotReferError, match="referral_not_agreed"):
        hand(opened, counsellor, to)


def test_the_laws_own_reason_reaches_the_police_and_nobody_else(counsellor) -> None:
    opened = without_a_request()
    assert queries.get_referral(hand(opened, counsellor)).basis == "ex_officio"
    for to in (To.LAWYER, To.REGIONAL_CENTRE):
        with pytest.raises(CannotReferError, match="referral_not_agreed"):
            hand(opened, counsellor, to)


def test_the_same_form_twice_is_one_referral_and_a_second_one_waits_for_the_first(counsellor) -> None:
    opened, form = a_case(), new_id()
    agree(opened.case, counsellor)
    assert hand(opened, counsellor, form_key=form) == hand(opened, counsellor, form_key=form)
    with pytest.raises(CannotReferError, match="referral_open_already"):
        hand(opened, counsellor)
    for package in (" short ", "x" * 8_001):
        with pytest.raises(CannotReferError, match="referral_length"):
            hand(opened, counsellor, package=package)


def test_a_consent_that_has_ended_opens_nothing_and_calls_back_what_nobody_accepted(counsellor) -> None:
    opened = a_case()
    agree(opened.case, counsellor)
    agree(opened.case, counsellor, Kind.TELL_LAWYER)
    waiting, taken = hand(opened, counsellor), hand(opened, counsellor, To.LAWYER)
    accepted(referral_id=taken, official_id=counsellor.pk)
    see_to(case_id=opened.case.pk, official_id=counsellor.pk, how=SeenTo.HANDED_OVER)
    for kind in (Kind.TELL_POLICE, Kind.TELL_LAWYER):
        end_consent(case_id=opened.case.pk, kind=kind, actor=PUBLIC)
    follow()
    follow()
    assert queries.get_referral(waiting).state == "called_back"
    assert queries.get_referral(taken).state == "accepted", "what somebody has, we cannot take back"
    assert not Deadline.objects.filter(state="set", kind="referral_answer").exists()
    assert fresh(opened.case.pk).waits_since is not None, "a counsellor has to tell the police"
    with pytest.raises(CannotReferError, match="referral_not_agreed"):
        hand(opened, counsellor)


def test_what_comes_back_makes_the_case_wait_again(counsellor) -> None:
    opened = a_case()
    agree(opened.case, counsellor)
    referral = hand(opened, counsellor)
    see_to(case_id=opened.case.pk, official_id=counsellor.pk, how=SeenTo.HANDED_OVER)
    returned(referral_id=referral, why=Returned.NOT_COMPETENT, official_id=counsellor.pk)
    returned(referral_id=referral, why=Returned.NOT_COMPETENT, official_id=counsellor.pk)
    assert Event.objects.filter(name="referrals.returned").count() == 1
    with pytest.raises(CannotReferError, match="referral_over"):
        accepted(referral_id=referral, official_id=counsellor.pk)
    follow()
    assert fresh(opened.case.pk).waits_since is not None
    assert queries.unanswered_of([opened.case.pk]) == {opened.case.pk: "returned"}
    hand(opened, counsellor)


def test_nobody_answers_for_three_days_and_the_case_waits_again(counsellor) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        opened = a_case()
        agree(opened.case, counsellor)
        referral = hand(opened, counsellor)
        see_to(case_id=opened.case.pk, official_id=counsellor.pk, how=SeenTo.HANDED_OVER)
        traveller.shift(timedelta(days=3, seconds=-1))
        Timekeeper().tick()
        follow()
        assert queries.get_referral(referral).state == "sent"
        traveller.shift(timedelta(seconds=1))
        Timekeeper().tick()
        follow()
        follow()
        assert queries.get_referral(referral).state == "overdue"
        assert fresh(opened.case.pk).waits_since == clock.now()
        accepted(referral_id=referral, official_id=counsellor.pk)
        assert queries.get_referral(referral).state == "accepted"


def test_an_answer_in_time_stops_the_clock(counsellor) -> None:
    opened = a_case()
    agree(opened.case, counsellor)
    accepted(referral_id=hand(opened, counsellor), official_id=counsellor.pk)
    assert Deadline.objects.get(kind="referral_answer").state == "met"


@pytest.mark.parametrize("state", ["withdrawn"])
def test_nothing_is_handed_over_of_a_case_that_is_not_open(counsellor, state) -> None:
    opened = a_case()
    agree(opened.case, counsellor)
    type(opened.case).objects.update(state=state)
    with pytest.raises(CannotReferError, match=f"case_{state}"):
        hand(opened, counsellor)
    assert not Referral.objects.exists()


def test_who_acts_for_somebody_shows_papers_and_none_of_them_is_kept(counsellor) -> None:
    case = a_case().case
    agent = {"kind": Kind.ACT_FOR, "giver": Giver.AGENT, "how": How.PAPER}
    with pytest.raises(CannotWriteError, match="papers_of_agent_missing"):
        agree(case, counsellor, **agent, papers=[Paper.ID_OF_REQUESTER, Paper.POWER_OF_ATTORNEY])
    agree(
        case, counsellor, **agent,
        papers=[Paper.ID_OF_REQUESTER, Paper.POWER_OF_ATTORNEY, Paper.ID_OF_PERSON],
    )  # fmt: skip
    assert Consent.objects.get().papers == ["id_of_person", "id_of_requester", "power_of_attorney"]


def test_a_guardian_who_is_not_safe_has_no_say_and_what_they_said_falls(counsellor) -> None:
    case = a_case(age=Age.UNDER_19).case
    guardian = {
        "kind": Kind.TELL_POLICE, "giver": Giver.GUARDIAN, "papers": [Paper.ID_OF_REQUESTER, Paper.RELATION]
    }  # fmt: skip
    with pytest.raises(CannotWriteError, match="home_not_asked"):
        agree(case, counsellor, **guardian)
    ask_about_home(case_id=case.pk, official_id=counsellor.pk, safe=True)
    with pytest.raises(CannotWriteError, match="papers_of_guardian_missing"):
        agree(case, counsellor, **{**guardian, "papers": [Paper.RELATION]})
    agree(case, counsellor, **guardian)
    ask_about_home(case_id=case.pk, official_id=counsellor.pk, safe=False)
    assert Consent.objects.get().ended_at is not None
    with pytest.raises(CannotWriteError, match="guardian_unsafe"):
        agree(case, counsellor, **guardian)
    with pytest.raises(CannotWriteError, match="guardian_unsafe"):
        agree(case, counsellor, Kind.TELL_GUARDIAN, giver=Giver.GUARDIAN)


def test_a_referral_goes_with_a_case_that_the_person_has_destroyed_and_its_clock_harms_nothing(
    counsellor,
) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        opened = a_case()
        agree(opened.case, counsellor)
        hand(opened, counsellor)
        destroy_case(opened=opened)
        assert not Referral.objects.exists()
        traveller.shift(timedelta(days=3, seconds=1))
        Timekeeper().tick()
        follow()
    assert not Event.objects.filter(name="referrals.overdue").exists()


def test_what_is_only_held_for_the_law_is_called_back_from_whoever_has_not_accepted_it(counsellor) -> None:
    opened = a_case()
    agree(opened.case, counsellor)
    referral = hand(opened, counsellor)
    with transaction.atomic():
        record(event="support.destroyed_in_part", subject=opened.case, actor=PUBLIC)
    follow()
    assert queries.get_referral(referral).state == "called_back"
    assert not Deadline.objects.filter(state="set", kind="referral_answer").exists()
