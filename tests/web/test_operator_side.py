"""The operators' own side: their door, their cookies, and nothing of an official's."""

import re
from datetime import timedelta

import pytest
from django.db import transaction

from haetae.accounts.actions import end_seat_at_operator, issue_one_time_sign_in
from haetae.accounts.models import Official
from haetae.accounts.permissions import Permission, Role
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.web.access import access_of
from haetae.web.sides.which import Side, side_at
from tests import people
from tests.web.addresses import every_address
from tests.web.second_steps import set_up_codes

pytestmark = pytest.mark.django_db
_PHRASE = "a long enough phrase 7"


def _once(side: str, official: Official) -> str:
    return f"/{side}/sign-in/once/{issue_one_time_sign_in(official=official)}/"


def _who(person: people.Person) -> Official:
    return Official.objects.get(username=person.name)


def test_somebody_at_an_operator_comes_in_by_their_own_door_and_sees_whose_desk_it_is(moderator):
    answer = moderator.get("/operator/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Board" in page
    assert people.MODERATOR.name in page
    assert "/console/" not in page


def test_cookies_of_operators_are_named_after_their_side_and_sent_to_it_alone(moderator):
    moderator.post("/operator/language/", {"language": "en", "next": "/operator/"})
    moderator.get("/operator/sign-in/second/")
    assert set(moderator.cookies) == {"operator_session", "operator_form", "operator_language"}
    for cookie in moderator.cookies.values():
        assert cookie["path"] == "/operator/"
        assert cookie["httponly"]


def test_signing_out_takes_the_session_back_under_the_name_that_the_browser_knows(moderator):
    moderator.post("/operator/sign-in/out/")
    assert moderator.cookies["operator_session"].value == ""
    assert moderator.get("/operator/").headers["Location"] == "/operator/sign-in/?next=/operator/"


@pytest.mark.parametrize(("mine", "others"), [("operator", "console"), ("console", "operator")])
def test_a_session_of_one_side_is_worth_nothing_on_the_other_even_under_the_others_name(
    visitor, moderator, control_room, mine, others
):
    """The same server, the same table of sessions: only what signed them differs."""
    owner = moderator if mine == "operator" else control_room
    key = owner.cookies[f"{mine}_session"].value
    thief = visitor("en")
    thief.cookies[f"{others}_session"] = key
    assert thief.get(f"/{others}/").headers["Location"].startswith(f"/{others}/sign-in/")
    thief.get(f"/{others}/sign-in/")
    assert owner.get(f"/{mine}/").status_code == 200, "and whose it is keeps it"


def test_an_account_of_the_other_side_is_refused_at_the_door_whichever_way_it_comes(
    visitor, moderator, reviewer
):
    for side, official, words in (
        ("console", _who(people.MODERATOR), "The control room is for officials."),
        ("operator", reviewer, "This desk is for operators of platforms."),
    ):
        official.set_password(_PHRASE)
        official.save()
        named = {"login": official.username, "password": _PHRASE}
        for where, sent in ((f"/{side}/sign-in/", named), (_once(side, official), {})):
            browser = visitor("en")
            answer = browser.post(where, sent)
            assert answer.status_code == 403, where
            assert words in answer.content.decode()
            assert browser.get(f"/{side}/").status_code == 302


def test_no_page_of_the_console_opens_for_an_operators_person_who_has_a_session_there(visitor, moderator):
    """As when somebody was let in while they had no seat yet, and got one at an operator since."""
    browser = visitor("en")
    browser.force_login(_who(people.MODERATOR))
    tried = 0
    for address in every_address():
        if not address.path.startswith("/console/") or address.name in {"console_language", "sign_in_once"}:
            continue
        if address.name in {"account_login", "account_logout"}:
            continue
        tried += 1
        answer = browser.get(address.path)
        assert answer.status_code == 403, address.name
        assert "You have another door." in answer.content.decode(), address.name
    assert tried > 20


def test_a_role_at_an_operator_counts_on_its_own_side_alone(visitor, reviewer, board):
    """Against whoever writes a second seat into the table, past the action that refuses it."""
    seat = reviewer.seats.create(
        role=Role.OPERATOR_MODERATOR, operator=board, since=clock.now().date() - timedelta(days=3)
    )
    browser = visitor("en")
    browser.force_login(reviewer)
    assert browser.get("/console/").status_code == 200
    browser.post(_once("operator", reviewer))
    assert browser.get("/operator/").status_code == 200
    reviewer.seats.exclude(pk=seat.pk).delete()
    assert browser.get("/console/").status_code == 403


def test_a_seat_that_ended_opens_nothing_the_day_after(moderator, board):
    yesterday = clock.now().date() - timedelta(days=2)
    end_seat_at_operator(official=_who(people.MODERATOR), operator=board, last_day=yesterday, actor=SYSTEM)
    assert moderator.get("/operator/").headers["Location"].startswith("/operator/sign-in/"), "outside at once"
    moderator.post(f"/operator/sign-in/once/{issue_one_time_sign_in(official=_who(people.MODERATOR))}/")
    answer = moderator.get("/operator/")
    assert answer.status_code == 403
    assert "request:read is not part of your role." in answer.content.decode()


def test_no_request_opens_without_the_second_step_and_a_step_taken_there_opens_them(
    settings, moderator, monkeypatch
):
    settings.SECOND_STEP = "required"
    closed = [one for one in every_address() if isinstance(access_of(one.view), Permission)]
    for address in closed:
        if side_at(address.path) is Side.OPERATOR:
            for ask in (moderator.get, moderator.post):
                answer = ask(address.path)
                assert answer.status_code == 403, address.name
                assert "Set up a second step first" in answer.content.decode(), address.name
                assert 'href="/operator/sign-in/second/totp/activate/"' in answer.content.decode()
    # A test is one transaction that never ends; what waits for its end happens at once, as in a real request.
    monkeypatch.setattr(transaction, "on_commit", lambda done, **_: done())
    set_up_codes(moderator, side="operator")
    assert moderator.get("/operator/").status_code == 200


def test_an_official_s_permission_opens_no_page_of_operators_and_theirs_none_of_the_console(
    visitor, reviewer
):
    browser = visitor("en")
    browser.force_login(reviewer)
    answer = browser.get("/operator/")
    assert answer.headers["Location"] == "/operator/sign-in/?next=/operator/"


def test_a_form_of_operators_is_refused_without_its_token_and_with_that_of_another_side(visitor):
    browser = visitor("en", strict=True)
    page = browser.get("/operator/sign-in/").content.decode()
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', page)
    assert token
    sent = {"csrfmiddlewaretoken": token[1], "login": "nobody", "password": "nothing at all 7"}
    assert browser.post("/operator/sign-in/", sent).status_code == 200
    assert browser.post("/console/sign-in/", sent).status_code == 403
    refused = browser.post("/operator/sign-in/", {**sent, "csrfmiddlewaretoken": ""})
    assert refused.status_code == 403
    assert "The form was not taken." in refused.content.decode()
    assert "/operator/" in refused.content.decode()


def test_trouble_stands_in_the_frame_of_operators_also_where_no_other_side_is_served(settings, moderator):
    assert "There is no page of yours" in moderator.get("/operator/nothing/").content.decode()
    settings.SIDES = frozenset({"operator"})
    assert "There is no page of yours" in moderator.get("/nothing/").content.decode()
    assert moderator.get("/operator/").status_code == 200
    too_large = moderator.post("/operator/sign-in/", CONTENT_LENGTH=str(50_000_000))
    assert too_large.status_code == 413
    assert "This could not be read." in too_large.content.decode()


def test_each_side_remembers_its_own_language(visitor, moderator):
    moderator.post("/operator/language/", {"language": "ko", "next": "/operator/"})
    assert 'lang="ko"' in moderator.get("/operator/").content.decode()[:80]
    assert 'lang="en"' in moderator.get("/console/sign-in/").content.decode()[:80]
