"""A person with a telephone, in front of the real pages: what they do, and how long that would take somebody."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Locator, Page

PHONE = {"width": 360, "height": 740}
# Slow 3G: round trips of 400 ms, 400 kbit/s both ways. About what a train through the country gives.
SLOW_3G = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
# What a person takes besides: assumptions, stated so that anybody may put in their own. Everything on the way is read,
# at the speed at which adults read English silently, 238 words a minute (Brysbaert, Journal of Memory and Language 109,
# 2019); for Korean we take two syllables as a word, for want of a figure. Codes and numbers to call are not read.
READS_WORDS_A_MINUTE = 238.0
TYPES_LETTERS_A_SECOND = 2.0
TAP_S = 2.0

_LINES = """() => {
  const whole = document.querySelector("main").innerText;
  const passed = [...document.querySelectorAll("#people, .code")].map((one) => one.innerText).filter(Boolean);
  return passed.reduce((text, part) => text.replace(part, ""), whole);
}"""


@dataclass
class Person:
    """`took_s` counts reading, typing and tapping as assumed above, and `waited_s`, as it was measured."""

    page: Page
    took_s: float = 0.0
    waited_s: float = 0.0
    _read: set[str] = field(default_factory=set)

    def reads(self) -> None:
        """Every line of the page that is seen for the first time is read."""
        lines = self.page.evaluate(_LINES).split("\n")
        fresh = [line for line in lines if line.strip() and line not in self._read]
        self._read |= set(fresh)
        self.took_s += sum(words_of(line) for line in fresh) * 60 / READS_WORDS_A_MINUTE

    def taps(self, target: Locator) -> None:
        """And waits until what it led to is there."""
        target.scroll_into_view_if_needed()
        target.click()
        self.took_s += TAP_S

    def types(self, target: Locator, text: str) -> None:
        """A link is pasted, which is two taps; anything else is typed."""
        target.fill(text)
        self.took_s += 2 * TAP_S if text.startswith("http") else len(text) / TYPES_LETTERS_A_SECOND

    def waits(self, seconds: float) -> None:
        self.took_s += seconds
        self.waited_s += seconds


def words_of(line: str) -> int:
    """Korean counts two syllables as a word, other scripts by their spaces."""
    korean = len(re.findall(r"[가-힣]", line))
    return korean // 2 + len(re.findall(r"[A-Za-z0-9]+", line))


def on_a_telephone(
    browser: Browser, *, language: str, slow: bool = False, **options: object
) -> tuple[BrowserContext, Page]:
    """A window of its own. `slow` is the throttled connection; the cache is empty."""
    context = browser.new_context(**{"locale": language, "viewport": PHONE, "has_touch": True, **options})
    page = context.new_page()
    if slow:
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_3G)
    return context, page
