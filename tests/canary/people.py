"""What the people of this play do: report, follow, write, mistype; and a counsellor who answers."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from types import MappingProxyType
from typing import Final
from urllib.parse import urljoin, urlsplit
from uuid import uuid4

from django.conf import settings

from haetae.accounts.actions import seat_official
from haetae.accounts.permissions import Role
from haetae.agencies.support import receipt
from haetae.agencies.support.actions import OpenCase, open_case, write_message
from haetae.agencies.support.models import Case
from haetae.agencies.support.receipt.words import WORDS, word_list
from haetae.agencies.support.rules import LINKS_MOST, Told
from haetae.agencies.support.states import Age, Cadence, Circumstance, Relation, Text
from haetae.audit.actor import PUBLIC, SYSTEM
from tests.canary.planted import Planted
from tests.canary.visitor import Form, Page, Visitor
from tests.people import COUNSELLOR

# Some fields want more than a word.
_MORE: Final = " 그리고 더: a pattern of stripes, a landscape, and nothing that anybody would look for"
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
_HIDDEN_PARTS = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
_LINK = re.compile(r'<a\b[^>]*href="([^"#]+)')
_TAG = re.compile(r"<[^>]*>")


# Done by one person alone, of this number: afterwards a case is not as others are.
_ONCE: Final = {"/mine/words/": 0, "/mine/stop/": 1, "/mine/go-on/": 1}


@dataclass(kw_only=True)
class Play:
    """Everything that is sent goes through here, so that every secret is drawn from one place."""

    web_origin: str
    planted: Planted
    shown: list[bytes] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)

    def report_over_http(self, *, language: str, choice: int, more_links: tuple[str, ...] = ()) -> None:
        """The form, every field of it filled in; then the case, every field of it too; then some mistakes."""
        person = self._visitor(language)
        person.open("/")
        form = _with_field(person.open("/link/"), "link")
        page = self.send(person, form, choice=choice, more_links=more_links)
        words = words_in(page.text, language=language)
        if words is not None:
            self._follow(person, page, words, choice=choice)
        self._mistakes(language)

    def _follow(self, person: Visitor, page: Page, words: list[str], *, choice: int) -> None:
        """The words are written down; on another day somebody comes back with them and uses every page of the case."""
        self.new_receipt(words)
        for form in page.forms():
            if form.action.endswith("/mine/new/"):
                self._note(person.send(form, {}))
        later = self._visitor(person.language)
        entrance = later.open("/mine/")
        if entrance.status == 404:  # the portal has no page of a case
            self._note(entrance)
            return
        form = _with_field(entrance, "words")
        case = later.send(form, {name: " ".join(words) for name in form.typed})
        self._note(case)
        for path in _pages_of(case):
            self._use(later, path, choice=choice)

    def _use(self, person: Visitor, path: str, *, choice: int) -> None:
        """Every form of one page of the case, but the one that closes it."""
        for form in person.open(path).forms():
            way = urlsplit(form.action).path
            is_rare = way in _ONCE and choice != _ONCE[way]
            if (
                way.startswith("/mine/")
                and way not in {"/mine/", "/mine/new/", "/mine/close/"}
                and not is_rare
            ):
                answered = self.send(person, form, choice=choice)
                words = words_in(answered.text, language=person.language)
                if words is not None:
                    self.shown.pop()
                    self.new_receipt(words)

    def new_receipt(self, words: list[str]) -> None:
        """One that a page has shown."""
        bits = receipt.read(" ".join(words))
        assert bits is not None
        self.planted.receipt_shown(bits, words)
        self.shown.append(bits)

    def send(
        self,
        person: Visitor,
        form: Form,
        *,
        choice: int,
        more_links: tuple[str, ...] = (),
        values: Mapping[str, str] = MappingProxyType({}),
    ) -> Page:
        """A form with a secret in every field that is written in; `values` are said otherwise."""
        drawn = {
            name: "\n".join(self._written(name, several=several)) for name, several in form.typed.items()
        }
        for name in (name for name in drawn if "link" in name):
            drawn[name] = "\n".join(
                [*more_links, *drawn[name].split("\n")][: LINKS_MOST if form.typed[name] else 1]
            )
        page = person.send(form, drawn | dict(values), choice=choice)
        self._note(page)
        return page

    def _note(self, page: Page) -> None:
        self.answers[f"{page.status} {_ID.sub('ID', urlsplit(page.url).path)}"] += 1

    def _written(self, name: str, *, several: bool) -> Iterator[str]:
        if "link" in name:
            for _ in range(LINKS_MOST if several else 1):
                yield self.link()
        else:
            yield self.planted.draw(f"field {name}") + (_MORE if several else "")

    def link(self) -> str:
        """A page that nobody can reach, with a secret in its host, path and query."""
        host, path, query = (self.planted.draw(f"link, its {part}") for part in ("host", "path", "query"))
        return f"https://{host}.example/{path}?of={query}"

    def _mistakes(self, language: str) -> None:
        """What goes wrong must leave as little behind as what goes well."""
        person = self._visitor(language)
        person.open(f"/{self.planted.draw('address that is not there')}/?q={self.planted.draw('query')}")
        for path in ("/link/", "/mine/"):
            for form in person.open(path).forms():
                if form.typed:
                    wrong = {name: self.planted.draw(f"mistyped {name}") for name in form.typed}
                    person.send(form, wrong)
                    person.send(
                        Form(action=form.action, method="post"), wrong
                    )  # without its hidden fields: 403
                    person.send(form, {name: value * 3_000 for name, value in wrong.items()})

    def report_in_a_process_of_ours(self, number: int) -> None:
        """What the portal does when a form is sent, with every field that a form may have."""
        bits = receipt.draw()
        self.planted.receipt_shown(bits, receipt.words_of(bits, language=("ko", "en")[number % 2]))
        self.shown.append(bits)
        told = Told(
            links=[self.link() for _ in range(LINKS_MOST)],
            texts={text: self.planted.draw(f"text {text}") for text in Text},
            relation=list(Relation)[number % len(Relation)],
            age=list(Age)[number % len(Age)],
            circumstances=list(Circumstance),
            cadence=Cadence.NEVER,
        )
        opened = open_case(receipt=bits, told=told)
        for _ in range(5):
            self._write(opened, "message of the person", None)

    def counsellor_answers(self) -> int:
        """In every case, opened with the custodian's key; returns how many."""
        official = seat_official(
            username=COUNSELLOR.name,
            role=Role.COUNSELLOR,
            agency="support_centre",
            since=date(2026, 1, 1),
            actor=SYSTEM,
        )
        cases = list(Case.objects.exclude(key_for_custodian=None))
        for case in cases:
            key = settings.KEYS.open_case_key(case.key_for_custodian, case_id=case.pk)
            for _ in range(5):
                self._write(OpenCase(case=case, key=key), "message of a counsellor", official.pk)
        return len(cases)

    def _write(self, opened: OpenCase, field_name: str, official_id: int | None) -> None:
        secret = self.planted.draw(field_name)
        write_message(opened=opened, text=secret, form_key=uuid4(), official_id=official_id, actor=PUBLIC)

    def _visitor(self, language: str) -> Visitor:
        return Visitor(origin=self.web_origin, planted=self.planted, language=language)


def _with_field(page: Page, name: str) -> Form:
    """The form of this page that has a field of such a name to be written in."""
    for form in page.forms():
        if any(name in typed for typed in form.typed):
            return form
    raise RuntimeError(f"{page.url} has no form with a field like {name!r}: {page.status}")


def _pages_of(case: Page) -> list[str]:
    """The pages of a case, in the order in which they stand on it; those that end it are the last."""
    found = (urlsplit(urljoin(case.url, link)).path for link in _LINK.findall(case.text))
    pages = dict.fromkeys(path for path in found if path.startswith("/mine/"))
    return sorted(pages, key=lambda path: (path in _ONCE, list(pages).index(path)))


def words_in(page: str, *, language: str) -> list[str] | None:
    """The eight words of a receipt, one after the other on a page; None when it shows none."""
    known = frozenset(word_list(language))
    text = unescape(_TAG.sub(" ", _HIDDEN_PARTS.sub(" ", page)))
    row: list[str] = []
    for word in re.findall(r"[^\W\d_]+", text):
        row = [*row, word] if word in known else []
        if len(row) == WORDS:
            return row
    return None
