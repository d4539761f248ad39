"""Three kinds of people, three web apps: what one side has, the other neither sees nor sets."""

import json
import os
import re
import subprocess
import sys
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.template import TemplateDoesNotExist, engines
from django.test import RequestFactory

from haetae.common.keys import make_missing_keys
from haetae.web.sides.middleware import OwnCookies
from haetae.web.sides.which import Side, is_served, side_at
from tests.serving import served
from tests.web.addresses import every_address
from tests.web.msgids import WEB

pytestmark = pytest.mark.django_db
_TEMPLATES = WEB / "templates"
_OF_THE_PORTAL = [address.path for address in every_address() if side_at(address.path) is Side.PORTAL]
_MASKED_TOKEN = re.compile(r'(name="(csrfmiddlewaretoken|form_key)" value=")[^"]+')
_WITH_PAGES = ("portal", "operator", "console")
_ON_BOTH = ("letters/", "filing/", "sheets/", "account/", "allauth/", "mfa/")
_LEADING = {"portal": ("portal:", "language"), "operator": ("operator",), "console": ("console",)}
_MENTIONED = re.compile(r'{%\s*(?:include|extends)\s+"([^"]+)"')


def _without_tokens(page: bytes) -> str:
    """A form's token and key are drawn anew for each page."""
    return _MASKED_TOKEN.sub(r"\1", page.decode())


@pytest.mark.parametrize("where", [*_OF_THE_PORTAL, "/nowhere/"])
def test_the_portal_answers_an_official_with_the_same_bytes_as_everybody(visitor, control_room, where):
    strangers, officials = visitor("en").get(where), control_room.get(where)
    assert "console_session" in control_room.cookies
    assert _without_tokens(strangers.content) == _without_tokens(officials.content)
    for answer in (strangers, officials):
        assert set(answer.cookies) <= {"form"}
    assert strangers.headers.get("Vary") == officials.headers.get("Vary")


@pytest.mark.parametrize("where", _OF_THE_PORTAL)
def test_on_the_portal_there_is_no_session_and_nobody_is_signed_in(control_room, where):
    seen = control_room.get(where).wsgi_request
    for name in ("session", "user", "allauth", "htmx", "_messages"):
        assert not hasattr(seen, name), name
    assert not [name for name in seen.COOKIES if name != "console_form"]


def test_on_the_console_there_is_a_session(control_room):
    seen = control_room.get("/console/").wsgi_request
    assert all(hasattr(seen, name) for name in ("session", "user", "allauth", "htmx", "_messages"))


def test_cookies_of_officials_are_sent_to_the_console_alone(visitor, reviewer):
    reviewer.set_password("a long enough phrase 7")
    reviewer.save()
    browser = visitor()
    browser.get("/console/sign-in/")
    browser.post("/console/sign-in/", {"login": reviewer.username, "password": "a long enough phrase 7"})
    browser.post("/console/language/", {"language": "en", "next": "/console/"})
    assert set(browser.cookies) == {"console_session", "console_form", "console_language"}
    for cookie in browser.cookies.values():
        assert cookie["path"] == "/console/"
        assert cookie["httponly"]


def test_cookies_of_the_portal_go_with_the_window_and_no_script_reads_them(visitor):
    browser = visitor()
    browser.get("/link/")
    browser.post("/language/", {"language": "en", "next": "/"})
    assert set(browser.cookies) == {"form", "language"}
    for cookie in browser.cookies.values():
        assert {cookie["max-age"], cookie["expires"]} == {""}
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/", True, "Strict")


@pytest.mark.parametrize("name", ["console_form", "form"])
def test_a_form_of_one_side_is_not_sent_with_the_cookie_of_the_other(visitor, name):
    """The tokens of one side are worth nothing on the other, although both know the same secret key."""
    browser = visitor("en", strict=True)
    page, elsewhere = ("/link/", "/console/sign-in/") if name == "form" else ("/console/sign-in/", "/link/")
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', browser.get(page).content.decode())
    assert token
    assert set(browser.cookies) - {"console_session"} == {name}
    sent = {"csrfmiddlewaretoken": token[1], "link": "https://a.example/"}
    assert browser.post(elsewhere, sent).status_code == 403
    assert browser.post(page, sent).status_code != 403


