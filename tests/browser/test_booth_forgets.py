"""The booth forgets whoever was there: on screen, in memory, in the history; with a warning that one touch ends."""

import time
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.booth_stage import RESET_AFTER_S, go, leave_traces, make, set_up, to_code


def test_without_a_touch_it_counts_down_in_view_and_forgets_everything(visit):
    page = visit(clock=True)
    leave_traces(page)
    page.clock.fast_forward((RESET_AFTER_S - 25) * 1000)
    page.clock.run_for(300)
    expect(page.locator("#ending")).to_be_hidden()
    page.clock.run_for(5500)
    expect(page.locator("#ending")).to_be_visible()
    assert page.locator("#stay").evaluate("button => button === document.activeElement")
    # The page's clock goes on between these steps too, as long as a busy machine takes for them.
    seconds = int(page.locator("#seconds").inner_text())
    assert 10 <= seconds <= 20
    page.clock.run_for(5000)
    assert seconds - 10 <= int(page.locator("#seconds").inner_text()) <= seconds - 4
    page.clock.run_for(16_000)
    page.wait_for_selector("html[lang=ko][data-screen=start]")
    assert page.locator(".told, .tried").count() == 0
    assert page.evaluate("history.length") <= 2, "the empty page of a new window, and this one"
    page.go_back()
    assert page.locator(".tried").count() == 0


def test_a_touch_while_it_counts_lets_the_visitor_go_on_where_they_were(visit):
    page = visit(clock=True)
    leave_traces(page)
    page.clock.fast_forward((RESET_AFTER_S - 10) * 1000)
    page.clock.run_for(300)
    expect(page.locator("#ending")).to_be_visible()
    page.locator("#stay").click()
    expect(page.locator("#ending")).to_be_hidden()
    page.clock.fast_forward((RESET_AFTER_S - 25) * 1000)
    page.clock.run_for(300)
    expect(page.locator("#ending")).to_be_hidden()
    assert page.locator(".tried").count() == 1
    assert page.evaluate("document.activeElement.closest('.quiz') !== null"), "the focus is where it was"


def test_it_forgets_by_the_real_clock_and_a_screen_that_nobody_touched_stays(visit, tmp_path: Path):
    page = visit(at=set_up(tmp_path / "quick", reset_after_s=3, warned_s=2))
    began = time.monotonic()
    page.wait_for_timeout(4000)
    page.evaluate("window.seenBefore = true")
    page.wait_for_timeout(1500)
    assert page.evaluate("window.seenBefore"), "nobody has been here: nothing is cleared"
    touched = time.monotonic()
    go(page, "help")
    page.wait_for_selector("html[data-screen=start].scripted")
    assert page.evaluate("window.seenBefore") is None
    assert 2.5 < time.monotonic() - touched < 8
    assert time.monotonic() - began > 5
    expect(page.locator("#start")).to_be_visible()


def test_one_button_clears_it_at_once(visit):
    page = visit()
    leave_traces(page)
    page.locator(".foot [data-clear]").click()
    page.wait_for_selector("html[lang=ko][data-screen=start]")
    assert page.locator(".told, .tried").count() == 0


def test_nothing_is_stored_and_nothing_stays_in_the_history(visit):
    page = visit()
    before = page.evaluate("history.length")
    address = page.url
    leave_traces(page)
    to_code(page)
    make(page, "covered")
    assert page.evaluate("history.length") == before
    assert page.url == address.replace("index.html", "en.html")
    stored = page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]")
    assert stored == ["", 0, 0]
    assert page.context.storage_state().get("cookies") == []
