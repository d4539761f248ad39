"""An operator's administrators let colleagues in, end seats, and change keys without a pause."""

import re
from base64 import b64encode
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from allauth.mfa.models import Authenticator

from haetae.accounts.models import ApiKey, KeyScope, KeyUse, Official, SigningKey
from haetae.accounts.permissions import Role
from haetae.accounts.queries import key_of
from haetae.accounts.signing.actions import new_shared_key
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.common import clock
from tests import people

pytestmark = pytest.mark.django_db
_LINK = re.compile(r"(/operator/sign-in/once/[^<]+)<")
_SECRET = re.compile(r'class="copied number address">([^<]+)<')
_NEW = {"name": "lee", "role": "operator_moderator"}


def _form_key(browser) -> str:
    return re.search(r'name="form_key" value="([^"]+)', browser.get("/operator/keys/").content.decode())[1]


def _who(person: people.Person) -> Official:
    return Official.objects.get(username=person.name)


def test_a_colleague_is_let_in_by_a_link_that_is_shown_once(visitor, administrator, board):
    page = administrator.post("/operator/people/add/", _NEW).content.decode()
    link = _LINK.search(page)
    assert link
    assert "lee@board.example" in page
    assert not _LINK.search(administrator.get("/operator/people/").content.decode())
    newcomer = visitor("en")
    assert newcomer.post(link[1]).headers["Location"] == "/operator/"
    assert newcomer.get("/operator/people/").status_code == 403
    event = Event.objects.get(name="accounts.operator_seated", subject_id=str(_lee().pk))
    given = Event.objects.get(name="accounts.way_in_given", subject_id=str(_lee().pk))
    assert {event.actor_id, given.actor_id} == {str(_who(people.ADMINISTRATOR).pk)}


def _lee() -> Official:
    return Official.objects.get(username="lee@board.example")


def test_the_name_with_the_host_behind_it_signs_in_with_a_password_too(visitor, administrator):
    administrator.post("/operator/people/add/", _NEW)
    lee = _lee()
    lee.set_password("a long enough phrase 7")
    lee.save()
    browser = visitor("en")
    named = {"login": "lee@board.example", "password": "a long enough phrase 7"}
    assert browser.post("/operator/sign-in/", named).headers["Location"] == "/operator/"
    assert visitor("en").post("/console/sign-in/", named).status_code == 403


def test_whoever_comes_back_comes_by_the_new_way_alone(visitor, administrator):
    """Neither a window that was left open somewhere, nor the password or passkey of before, opens anything again."""
    link = _LINK.search(administrator.post("/operator/people/add/", _NEW).content.decode())
    lee, left_open = _lee(), visitor("en")
    lee.set_password("a long enough phrase 7")
    lee.save()
    left_open.post(link[1])
    named = {"login": "lee@board.example", "password": "a long enough phrase 7"}
    by_password = visitor("en")
    assert by_password.post("/operator/sign-in/", named).headers["Location"] == "/operator/"
    Authenticator.objects.create(user=lee, type=Authenticator.Type.WEBAUTHN, data={})
    administrator.post(f"/operator/people/{lee.pk}/end/")
    administrator.post("/operator/people/add/", _NEW)
    assert not Authenticator.objects.filter(user=lee).exists()
    for window in (left_open, by_password):
        assert window.get("/operator/").headers["Location"].startswith("/operator/sign-in/")
    assert visitor("en").post("/operator/sign-in/", named).status_code == 200, "asked once more"


def test_who_leaves_is_outside_at_once_and_may_come_back(visitor, administrator):
    browser = visitor("en")
    browser.post(_LINK.search(administrator.post("/operator/people/add/", _NEW).content.decode())[1])
    assert browser.get("/operator/").status_code == 200
    administrator.post(f"/operator/people/{_lee().pk}/end/")
    assert browser.get("/operator/").headers["Location"].startswith("/operator/sign-in/")
    assert "lee@board.example" not in administrator.get("/operator/people/").content.decode()
    assert administrator.post(f"/operator/people/{_lee().pk}/link/").status_code == 404
    again = visitor("en")
    again.post(_LINK.search(administrator.post("/operator/people/add/", _NEW).content.decode())[1])
    assert again.get("/operator/").status_code == 200


def test_the_last_administrator_stays_and_reads_why(administrator):
    me = _who(people.ADMINISTRATOR)
    answer = administrator.post(f"/operator/people/{me.pk}/end/")
    assert answer.status_code == 409
    assert "This is the last administrator." in answer.content.decode()
    administrator.post("/operator/people/add/", {"name": "second", "role": "operator_administrator"})
    assert administrator.post(f"/operator/people/{me.pk}/end/").status_code == 302
    assert administrator.get("/operator/people/").status_code == 302, "who ended their own seat is outside"


