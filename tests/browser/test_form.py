"""Sora fills in the form on her telephone: part by part, forth and back, with and without a network or scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.filling import LINK, PARTS, go_on, go_to_the_end, part, words
from tests.browser.test_nobody_is_kept_out import violations

TYPED = {"#links": f"{LINK}\n{LINK}0", "#poster": "account moonlight_77"}


@pytest.fixture
def form(open_page, address):
    """The form of pages without a database."""
    return open_page("en", at=f"{address}/link/")


def test_one_part_is_seen_at_a_time_and_each_begins_at_its_heading(form):
    form.fill("#links", LINK)
    for number, name in enumerate(PARTS):
        assert part(form) == name
        if number:
            assert form.evaluate("document.activeElement.id") == f"{name}-title"
        assert form.locator(f"#{name} .of").inner_text() == f"{number + 1} of 4"
        assert form.url.endswith("/link/")
        if name != "check":
            go_on(form)


@pytest.mark.parametrize("by", ["button", "browser"])
def test_going_back_loses_nothing(form, by):
    form.fill("#links", TYPED["#links"])
    go_on(form)
    form.check("[name=relation][value=me]")
    form.check("[name=age][value=under_19]")
    go_on(form)
    form.check("[value=known_poster]")
    form.fill("#poster", TYPED["#poster"])
    go_on(form)
    for name in reversed(PARTS[:-1]):
        if by == "browser":
            form.go_back()
        else:
            form.locator(".step:visible [data-go=back]").click()
        expect(form.locator(f"#{name}")).to_be_visible()
        assert part(form) == name
    for where, typed in TYPED.items():
        assert form.input_value(where) == typed
    assert form.is_checked("[name=age][value=under_19]")
    form.go_forward()
    expect(form.locator("#who")).to_be_visible()


def test_the_end_shows_everything_in_words_and_leads_back_to_each_part(form):
    form.fill("#links", TYPED["#links"])
    go_on(form)
    form.check("[name=relation][value=pupil]")
    form.check("[name=age][value=under_19]")
    go_on(form)
    form.check("[value=at_school]")
    go_on(form)
    said = form.locator("#summary").inner_text()
    for words_of_it in (
        LINK,
        f"{LINK}0",
        "A pupil of my school",
        "Under 19",
        "It happened at school",
    ):
        assert words_of_it in said
    assert "Words to find it by" not in said, "what was left out is no line to read"
    form.locator("[data-of=age] button").click()
    assert part(form) == "who"
    form.check("[name=age][value=adult]")
    go_on(form)
    assert part(form) == "check", "who changes one thing is led straight back"
    assert "19 or older" in form.locator("#summary").inner_text()


def test_without_anything_to_find_it_by_it_does_not_go_on_and_says_why(form):
    go_on(form)
    assert part(form) == "where"
    expect(form.locator("#nothing")).to_be_visible()
    assert form.evaluate("document.activeElement.id") == "nothing"
    form.locator("#where summary").click()
    form.fill("#story", "A chat room.")
    go_on(form)
    assert part(form) == "who"


def test_a_minor_and_who_is_threatened_read_what_is_for_them_and_others_do_not(form):
    form.fill("#links", LINK)
    go_on(form)
    expect(form.locator(".when-minor")).to_be_hidden()
    form.check("[name=age][value=under_19]")
    expect(form.locator(".when-minor")).to_be_visible()
    go_on(form)
    expect(form.locator(".when-pressed")).to_be_hidden()
    for value in ("threatened", "money_demanded"):
        form.check(f"[value={value}]")
        expect(form.locator(".when-pressed")).to_be_visible()
        assert form.locator(".when-pressed a").get_attribute("href") == "tel:112"
        form.uncheck(f"[value={value}]")
    expect(form.locator("[value=guardian_unsafe]")).to_be_visible()
    form.go_back()
    form.check("[name=age][value=adult]")
    go_on(form)
    expect(form.locator("[value=guardian_unsafe]")).to_be_hidden()


def test_a_lost_connection_loses_nothing_and_the_second_try_arrives(open_page, town):
    page = open_page("en", at=f"{town.pages}/link/")
    page.fill("#links", LINK)
    page.context.set_offline(True)
    go_to_the_end(page)
    page.click("#send")
    expect(page.locator("#lost")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "lost"
    assert page.input_value("#links") == LINK
    page.context.set_offline(False)
    page.click("#send")
    assert len(words(page)) == 8


def test_when_the_database_is_away_the_form_says_so_and_keeps_everything(form):
    form.fill("#links", LINK)
    go_to_the_end(form)
    form.click("#send")
    expect(form.locator("#problem")).to_contain_text("We could not save it just now.")
    assert part(form) == "check"
    assert form.input_value("#links") == LINK


def test_what_the_server_objects_to_is_said_where_it_is_and_everything_stays(form):
    form.fill("#links", f"{LINK}\nboard.example")
    go_to_the_end(form)
    form.click("#send")
    expect(form.locator("#problem")).to_contain_text("Link 2: A link begins with http:// or https://.")
    assert part(form) == "where"
    assert form.get_attribute("#links", "aria-invalid") == "true"
    assert form.input_value("#links") == f"{LINK}\nboard.example"


def test_pressing_twice_sends_once(open_page, town):
    page = open_page("en", at=f"{town.pages}/link/")
    page.fill("#links", LINK)
    go_to_the_end(page)
    sent: list[str] = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    page.dblclick("#send")
    assert len(words(page)) == 8
    assert len(sent) == 1


def test_the_language_changes_at_the_part_where_one_is_and_nothing_is_lost(form):
    form.fill("#links", LINK)
    go_on(form)
    form.check("[name=relation][value=friend]")
    form.click(".languages [value=ko]")
    expect(form.locator("#who-title")).to_have_text("사진이나 영상 속 사람은 누구인가요?")
    assert part(form) == "who"
    assert form.is_checked("[name=relation][value=friend]")
    form.go_back()
    expect(form.locator("#where")).to_be_visible()
    assert form.input_value("#links") == LINK


@pytest.mark.parametrize("language", ["ko", "en"])
def test_without_scripts_the_parts_stand_one_below_another_and_can_be_sent(open_page, town, language):
    page = open_page(language, at=f"{town.pages}/link/", java_script_enabled=False)
    expect(page.locator(".step:visible")).to_have_count(4)
    expect(page.locator(".moves [data-go]:visible")).to_have_count(0)
    page.fill("#links", "half a link")
    page.check("[name=age][value=under_19]")
    page.click("#send")
    expect(page.locator("#problem")).to_be_visible()
    assert page.input_value("#links") == "half a link"
    page.fill("#links", LINK)
    page.click("#send")
    assert len(words(page)) == 8
    page.locator("main form button").click()
    page.wait_for_url("**/mine/")


def test_by_keyboard_alone(open_page, town):
    page = open_page("en", at=f"{town.pages}/link/")
    page.focus("#links")
    page.keyboard.type(LINK)
    for _ in PARTS[:-1]:
        _tab_to(page, ".step:not([hidden]) [data-go=on]")
        page.keyboard.press("Enter")
    _tab_to(page, "#send")
    page.keyboard.press("Enter")
    assert len(words(page)) == 8


def _tab_to(page, where: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("where => document.activeElement.matches(where)", where):
            return
    raise AssertionError(f"the keyboard does not reach {where}")


def test_axe_finds_nothing_in_any_part_nor_beside_the_words(open_page, town):
    page = open_page("ko", at=f"{town.pages}/link/?other")
    found: list[str] = []
    page.fill("#links", LINK)
    for name in PARTS:
        assert part(page) == name
        for value in {"who": ["under_19"], "danger": ["threatened", "known_poster"]}.get(name, []):
            page.check(f".step:visible [value={value}]")
        found += violations(page)
        if name != "check":
            go_on(page)
    page.click("#send")
    assert len(words(page)) == 8
    found += violations(page)
    assert found == []


def test_leaving_empties_the_page_at_once(form):
    form.fill("#links", LINK)
    form.route("**://www.google.com/**", lambda route: route.fulfill(body="elsewhere"))
    for _ in range(3):
        form.keyboard.press("Escape")
    form.wait_for_url("**://www.google.com/**")
    assert LINK not in form.content()


@pytest.mark.parametrize("where", ["/link/", "/", "/mine/new/"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_pages_fit_320_points_and_twice_the_letters(open_page, address, where, language):
    page = open_page(language, at=f"{address}{where}", viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.evaluate("document.documentElement.setAttribute('class', 'large')")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
