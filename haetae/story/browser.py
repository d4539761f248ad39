"""Somebody's browser without JavaScript: it keeps cookies and fills in forms."""

from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from haetae.common.outbound import Fetched, Origin, fetch
from haetae.connectors.markup import tags
from haetae.story.errors import StoryError


@dataclass
class Browser:
    """One window at one of our own origins."""

    origin: str
    cookies: dict[str, str] = field(default_factory=dict)

    def open(self, path: str) -> Fetched:
        """GET one page; raises StoryError unless it answers 200."""
        page = self._call("GET", path)
        if page.status != 200:
            raise StoryError(f"{path} answers {page.status}")
        return page

    def send(self, form_at: str, to: str = "", **fields: str) -> str:
        """Fill in the form of a page with its hidden fields, send it, and return where it leads.

        Raises StoryError when it is not taken.
        """
        page = self.open(form_at)
        hidden = {tag.get("name"): tag.get("value") for tag in tags(page.body) if tag.get("type") == "hidden"}
        body = urlencode({**hidden, **fields}).encode()
        sent = self._call("POST", to or form_at, body)
        if sent.status not in {302, 303}:
            raise StoryError(f"{to or form_at} did not take the form: {sent.status}")
        return sent.headers.get("location", "")

    def _call(self, method: str, path: str, body: bytes | None = None) -> Fetched:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.origin}
        parts = urlsplit(self.origin)
        answer = fetch(
            self.origin + path,
            allowed_origins=frozenset({Origin.parse(f"{parts.scheme}://{parts.netloc}")}),
            method=method,
            headers=headers,
            content=body,
            follow_redirects=False,
        )
        for line in answer.headers.get("set-cookie", "").split("\n"):
            name, equals, value = line.partition(";")[0].partition("=")
            if equals:
                self.cookies[name.strip()] = value
        return answer
