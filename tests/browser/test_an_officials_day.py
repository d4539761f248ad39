"""A day at the commission and one at the regulator, in real browsers: what an official does between nine and six."""

import hashlib
import io
import re
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page
from pypdf import PdfReader

from tests import people
from tests.browser.docket_stage import STATEMENT
from tests.browser.road_cast import Cast, fills, form
from tests.browser.road_cast import told as words
from tests.browser.road_stage import OLD, Road
from tests.browser.test_passkeys import _telephone

_REVIEW = re.compile(r"/console/reviews/[0-9a-f-]{36}/")
_OLD = f"https://forum.example/posts/{OLD}"
_NOTE = "The operator says nothing about the officer that it has to name. Please look at its registration."


@dataclass
class Day:
    """Counts what hands do, and how long whoever does it waits for a page."""

    page: Page
    keys: int = 0
    clicks: int = 0
    waits_s: list[float] = field(default_factory=list)

    def presses(self, *keys: str) -> None:
        """The last of them leads on."""
        for key in keys[:-1]:
            self.page.keyboard.press(key)
        self._leads_on(lambda: self.page.keyboard.press(keys[-1]))
        self.keys += len(keys)

    def clicks_on(self, target: Locator) -> None:
        self._leads_on(target.click)
        self.clicks += 1

    def _leads_on(self, act: Callable[[], None]) -> None:
        began = time.monotonic()
        with self.page.expect_navigation():
            act()
        self.waits_s.append(time.monotonic() - began)

    def __str__(self) -> str:
        waited, longest = sum(self.waits_s), max(self.waits_s)
        pages = len(self.waits_s)
        return f"{self.keys} keys, {self.clicks} clicks, {pages} pages, {waited:.1f} s waiting, {longest:.2f} s at most"


def test_a_member_signs_in_with_a_passkey_and_clears_the_five_most_urgent_without_a_mouse(
    road: Road, cast: Cast, told: Callable[[str], None]
) -> None:
    page = cast.page_of(people.MEMBERS[4], language="ko")
    _sign_in_anew_with_a_passkey(page, road)
    day = Day(page)
    day.presses("g", "r")
    day.presses("j", "Enter")
    seen: list[str] = []
    for _ in range(5):
        page.wait_for_url(_REVIEW)
        seen.append(page.url)
        assert page.locator(".told .statement").inner_text() == STATEMENT
        day.presses("v")
    assert len(set(seen)) == 5
    assert page.locator("[data-act=v]:not([disabled])").count() == 0, "nothing that can be voted on is left"
    told(f"five votes by keyboard: {day}")


def test_an_official_of_the_regulator_signs_finds_exports_reads_and_hands_on(
    road: Road, cast: Cast, told: Callable[[str], None]
) -> None:
    page = cast.page_of(people.SECOND_REGULATOR)
    _sign_in_anew_with_a_passkey(page, road)
    day = Day(page)
    page.goto(f"{road.origin}/console/orders/{road.places['order']}/")
    day.clicks_on(form(page, "/sign/").locator("button"))
    assert "in force" in words(page)
    day.clicks_on(page.locator("main a[href*='/console/documents/']"))
    _is_read_in_korean(page)

    day.presses("g", "f")
    page.keyboard.type(_OLD)
    day.presses("Enter")
    page.wait_for_url(re.compile(r"/console/sightings/[0-9a-f-]{36}/"))
    assert "gone" in words(page)
    _is_exported_for_a_court(page, day)

    day.presses("g", "e")
    day.clicks_on(page.locator("main a[href$='/referrals/new/']"))
    sent = form(page, "/referrals/new/")
    sent.locator("[name=ground]").first.check()
    fills(sent, {"place": _OLD, "note": _NOTE})
    day.clicks_on(sent.locator("button"))
    assert _NOTE in words(page)
    told(f"signed, read, found, exported, handed on: {day}")


def _sign_in_anew_with_a_passkey(page: Page, road: Road) -> None:
    """It is set up once; from then on nothing else opens the room."""
    _telephone(page)
    page.locator(".who a").click()
    page.locator("main a[href$='/webauthn/add/']").click()
    page.locator("main form button").first.click()
    page.wait_for_url("**/recovery-codes/")
    page.locator("#sign-out").click()
    page.wait_for_url("**/sign-in/**")
    page.locator("#passkey_login").click()
    page.wait_for_url(f"{road.origin}/console/")


def _is_read_in_korean(page: Page) -> None:
    """The letter as a file, in a type that has every letter of it."""
    with page.expect_download() as coming:
        page.locator("main a[href$='/ko/pdf/']").click()
    read = PdfReader(coming.value.path())
    text = read.pages[0].extract_text()
    assert "시정명령" in text
    fonts = [font.get_object()["/BaseFont"] for font in read.pages[0]["/Resources"]["/Font"].values()]
    assert any("NotoSansCJKkr" in name for name in fonts)


def _is_exported_for_a_court(page: Page, day: Day) -> None:
    """One file, in which every other file has the digest that stands in its list."""
    day.presses("g", "c")
    sent = form(page, "/court/")
    fills(
        sent,
        {"what": _OLD, "court_reference": "2026고단1234", "reason": "The court asked for it on 26 November."},
    )
    with page.expect_download() as coming:
        sent.locator("button").click()
    day.clicks += 1
    with zipfile.ZipFile(io.BytesIO(coming.value.path().read_bytes())) as record:
        lines = record.read("manifest-sha256.txt").decode().splitlines()
        listed = dict(reversed(line.split("  ", 1)) for line in lines)
        assert set(listed) | {"manifest-sha256.txt"} == set(record.namelist())
        for name, digest in listed.items():
            assert hashlib.sha256(record.read(name)).hexdigest() == digest, name
        assert any(name.endswith(".ko.pdf") for name in listed)
