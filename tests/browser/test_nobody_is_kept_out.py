"""axe-core finds nothing on any page of the portal, in either language, light or dark; every page without arguments."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import URLPattern, URLResolver
from playwright.sync_api import Browser, Page

from haetae.web.portal.urls import urlpatterns
from tests.browser.person import on_a_telephone
from tests.browser.town import Town

# Everything that axe knows, its advice on good practice too.
_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast-enhanced": {"enabled": True}},
    "resultTypes": ["violations"],  # of what it has nothing against, one example of each
}


def addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """Of every page that can be asked for without knowing anything."""
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, address)
        elif not pattern.pattern.converters and "(" not in address:
            yield address


PORTAL = sorted(addresses(urlpatterns))


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=_RULES).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]} ({page.url})" for one in found]


@pytest.mark.parametrize(("language", "scheme"), [("ko", "light"), ("en", "dark")])
def test_no_page_of_the_portal_keeps_anybody_out(
    chromium: Browser, town: Town, language: str, scheme: str
) -> None:
    assert {
        "/",
        "/link/",
        "/hash/",
        "/mine/",
        "/check/",
        "/help/data/",
        "/help/pupils/",
        "/statement/",
    } <= set(PORTAL)
    context, page = on_a_telephone(chromium, language=language, color_scheme=scheme)
    found: list[str] = []
    for address in PORTAL:
        answer = context.request.get(town.pages + address)
        if answer.status == 405 or "text/html" not in answer.headers.get("content-type", ""):
            continue  # a button's address, or a file
        page.goto(town.pages + address)
        found += violations(page)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, f"{address} is wider than the telephone"
    context.close()
    assert found == []


def test_axe_sees_what_is_wrong(chromium: Browser, town: Town) -> None:
    context, page = on_a_telephone(chromium, language="en")
    page.goto(f"{town.pages}/")
    page.evaluate("document.querySelector('h1').style.color = '#ccc'")
    assert any("color-contrast" in one for one in violations(page))
    context.close()
