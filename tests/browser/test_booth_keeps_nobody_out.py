"""The booth is for everybody: axe, keyboard, telephone and kiosk, both languages, and no script at all."""

import pytest
from playwright.sync_api import expect

from haetae.booth.pairs import PAIRS
from tests.browser.booth_stage import AUDIENCES, PHONE, SCREENS, TALL, WIDE, go, make, to
from tests.browser.test_nobody_is_kept_out import violations


def test_a_page_of_its_own_policy_refuses_every_connection(visit):
    page = visit()
    refused = page.evaluate("fetch('booth.js').then(() => 'came', () => 'refused')")
    assert refused == "refused"
    assert all("Content Security Policy" in one for one in visit.troubles)
    visit.troubles.clear()


# Every size, both languages, light and dark; not every size in every dress, which costs twice as much.
@pytest.mark.parametrize(
    ("language", "scheme", "viewport"),
    [
        pytest.param("index", "light", PHONE, id="ko-light-390"),
        pytest.param("en", "dark", WIDE, id="en-dark-1280"),
        pytest.param("index", "dark", TALL, id="ko-dark-1080x1920"),
    ],
)
def test_no_screen_keeps_anybody_out_or_is_wider_than_the_device(visit, language, scheme, viewport):
    page = visit(f"{language}.html", color_scheme=scheme, viewport=viewport)
    found: list[str] = []
    for screen in (*SCREENS, *(f"quiz-{one}" for one in AUDIENCES)):
        to(page, screen)
        if screen == "pairs":
            page.locator("article.pair:visible .choices [data-says='0']").click()
        if screen.startswith("quiz-"):
            page.locator("button.option[data-right]:visible").click()
        if screen == "code":
            page.wait_for_selector("html[data-ready]", state="attached")
            make(page, "other")
            page.locator("#more summary").click()
        found += [f"{screen}: {one}" for one in violations(page)]
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not wide, screen
        low = page.evaluate(
            """[...document.querySelectorAll('a, button, label.button, summary')]
            .filter((one) => one.checkVisibility() && !one.closest('p:not(.row, .own)') && !one.matches('.skip'))
            .map((one) => [one.textContent.trim(), one.getBoundingClientRect().height])
            .filter(([, height]) => height < 48)"""
        )
        assert low == [], screen
    page.evaluate("document.getElementById('ending').hidden = false")
    found += violations(page)
    # axe itself asks for the sheets, and the page's policy refuses it.
    visit.troubles[:] = [
        one for one in visit.troubles if "connect-src" not in one and "default-src" not in one
    ]
    assert found == []


@pytest.mark.parametrize("language", ["index", "en"])
@pytest.mark.parametrize("viewport", [WIDE, TALL], ids=["1280", "1080x1920"])
def test_on_a_kiosk_the_choice_and_the_answer_are_seen_without_scrolling(visit, viewport, language):
    page = visit(f"{language}.html", viewport=viewport)
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), "the first screen"
    go(page, "pairs")
    for _pair in PAIRS:
        for seen in (".choices", "[data-next]"):
            button = page.locator(f"article.pair:visible {seen}").first
            box = button.bounding_box()
            assert box
            assert box["y"] + box["height"] <= viewport["height"], page.locator(
                "article.pair:visible h2"
            ).inner_text()
            if seen == ".choices":
                button.locator("[data-says='0']").click()
            else:
                button.click()


def test_the_keyboard_alone_plays_a_pair_and_a_question(visit):
    page = visit()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.door") == "pairs"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "pairs-title"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("article.pair:visible .verdict")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("article.pair:visible .count")).to_have_text(f"2 / {len(PAIRS)}")


@pytest.mark.parametrize("language", ["index", "en"])
def test_without_a_script_it_is_a_page_to_read(visit, language):
    page = visit(f"{language}.html", java_script_enabled=False)
    for screen in SCREENS:
        expect(page.locator(f"#{screen} h1").first).to_be_visible()
    expect(page.locator("button:not(.sample):visible")).to_have_count(0)
    page.locator("article.pair summary").first.click()
    expect(page.locator("article.pair .marked").first).to_be_visible()
    page.locator("#quiz-high summary").first.click()
    expect(page.locator("#quiz-high details p").first).to_be_visible()
    expect(page.locator("#help .number").first).to_have_text("112")
    page.locator("[data-language]").click()
    assert page.url.endswith("index.html" if language == "en" else "en.html")