def test_each_side_remembers_a_language_of_its_own(visitor, reviewer):
    browser = visitor("ko")
    browser.force_login(reviewer)
    browser.post("/console/language/", {"language": "en", "next": "/console/"})
    assert "Sightings" in browser.get("/console/").content.decode()
    assert "잘 찾아오셨어요." in browser.get("/").content.decode()
    browser.post("/console/language/", {"language": "ko", "next": "/console/"})
    browser.post("/language/", {"language": "en", "next": "/"})
    assert "You are in the right place." in browser.get("/").content.decode()
    assert "발견물" in browser.get("/console/").content.decode()


def test_machines_are_judged_by_no_cookie():
    seen = []
    line = OwnCookies(lambda request: seen.append(request.COOKIES))
    request = RequestFactory().get("/api/v1/status")
    request.COOKIES = {"console_session": "s", "form": "f"}
    line(request)
    assert seen == [{}]


def test_the_names_of_cookies_in_production_bind_the_browser():
    """In a process of its own, because settings are read once."""
    told = {
        "DATABASE_URL": "postgresql://nobody@/nothing",
        "HAETAE_PUBLIC_ORIGIN": "https://help.example",
        "DJANGO_SETTINGS_MODULE": "haetae.settings.production",
    }
    names = (
        "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME", "PORTAL_COOKIES", "OPERATOR_COOKIES",
    )  # fmt: skip
    asked = (
        "import json; from haetae.settings import production as told;"
        f" print(json.dumps([getattr(told, name) for name in {names}]))"
    )
    with TemporaryDirectory() as home:
        make_missing_keys(Path(home) / "keys")
        socket = Path(home) / "socket"
        surroundings = {**os.environ, **told, "HAETAE_HOME": home, "HAETAE_KEY_SERVICE": str(socket)}
        with served(Path(home) / "keys", socket):
            printed = subprocess.run(
                [sys.executable, "-c", asked], env=surroundings, capture_output=True, text=True, check=True
            )
    session, form, language, portal, operators = json.loads(printed.stdout)
    of_console = [session, form, language]
    assert of_console == [f"__Secure-console_{name}" for name in ("session", "form", "language")]
    assert portal == {form: "__Host-form", language: "__Host-language"}
    assert [operators[name].replace("operator", "console") for name in of_console] == of_console


def test_forms_work_under_the_names_of_production(settings, visitor):
    settings.CSRF_COOKIE_NAME = "__Secure-console_form"
    settings.PORTAL_COOKIES = {"__Secure-console_form": "__Host-form"}
    for page, kept in (("/link/", "__Host-form"), ("/console/sign-in/", "__Secure-console_form")):
        browser = visitor("en", strict=True)
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', browser.get(page).content.decode())
        assert token
        assert kept in browser.cookies
        sent = {"csrfmiddlewaretoken": token[1], "link": "https://a.example/"}
        assert browser.post(page, sent).status_code != 403
        browser.cookies.clear()
        assert browser.post(page, sent).status_code == 403


@pytest.mark.parametrize("of", _WITH_PAGES)
@pytest.mark.parametrize("others", _WITH_PAGES)
def test_a_template_of_one_side_does_not_exist_for_the_others(of, others):
    assert _finds(of, "page.html")
    assert _finds(of, f"{others}/page.html") == (of == others)


