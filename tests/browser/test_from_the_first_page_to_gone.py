"""The two people for whom this is built, from the first page to a proven removal, in the running whole."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.officials import looks, says, signed_in, task_about
from tests.browser.person import on_a_telephone
from tests.browser.town import Town
from tests.people import CHILD_COUNSELLOR, COUNSELLOR

PHOTOS = Path(__file__).parents[1] / "fixtures" / "photos"
PATIENCE_MS = 90_000


def copy_of(name: str) -> bytes:
    """As others pass it on: smaller, in other bytes."""
    made = io.BytesIO()
    picture = Image.open(PHOTOS / f"{name}.jpg").convert("RGB")
    picture.resize((picture.width * 3 // 4, picture.height * 3 // 4)).save(made, "JPEG", quality=80)
    return made.getvalue()


def goes_on(page: Page, times: int) -> None:
    for _ in range(times):
        page.locator("[data-go=on]:visible").click()


def sends(page: Page) -> str:
    """Returns the eight words, and stands on the case's page."""
    page.locator("#send").click()
    page.wait_for_url("**/mine/new/")
    words = " ".join(page.locator("#words li").all_inner_texts())
    page.locator("form[action='/mine/new/'] button").click()
    page.wait_for_url("**/mine/")
    return words


def sees_it_gone(page: Page, address: str, words: str, sentence: str) -> None:
    """In another window, with nothing but the words."""
    page.goto(address)
    page.locator("#words").fill(words)
    page.locator("form[action='/mine/'] button").click()
    for _ in range(int(PATIENCE_MS / 1_000)):
        if sentence in page.locator("main").inner_text():
            return
        page.wait_for_timeout(1_000)
        page.goto(address)
    raise AssertionError(page.locator("main").inner_text())


def test_an_adult_with_the_picture_alone_sees_it_proven_gone(chromium: Browser, town: Town) -> None:
    """It is published before anybody tells of it; the picture never leaves the telephone."""
    _, media = town.post(copy_of("coffee"), title="somebody's picture")
    context, page = on_a_telephone(chromium, language="ko")
    uploaded: list[int] = []
    page.on("request", lambda request: uploaded.append(len(request.post_data_buffer or b"")))
    page.goto(f"{town.pages}/")
    page.get_by_role("link", name="사진이나 영상이 있어요").click()
    page.wait_for_selector("html[data-reading]", state="attached")
    page.locator("#file").set_input_files(PHOTOS / "coffee.jpg")
    page.wait_for_selector("html[data-making=done]", state="attached", timeout=PATIENCE_MS)
    page.locator("#going-on button.button").first.click()
    page.wait_for_selector("#where")
    goes_on(page, 1)
    page.locator("input[name=relation][value=me]").check()
    page.locator("input[name=age][value=adult]").check()
    goes_on(page, 2)
    words = sends(page)
    assert max(uploaded) < 2_000
    context.close()

    desk = signed_in(chromium, town, name=COUNSELLOR.name, role="counsellor")
    task_about(desk, town, town.board.removeprefix("http://"))
    looks(desk)
    says(desk, "match", "Compared with what was told.")
    desk.context.close()

    context, page = on_a_telephone(chromium, language="ko")
    sees_it_gone(page, f"{town.pages}/mine/", words, "사라진 것을 확인했어요")
    context.close()
    assert town.status_of(media) == 410


def test_the_mother_of_a_minor_with_a_link_sees_it_proven_gone(chromium: Browser, town: Town) -> None:
    """Whoever may not look at what shows a minor is refused; who may, looks and asks."""
    address, media = town.post(copy_of("gravel"), title="another picture")
    context, page = on_a_telephone(chromium, language="en")
    page.goto(f"{town.pages}/")
    page.get_by_role("link", name="I have a link").click()
    page.locator("#links").fill(address)
    goes_on(page, 1)
    page.locator("input[name=relation][value=child]").check()
    page.locator("input[name=age][value=under_19]").check()
    goes_on(page, 2)
    words = sends(page)
    context.close()

    stranger = signed_in(chromium, town, name=COUNSELLOR.name, role="counsellor")
    task_about(stranger, town, town.board.removeprefix("http://"))
    assert not stranger.locator("form[action$='/look/']").count()
    stranger.context.close()

    desk = signed_in(chromium, town, name=CHILD_COUNSELLOR.name, role="child_protection_counsellor")
    task_about(desk, town, town.board.removeprefix("http://"))
    looks(desk)
    says(desk, "match", "It is the picture that was told of.")
    desk.context.close()

    context, page = on_a_telephone(chromium, language="en")
    sees_it_gone(page, f"{town.pages}/mine/", words, "Proven gone.")
    expect(page.locator(".places .good")).to_have_count(1)
    context.close()
    assert town.status_of(media) == 410
