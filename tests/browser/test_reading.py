"""The pages that can be read, in a real browser: nothing is cut off, nobody else is asked."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

PATHS = (
    "", "numbers/", "now/", "next/", "data/", "rights/", "law/", "law/?on=2021-01-21", "money/", "under-19/",
    "parents/", "teachers/", "friends/", "elsewhere/",
)  # fmt: skip
_WIDER_THAN_THE_SCREEN = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# Everything that is pressed and is not a word within a sentence.
_TOO_SMALL = """[...document.querySelectorAll('main a, main summary, footer a, footer button')]
  .filter(it => it.getClientRects().length && getComputedStyle(it).display !== 'inline')
  .filter(it => it.getBoundingClientRect().height < 47.5).map(it => it.textContent.trim())"""


@pytest.fixture(params=["ko", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def narrow(chromium: Browser, language: str) -> Iterator[Page]:
    """The narrowest telephone."""
    context = chromium.new_context(locale=language, viewport={"width": 320, "height": 640})
    yield context.new_page()
    context.close()


def test_everything_fits_at_320_points_and_with_letters_twice_as_large(narrow, address):
    asked: set[str] = set()
    narrow.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    for path in PATHS:
        answer = narrow.goto(f"{address}/help/{path}")
        assert answer
        assert answer.ok, path
        assert not narrow.evaluate(_WIDER_THAN_THE_SCREEN), path
        assert narrow.evaluate(_TOO_SMALL) == [], path
        narrow.evaluate("document.documentElement.style.fontSize = '200%'")
        assert not narrow.evaluate(_WIDER_THAN_THE_SCREEN), f"{path} with letters twice as large"
    assert asked == {urlsplit(address).netloc}


def test_with_the_keyboard_alone_one_comes_from_the_index_to_a_number(narrow, address):
    narrow.goto(f"{address}/help/")
    for _ in range(40):
        narrow.keyboard.press("Tab")
        if narrow.evaluate("document.activeElement.getAttribute('href')") == "/help/numbers/":
            break
    narrow.keyboard.press("Enter")
    narrow.wait_for_url("**/help/numbers/")
    for _ in range(40):
        narrow.keyboard.press("Tab")
        if narrow.evaluate("document.activeElement.matches('.dial a')"):
            break
    assert narrow.evaluate("document.activeElement.getAttribute('href')") == "tel:112"
