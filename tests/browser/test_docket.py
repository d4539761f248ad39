"""A member of the commission clears the five most urgent with the keyboard alone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from haetae.web.messages import compile_messages
from tests.browser.conftest import _wait_for
from tests.browser.docket_stage import STATEMENT, Docket, open_docket
from tests.browser.test_nobody_is_kept_out import violations


@pytest.fixture(scope="module")
def docket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Docket]:
    compile_messages()
    with open_docket(tmp_path_factory.mktemp("home")) as opened:
        _wait_for(f"{opened.origin}/healthz")
        yield opened


def _signed_in(chromium: Browser, docket: Docket, language: str, *, once: str = "") -> Page:
    context = chromium.new_context(locale=language, viewport={"width": 1200, "height": 900})
    page = context.new_page()
    page.goto(docket.origin + (once or docket.once[language]))
    page.locator("main button").click()
    page.wait_for_url("**/console/")
    return page


def test_the_five_most_urgent_are_voted_on_by_five_keys_and_a_key_held_down_votes_once(
    chromium: Browser, docket: Docket
) -> None:
    page = _signed_in(chromium, docket, "en")
    for key in ("g", "r"):
        page.keyboard.press(key)
    page.wait_for_url("**/console/reviews/")
    for key in ("j", "Enter"):
        page.keyboard.press(key)
    seen: list[str] = []
    for _ in range(5):
        page.wait_for_url(re.compile(r"/console/reviews/[0-9a-f-]{36}/"))
        seen.append(page.url)
        assert page.locator(".told .statement").inner_text() == STATEMENT
        with page.expect_navigation():
            page.keyboard.down("v")
            page.keyboard.down("v")  # as a keyboard repeats it
        page.keyboard.up("v")
    assert len(set(seen)) == 5
    assert "is cast: Remove." in page.locator("[role=status]").inner_text()
    assert page.locator("[data-act=v]").count() == 0, "the sixth is not proposed"
    assert "No proposal yet" in page.locator("main").inner_text()
    page.goto(f"{docket.origin}/console/reviews/")
    counted = page.locator("main").inner_text()
    assert counted.count("1 voted, 5 must agree") == 5


def test_what_a_quick_hand_types_before_the_page_is_there_is_written_and_votes_on_nothing(
    chromium: Browser, docket: Docket
) -> None:
    page = _signed_in(chromium, docket, "en", once=docket.another)
    page.goto(f"{docket.origin}/console/reviews/")
    page.locator("a.open").first.click()
    review = re.compile(r"/console/reviews/[0-9a-f-]{36}/")
    page.wait_for_url(review)
    page.locator(".told:has([data-act=v])").focus()
    held: list[Route] = []
    page.route("**/console/find/", lambda route: held.append(route))  # noqa: PLW0108 - a bound method of a list is refused
    page.keyboard.press("g")
    page.keyboard.press("f")
    page.keyboard.type("vf-")
    assert held, "the page is on its way"
    with page.expect_navigation(url="**/console/find/"):
        held[0].continue_()
    page.keyboard.type("7?")
    assert page.locator("#what").input_value() == "vf-7?"
    page.go_back()
    page.wait_for_url(review)
    page.reload()
    assert page.locator("[data-act=v]").count() == 1, "the vote is still to be cast"


def test_nobody_is_kept_out_of_the_queue_and_of_a_vote_in_korean(chromium: Browser, docket: Docket) -> None:
    page = _signed_in(chromium, docket, "ko")
    for width in (1200, 320):  # of the queue, and of the last review in it
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{docket.origin}/console/reviews/")
        wide = "document.documentElement.scrollWidth - innerWidth"
        assert not violations(page)
        assert page.evaluate(wide) <= 0
        page.locator("a.open").last.click()
        page.wait_for_url(re.compile(r"/console/reviews/[0-9a-f-]{36}/"))
        assert not violations(page)
        assert page.evaluate(wide) <= 0
        assert "의결안이 아직 없습니다" in page.locator("main").inner_text()
