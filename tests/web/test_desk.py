"""The counsellor's pages: the queue, one case, and what may be done there; also by posting directly."""

import re

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from haetae.accounts.agencies import SITS_IN, home_of
from haetae.accounts.models import Official, Seat
from haetae.accounts.permissions import GRANTS, Permission, Role
from haetae.agencies.referrals.models import Referral
from haetae.agencies.support.actions import OpenCase, write_message
from haetae.agencies.support.models import Case, CaseOpening, Consent, Message
from haetae.agencies.support.states import Age, Circumstance
from haetae.audit.actor import PUBLIC
from haetae.audit.models import Event
from haetae.common.ids import new_id
from haetae.web.console.cases.verbs import VERBS
from tests.agencies.desk import LINK, PACKAGE, PHONE, STORY, a_case, fresh, seated
from tests.people import COUNSELLOR, SECOND_COUNSELLOR, STRANGER

pytestmark = pytest.mark.django_db


def page(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def at(case: OpenCase, verb: str = "") -> str:
    return f"/console/cases/{case.case.pk}/{verb + '/' if verb else ''}"


def do(browser: Client, case: OpenCase, verb: str, **sent):
    return browser.post(at(case, verb), sent)


def open_it(browser: Client, case: OpenCase) -> str:
    do(browser, case, "open", part="told", reason="my_work")
    return page(browser.get(at(case)))


@pytest.fixture
def colleague(visitor) -> Client:
    browser = visitor("en")
    browser.force_login(seated(SECOND_COUNSELLOR.name))
    return browser


@pytest.mark.parametrize("role", [role for role in Role if Permission.CASE_READ not in GRANTS[role]])
def test_no_other_role_sees_a_case_or_acts_on_one_also_by_posting_directly(visitor, role) -> None:
    case, browser = a_case(), visitor("en")
    browser.force_login(seated(STRANGER.name, role, home_of(role) if role in SITS_IN else ""))
    for where in ("/console/cases/", "/console/cases/new/", at(case)):
        assert browser.get(where).status_code == 403, where
    for where in ("/console/cases/new/", *(at(case, verb) for verb in VERBS)):
        answer = browser.post(where, {"part": "told", "reason": "my_work", "text": "x"})
        assert answer.status_code == 403, where
    assert not CaseOpening.objects.exists()
    assert fresh(case.case.pk).counsellor is None


def test_only_those_who_stand_by_people_read_their_cases() -> None:
    may = {role for role in Role if Permission.CASE_READ in GRANTS[role]}
    assert may == {Role.COUNSELLOR, Role.CHILD_PROTECTION_COUNSELLOR}
    assert {role for role in Role if Permission.CASE_WRITE in GRANTS[role]} == may


def test_a_seat_that_has_ended_opens_nothing(counsellor) -> None:
    case = a_case()
    assert STORY in open_it(counsellor, case)
    Seat.objects.update(until="2026-02-01")
    assert counsellor.get(at(case)).status_code == 403
    assert do(counsellor, case, "write", text="x").status_code == 403


def test_an_empty_queue_says_what_would_appear(counsellor) -> None:
    assert "Nobody waits." in page(counsellor.get("/console/cases/"))


def test_the_queue_shows_who_comes_first_in_codes_and_nothing_that_was_told(counsellor, colleague) -> None:
    calm = a_case(age=Age.ADULT)
    minor = a_case(age=Age.UNDER_19)
    danger = a_case(age=Age.UNDER_19, circumstances=[Circumstance.MONEY_DEMANDED])
    do(colleague, calm, "take")
    shown = page(counsellor.get("/console/cases/"))
    order = [danger, minor, calm]
    assert re.findall(r'id="c-([0-9a-f-]+)"', shown) == [str(it.case.pk) for it in order]
    assert "money is demanded" in shown
    assert SECOND_COUNSELLOR.name in shown
    for told in (STORY, PHONE, LINK):
        assert told not in shown
    mine = page(counsellor.get("/console/cases/?show=minors"))
    assert str(calm.case.pk) not in mine
    found = page(counsellor.get(f"/console/cases/?number={calm.case.pk.hex[:6]}"))
    assert re.findall(r'id="c-([0-9a-f-]+)"', found) == [str(calm.case.pk)]
    assert "No case has this number." in page(counsellor.get("/console/cases/?number=xyz"))


def test_the_queue_goes_on_behind_a_case_that_was_seen_to_meanwhile(counsellor, monkeypatch) -> None:
    monkeypatch.setattr("haetae.web.console.cases.queue._PAGE_SIZE", 1)
    first, second = a_case(), a_case()
    shown = counsellor.get("/console/cases/").content.decode()
    further = re.search(r'href="\?(after=[^"]+)"', shown)
    assert further
    do(counsellor, first, "seen", how="spoken")
    assert str(second.case.pk) in counsellor.get(f"/console/cases/?{further[1]}").content.decode()
    for nonsense in ("1-2", "999-99999999999999999-" + "f" * 32, "x"):
        assert counsellor.get(f"/console/cases/?after={nonsense}").status_code == 200


def test_what_was_told_opens_with_a_reason_and_who_the_person_is_with_a_second_one(counsellor) -> None:
    case = a_case()
    closed = page(counsellor.get(at(case)))
    assert STORY not in closed
    assert LINK not in closed
    assert do(counsellor, case, "open", part="told", reason="").status_code == 422
    shown = open_it(counsellor, case)
    assert STORY in shown
    assert PHONE not in shown
    do(counsellor, case, "open", part="identity", reason="call_back")
    assert PHONE in page(counsellor.get(at(case)))
    facts = list(Event.objects.filter(name="support.case_opened").values_list("facts", flat=True))
    assert facts == [{"part": "told", "reason": "my_work"}, {"part": "identity", "reason": "call_back"}]


def test_reading_writes_nothing(counsellor) -> None:
    case = a_case()
    open_it(counsellor, case)
    before = Event.objects.count()
    counsellor.get(at(case))
    assert Event.objects.count() == before


def test_nothing_is_written_to_a_person_whose_case_one_has_not_opened(counsellor) -> None:
    case = a_case()
    for verb in ("write", "refer", "add"):
        answer = do(counsellor, case, verb, text=PACKAGE, to="police", form_key=str(new_id()))
        assert answer.status_code == 422, verb
    assert not Message.objects.exists()


def test_a_message_sent_twice_is_one_and_ends_the_waiting(counsellor) -> None:
    case, form_key = a_case(), str(new_id())
    write_message(opened=case, text="Hello?", form_key=new_id(), official_id=None, actor=PUBLIC)
    assert "Hello?" in open_it(counsellor, case)
    for _ in range(2):
        answer = do(counsellor, case, "write", text="<b>I am here.</b>", form_key=form_key)
        assert answer.headers["Location"] == at(case)
    assert Message.objects.filter(sender="counsellor").count() == 1
    assert fresh(case.case.pk).waits_since is None
    shown = page(counsellor.get(at(case)))
    assert "&lt;b&gt;I am here.&lt;/b&gt;" in shown


def test_what_is_too_long_comes_back_with_why(counsellor) -> None:
    case = a_case()
    open_it(counsellor, case)
    answer = do(counsellor, case, "write", form="write", text="y" * 4_001)
    assert answer.status_code == 422
    assert "Send it in two." in page(answer)
    assert "y" * 4_001 in page(answer)


def test_when_the_database_is_away_the_message_comes_back_to_be_sent_again(counsellor, monkeypatch) -> None:
    case = a_case()
    open_it(counsellor, case)

    def away(**_):
        raise OperationalError("gone")

    monkeypatch.setattr("haetae.web.console.cases.verbs.write_message", away)
    answer = do(counsellor, case, "write", text="I am here.", form_key="k")
    assert answer.status_code == 503
    assert "I am here." in page(answer)
    assert 'name="form_key" value="k"' in page(answer)


def test_somebody_elses_case_is_taken_on_only_when_it_is_handed_on(counsellor, colleague) -> None:
    case = a_case()
    do(colleague, case, "take")
    answer = do(counsellor, case, "take")
    assert answer.status_code == 409
    assert "Another counsellor has taken it on." in page(answer)
    me = Official.objects.get(username=COUNSELLOR.name)
    do(colleague, case, "hand", to=str(me.pk), why="too_much")
    assert fresh(case.case.pk).counsellor == me
    assert do(colleague, case, "hand", to=str(new_id()), why="too_much").status_code == 422


def test_under_19_ends_only_with_a_paper_also_when_posted_directly(counsellor) -> None:
    case = a_case(age=Age.UNDER_19)
    open_it(counsellor, case)
    answer = do(counsellor, case, "correct", age="adult", relation="me", proof="said")
    assert answer.status_code == 422
    assert "a guess may only raise protection" in page(answer)
    do(counsellor, case, "correct", age="adult", relation="me", proof="paper")
    assert fresh(case.case.pk).age == "adult"


def test_a_guardian_who_is_not_safe_is_told_nothing_also_when_posted_directly(counsellor) -> None:
    case = a_case(age=Age.UNDER_19)
    open_it(counsellor, case)
    assert "First ask the person, alone" in page(do(counsellor, case, "guardian", how="telephone"))
    do(counsellor, case, "home", safe="no")
    answer = do(counsellor, case, "guardian", how="telephone")
    assert answer.status_code == 422
    assert "SCA 30(3)" in page(answer)
    answer = do(counsellor, case, "agree", kind="tell_guardian", giver="person", how="telephone")
    assert answer.status_code == 422
    assert not Event.objects.filter(name="support.guardian_told").exists()
    assert not Consent.objects.exists()


def test_it_is_handed_over_with_consent_and_answered(counsellor) -> None:
    case = a_case()
    open_it(counsellor, case)
    sent = {"form": "refer", "to": "police", "text": PACKAGE, "form_key": str(new_id())}
    refused = do(counsellor, case, "refer", **sent)
    assert refused.status_code == 422
    assert PACKAGE in page(refused), "what was written is not lost"
    do(counsellor, case, "agree", kind="tell_police", giver="person", how="telephone")
    for _ in range(2):
        assert do(counsellor, case, "refer", **sent).status_code == 302
    referral = Referral.objects.get()
    assert "with the person&#x27;s consent" in page(counsellor.get(at(case)))
    other = a_case()
    assert do(counsellor, other, "answered", referral=str(referral.pk), answer="accepted").status_code == 422
    do(counsellor, case, "answered", referral=str(referral.pk), answer="more_needed")
    assert "returned: they need more" in page(counsellor.get(at(case)))
    assert "See what came back" in page(counsellor.get("/console/cases/"))
    do(counsellor, case, "agree-no-more", kind="tell_police")
    assert do(counsellor, case, "refer", **{**sent, "form_key": str(new_id())}).status_code == 422


def test_lost_words_need_two_people_also_when_posted_directly(counsellor, colleague) -> None:
    case = a_case()
    for browser in (counsellor, colleague):
        open_it(browser, case)
    assert do(counsellor, case, "lost", how="call_back").status_code == 422
    do(counsellor, case, "choose", chosen="centre", how="call_back")
    assert do(counsellor, case, "lost", how="question").status_code == 422
    do(counsellor, case, "lost", how="call_back")
    alone = do(counsellor, case, "confirm")
    assert alone.status_code == 422
    assert "A second counsellor confirms it." in page(alone)
    assert do(counsellor, case, "issue").status_code == 422
    do(colleague, case, "confirm")
    assert do(colleague, case, "issue").status_code == 422
    old = fresh(case.case.pk).lookup
    words = re.findall(r"<li><b>([^<]+)</b></li>", do(counsellor, case, "issue").content.decode())
    assert len(words) == 8
    assert fresh(case.case.pk).lookup != old
    assert do(counsellor, case, "issue").status_code == 409, "shown once"


def test_a_destroyed_case_opens_no_more(counsellor) -> None:
    case = a_case()
    open_it(counsellor, case)
    Case.objects.update(state="destroyed", lookup=None, key_for_person=None, key_for_custodian=None)
    shown = page(counsellor.get(at(case)))
    assert STORY not in shown
    assert "Open it for today" not in shown
    for verb, sent in [
        ("open", {"part": "told", "reason": "my_work"}),
        ("take", {}),
        ("home", {"safe": "yes"}),
    ]:
        assert do(counsellor, case, verb, **sent).status_code == 409, verb


def test_an_unknown_case_is_not_found(counsellor) -> None:
    nobodys = new_id()
    assert counsellor.get(f"/console/cases/{nobodys}/").status_code == 404
    for verb in ("take", "write", "issue"):
        where = reverse(f"console:case_{verb}", args=[nobodys])
        assert counsellor.post(where, {"text": "x"}).status_code == 404, verb


def test_a_form_without_its_token_is_refused(visitor) -> None:
    case, browser = a_case(), visitor("en", strict=True)
    browser.force_login(seated(COUNSELLOR.name))
    for verb in VERBS:
        assert do(browser, case, verb).status_code == 403, verb
