"""A year of teaching clicked through by a school and the ministry, and closed to everybody else."""

from datetime import date

import pytest
from django.urls import reverse

from haetae.accounts.permissions import Role
from haetae.agencies.education.models import DutyMet, Incident, Session, Training, Year
from haetae.agencies.education.states import Wish
from haetae.audit.models import Event
from haetae.flow.issued.queries import of_subject
from tests import people
from tests.commission import seat
from tests.educating import (
    LIST,
    MEASURES,
    PLAN,
    a_session,
    an_incident,
    an_institution,
    held,
    officer,
    supervisor,
    today,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser_of(visitor):
    def signed_in(official, language="en"):
        browser = visitor(language)
        browser.force_login(official)
        return browser

    return signed_in


@pytest.fixture
def cho():
    return supervisor()


@pytest.fixture
def school(cho):
    return an_institution(cho)


@pytest.fixture
def bang(cho, school):
    return officer(cho, school)


def session_form(on: date, **more: object) -> dict[str, object]:
    return {
        "on": on.isoformat(),
        "method": "lecture",
        "minutes": "50",
        "learners": "210",
        "staff": "12",
        "lessons": ["middle", "teachers"],
        "list_kept": LIST,
        **more,
    }


def test_a_school_is_entered_and_its_officer_comes_in_once(browser_of, cho, visitor):
    ministry = browser_of(cho)
    entered = ministry.post(
        reverse("console:institutions"),
        {"name": "River School", "kind": "school", "office": "", "staff": "40"},
        follow=True,
    )
    page = entered.redirect_chain[-1][0]
    named = ministry.post(f"{page}name/", {"name": "Educator-Bang"}).content.decode()
    link = named.split("copied number address")[1].split(">", 1)[1].split("<", 1)[0]
    assert link.startswith("http")
    assert link not in ministry.get(page).content.decode(), "a way in is shown once"
    assert "educator-bang" in ministry.get(page).content.decode()


def test_a_session_is_recorded_certified_and_its_paper_has_a_line_for_a_name(browser_of, bang):
    school = browser_of(bang)
    made = school.post(reverse("console:session_new"), session_form(today()), follow=True)
    page = made.redirect_chain[-1][0]
    assert school.post(f"{page}certify/").status_code == 302
    session = Session.objects.get()
    paper = school.get(f"{page}certificate/ko/html/").content.decode()
    assert "이름: ＿" in paper
    (issued,) = of_subject(session.pk)
    public = school.get(reverse("portal:document", args=[issued.reference])).content.decode()
    assert issued.reference in public
    assert "River School" not in public, "whoever checks a number learns that it is genuine, and no more"
    assert "This certificate was taken back" not in public
    assert school.post(f"{page}withdraw/", {"why": "It was on another day"}).status_code == 302
    public = school.get(reverse("portal:document", args=[issued.reference])).content.decode()
    assert "This certificate was taken back" in public, "what did not take place is not proven by paper"


def test_what_is_wrong_is_said_and_what_was_typed_stays(browser_of, bang):
    answer = browser_of(bang, "ko").post(
        reverse("console:session_new"), session_form(today(), minutes="many", content="chat rules")
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "교육 시간을 1분에서" in text
    assert "chat rules" in text
    assert text.count(" checked") == 3


def test_one_supervisor_cannot_order_the_training_that_they_proposed(browser_of, bang, cho, school):
    last_year = today().year - 1
    a_session(school, bang, held(date(last_year, 5, 12), minutes=10))
    sent = browser_of(bang).post(reverse("console:teaching_year", args=[last_year]), {"measures": MEASURES})
    assert sent.status_code == 302
    page = reverse("console:teaching", args=[Year.objects.get().pk])
    first, second = browser_of(cho), browser_of(supervisor(people.SECOND_SUPERVISOR), "ko")
    assert first.post(f"{page}order/").status_code == 409, "nothing is proposed yet"
    first.post(f"{page}answer/", {"answer": "accepted"})
    assert "the sessions were too short" in first.get(page).content.decode()
    first.post(f"{page}propose/")
    refused = first.post(f"{page}order/")
    assert refused.status_code == 409
    assert "Another official of the ministry must order it" in refused.content.decode()
    assert Event.objects.filter(name="education.refused").latest("id").facts == {
        "code": "training_same_official"
    }
    assert second.post(f"{page}order/").status_code == 302
    (letter,) = of_subject(Training.objects.get().pk)
    assert letter.reference in second.get(f"{page}letter/en/html/").content.decode()
    own = reverse("console:own_letter", args=[last_year, "ko", "html"])
    assert "관리자 특별교육" in browser_of(bang).get(own).content.decode()
    assert (
        letter.reference
        in browser_of(bang).get(reverse("console:teaching_year", args=[last_year])).content.decode()
    )


def test_a_returned_report_says_why_and_goes_out_again(browser_of, bang, cho, school):
    year = today().year - 1
    where, educator, ministry = (
        reverse("console:teaching_year", args=[year]),
        browser_of(bang),
        browser_of(cho),
    )
    educator.post(where, {"measures": MEASURES})
    page = reverse("console:teaching", args=[Year.objects.get().pk])
    assert ministry.post(f"{page}answer/", {"answer": "returned", "why": "no"}).status_code == 409
    ministry.post(f"{page}answer/", {"answer": "returned", "why": "Where is your guideline?"})
    assert "Where is your guideline?" in educator.get(where).content.decode()
    assert educator.post(where, {"measures": f"{MEASURES} It is on page 2."}).status_code == 302
    assert Year.objects.get().state == "sent"


def test_what_a_person_objects_to_is_nowhere_on_the_ministrys_pages(browser_of, bang, cho, school):
    told = an_incident(school, bang)
    withheld = an_incident(school, bang, wish=Wish.OBJECTS)
    educator, ministry = browser_of(bang), browser_of(cho)
    refused = educator.post(reverse("console:incident_tell", args=[withheld]))
    assert refused.status_code == 409
    assert educator.post(reverse("console:incident_tell", args=[told])).status_code == 302
    listed = ministry.get(reverse("console:institutions")).content.decode()
    assert str(told) in listed
    assert str(withheld) not in listed
    assert ministry.get(reverse("console:told", args=[withheld])).status_code == 404
    assert ministry.post(reverse("console:told", args=[withheld]), {"answer": "accepted"}).status_code == 404
    assert (
        "Kept inside because the person objects: 1"
        in educator.get(reverse("console:education")).content.decode()
    )


def test_a_plan_is_sent_returned_and_accepted(browser_of, bang, cho, school):
    incident_id = an_incident(school, bang)
    own, theirs = (
        reverse("console:incident", args=[incident_id]),
        reverse("console:told", args=[incident_id]),
    )
    educator, ministry = browser_of(bang), browser_of(cho)
    educator.post(f"{own}tell/")
    short = educator.post(f"{own}plan/", {"text": "We will see."})
    assert short.status_code == 409
    assert "We will see." in short.content.decode()
    educator.post(f"{own}plan/", {"text": PLAN})
    assert PLAN in ministry.get(theirs).content.decode()
    ministry.post(theirs, {"answer": "returned", "why": "Say by when it is done."})
    assert "Say by when it is done." in educator.get(own).content.decode()
    educator.post(f"{own}plan/", {"text": f"{PLAN} By June."})
    ministry.post(theirs, {"answer": "accepted"})
    assert Incident.objects.get().state == "accepted"


def test_a_teacher_is_led_to_the_police_and_only_days_are_noted(browser_of, bang):
    educator = browser_of(bang, "ko")
    page = educator.get(reverse("console:duty")).content.decode()
    assert "112" in page
    assert "알리지 않습니다" in page, "whoever is accused is not told"
    sent = {
        "by_role": "teacher",
        "told": "call",
        "learnt_on": today().isoformat(),
        "told_on": today().isoformat(),
    }
    assert educator.post(reverse("console:duty"), sent).status_code == 302
    assert DutyMet.objects.get().by_role == "teacher"
    assert educator.post(reverse("console:duty"), {**sent, "told": ""}).status_code == 422


def test_another_schools_officer_finds_nothing_and_changes_nothing(browser_of, bang, cho, school):
    session_id = a_session(school, bang, held(today()))
    incident_id = an_incident(school, bang)
    tak = officer(cho, an_institution(cho, name="Hill School"), people.SECOND_EDUCATOR)
    other = browser_of(tak)
    for name, row, verbs in (
        ("session", session_id, ("certify/", "withdraw/", "certificate/ko/html/")),
        ("incident", incident_id, ("tell/", "wish/", "plan/")),
    ):
        page = reverse(f"console:{name}", args=[row])
        assert [other.get(f"{page}{verb}").status_code for verb in ("", *verbs)] == [404] * 4
        assert {other.post(f"{page}{verb}").status_code for verb in verbs} <= {404, 405}
    assert "River School" not in other.get(reverse("console:education")).content.decode()
    assert Incident.objects.get().state == "noted"


def test_whoever_works_for_no_institution_any_more_reads_that_and_nothing_else(browser_of, bang, cho, school):
    session_id = a_session(school, bang, held(today()))
    educator = browser_of(bang)
    browser_of(cho).post(reverse("console:institution_end", args=[school]), {"officer": str(bang.pk)})
    assert "You work for no institution now" in educator.get(reverse("console:education")).content.decode()
    assert educator.get(reverse("console:session", args=[session_id])).status_code == 404
    assert educator.post(reverse("console:session_new"), session_form(today())).status_code == 404


def test_no_counsellor_police_officer_or_stranger_opens_these_pages(browser_of, visitor, school):
    pages = [
        reverse("console:education"),
        reverse("console:institutions"),
        reverse("console:institution", args=[school]),
    ]
    for person, role, agency in (
        (people.COUNSELLOR, Role.COUNSELLOR, "support_centre"),
        (people.OFFICER, Role.POLICE_OFFICER, "police"),
        (people.RECOVERER, Role.RECOVERY_OFFICER, "support_ministry"),
    ):
        browser = browser_of(seat(person, role, agency=agency))
        assert [browser.get(page).status_code for page in pages] == [403, 403, 403]
    assert [visitor().get(page).status_code for page in pages] == [302, 302, 302]
