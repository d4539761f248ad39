"""Through the pages, by the right cast alone: a platform refuses, data is kept, everybody is asked for a deletion."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from haetae.agencies.investigation.preservation.models import Preservation
from haetae.agencies.investigation.subscribers.models import SubscriberRequest
from haetae.agencies.referrals.models import Referral
from haetae.audit.models import Event
from haetae.common import clock
from tests import people
from tests.agencies.desk import follow, seated
from tests.investigations import SECRET_NAME, approver, begin_file, judge, officer, prosecutor
from tests.official_requests import ACCOUNT, ANSWER, DUAL, FACTS, sent, two_officers
from tests.web.sightings import examined, found

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def browser_of(visitor):
    def signed_in(official, language="en"):
        browser = visitor(language)
        browser.force_login(official)
        return browser

    return signed_in


def typed(at) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")


def form(**changed):
    now = clock.now()
    return {
        "platform": "Channels.example",
        "abroad": "1",
        "basis": "inquiry",
        "data": ["identity", "contact"],
        "accounts": ACCOUNT,
        "act_on": (timezone.localdate(now) - timedelta(days=3)).isoformat(),
        "since": typed(now - timedelta(days=4)),
        "until": typed(now - timedelta(days=2)),
        "office": "Cyber investigation team 2",
        "contact": "team2@police.example",
        "facts": FACTS,
        "dual_criminality": DUAL,
        "form_key": str(uuid4()),
    } | changed


def test_a_foreign_platform_refuses(browser_of):
    """Drafted by one officer, signed by another, sent by people, refused with reasons; then counted."""
    park, shin, opened = two_officers()
    file_id = opened.investigation.pk
    his, hers = browser_of(park), browser_of(shin)
    new = reverse("console:data_request_new", args=[file_id])
    once = form()
    for _ in range(2):
        answer = his.post(new, once)
        assert answer.status_code == 302, text(answer)
    where = answer.headers["Location"]
    assert SubscriberRequest.objects.count() == 1
    assert his.post(f"{where}sign/").status_code == 409
    assert "You drafted this" in text(his.get(where))
    draft = text(his.get(f"{where}letter/en/html/"))
    assert "Draft" in draft
    assert hers.post(f"{where}sign/").status_code == 302
    letter = text(hers.get(f"{where}letter/en/html/"))
    for words in (ACCOUNT, "dual criminality", "National Police Agency", "at most 7 years in prison"):
        assert words in letter, words
    assert "쌍방가벌성" in text(hers.get(f"{where}letter/ko/html/"))
    assert hers.get(f"{where}letter/en/pdf/").content[:4] == b"%PDF"
    noted = {"way": "platform_form", "at": typed(clock.now())}
    for _ in range(2):
        assert his.post(f"{where}sent/", noted).status_code == 302
    refused = {"state": "refused", "at": typed(clock.now()), "note": "Their desk wrote back."}
    missing = his.post(f"{where}answered/", refused)
    assert missing.status_code == 409
    assert "Choose why the platform refused" in text(missing)
    assert "Their desk wrote back." in text(missing), "nothing that was written is lost"
    reasons = refused | {"reasons": ["not_dual_criminal", "needs_mlat"]}
    assert his.post(f"{where}answered/", reasons).status_code == 302
    page = text(his.get(where))
    assert "refused by the platform" in page
    assert "it is no crime where the platform is" in page
    listed = text(his.get(reverse("console:data_requests", args=[file_id])))
    assert "channels.example" in listed
    assert "Too few to be shown." in listed, "of all files nothing small is told"
    assert [event.name for event in Event.objects.filter(name__startswith="subscribers.").order_by("pk")] == [
        "subscribers.drafted", "subscribers.signed", "subscribers.sent", "subscribers.answered",
    ]  # fmt: skip


def test_nobody_but_the_officers_of_the_file_comes_near_it(browser_of):
    park, shin, opened = two_officers()
    request_id = sent(park, shin, opened)
    file_id = opened.investigation.pk
    where = reverse("console:data_request", args=[file_id, request_id])
    pages = [where, f"{where}letter/ko/html/", reverse("console:data_requests", args=[file_id])]
    for other in (approver(), prosecutor(), judge(), seated(people.COUNSELLOR.name)):
        browser = browser_of(other)
        assert {browser.get(page).status_code for page in pages} == {403}
    gwak = browser_of(officer(people.THIRD_OFFICER))
    assert {gwak.get(page).status_code for page in pages} == {404}
    assert gwak.post(f"{where}answered/", {"state": "answered", "data": "x"}).status_code == 404
    assert Event.objects.filter(name="investigations.refused").count() == 1


def test_data_of_another_file_is_not_there_and_the_try_is_recorded(browser_of):
    park, shin, opened = two_officers()
    where = reverse("console:data_request", args=[opened.investigation.pk, sent(park, shin, opened)])
    his = browser_of(park)
    his.post(f"{where}answered/", {"state": "answered", "at": typed(clock.now()), "data": ANSWER})
    step = SubscriberRequest.objects.get().steps.get(state="answered")
    page = text(his.get(where))
    assert ANSWER not in page, "sealed until somebody asks for it"
    assert ANSWER in text(his.post(f"{where}answers/{step.pk}/"))
    assert "Who read an answer" in text(his.get(where))
    gwak = officer(people.THIRD_OFFICER)
    other = begin_file(gwak, name="Another matter").investigation.pk
    theirs = reverse("console:data_request_read", args=[other, SubscriberRequest.objects.get().pk, step.pk])
    assert browser_of(gwak).post(theirs).status_code == 404
    assert Event.objects.get(name="investigations.refused").facts == {"code": "not_in_this_file"}
    assert Event.objects.filter(name="subscribers.read").count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"basis": ""}, "Without a legal basis nothing is asked"),
        ({"data": ["content"]}, "does not reach all that you chose"),
        ({"since": ""}, "The period must begin before it ends"),
        ({"act_on": "soon"}, "Check the day of the act"),
        ({"of_preserved": "1"}, "acquired on a court"),
        ({"dual_criminality": " "}, "why it is a crime there too"),
    ],
)
def test_a_request_that_is_not_whole_is_refused_in_words_and_nothing_written_is_lost(
    browser_of, changed, said
):
    park = officer()
    opened = begin_file(park)
    new = reverse("console:data_request_new", args=[opened.investigation.pk])
    answer = browser_of(park).post(new, form(**changed))
    assert (answer.status_code, said in text(answer)) == (422, True)
    assert FACTS in text(answer)
    assert ACCOUNT in text(answer)
    assert Event.objects.filter(name="investigations.refused").count() == 1
    assert not SubscriberRequest.objects.exists()


def keep_form(**changed):
    return {
        "platform": "channels.example",
        "accounts": ACCOUNT,
        "why": "The account deletes what it posts within a day.",
        "office": "Cyber investigation team 2",
        "contact": "team2@police.example",
        "form_key": str(uuid4()),
    } | changed


def test_the_police_ask_at_once_a_prosecutor_approves_and_the_platform_keeps(browser_of):
    park, choi = officer(), prosecutor()
    opened = begin_file(park)
    his, theirs = browser_of(park), browser_of(choi)
    where = reverse("console:preservations", args=[opened.investigation.pk])
    urgent = keep_form(urgent="1", urgent_because="It is gone within the hour.", at=typed(clock.now()))
    for _ in range(2):
        answer = his.post(where, urgent)
        assert answer.status_code == 302, text(answer)
    page = answer.headers["Location"]
    assert "asked at once, not approved yet" in text(his.get(page))
    inbox = text(theirs.get(reverse("console:approvals")))
    assert "urgent: the police have asked already" in inbox
    assert "nobody has read it in force" in inbox
    assert ACCOUNT not in inbox
    assert SECRET_NAME not in inbox
    row = Preservation.objects.get()
    laid = text(theirs.get(reverse("console:approval", args=[row.pk])))
    assert ACCOUNT in laid
    assert SECRET_NAME not in laid
    assert Event.objects.filter(name="preservation.read", actor_id=str(choi.pk)).count() == 1
    assert theirs.get(reverse("console:investigation", args=[opened.investigation.pk])).status_code == 403
    decide = reverse("console:approval_decide", args=[row.pk])
    assert theirs.post(decide, {"approves": "yes"}).status_code == 302
    again = theirs.post(decide, {"approves": "yes"})
    assert (again.status_code, "does not wait for a decision" in text(again)) == (409, True)
    kept = {"kept": "yes", "at": typed(clock.now())}
    assert his.post(f"{page}reported/", kept).status_code == 302
    assert "the platform keeps it" in text(his.get(page))
    assert his.get(f"{page}letter/ko/pdf/").content[:4] == b"%PDF"


def test_what_is_kept_is_not_acquired_by_keeping_it(browser_of):
    park, choi = officer(), prosecutor()
    opened = begin_file(park)
    his = browser_of(park)
    where = reverse("console:preservations", args=[opened.investigation.pk])
    page = his.post(where, keep_form()).headers["Location"]
    assert his.get(f"{page}letter/en/html/").status_code == 404, (
        "no letter before a prosecutor stands behind it"
    )
    row = Preservation.objects.get()
    browser_of(choi).post(reverse("console:approval_decide", args=[row.pk]), {"approves": "yes"})
    his.post(f"{page}sent/", {"at": typed(clock.now())})
    assert 'name="data"' not in text(his.get(page))
    answer = his.post(f"{page}reported/", {"kept": "yes", "at": typed(clock.now()), "data": ANSWER})
    assert (answer.status_code, "This only keeps" in text(answer)) == (409, True)
    assert ANSWER not in text(answer)
    assert Event.objects.get(name="investigations.refused").facts == {"code": "preservation_holds_no_data"}
    acquire = his.get(reverse("console:data_request_new", args=[opened.investigation.pk]) + "?of_preserved=1")
    assert re.search(r'name="of_preserved" value="1" checked', text(acquire))


def test_only_a_prosecutor_decides_and_what_others_try_is_refused(browser_of):
    park = officer()
    opened = begin_file(park)
    browser_of(park).post(reverse("console:preservations", args=[opened.investigation.pk]), keep_form())
    decide = reverse("console:approval_decide", args=[Preservation.objects.get().pk])
    for other in (park, approver(), judge()):
        assert browser_of(other).post(decide, {"approves": "yes"}).status_code == 403
    assert Preservation.objects.get().state == "applied"


def test_a_prosecutor_has_something_kept_by_themselves_and_a_wrong_number_is_said(browser_of):
    park, choi = officer(), prosecutor()
    opened = begin_file(park)
    theirs = browser_of(choi)
    new = reverse("console:approval_new")
    wrong = theirs.post(new, keep_form(file=str(opened.investigation.pk)))
    assert (wrong.status_code, "was laid before you" in text(wrong)) == (422, True)
    assert Event.objects.filter(name="preservation.refused").count() == 1
    browser_of(park).post(reverse("console:preservations", args=[opened.investigation.pk]), keep_form())
    right = theirs.post(new, keep_form(file=str(opened.investigation.pk), platform="videos.example"))
    assert right.status_code == 302
    assert Preservation.objects.get(origin="prosecutor").state == "approved"


def test_an_officer_asks_everybody_with_one_form_and_the_centre_answers_at_its_desk(browser_of):
    park, sighting = officer(), found()
    examined(sighting)
    opened = begin_file(park)
    his, hers = browser_of(park), browser_of(seated(people.COUNSELLOR.name))
    where = reverse("console:deletions", args=[opened.investigation.pk])
    word = {
        "link": "https://board.example/posts/1",
        "note": "We confirmed the report this morning.",
        "centre_too": "1",
        "form_key": str(uuid4()),
    }
    early = his.post(where, word)
    assert (early.status_code, "Confirm first" in text(early)) == (422, True)
    assert his.post(where, word | {"confirmed": "1"}).status_code == 302
    assert "everybody was asked" in text(his.get(where))
    follow()
    referral = Referral.objects.get(to="support_centre")
    assert "National Police Agency" in text(hers.get(reverse("console:referrals")))
    page = reverse("console:referral", args=[referral.pk])
    assert "We confirmed the report" in text(hers.post(f"{page}read/"))
    assert hers.post(f"{page}answer/", {"answer": "accepted"}).status_code == 302
    assert "accepted" in text(his.get(page))
    for other in (approver(), judge()):
        assert browser_of(other).post(where, word).status_code == 403
    assert browser_of(prosecutor()).post(where, word).status_code == 404, "it is not their file"


def test_a_prosecutor_asks_the_centre_and_it_becomes_a_case_of_its_class(browser_of):
    sighting = found()
    examined(sighting)
    theirs, hers = browser_of(prosecutor()), browser_of(seated(people.COUNSELLOR.name))
    asked = {
        "ground": "prosecutor:prosecutor_asks_centre",
        "place": "https://board.example/posts/1",
        "note": "Please support the deletion of this place.",
        "form_key": str(uuid4()),
    }
    answer = theirs.post(reverse("console:referral_new"), asked)
    assert answer.status_code == 302, text(answer)
    assert theirs.get(answer.headers["Location"]).status_code == 200
    page = reverse("console:referral", args=[Referral.objects.get().pk])
    assert hers.post(f"{page}answer/", {"answer": "accepted"}).status_code == 302
    follow()
    from haetae.agencies.support.models import Case

    assert Case.objects.get().ex_officio == "prosecutor"
