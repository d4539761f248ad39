"""The story in a real browser: every scene for everybody, pages turned by keys and by links, on paper and in a room."""

import pytest
from playwright.sync_api import Browser

from haetae.web.words.story import SCENES
from tests.browser.test_nobody_is_kept_out import violations

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}


@pytest.mark.parametrize(
    ("language", "size", "scheme"),
    [("ko", NARROW, "light"), ("en", WIDE, "dark")],
)
def test_no_scene_keeps_anybody_out(
    chromium: Browser, address: str, language: str, size: dict[str, int], scheme: str
) -> None:
    context = chromium.new_context(locale=language, viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page, found = context.new_page(), []
    for name in ("", *(f"{scene.name}/" for scene in SCENES)):
        page.goto(f"{address}/story/{name}")
        for fold in page.locator("details").all():
            fold.locator("summary").click()
        found += violations(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{name} is wider than the window")
    context.close()
    assert found == []


def test_arrow_keys_turn_the_pages_and_esc_leaves(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    page.goto(f"{address}/story/")
    for scene in SCENES[:3]:
        with page.expect_navigation():
            page.keyboard.press("ArrowRight")
        assert page.url == f"{address}/story/{scene.name}/"
    with page.expect_navigation():
        page.keyboard.press("ArrowLeft")
    assert page.url == f"{address}/story/{SCENES[1].name}/"
    page.route("**://www.google.com/**", lambda route: route.fulfill(body="elsewhere"))
    for _ in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url("**://www.google.com/**")
    page.close()


def test_without_scripts_two_links_lead_through_it(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="en")
    page = context.new_page()
    page.goto(f"{address}/story/")
    for scene in SCENES:
        page.locator("a[rel=next]").click()
        assert page.url == f"{address}/story/{scene.name}/"
    assert page.locator("a[rel=next]").count() == 0
    context.close()


def test_on_paper_stands_the_scene_with_what_was_folded(chromium: Browser, address: str) -> None:
    context = chromium.new_context(locale="en", viewport=WIDE)
    page = context.new_page()
    page.goto(f"{address}/story/ordered/")
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert page.locator(".paper").first.is_visible()
    assert not page.locator("#leave").is_visible()
    assert not page.locator(".moves").is_visible()
    context.close()


def test_in_a_room_it_is_larger(chromium: Browser, address: str) -> None:
    page = chromium.new_page(viewport=WIDE)
    sizes = []
    for mode in ("", "?large"):
        page.goto(f"{address}/story/voted/{mode}")
        sizes.append(
            page.locator(".story .lead").evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
        )
    assert sizes[1] >= 1.4 * sizes[0]
    page.close()
