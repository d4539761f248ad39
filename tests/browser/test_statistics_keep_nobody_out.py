"""The pages of numbers in a real browser: axe finds nothing, nothing is wider than a telephone, and the wall fits."""

import pytest

from haetae.agencies.statistics.rules import Reason
from tests.browser.made_here import Made, shoot
from tests.browser.test_nobody_is_kept_out import violations
from tests.publishing import MONTH, gone, lead, moment, only_asked, published, refused, still_there

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("beside_the_browser")]
PORTAL = ("", "definitions/", "history/", "2026-09/1/", "2026-08/")


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


@pytest.mark.parametrize(("language", "scheme"), [("ko", "light"), ("en", "dark")])
def test_no_page_of_numbers_keeps_anybody_out(two_months, made: Made, language: str, scheme: str) -> None:
    found = []
    for address in PORTAL:
        page = made(f"/statistics/{address}", language=language, scheme=scheme)
        found += violations(page)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, f"{address} is wider than the telephone"
        shoot(page, f"portal-{language}-{address.strip('/').replace('/', '-') or 'newest'}")
    assert found == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_nor_do_the_pages_of_whoever_publishes(two_months, made: Made, language: str) -> None:
    found = []
    for address in ("/console/statistics/", f"/console/statistics/{MONTH}/", "/console/statistics/2026-07/"):
        page = made(address, language=language, size=(1280, 900), official=lead())
        found += violations(page)
        shoot(page, f"console-{language}-{address.strip('/').replace('/', '-')}")
    assert found == []


@pytest.mark.parametrize(
    ("language", "size", "scheme"),
    [("ko", (1920, 1080), "light"), ("en", (1024, 768), "dark"), ("en", (1920, 1080), "dark")],
)
def test_the_board_is_one_screen(made: Made, language: str, size: tuple[int, int], scheme: str) -> None:
    gone("alpha", 6, first=900)
    only_asked("beta", 3, first=900)
    page = made("/console/board/", language=language, scheme=scheme, size=size, official=lead())
    assert violations(page) == []
    for side in ("Width", "Height"):
        assert page.evaluate(
            f"document.documentElement.scroll{side} <= document.documentElement.client{side}"
        )
    smallest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('.tile dd')].map(e => parseFloat(getComputedStyle(e).fontSize)))"
    )
    assert smallest > size[1] / 20, "read from across a room"
    shoot(page, f"board-{language}-{size[0]}-{scheme}")
