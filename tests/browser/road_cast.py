"""The cast of the regulator's road, each with a browser of their own. Everything that they do is a click on a page."""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.browser.road_stage import Played
from tests.people import ADMINISTRATOR, MODERATOR, PROVIDER, RIVAL, Person

_AT_THE_DESK = frozenset({MODERATOR, ADMINISTRATOR, RIVAL, PROVIDER})
_PATIENCE_MS = 15_000
# As a form does that somebody has made themselves: with the token of the session, and without any page.
_POST = """async ([where, fields]) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({csrfmiddlewaretoken: token, ...fields});
  const answer = await fetch(where, {method: "POST", body, redirect: "manual"});
  return [answer.status, await answer.text()];
}"""


class Cast:
    """Who is needed is signed in, once."""

    def __init__(self, chromium: Browser, road: Played, *, language: str = "en") -> None:
        self._chromium, self._road, self._language = chromium, road, language
        self._pages: dict[str, Page] = {}
        self._contexts: list[BrowserContext] = []

    def page_of(self, person: Person, *, language: str = "") -> Page:
        """The window in which this one works."""
        known = self._pages.get(person.name)
        if known is not None:
            return known
        at = "operator" if person in _AT_THE_DESK else "console"
        page = self.stranger(language=language)
        page.goto(self._road.sign_in_of(person, at=at))
        page.locator("main button").click()
        page.wait_for_url(lambda url: "/sign-in/" not in url)
        self._pages[person.name] = page
        return page

    def stranger(self, *, language: str = "") -> Page:
        """A window in which nobody is signed in."""
        viewport = {"width": 1200, "height": 900}
        context = self._chromium.new_context(locale=language or self._language, viewport=viewport)
        self._contexts.append(context)
        context.set_default_timeout(_PATIENCE_MS)
        return context.new_page()

    def at(self, person: Person, path: str) -> Page:
        """That page, which this one may open."""
        page = self.page_of(person)
        answer = page.goto(self._road.origin + path)
        assert answer is not None
        assert answer.status == 200, (person.name, path, answer.status)
        return page

    def may_not(self, person: Person, *paths: str) -> None:
        page = self.page_of(person)
        for path in paths:
            answer = page.request.get(self._road.origin + path, max_redirects=0)
            assert answer.status in {403, 404}, (person.name, path, answer.status)

    def close(self) -> None:
        for context in self._contexts:
            context.close()


def form(page: Page, ends: str) -> Locator:
    """The form that is sent there; what hides it is opened, as somebody would."""
    found = page.locator(f"main form[action$='{ends}']").first
    found.wait_for(state="attached")
    folded = page.locator(f"details:not([open]):has(form[action$='{ends}'])").first
    if folded.count():
        folded.locator("summary").first.click()
    return found


def presses(page: Page, ends: str, *, button: str = "button", **fields: str) -> None:
    """Fills in what is named and presses it; nothing speaks against it."""
    sent = form(page, ends)
    fills(sent, fields)
    with page.expect_navigation():
        sent.locator(button).first.click()
    problem = page.locator(".problem[role=alert]")
    assert not problem.count(), problem.inner_text()


def fills(form_: Locator, fields: Mapping[str, str]) -> None:
    """A radio, a box or a line of a list is chosen, everything else is typed."""
    for name, value in fields.items():
        field = form_.locator(f"[name='{name}']").first
        kind = field.get_attribute("type") or ""
        if kind in {"radio", "checkbox"}:
            form_.locator(f"[name='{name}'][value='{value}']").check()
        elif field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def direct_post(page: Page, path: str, **fields: str) -> tuple[int, str]:
    """Status and words of the answer to a form that no page offers."""
    answered: list[Any] = page.evaluate(_POST, [path, fields])
    return int(answered[0]), str(answered[1])


def told(page: Page) -> str:
    """What stands there, in one line."""
    return " ".join(page.locator("main").inner_text().split())


def is_refused(cast: Cast, person: Person, act: str, *, says: str) -> None:
    """No button is there, a sentence says why, and a form sent without a page is answered by the same sentence."""
    path, verb = act.rstrip("/").rsplit("/", 1)
    page = cast.at(person, f"{path}/")
    assert not page.locator(f"main form[action$='/{verb}/'], main [formaction$='/{verb}/']").count()
    assert says in told(page)
    status, answer = direct_post(page, act, why="The accounts that were handed in later show it.")
    assert status == 409
    assert says in " ".join(answer.split())
