"""A browser without JavaScript, seen from outside: a form, a button, and patience."""

import re
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urlsplit

_HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">')
_ARRIVED = "/mine/new/"
_WORD = re.compile(r"<li>(\w+)</li>")
_TIMEOUT_S = 15.0


class NoAnswerError(Exception):
    """The connection was refused, closed or silent."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_taken(self) -> bool:
        """Whether it sends the browser on to the words of the case, which exists then."""
        return self.status == 303 and self.headers.get("location", "") == _ARRIVED


@dataclass(frozen=True, kw_only=True)
class Form:
    """What the page gave: sent back unchanged, however often."""

    fields: dict[str, str]
    cookie: str


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """`source` is an address of theirs as a proxy would tell it; empty: no proxy tells any."""

    web_origin: str
    source: str = ""

    def open_form(self) -> Form | None:
        """None when the page is not to be had just now."""
        page = call("GET", f"{self.web_origin}/link/")
        fields = dict(_HIDDEN.findall(page.body.decode(errors="replace")))
        if page.status != 200 or not {"csrfmiddlewaretoken", "form_key"} <= set(fields):
            return None
        return Form(fields=fields, cookie=page.headers.get("set-cookie", "").split(";")[0])

    def send(self, form: Form, *, link: str) -> Answer:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": form.cookie,
            "Origin": self.web_origin,
            "Accept-Language": "en",
            **({"X-Forwarded-For": self.source} if self.source else {}),
        }
        body = urlencode({**form.fields, "links": link}).encode()
        return call("POST", f"{self.web_origin}/link/", body=body, headers=headers)

    def receipt(self, answer: Answer) -> str | None:
        """The words of the case, read from the page to which the answer leads; None where it leads nowhere.

        Raises NoAnswerError.
        """
        if not answer.is_taken:
            return None
        cookies = [line.split(";")[0] for line in answer.headers.get("set-cookie", "").split("\n")]
        headers = {"Cookie": "; ".join(cookies), "Accept-Language": "en"}
        page = call("GET", f"{self.web_origin}{_ARRIVED}", headers=headers).body.decode(errors="replace")
        words = _WORD.findall(page[page.find('id="words"') :])[:8]
        return " ".join(words) if len(words) == 8 else None


def call(
    method: str, url: str, *, body: bytes | None = None, headers: dict[str, str] | None = None
) -> Answer:
    """One exchange on a connection of its own. Raises NoAnswerError."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=_TIMEOUT_S)
    try:
        connection.request(
            method, parts.path + (f"?{parts.query}" if parts.query else ""), body, headers or {}
        )
        answer = connection.getresponse()
        names: dict[str, str] = {}
        for name, value in answer.getheaders():  # a cookie has a line of its own
            names[name.lower()] = "\n".join(filter(None, (names.get(name.lower()), value)))
        return Answer(status=answer.status, headers=names, body=answer.read())
    except (OSError, HTTPException) as trouble:
        raise NoAnswerError(type(trouble).__name__) from trouble
    finally:
        connection.close()
