"""The pages of watch lists in a real browser: axe finds nothing, in both languages, wide and narrow."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from haetae.web.messages import compile_messages
from tests.browser.conftest import _wait_for
from tests.browser.test_nobody_is_kept_out import violations
from tests.browser.watching_stage import Watchtower, open_watchtower

_WIDE: str = "document.documentElement.scrollWidth - innerWidth"
# A folder, for whoever wants to see the pages.
_PICTURES = os.environ.get("HAETAE_TEST_PICTURES", "")


@pytest.fixture(scope="module")
def tower(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watchtower]:
    compile_messages()
    with open_watchtower(tmp_path_factory.mktemp("home")) as opened:
        _wait_for(f"{opened.origin}/healthz")
        yield opened


@pytest.mark.parametrize("language", ["en", "ko"])
def test_nobody_is_kept_out_of_the_lists(chromium: Browser, tower: Watchtower, language: str) -> None:
    scheme = "light" if language == "en" else "dark"
    context = chromium.new_context(
        locale=language, viewport={"width": 1280, "height": 900}, color_scheme=scheme
    )
    page = context.new_page()
    page.goto(tower.origin + tower.once[language])
    page.locator("main button").click()
    page.wait_for_url("**/console/**")
    page.goto(f"{tower.origin}/console/watching/")
    lists = page.locator(".entry a").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    assert len(lists) == 3
    for number, address in enumerate(
        ["/console/watching/", "/console/watching/new/", *lists, "/console/health/"]
    ):
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(tower.origin + address)
            _is_well(page, f"{language}-{number}-{width}")
    page.goto(f"{tower.origin}/console/watching/new/")
    page.locator("form[action$='/new/']").evaluate("form => form.noValidate = true")
    page.locator("#channel").fill("https://t.me/+AbCdEfGh")
    page.locator("main button").click()
    assert page.locator(".wrong").count() == 1
    _is_well(page, f"{language}-refused-390")
    context.close()


def _is_well(page: Page, name: str) -> None:
    if _PICTURES:
        page.screenshot(path=Path(_PICTURES) / f"{name}.png", full_page=True)
    assert violations(page) == []
    assert page.evaluate(_WIDE) <= 0, f"{name} is wider than the window"
