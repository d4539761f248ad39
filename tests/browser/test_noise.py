"""Browsers that change or hide what pages read: it is found out before anything is chosen, and said."""

import pytest
from playwright.sync_api import expect

from haetae.detect.hashing.pdq import pdq
from haetae.detect.matching.distance import distance_bits
from tests.browser.choosing import choose, shown
from tests.browser.pictures import encoded, photo

PICTURE = encoded(photo("coffee").resize((640, 480)))
# What protecting browsers do, as far as a script can do the same: change the lowest bit of some colours, or give white.
NOISE = """for (const at of [globalThis.CanvasRenderingContext2D, globalThis.OffscreenCanvasRenderingContext2D]) {
  if (!at) continue;
  const real = at.prototype.getImageData;
  at.prototype.getImageData = function (...place) {
    const read = real.apply(this, place);
    for (let byte = 0; byte < read.data.length; byte += 1) CHANGE;
    return read;
  };
}"""
FLIPPED = NOISE.replace(
    "CHANGE", "if (byte % 4 !== 3 && (byte * 2654435761 >>> 0) % 97 === 0) read.data[byte] ^= 1"
)
WHITE = NOISE.replace("CHANGE", "read.data[byte] = 255")
REFUSED = NOISE.replace("CHANGE", "throw new DOMException('no', 'SecurityError')")
IN_PAGE = "delete globalThis.OffscreenCanvas;"


def _in_worker(open_page, script: str):
    """Scripts that run before a page's do not reach workers: there they are put in front of the worker's own."""
    page = open_page(ready=False)
    page.context.route(
        "**/worker.js",
        lambda route: route.fulfill(
            response=(given := route.fetch()),
            body=given.text().replace("self.addEventListener", script + "\nself.addEventListener", 1),
        ),
    )
    page.reload()
    page.wait_for_selector("html[data-reading]", state="attached")
    return page


@pytest.fixture(params=["in the page", "in the worker"])
def protected(request, open_page):
    """Open the page in a browser that does this to what is read."""
    if request.param == "in the page":
        return lambda script: open_page(before=IN_PAGE + script)
    return lambda script: _in_worker(open_page, script)


def test_a_browser_that_changes_nothing_is_not_warned_of(open_page):
    page = open_page()
    assert page.get_attribute("html", "data-reading") == "clean"
    expect(page.locator("#reading-noisy")).to_be_hidden()
    expect(page.locator("#reading-blocked")).to_be_hidden()


def test_noise_is_found_and_said_and_the_work_is_still_done(protected, openers, capsys):
    page = protected(FLIPPED)
    expect(page.locator("#reading-noisy")).to_be_visible()
    assert choose(page, PICTURE) == "done"
    off = distance_bits(shown(page).pdq, pdq(openers.open(PICTURE).frames[0].luma).bits)
    with capsys.disabled():
        print(f"\nlowest bit of one colour in 97 changed: {off} bits of PDQ differ")


@pytest.mark.parametrize("script", [WHITE, REFUSED], ids=["white", "refused"])
def test_a_browser_that_hides_pictures_makes_no_false_fingerprint(protected, script):
    page = protected(script)
    expect(page.locator("#reading-blocked")).to_be_visible()
    expect(page.locator("#tool")).to_be_hidden()
    expect(page.locator("#starting")).to_be_hidden()


def test_without_a_worker_that_can_paint_the_page_computes_the_same(open_page):
    ours = open_page()
    plain = open_page(before=IN_PAGE)
    choose(ours, PICTURE)
    choose(plain, PICTURE)
    assert shown(plain) == shown(ours)
