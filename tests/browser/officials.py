"""A counsellor in front of a real browser, doing what only people may do."""

import re

from playwright.sync_api import Browser, Page

from tests.browser.town import Town

PATIENCE_MS = 60_000


def signed_in(chromium: Browser, town: Town, *, name: str, role: str) -> Page:
    """A window of somebody's own, at their desk."""
    context = chromium.new_context(locale="en", viewport={"width": 1200, "height": 900})
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(town.sign_in_link(name, role))
    page.locator("main button").click()
    page.wait_for_url("**/console/**")
    return page


def task_about(page: Page, town: Town, host: str) -> None:
    """Opens the first task that waits, once there is one."""
    for _ in range(120):
        page.goto(f"{town.pages}/console/tasks/")
        links = page.locator("main a").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
        waiting = [link for link in links if re.fullmatch(r"/console/tasks/[0-9a-f-]{36}/", link or "")]
        if waiting:
            page.goto(town.pages + waiting[0])
            assert host in page.locator("main").inner_text()
            return
        page.wait_for_timeout(500)
    raise AssertionError("no task came")


def looks(page: Page) -> None:
    """Once, grey and blurred."""
    assert page.locator("form[action$='/look/']").count(), page.locator("main").inner_text()
    page.locator("form[action$='/look/'] input[name=reason]").first.check()
    page.locator("form[action$='/look/'] button").first.click()
    shown = page.locator("figure.shown img")
    shown.wait_for()
    assert page.evaluate("img => img.decode().then(() => img.naturalWidth > 0)", shown.element_handle())


def says(page: Page, answer: str, note: str) -> None:
    """What it is, which ends the task."""
    page.locator(f"input[name=answer][value={answer}]").check()
    page.locator("#note").fill(note)
    page.locator("form:has(input[name=answer]) button.button").click()
    page.wait_for_load_state()
    assert not page.locator(".problem[role=alert]").count(), page.locator(".problem").inner_text()
