"""Sora makes a fingerprint on her own telephone: nothing leaves it, and every way that ends badly says so."""

import hashlib

import pytest
from playwright.sync_api import expect

from tests.browser.choosing import choose, ended, shown
from tests.browser.pictures import encoded, photo
from tests.detect.media_files import png, png_chunk
from tests.detect.patterns import waves

ASKING = "fetch('/hash/').then(() => 'reached', () => 'refused')"
PICTURE = encoded(photo("coffee").resize((300, 200)))


def test_nothing_is_asked_of_anybody_while_a_picture_is_hashed(open_page):
    page = open_page()
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    assert choose(page, PICTURE) == "done"
    page.wait_for_timeout(300)
    assert asked == []


def test_it_works_in_airplane_mode(open_page):
    page = open_page()
    page.context.set_offline(True)
    assert choose(page, PICTURE) == "done"
    assert shown(page).sha256 == hashlib.sha256(PICTURE).hexdigest()


def test_the_browser_refuses_the_scripts_of_the_page_every_connection(open_page, address):
    """The promise on the page is kept by the browser, also against a mistake of ours."""
    page = open_page()
    assert page.evaluate(ASKING) == "refused"
    assert len(page.workers) == 1
    assert page.workers[0].evaluate(ASKING) == "refused"
    page.goto(f"{address}/")
    assert page.evaluate(ASKING) == "reached"


def test_nothing_is_kept_on_the_device(open_page):
    page = open_page()
    choose(page, PICTURE)
    kept = page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,"
        " (await caches.keys()).length]"
    )
    assert kept == [0, 0, 0, 0]


def test_the_picture_is_nowhere_on_the_page_and_neither_is_its_name(open_page):
    page = open_page()
    choose(page, PICTURE, name="unspoken.png")
    assert page.locator("img, video, canvas").count() == 0
    assert "unspoken" not in page.content()
    assert page.input_value("#file") == ""


def test_the_frame_does_not_move(open_page):
    page = open_page()
    before = page.locator(".frame").bounding_box()
    choose(page, PICTURE)
    assert page.locator(".frame").bounding_box() == before


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"These are words and no picture.", "not_a_picture"),
        (PICTURE[:40], "not_a_picture"),
        (png(width=9000, height=9000), "too_many_pixels"),
        (b"RIFF" + bytes(4) + b"AVI " + bytes(400), "film_not_played"),
        (bytes(4) + b"ftypisom" + bytes(400), "film_not_played"),
    ],
    ids=["empty", "words", "cut off", "very large", "AVI", "broken film"],
)
def test_a_file_without_a_fingerprint_is_told_by_one_sentence_and_another_can_be_chosen(
    open_page, data, code
):
    page = open_page()
    assert choose(page, data) == code
    assert page.locator("#problem [data-code]:visible").count() == 1
    expect(page.locator("#result")).to_be_hidden()
    assert choose(page, PICTURE) == "done"
    expect(page.locator("#problem")).to_be_hidden()


def test_a_picture_as_large_as_the_server_opens_is_hashed_in_bounded_memory(open_page, openers):
    """48 million points, whose colours alone would be 192 MB: read in bands."""
    from haetae.detect.hashing.pdq import pdq

    large = encoded(waves(height=1500, width=2000, seed=5).repeat(4, 0).repeat(4, 1), compress_level=1)
    page = open_page()
    assert choose(page, large) == "done"
    assert shown(page).pdq == pdq(openers.open(large).frames[0].luma).bits


def test_the_limit_is_the_servers():
    from haetae.detect import Limits
    from tests.web.msgids import WEB

    script = (WEB / "static" / "haetae" / "hashing" / "picture.js").read_text(encoding="utf-8")
    assert f"PIXELS_MOST = {Limits().pixels_most:_};" in script


def test_a_picture_that_ends_too_early_is_not_taken_for_whole(open_page):
    page = open_page()
    half = encoded(photo("coffee").resize((300, 200)), "JPEG")
    assert choose(page, half[: len(half) // 2]) in {"not_a_picture", "done"}


def test_a_plain_picture_is_said_to_have_too_little_in_it(open_page):
    page = open_page()
    choose(page, encoded(waves(height=200, width=200, seed=1) * 0))
    expect(page.locator("#plain")).to_be_visible()
    choose(page, PICTURE)
    expect(page.locator("#plain")).to_be_hidden()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_by_keyboard_alone(open_page, key):
    page = open_page()
    page.on("filechooser", lambda chooser: chooser.set_files({"name": "", "mimeType": "", "buffer": PICTURE}))
    page.wait_for_timeout(200)  # until the browser hands its choosers over to the test
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "file":
            break
    page.keyboard.press(key)
    assert ended(page) == "done"


def test_choosing_another_file_ends_the_work_on_the_one_before(open_page):
    page = open_page()
    other = encoded(photo("rocket").resize((300, 200)))
    large = {
        "name": "large",
        "mimeType": "",
        "buffer": encoded(waves(height=1000, width=1250, seed=6).repeat(4, 0).repeat(4, 1), compress_level=1),
    }
    page.set_input_files("#file", large)
    assert choose(page, other) == "done"
    page.wait_for_timeout(1500)
    assert shown(page).sha256 == hashlib.sha256(other).hexdigest()


def test_without_javascript_the_page_says_so_and_shows_another_way(open_page):
    page = open_page(ready=False, java_script_enabled=False)
    expect(page.locator("noscript .problem")).to_contain_text("switched off here")
    expect(page.locator("noscript .problem")).to_be_visible()
    expect(page.locator("#tool")).to_be_hidden()
    expect(page.locator("#starting")).to_be_hidden()
    expect(page.locator('main a[href="/link/"]:visible')).to_have_count(1)
    assert "1366" in page.inner_text("noscript .problem")


@pytest.mark.parametrize(
    ("language", "words"), [("ko", "다 됐어요. 아무것도 보내지 않았어요."), ("en", "Done. Nothing was sent.")]
)
def test_it_speaks_both_languages(open_page, language, words):
    page = open_page(language)
    choose(page, PICTURE)
    expect(page.locator("#status")).to_have_text(words, use_inner_text=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_policy_of_the_page_is_not_broken_by_its_own_scripts(open_page):
    page = open_page(ready=False)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.reload()
    page.wait_for_selector("html[data-reading]", state="attached")
    choose(page, PICTURE)
    assert complaints == []


def test_a_page_without_encryption_says_which_value_is_missing(open_page):
    page = open_page(
        before="Object.defineProperty(Crypto.prototype, 'subtle', {get: () => undefined});"
        "delete globalThis.OffscreenCanvas;"
    )
    assert choose(page, PICTURE) == "done"
    page.locator("#result summary").first.click()
    expect(page.locator("#no-sha256")).to_be_visible()
    assert len(shown(page).pdq) == 64


def test_a_jpeg_of_many_chunks_before_its_size_is_still_measured(open_page):
    """A picture's header may be long; what it claims is read before it is unpacked."""
    page = open_page()
    padded = png(width=9000, height=9000, more=png_chunk(b"tEXt", b"Comment\0" + b"x" * 100_000))
    assert choose(page, padded) == "too_many_pixels"
