"""Somebody's browser without JavaScript, who fills in every field of every form with a secret."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urlencode, urljoin, urlsplit

from tests.canary.planted import Planted

_TIMEOUT_S = 60.0
_REDIRECTS_MOST = 5
_TYPED = frozenset({"text", "search", "url", "email", "tel", ""})

Fields = list[tuple[str, str]]


@dataclass(kw_only=True)
class Form:
    """One form of a page. `typed` are the fields that a person writes in, and whether they take several lines."""

    action: str
    method: str
    fields: Fields = field(default_factory=list)
    typed: dict[str, bool] = field(default_factory=dict)
    chosen: dict[str, list[str]] = field(default_factory=dict)
    ticked: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Page:
    url: str
    status: int
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    def forms(self) -> list[Form]:
        reader = _Forms(self.url)
        reader.feed(self.text)
        return [form for form in reader.forms if form.method == "post"]


class _Forms(HTMLParser):
    """Forms with their fields, as far as they are needed to send them."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self._select = ""
        self.forms: list[Form] = []
        self._inside = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attributes}
        if tag == "form":
            action = urljoin(self._url, told.get("action", ""))
            self.forms.append(Form(action=action, method=told.get("method", "get").lower()))
            self._inside = True
        elif self._inside and (tag == "option" or told.get("name")):
            self._take(self.forms[-1], tag, told)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False

    def _take(self, form: Form, tag: str, told: dict[str, str]) -> None:
        name, kind = told.get("name", ""), told.get("type", "").lower()
        if tag == "textarea" or (tag == "input" and kind in _TYPED):
            form.typed[name] = tag == "textarea"
        elif tag == "select":
            self._select = name
        elif tag == "option" or kind == "radio":
            form.chosen.setdefault(name or self._select, []).append(told.get("value", ""))
        elif kind == "checkbox":
            form.ticked.append((name, told.get("value", "on")))
        elif kind in {"hidden", "submit"} and (tag == "input" or told.get("value")):
            form.fields.append((name, told.get("value", "")))


@dataclass(kw_only=True)
class Visitor:
    """Every request carries headers with secrets in them: browser, page that it came from, address as a proxy says it.

    `seen` is every page that was answered: what was shown to the person is no leak.
    """

    origin: str
    planted: Planted
    language: str = "ko"
    cookies: dict[str, str] = field(default_factory=dict)
    seen: list[Page] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """One page, wherever it leads."""
        return self._follow("GET", urljoin(self.origin, path), None)

    def send(self, form: Form, values: dict[str, str], *, choice: int = 0, tick: bool = True) -> Page:
        """A form with these values in the fields that are written in, and the choice of this number in the others."""
        fields = [*form.fields, *values.items()]
        for name, choices in form.chosen.items():
            fields.append((name, choices[choice % len(choices)]))
        if tick:
            fields += form.ticked
        return self._follow("POST", form.action, urlencode(fields).encode())

    def _follow(self, method: str, url: str, body: bytes | None) -> Page:
        for _ in range(_REDIRECTS_MOST):
            status, headers, content = self._call(method, url, body)
            if status not in {301, 302, 303}:
                page = Page(url=url, status=status, body=content)
                self.seen.append(page)
                return page
            method, url, body = "GET", urljoin(url, headers["location"]), None
        raise RuntimeError(f"{urlsplit(url).path} leads on and on")

    def _call(self, method: str, url: str, body: bytes | None) -> tuple[int, dict[str, str], bytes]:
        parts = urlsplit(url)
        connection = HTTPConnection(parts.netloc, timeout=_TIMEOUT_S)
        try:
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            connection.request(method, target, body, dict(self._headers(posts=body is not None)))
            answer = connection.getresponse()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    kept, _, content = value.partition(";")[0].partition("=")
                    self.cookies[kept.strip()] = content
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def _headers(self, *, posts: bool) -> Iterator[tuple[str, str]]:
        yield "User-Agent", self.planted.draw("User-Agent")
        yield "Referer", f"https://page.example/{self.planted.draw('Referer')}"
        yield "X-Forwarded-For", self.planted.draw("X-Forwarded-For")
        yield "Accept-Language", self.language
        yield "Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if posts:
            yield "Origin", self.origin
            yield "Content-Type", "application/x-www-form-urlencoded"
