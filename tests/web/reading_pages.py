"""The pages of the portal that can be read, taken apart into what a person reads."""

import re
from html.parser import HTMLParser

from django.urls import reverse

from haetae.agencies.education.lessons.facts import Audience

PAGES = (
    "help", "help_numbers", "help_now", "help_next", "help_data", "help_rights", "help_law", "help_money",
    "help_under_19", "help_parents", "help_teachers", "help_pupils", "help_friends", "help_elsewhere",
)  # fmt: skip
_ENDS_A_TEXT = {
    "p",
    "li",
    "dt",
    "dd",
    "h1",
    "h2",
    "td",
    "th",
    "summary",
    "caption",
    "legend",
    "label",
    "a",
    "span",
}


def path_of(page: str) -> str:
    return reverse(f"portal:{page}")


def paths() -> list[str]:
    learning = [reverse("portal:learn")]
    for audience in Audience:
        learning += [reverse(f"portal:{page}", args=[audience.value]) for page in ("lesson", "quiz")]
    return [*(path_of(page) for page in PAGES), *learning]


class _Texts(HTMLParser):
    """Every run of text in the main part of a page, with the element that holds it; not what is set small."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside: list[tuple[str, str]] = []
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"input", "meta", "link", "br"}:
            return
        if tag in _ENDS_A_TEXT - {"a", "span"}:
            self._end()
        self._inside.append((tag, dict(attrs).get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in _ENDS_A_TEXT - {"a", "span"}:
            self._end()
        while self._inside and self._inside.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        in_main = any(tag == "main" for tag, _class in self._inside)
        aside = any(tag in {"nav", "script"} or "small" in classes for tag, classes in self._inside)
        if in_main and not aside and data.strip():
            self._words.append(data)

    def _end(self) -> None:
        text = " ".join("".join(self._words).split())
        if text:
            self.found.append(text)
        self._words = []


def texts(page: str) -> list[str]:
    """What stands in the main part, paragraph by paragraph; sources and side notes left out."""
    parser = _Texts()
    parser.feed(page)
    return parser.found


def sentences(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"(?<=[.?!”’])\s+", text) if part.strip()]


class _Rows(HTMLParser):
    """Cells of every table body: the deed, then the three bounds."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self._hidden = 0
        self._in_body = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tbody":
            self.rows.append([])
        if tag in {"tbody", "thead"}:
            self._in_body = tag == "tbody"
        if tag in {"td", "th"} and self._in_body:
            self._cell = []
        if dict(attrs).get("class") in {"small", "unseen"} or self._hidden:
            self._hidden += 1

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            self._hidden -= 1
        if tag in {"td", "th"} and self._cell is not None:
            self.rows[-1].append(" ".join("".join(self._cell).split()))
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._hidden:
            self._cell.append(data)


def penalty_rows(page: str) -> list[list[str]]:
    """Of each row: deed, at least, at most, fine; as a reader sees them."""
    parser = _Rows()
    parser.feed(page)
    return parser.rows
