"""One form of an officer asks everybody; the person is told, and the police learn nothing of any person."""

from uuid import uuid4

import pytest

from haetae.agencies.investigation.deletions.actions import CannotDeleteError
from haetae.agencies.investigation.deletions.models import DeletionWord
from haetae.agencies.investigation.deletions.rules import Word
from haetae.agencies.investigation.files.states import Victim
from haetae.agencies.referrals import actions as referrals
from haetae.agencies.referrals.models import Referral
from haetae.agencies.referrals.states import Matter
from haetae.agencies.referrals.states import Sender as From
from haetae.agencies.support.models import Case, Message
from haetae.agencies.support.queries import messages_of
from haetae.agencies.support.retention.queries import class_of
from haetae.agencies.support.states import Age, Circumstance, Sender
from haetae.audit.models import Event
from haetae.flow.arrival.actions import report_located, report_not_found
from haetae.flow.arrival.models import Report
from haetae.flow.assessment.queries import latest_by_sighting
from haetae.flow.next_step import next_step
from haetae.flow.removal.actions import request_deletion
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.steps.asking import is_of_a_minor
from haetae.flow.steps.official import ask_everywhere
from haetae.law.packs import load_pack
from tests.agencies.desk import a_case, follow, fresh, seated
from tests.investigations import begin_file, officer
from tests.people import COUNSELLOR
from tests.web.sightings import examined, found

pytestmark = pytest.mark.django_db
PLACE = "https://board.example/posts/1"
NOTE = "We confirmed the report this morning. It is open to everybody."


def ask(opened, by, *, link=PLACE, form_key=None, **changed):
    word = Word(**{"link": link, "note": NOTE, "confirmed": True, "centre_too": True, **changed})
    return ask_everywhere(
        investigation_id=opened.investigation.pk,
        word=word,
        form_key=form_key or uuid4(),
        official_id=by.pk,
    )


def told_at(sighting_id, **more):
    """A person's case in which this place was told."""
    opened = a_case(links=[PLACE], **more)
    report_located(report_id=opened.case.links.get().report_id, sighting_ids=[sighting_id])
    return opened


def test_one_form_sent_twice_asks_the_commission_the_operator_and_the_centre_once():
    park, sighting = officer(), found()
    examined(sighting)
    opened, form_key = begin_file(park), uuid4()
    for _ in range(2):
        ask(opened, park, form_key=form_key)
    follow()
    assert sorted(Referral.objects.values_list("to", "ground")) == [
        ("reviewer", "police_notice"),
        ("support_centre", "investigator_asks_centre"),
    ]
    assert DeletionRequest.objects.get().legal_basis == "police_request"
    assert DeletionWord.objects.get().state == "asked"
    assert NOTE not in str(list(Event.objects.values()))


@pytest.mark.parametrize("victim", [Victim.UNDER_19, Victim.UNKNOWN])
def test_about_a_child_or_where_nobody_knows_the_articles_of_the_child_are_named(victim):
    park, sighting = officer(), found()
    examined(sighting)
    ask(begin_file(park, victim=victim), park)
    follow()
    assert set(Referral.objects.values_list("ground", flat=True)) == {
        "police_notice_under_19",
        "investigator_asks_for_child",
    }
    request = DeletionRequest.objects.get()
    assert request.legal_basis == "operator_duty"
    assert request.minor_protected, "an officer says so, and no machine has to"


def test_a_request_made_before_carries_it_from_the_moment_when_an_officer_says_that_a_child_is_shown():
    park, sighting = officer(), found()
    examined(sighting)
    request_deletion(sighting_id=sighting, assessment_id=latest_by_sighting([sighting])[sighting].pk)
    assert not DeletionRequest.objects.get().minor_protected
    ask(begin_file(park, victim=Victim.UNDER_19), park)
    for _ in range(2):
        follow()
    request = DeletionRequest.objects.get()
    assert request.minor_protected
    assert Event.objects.filter(name="removal.restated", subject_id=request.pk).count() == 1
    ask(begin_file(park, victim=Victim.ADULT), park)
    follow()
    assert DeletionRequest.objects.get().minor_protected, "nobody's later word takes it away"


def test_an_address_that_nobody_has_seen_is_opened_first_and_the_rest_follows_by_itself():
    park = officer()
    ask(begin_file(park), park)
    assert not Referral.objects.exists()
    report = Report.objects.get()
    sighting = found()
    report_located(report_id=report.pk, sighting_ids=[sighting])
    for _ in range(2):
        follow()
    assert Referral.objects.filter(sighting=sighting).count() == 2
    assert DeletionWord.objects.get().state == "asked"
    assert DeletionRequest.objects.get().sighting_id == sighting, "asked before any machine has judged"


