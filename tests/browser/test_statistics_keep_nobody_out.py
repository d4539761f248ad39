"""The pages of numbers in a real browser: axe finds nothing, nothing is wider than a telephone, and the wall fits."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from haetae.agencies.statistics.rules import Reason
from haetae.web.messages import compile_messages
from tests.browser.test_nobody_is_kept_out import violations
from tests.publishing import MONTH, gone, lead, moment, only_asked, published, refused, still_there

pytestmark = pytest.mark.django_db
PORTAL = ("", "definitions/", "history/", "2026-09/1/", "2026-08/")
Open = Callable[..., Page]
_ORIGIN = "http://pages.test"


@pytest.fixture(autouse=True)
def pages_from_their_sources(settings, monkeypatch) -> None:
    compile_messages()
    settings.STATIC_ROOT = None
    settings.WHITENOISE_USE_FINDERS = True
    # The browser's own loop runs in this thread, and the pages are made in it.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture
def two_months() -> None:
    long = "a-platform-whose-name-is-really-very-long-and-goes-on"
    with moment("2026-08-15T12:00"):
        gone("alpha", 7, first=400)
    with moment("2026-09-15T12:00"):
        for name, count in (("alpha", 9), (long, 8), ("beta", 7), ("gamma", 6), ("delta", 2)):
            only_asked(name, count)
        gone("alpha", 6, first=50)
        still_there("beta", 3, first=50)
        refused("gamma", 5, first=50)
    published("2026-08", when="2026-10-01T09:00")
    published(MONTH)
    with moment("2026-09-15T12:00"):
        gone("beta", 6, first=200)
    published(MONTH, reason=Reason.RECORD_COMPLETED, when="2026-10-04T09:00")


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Open]:
    """A browser whose every request is answered by the pages in this process."""
    contexts = []

    def opened(
        *, language: str, scheme: str = "light", width: int = 390, height: int = 800, lead_too: bool = False
    ) -> Page:
        client = Client(headers={"accept-language": language})
        if lead_too:
            client.force_login(lead())

        def answer(route: Route) -> None:
            found = client.get(route.request.url.removeprefix(_ORIGIN))
            body = b"".join(found.streaming_content) if found.streaming else found.content
            headers = {name: value for name, value in found.items() if name.lower() != "set-cookie"}
            route.fulfill(status=found.status_code, headers=headers, body=body)

        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, locale=language
        )
        contexts.append(context)
        page = context.new_page()
        page.route("**/*", answer)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("language", "scheme"), [("ko", "light"), ("en", "dark")])
def test_no_page_of_numbers_keeps_anybody_out(
    two_months, open_page: Open, language: str, scheme: str
) -> None:
    page, found = open_page(language=language, scheme=scheme), []
    for address in PORTAL:
        page.goto(f"{_ORIGIN}/statistics/{address}")
        found += violations(page)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, f"{address} is wider than the telephone"
        _shoot(page, f"portal-{language}-{address.strip('/').replace('/', '-') or 'newest'}")
    assert found == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_nor_do_the_pages_of_whoever_publishes(two_months, open_page: Open, language: str) -> None:
    page, found = open_page(language=language, width=1280, lead_too=True), []
    for address in ("/console/statistics/", f"/console/statistics/{MONTH}/", "/console/statistics/2026-07/"):
        page.goto(f"{_ORIGIN}{address}")
        found += violations(page)
        _shoot(page, f"console-{language}-{address.strip('/').replace('/', '-')}")
    assert found == []


@pytest.mark.parametrize(
    ("language", "size", "scheme"),
    [("ko", (1920, 1080), "light"), ("en", (1024, 768), "dark"), ("en", (1920, 1080), "dark")],
)
def test_the_board_is_one_screen(two_months, open_page: Open, language: str, size, scheme: str) -> None:
    gone("alpha", 6, first=900)
    only_asked("beta", 3, first=900)
    page = open_page(language=language, scheme=scheme, width=size[0], height=size[1], lead_too=True)
    page.goto(f"{_ORIGIN}/console/board/")
    assert violations(page) == []
    for side in ("Width", "Height"):
        assert page.evaluate(
            f"document.documentElement.scroll{side} <= document.documentElement.client{side}"
        ), side
    smallest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('.tile dd')].map(e => parseFloat(getComputedStyle(e).fontSize)))"
    )
    assert smallest > size[1] / 20, "read from across a room"
    _shoot(page, f"board-{language}-{size[0]}-{scheme}")


def _shoot(page: Page, name: str) -> None:
    """For whoever wants to look: SHOTS names a folder."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
