"""What a person does with the page: choose a file, and read what comes out."""

from dataclasses import dataclass

from playwright.sync_api import Page


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the page shows of a picture, without the spaces between the groups."""

    sha256: str
    pdq: str
    dhash: str
    quality: int


def choose(page: Page, data: bytes, *, name: str = "picture", type_: str = "") -> str:
    """Choose a file with these bytes; returns how it ended: "done" or the code of the refusal."""
    page.set_input_files("#file", {"name": name, "mimeType": type_, "buffer": data})
    return ended(page)


def ended(page: Page) -> str:
    page.wait_for_selector("html[data-making]:not([data-making=working])", state="attached", timeout=120_000)
    return str(page.get_attribute("html", "data-making"))


def shown(page: Page) -> Shown:
    sha256, pdq, dhash = (_code(page, where) for where in ("sha256", "pdq", "dhash"))
    return Shown(sha256=sha256, pdq=pdq, dhash=dhash, quality=int(page.text_content("#quality") or -1))


def _code(page: Page, where: str) -> str:
    return (page.text_content(f"#{where}") or "").replace(" ", "")