def test_every_template_is_found_by_one_side_and_leads_to_no_other():
    """The sign-in, letters, filings and sheets are one set for both sides that have them, each in its own frame."""
    for template in sorted(_TEMPLATES.rglob("*.html")):
        name = str(template.relative_to(_TEMPLATES))
        found_by = [side for side in _WITH_PAGES if _finds(side, name)]
        shared = ("operator", "console") if name.startswith(_ON_BOTH) else ()
        assert found_by == list(_WITH_PAGES if name == "page.html" else shared or found_by[:1]), name
        assert found_by, f"{name} belongs to no side"
        text = template.read_text(encoding="utf-8")
        for side, mentioned in product(found_by, _MENTIONED.findall(text)):
            assert _finds(side, mentioned), (name, mentioned)
        if name != "page.html":
            _leads_nowhere_else(name, text, side="" if shared else found_by[0])


def _finds(side: str, name: str) -> bool:
    try:
        engines[side].engine.get_template(name)
    except TemplateDoesNotExist:
        return False
    return True


def _leads_nowhere_else(name: str, text: str, *, side: str) -> None:
    for view in re.findall(r"""{%\s*url\s+['"]([^'"]+)""", text):
        of_sign_in = view.startswith(("account_", "mfa_"))
        assert side != "portal" if of_sign_in else view.startswith(_LEADING.get(side, ())), (name, view)
    foreign = {"portal": "console|operator|allauth|django_htmx", "operator": "console", "console": "operator"}
    assert not re.search(rf"{{%\s*load[^%]*\b({foreign.get(side, 'console|operator')})\b", text), name
    if side == "portal":
        assert "console" not in re.sub(r"{#.*?#}", "", text), name


@pytest.mark.parametrize(
    ("sides", "answers"),
    [
        (
            {"portal"},
            {"/": 200, "/link/": 200, "/console/": 404, "/console/sign-in/": 404, "/api/v1/status": 404},
        ),
        ({"console"}, {"/": 404, "/console/sign-in/": 200, "/operator/": 404, "/exchange/v1/": 404}),
        ({"operator"}, {"/": 404, "/console/": 404, "/operator/sign-in/": 200, "/api/v1/status": 404}),
        ({"api"}, {"/": 404, "/console/sign-in/": 404, "/operator/": 404, "/api/v1/openapi.json": 200}),
    ],
)
def test_a_process_serves_only_the_sides_that_it_was_told(settings, visitor, sides, answers):
    settings.SIDES = frozenset(sides)
    for where, status in {**answers, "/healthz": 200}.items():
        answer = visitor("en").get(where)
        assert answer.status_code == status, where
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_what_is_not_served_is_answered_as_what_does_not_exist(settings, visitor):
    """Whoever looks at the portal from outside does not learn that there is a console."""
    settings.SIDES = frozenset({"portal"})
    for where in (
        "/console/",
        "/console/reviews/",
        "/console/nothing/",
        "/console",
        "/operator/",
        "/operator",
    ):
        answer = visitor("en").get(where)
        assert "There is no page at this address." in answer.content.decode()
        assert not answer.cookies
    # Not even a form that is sent there is looked at.
    assert visitor("en", strict=True).post("/console/sign-in/").status_code == 404


def test_a_page_that_is_not_there_stands_in_the_frame_of_its_side(settings, visitor, control_room):
    assert "The control room has no page" in control_room.get("/console/nothing/").content.decode()
    assert "tel:1366" in control_room.get("/nothing/").content.decode()
    settings.SIDES = frozenset({"console"})
    assert "The control room has no page" in control_room.get("/nothing/").content.decode()


@pytest.mark.parametrize("said", ["", "portal,", "everything", "portal console"])
def test_a_side_that_nobody_knows_stops_the_start(monkeypatch, said):
    from pydantic import ValidationError

    from haetae.settings.environment import Environment

    monkeypatch.setenv("HAETAE_SIDES", said)
    with pytest.raises(ValidationError, match="HAETAE_SIDES"):
        Environment()


def test_health_is_of_no_side():
    assert side_at("/healthz") is None
    assert side_at("/readyz") is None
    assert is_served(None)
