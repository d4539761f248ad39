"""Sora goes on with the code that her telephone has made: the code goes with her, and nothing else does."""

from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from haetae.web.portal.codes import entry_of_code
from tests.browser.choosing import choose, shown
from tests.browser.filling import LINK, go_to_the_end, words
from tests.browser.pictures import encoded, photo
from tests.detect.patterns import waves

PICTURE = encoded(photo("coffee").resize((300, 200)))
OTHER = encoded(photo("rocket").resize((300, 200)))


def _sent_by(page, press) -> dict[str, list[str]]:
    """What the browser posts when this is done."""
    with page.expect_request(lambda request: request.method == "POST") as posted:
        press()
    return parse_qs(posted.value.post_data)


def test_only_the_code_goes_to_the_form_and_it_is_the_one_that_was_shown(open_page, address):
    page = open_page()
    choose(page, PICTURE, name="unspoken.png")
    expected = shown(page)
    sent = _sent_by(page, lambda: page.click("#going-on .button"))
    assert set(sent) == {"csrfmiddlewaretoken", "code", "continue"}
    assert sent["code"] == [f"picture {expected.sha256} {expected.pdq} {expected.dhash} {expected.quality}"]
    entry = entry_of_code(sent["code"][0])
    assert entry
    assert (entry.sha256, entry.pdq, entry.dhash) == (expected.sha256, expected.pdq, expected.dhash)
    expect(page.locator("#hashes")).to_contain_text("The code of your picture or film is here.")
    assert page.url == f"{address}/link/"


def test_two_pictures_one_after_the_other_go_together_and_the_same_one_only_once(open_page):
    page = open_page()
    for picture in (PICTURE, OTHER, PICTURE):
        choose(page, picture)
    expect(page.locator("#how-many")).to_have_text(
        "2 codes are ready. Nothing has been sent.", use_inner_text=True
    )
    sent = _sent_by(page, lambda: page.click("#going-on .button"))
    assert len(sent["code"]) == 2
    expect(page.locator("#hashes")).to_contain_text("The codes of 2 pictures or films")


def test_a_plain_picture_is_told_and_does_not_go_along(open_page):
    page = open_page()
    choose(page, encoded(waves(height=200, width=200, seed=1) * 0))
    expect(page.locator("#plain")).to_be_visible()
    expect(page.locator("#going-on")).to_be_hidden()
    assert page.locator("#codes input").count() == 0


def test_without_a_network_nothing_is_lost_and_the_page_says_so(open_page):
    page = open_page()
    page.context.set_offline(True)
    choose(page, PICTURE)
    page.click("#going-on .button")
    expect(page.locator("#no-network")).to_be_visible()
    page.context.set_offline(False)
    page.click("#going-on .button")
    expect(page.locator("#hashes")).to_be_visible()


@pytest.mark.parametrize("also", ["", LINK])
def test_a_report_by_the_code_alone_or_with_a_link_arrives(open_page, town, also):
    page = open_page(at=f"{town.pages}/hash/")
    choose(page, PICTURE)
    page.click("#going-on .button")
    if also:
        page.locator("#where summary").first.click()
        page.fill("#links", also)
    go_to_the_end(page)
    expect(page.locator("[data-of=code]")).to_contain_text("1 from your device")
    page.click("#send")
    assert len(words(page)) == 8
