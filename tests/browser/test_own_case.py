"""Somebody's own case in a real browser: nobody is kept out of it, and who leaves quickly closes it."""

import pytest
from playwright.sync_api import Browser, Page

from haetae.web.portal.pockets import COOKIES
from tests.browser.person import on_a_telephone
from tests.browser.test_from_the_first_page_to_gone import goes_on, sends
from tests.browser.test_nobody_is_kept_out import violations
from tests.browser.town import Town

INSIDE = (
    "",
    "talk/",
    "more/",
    "change/",
    "stop/",
    "words/",
    "recovery/",
    "proof/",
    "copy/",
    "erase/",
    "end/",
)


def reports(page: Page, town: Town) -> str:
    """A link that leads nowhere is enough for a case; returns its eight words."""
    page.goto(f"{town.pages}/link/")
    page.locator("#links").fill(f"{town.board}/posts/nothing-here")
    goes_on(page, 3)
    return sends(page)


@pytest.mark.parametrize(("language", "scheme"), [("ko", "light"), ("en", "dark")])
def test_no_page_of_a_case_keeps_anybody_out(
    chromium: Browser, town: Town, language: str, scheme: str
) -> None:
    context, page = on_a_telephone(chromium, language=language, color_scheme=scheme)
    reports(page, town)
    page.goto(f"{town.pages}/mine/talk/")
    page.locator("#text").fill("a question")
    page.locator("form[action='/mine/talk/'] button").click()
    found: list[str] = []
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 740})
        for part in INSIDE:
            page.goto(f"{town.pages}/mine/{part}")
            assert page.locator("#close").count() == 1, f"{part} is no page of the case"
            if width == 360:
                found += violations(page)
            wide = page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            )
            assert not wide, f"/mine/{part} is wider than {width} px"
    context.close()
    assert found == []


def test_who_leaves_quickly_leaves_no_open_case_behind(chromium: Browser, town: Town) -> None:
    context, page = on_a_telephone(chromium, language="en")
    reports(page, town)
    assert any(cookie["name"] == COOKIES[1] for cookie in context.cookies(f"{town.pages}/mine/"))
    page.locator("#leave").click(no_wait_after=True)
    # Where it leads is not there in a test; what it leaves behind is what counts.
    for _ in range(50):
        page.wait_for_timeout(200)
        if not any(cookie["name"] == COOKIES[1] for cookie in context.cookies(f"{town.pages}/mine/")):
            break
    page.goto(f"{town.pages}/mine/")
    assert page.locator("#words").is_visible()
    assert page.locator("#close").count() == 0
    context.close()


def test_without_scripts_everything_in_a_case_can_be_done(chromium: Browser, town: Town) -> None:
    context, page = on_a_telephone(chromium, language="en")
    words = reports(page, town)
    context.close()
    context, page = on_a_telephone(chromium, language="en", java_script_enabled=False)
    page.goto(f"{town.pages}/mine/")
    page.locator("#words").fill(words)
    page.locator("form[action='/mine/'] button").click()
    page.goto(f"{town.pages}/mine/talk/")
    page.locator("#text").fill("a question")
    page.locator("form[action='/mine/talk/'] button").click()
    assert "a question" in page.locator(".talk").inner_text()
    page.goto(f"{town.pages}/mine/copy/")
    with page.expect_download() as taken:
        page.locator("form[action='/mine/copy/'] button").click()
    assert taken.value.suggested_filename == "copy.zip"
    page.goto(f"{town.pages}/mine/end/")
    page.locator("form[action='/mine/end/'] button").click()
    page.locator("form[action='/mine/end/'] button").click()
    assert "It is destroyed." in page.locator("main").inner_text()
    page.goto(f"{town.pages}/mine/")
    assert page.locator("#words").is_visible()
    context.close()
