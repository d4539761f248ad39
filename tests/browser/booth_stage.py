"""A visitor at the booth: a real Chromium, a folder that nobody may write into, and no network."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from haetae.booth.kiosk import Kiosk, Language
from haetae.booth.pairs import PAIRS
from haetae.booth.writing import files_of, write
from haetae.law.packs import load_pack

WIDE = {"width": 1280, "height": 800}
TALL = {"width": 1080, "height": 1920}
PHONE = {"width": 390, "height": 844}
RESET_AFTER_S = 60
AUDIENCES = ("primary", "middle", "high", "university", "parents", "teachers")
SCREENS = ("start", "pairs", "code", "learn", "help", *(f"lesson-{one}" for one in AUDIENCES))


def set_up(folder: Path, **more: int) -> Path:
    """As on a stick that is locked."""
    kiosk = Kiosk(
        pack=load_pack("kr"),
        on=date(2026, 11, 26),
        first=Language.KO,
        portal="https://portal.example",
        **{"reset_after_s": RESET_AFTER_S, **more},
    )
    write(files_of(kiosk), folder)
    for path in (folder / "pictures", folder):
        path.chmod(0o555)
    return folder


@dataclass(kw_only=True)
class Visits:
    """Opens pages, and writes down whatever they ask for and complain about."""

    chromium: Browser
    folder: Path
    contexts: list[BrowserContext] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def __call__(
        self, name: str = "index.html", *, at: Path | None = None, clock: bool = False, **options: object
    ) -> Page:
        context = self.chromium.new_context(**{"viewport": WIDE, **options})
        context.set_offline(True)
        self.contexts.append(context)
        page = context.new_page()
        if clock:
            page.clock.install()
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda said: self.troubles.append(said.text) if said.type == "error" else None)
        page.goto(((at or self.folder) / name).as_uri())
        return page

    def end(self) -> None:
        """Nothing was asked for but files of the folder, and nothing went wrong."""
        for context in self.contexts:
            context.close()
        assert self.asked
        assert [url for url in self.asked if not url.startswith("file:")] == []
        assert self.troubles == []


def go(page: Page, door: str) -> None:
    page.locator(f"[data-door='{door}']:visible").first.click()
    expect(page.locator(f"#{door}")).to_be_visible()


def to(page: Page, screen: str) -> None:
    """By the doors that a visitor has."""
    page.locator(".brand").click()
    if screen.startswith(("lesson-", "quiz-")):
        go(page, "learn")
    if screen.startswith("quiz-"):
        go(page, screen.replace("quiz-", "lesson-"))
    if screen != "start":
        go(page, screen)


def to_code(page: Page) -> None:
    to(page, "code")
    page.wait_for_selector("html[data-ready]", state="attached")


def make(page: Page, sample: str) -> None:
    page.locator(f"[data-sample={sample}]").click()
    page.wait_for_selector("html[data-making=done]", state="attached")


def play(page: Page, says: Callable[[int], str]) -> None:
    """All pairs; `says` is the side that is touched, by the number of the pair."""
    for number, pair in enumerate(PAIRS):
        here = page.locator("article.pair:visible")
        here.locator(f".choices [data-says='{says(number)}']").click()
        expect(here.locator(".verdict")).to_be_focused()
        first, second = here.locator("figcaption").all_inner_texts()
        assert (first if pair.altered_is_first else second).endswith("고친 그림")
        expect(here.locator("img[src$='-shown.svg']:visible")).to_have_count(1)
        here.locator("[data-next]").click()


def leave_traces(page: Page) -> None:
    """An answer to a pair, the other language, and an answer to a question."""
    go(page, "pairs")
    page.locator("article.pair:visible .choices [data-says='1']").click()
    page.locator("[data-language]").click()
    page.wait_for_selector("html[lang=en].scripted")
    to(page, "quiz-university")
    page.locator("button.option:visible").first.click()
