"""axe-core finds nothing on any page to which a link leads at the regulator, the commission and an operator's desk."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from playwright.sync_api import Browser, Page

from tests import people
from tests.browser.road_cast import Cast
from tests.browser.road_stage import Played, Road
from tests.browser.test_nobody_is_kept_out import violations

_NUMBER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+(?=/)|[A-Z]{4,5}-\d{4}-\d{6}")
_LINKS = "all => all.map((one) => one.getAttribute('href'))"
_LEAVES = ("/pdf/", ".pdf", ".html", ".csv", ".json", "/export/", "/sign-in/", "/html/")
# One language for each width: a page of the one that is too wide or too pale would be so in the other.
_WHO = (
    (people.REGULATOR, "ko", 360),
    (people.ADMINISTRATOR, "ko", 360),
    (people.REVIEWER, "en", 1200),
    (people.CHAIR, "en", 1200),
    (people.POLICY_LEAD, "en", 1200),
)
_MUST = {
    "/console/enforcement/",
    "/console/enforcement/*/",
    "/console/enforcement/*/draft/",
    "/console/enforcement/sanctions/",
    "/console/orders/*/",
    "/console/reviews/*/",
    "/console/reviews/ageing/",
    "/console/documents/*/",
    "/console/enforcement/filings/",
    "/console/figures/",
    "/console/referrals/new/",
    "/console/court/",
    "/console/find/",
    "/operator/requests/*/",
    "/operator/orders/",
    "/operator/hearings/",
    "/operator/sanctions/",
}


def test_no_page_of_officials_and_operators_keeps_anybody_out(
    chromium: Browser, road: Road, cast: Cast
) -> None:
    found: list[str] = []
    seen: set[str] = set()
    for person, language, width in _WHO:
        page = same_person(chromium, cast.page_of(person), language=language, width=width)
        for path in every_page(page, road, seen):
            found += violations(page)
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            found += [f"{path} is {wide} px wider than {width}"] if wide > 0 else []
        page.context.close()
    assert found == []
    assert seen >= _MUST, _MUST - seen


def same_person(
    chromium: Browser, page: Page, *, language: str, width: int, scheme: Literal["light", "dark"] = "light"
) -> Page:
    """In a window of another size, which speaks another language."""
    kept = page.context.storage_state()
    viewport = {"width": width, "height": 800}
    context = chromium.new_context(
        locale=language, viewport=viewport, storage_state=kept, color_scheme=scheme
    )
    return context.new_page()


def every_page(
    page: Page, stage: Played, seen: set[str], *, first: Iterable[str] = ("/console/", "/operator/")
) -> Iterator[str]:
    """One of each kind of page, from link to link; the number in an address is no kind of its own."""
    waiting = list(first)
    while waiting:
        path = waiting.pop(0)
        kind = _NUMBER.sub("*", path.split("?")[0])
        if kind in seen or not path.startswith(("/console/", "/operator/")) or kind.endswith(_LEAVES):
            continue
        answer = page.goto(stage.origin + path)
        if answer is None or "/sign-in/" in page.url or answer.status == 403:
            continue
        assert answer.status == 200, (path, answer.status)
        seen.add(kind)
        yield path
        links = page.locator("a[href]").evaluate_all(_LINKS)
        waiting += [link.split("#")[0] for link in links if link.startswith("/")]
