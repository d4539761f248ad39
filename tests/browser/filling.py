"""What a person does in the form: answer, go on, go back, send."""

from typing import Final

from playwright.sync_api import Page, expect

PARTS: Final = ("where", "who", "danger", "check")
LINK: Final = "https://board.example/posts/7"


def part(page: Page) -> str:
    """The one part that is seen."""
    expect(page.locator(".step:visible")).to_have_count(1)
    return str(page.locator(".step:visible").get_attribute("id"))


def go_on(page: Page) -> None:
    page.locator(".step:visible [data-go=on]").click()


def go_to_the_end(page: Page) -> None:
    while part(page) != "check":
        go_on(page)


def words(page: Page) -> list[str]:
    """The eight words, once the page with them is there."""
    page.wait_for_url("**/mine/new/")
    return page.locator("#words li").all_inner_texts()