@pytest.mark.parametrize("name", ["", "x", "Lee Kim", "../lee", "lee@other.example", "a" * 41, "이"])
def test_a_name_that_is_none_is_refused_and_nobody_gets_an_account(administrator, name):
    before = Official.objects.count()
    answer = administrator.post("/operator/people/add/", {**_NEW, "name": name})
    assert answer.status_code == 422
    assert "small letters" in answer.content.decode()
    assert Official.objects.count() == before


def test_no_role_of_an_agency_is_given_there(administrator):
    answer = administrator.post("/operator/people/add/", {**_NEW, "role": "regulator"})
    assert answer.status_code == 422
    assert "Choose what they may do." in answer.content.decode()


def test_nobody_of_another_operator_is_seen_or_touched(administrator, at_desk, other_board):
    at_desk(people.RIVAL, Role.OPERATOR_ADMINISTRATOR, other_board)
    rival = _who(people.RIVAL)
    secret = new_shared_key(operator=other_board, use=KeyUse.WE_SIGN_SHARED, actor=SYSTEM)
    key = SigningKey.objects.get()
    assert people.RIVAL.name not in administrator.get("/operator/people/").content.decode()
    assert secret.rstrip("=")[-4:] not in administrator.get("/operator/keys/").content.decode()
    for where in (
        f"/operator/people/{rival.pk}/end/",
        f"/operator/people/{rival.pk}/link/",
        f"/operator/keys/{key.pk}/end/",
    ):
        answer = administrator.post(where)
        assert answer.status_code == 404, where
        assert "There is no page of yours" in answer.content.decode()
    key.refresh_from_db()
    rival.refresh_from_db()
    assert key.ended_at is None
    assert rival.is_active


@pytest.mark.parametrize(("form", "use"), [("shared", "we_v1"), ("shared", "they_v1"), ("fetching", "")])
def test_a_double_click_makes_one_key_and_shows_it_and_a_week_later_nothing(administrator, form, use):
    sent = {"form_key": _form_key(administrator), "use": use}
    shown = [administrator.post(f"/operator/keys/{form}/", sent).content.decode() for _ in range(2)]
    secrets = {_SECRET.search(page)[1] for page in shown}
    assert len(secrets) == 1
    assert SigningKey.objects.count() + ApiKey.objects.count() == 1
    secret = secrets.pop()
    kept = administrator.get("/operator/keys/").content.decode()
    assert secret not in kept
    assert (f"…{secret.rstrip('=')[-4:]}<" in kept) == (form == "shared")
    if form == "fetching":
        assert key_of(secret, scope=KeyScope.OPERATE)
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        late = administrator.post(f"/operator/keys/{form}/", sent)
        assert late.status_code == 409
        assert secret not in late.content.decode()
    other = administrator.post(f"/operator/keys/{form}/", {**sent, "form_key": str(uuid4())})
    assert _SECRET.search(other.content.decode())[1] != secret


def test_a_key_is_changed_without_a_pause_and_its_end_is_recorded(administrator, board):
    for _ in range(2):
        administrator.post("/operator/keys/shared/", {"form_key": _form_key(administrator), "use": "they_v1"})
    new, old = SigningKey.objects.filter(ended_at=None).order_by("-since")
    for _ in range(2):
        assert administrator.post(f"/operator/keys/{old.pk}/end/").status_code == 302
    assert list(SigningKey.objects.filter(ended_at=None)) == [new]
    assert Event.objects.filter(name="accounts.signing_key_ended").count() == 1
    administrator.post("/operator/keys/fetching/", {"form_key": _form_key(administrator)})
    key = ApiKey.objects.get()
    administrator.post(f"/operator/keys/{key.pk}/end/")
    key.refresh_from_db()
    assert key.ended_at is not None


def test_a_public_key_is_registered_once_and_nonsense_is_refused_with_the_form_of_one(administrator):
    right = "whpk_" + b64encode(bytes(range(32))).decode()
    for _ in range(2):
        assert administrator.post("/operator/keys/public/", {"public_key": right}).status_code == 302
    assert SigningKey.objects.get().public_key == right
    answer = administrator.post("/operator/keys/public/", {"public_key": "whpk_short"})
    assert answer.status_code == 422
    assert "A public key reads whpk_" in answer.content.decode()
    assert 'value="whpk_short"' in answer.content.decode()


def test_a_moderator_manages_nothing(moderator):
    for where in ("/operator/people/", "/operator/keys/"):
        answer = moderator.get(where)
        assert answer.status_code == 403
        assert "administrator at the operator" in answer.content.decode()
    assert "/operator/people/" not in moderator.get("/operator/").content.decode()