def test_a_place_that_was_not_examined_yet_is_asked_about_when_it_was_whatever_was_found():
    park, sighting = officer(), found()
    ask(begin_file(park), park)
    for event in Event.objects.filter(name="referrals.sent"):
        next_step(event.pk)
    assert not DeletionRequest.objects.exists()
    examined(sighting)
    follow()
    assert DeletionRequest.objects.get().legal_basis == "police_request"


@pytest.mark.parametrize("when", ["examined before", "examined after"])
def test_where_the_commission_has_it_from_another_the_operator_is_asked_and_the_person_told(when):
    park, sighting = officer(), found()
    told_at(sighting)
    pack = load_pack("kr")
    asked = next(one for one in pack.all_referral_grounds if one.ground_id == "authority_request")
    referrals.refer(
        about=referrals.About(matter=Matter.PLACE, subject_id=sighting),
        ground=asked,
        sender=From.REGULATOR,
        note=NOTE,
        form_key=uuid4(),
        official_id=park.pk,
    )
    if when == "examined before":
        examined(sighting)
    ask(begin_file(park, victim=Victim.UNDER_19), park)
    if when == "examined after":
        assert not DeletionRequest.objects.exists()
        examined(sighting)
    follow()
    assert Referral.objects.filter(to="reviewer").count() == 1
    request = DeletionRequest.objects.get()
    assert (request.legal_basis, request.minor_protected) == ("operator_duty", True)
    assert Message.objects.filter(sender="notice").count() == 1


def test_what_an_officer_says_of_the_age_counts_also_where_it_was_asked_for_before():
    park, sighting = officer(), found()
    examined(sighting)
    ask(begin_file(park), park)
    follow()
    place = latest_by_sighting([sighting])[sighting]
    assert not is_of_a_minor(place)
    ask(begin_file(park, victim=Victim.UNKNOWN), park)
    assert is_of_a_minor(place)


def test_an_address_that_leads_nowhere_is_said_to():
    park = officer()
    ask(begin_file(park), park)
    report_not_found(report_id=Report.objects.get().pk, why="http_404")
    follow()
    assert DeletionWord.objects.get().state == "not_found"
    assert not Referral.objects.exists()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"confirmed": False}, "not_confirmed_public"),
        ({"link": "ftp:/nowhere"}, "deletion_no_link"),
        ({"note": "x"}, "deletion_note_length"),
    ],
)
def test_what_is_not_confirmed_or_not_whole_is_asked_of_nobody(changed, code):
    park = officer()
    found()
    with pytest.raises(CannotDeleteError, match=code):
        ask(begin_file(park), park, **changed)
    assert not Referral.objects.exists()


def test_what_lies_with_the_commission_already_is_not_sent_once_more():
    park, sighting = officer(), found()
    examined(sighting)
    opened = begin_file(park)
    ask(opened, park)
    ask(opened, park)
    assert Referral.objects.count() == 2
    assert DeletionWord.objects.filter(state="asked").count() == 2


def test_whoever_told_of_the_place_is_told_once_and_the_file_learns_nothing():
    park, sighting = officer(), found()
    examined(sighting)
    case = told_at(sighting, age=Age.UNDER_19, circumstances=[Circumstance.GUARDIAN_UNSAFE])
    opened = begin_file(park)
    ask(opened, park)
    follow()
    [message] = messages_of(case)
    assert message.sender is Sender.NOTICE
    assert "경찰청" in message.text
    assert fresh(case.case.pk).waits_since is not None, "a counsellor sees to it too"
    assert not Event.objects.filter(name="support.guardian_told").exists()
    word = DeletionWord.objects.values().get()
    assert str(case.case.pk) not in str(word) + str(list(Referral.objects.values()))


def test_a_case_that_was_stopped_is_left_alone():
    park, sighting = officer(), found()
    examined(sighting)
    case = told_at(sighting)
    Case.objects.filter(pk=case.case.pk).update(state="withdrawn")
    ask(begin_file(park), park)
    follow()
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("victim", "kept_as"), [(Victim.ADULT, "asked_by_investigators"), (Victim.UNDER_19, "child_material")]
)
def test_what_the_centre_accepts_becomes_a_case_without_a_request_of_its_class(victim, kept_as):
    park, sighting = officer(), found()
    examined(sighting)
    ask(begin_file(park, victim=victim), park)
    han = seated(COUNSELLOR.name)
    referral = Referral.objects.get(to="support_centre")
    for _ in range(2):
        referrals.accepted(referral_id=referral.pk, official_id=han.pk)
        follow()
    case = Case.objects.get()
    assert (case.channel, case.ex_officio, case.counsellor_id) == ("ex_officio", "investigator", han.pk)
    assert class_of(case) == kept_as


def test_where_somebody_has_told_of_the_place_no_second_case_is_made():
    park, sighting = officer(), found()
    examined(sighting)
    told_at(sighting)
    ask(begin_file(park), park)
    han = seated(COUNSELLOR.name)
    referrals.accepted(referral_id=Referral.objects.get(to="support_centre").pk, official_id=han.pk)
    follow()
    assert Case.objects.count() == 1
