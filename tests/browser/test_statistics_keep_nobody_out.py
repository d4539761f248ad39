"""The pages of numbers in a real browser: axe finds nothing, nothing is wider than a telephone, and the wall fits."""

import os
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
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


@pytest.fixture(autouse=True, scope="session")
def beside_the_browser() -> Iterator[None]:
    """The browser's own loop runs in the thread in which the pages are made, and so does the database."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture(autouse=True)
def pages_from_their_sources(settings) -> None:
    compile_messages()
    settings.STATIC_ROOT = None
    settings.WHITENOISE_USE_FINDERS = True


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
    """A page that is made in this test, in a real browser; styles and scripts come from their sources."""
    contexts = []

    def opened(
        address: str,
        *,
        language: str,
        scheme: str = "light",
        size: tuple[int, int] = (390, 800),
        official: bool = False,
    ) -> Page:
        client = Client(headers={"accept-language": language})
        if official:
            client.force_login(lead())
        made = client.get(address)
        assert made.status_code == 200, address

        def answer(route: Route) -> None:
            asked = urlsplit(route.request.url).path
            if asked == address:
                route.fulfill(status=200, headers=dict(made.items()), body=made.content)
            elif found := finders.find(asked.removeprefix("/static/")):
                route.fulfill(path=found)
            else:
                route.fulfill(status=404)

        width, height = size
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, locale=language
        )
        contexts.append(context)
        page = context.new_page()
        page.route("**/*", answer)
        page.goto(f"{_ORIGIN}{address}")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("language", "scheme"), [("ko", "light"), ("en", "dark")])
def test_no_page_of_numbers_keeps_anybody_out(
    two_months, open_page: Open, language: str, scheme: str
) -> None:
    found = []
    for address in PORTAL:
        page = open_page(f"/statistics/{address}", language=language, scheme=scheme)
        found += violations(page)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, f"{address} is wider than the telephone"
        _shoot(page, f"portal-{language}-{address.strip('/').replace('/', '-') or 'newest'}")
    assert found == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_nor_do_the_pages_of_whoever_publishes(two_months, open_page: Open, language: str) -> None:
    found = []
    for address in ("/console/statistics/", f"/console/statistics/{MONTH}/", "/console/statistics/2026-07/"):
        page = open_page(address, language=language, size=(1280, 900), official=True)
        found += violations(page)
        _shoot(page, f"console-{language}-{address.strip('/').replace('/', '-')}")
    assert found == []


@pytest.mark.parametrize(
    ("language", "size", "scheme"),
    [("ko", (1920, 1080), "light"), ("en", (1024, 768), "dark"), ("en", (1920, 1080), "dark")],
)
def test_the_board_is_one_screen(open_page: Open, language: str, size: tuple[int, int], scheme: str) -> None:
    gone("alpha", 6, first=900)
    only_asked("beta", 3, first=900)
    page = open_page("/console/board/", language=language, scheme=scheme, size=size, official=True)
    assert violations(page) == []
    for side in ("Width", "Height"):
        assert page.evaluate(
            f"document.documentElement.scroll{side} <= document.documentElement.client{side}"
        )
    smallest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('.tile dd')].map(e => parseFloat(getComputedStyle(e).fontSize)))"
    )
    assert smallest > size[1] / 20, "read from across a room"
    _shoot(page, f"board-{language}-{size[0]}-{scheme}")


def _shoot(page: Page, name: str) -> None:
    """For whoever wants to look: SHOTS names a folder."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
