"""Pages that are made in the test itself and shown by a real browser: its transaction is the whole database."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route

from haetae.accounts.models import Official

_ORIGIN = "http://localhost"  # which browsers trust as they trust https


@dataclass(kw_only=True)
class Made:
    """Call it with an address. `troubles`: what the browser complained of, as of a policy or a script."""

    chromium: Browser
    troubles: list[str] = field(default_factory=list)
    contexts: dict[tuple[object, ...], BrowserContext] = field(default_factory=dict)

    def __call__(
        self,
        address: str,
        *,
        language: str,
        scheme: str = "light",
        size: tuple[int, int] = (390, 800),
        official: Official | None = None,
        send: Mapping[str, str] | None = None,
    ) -> Page:
        """The page at this address, or the one that answers what is sent; styles and scripts from their sources."""
        client = Client(headers={"accept-language": language})
        if official:
            client.force_login(official)
        made = client.get(address) if send is None else client.post(address, send)
        assert made.status_code == (200 if send is None else made.status_code), address

        def answer(route: Route) -> None:
            asked = urlsplit(route.request.url)
            if f"{asked.scheme}://{asked.netloc}" != _ORIGIN:
                self.troubles.append(f"{address} asks {asked.netloc}")
                route.abort()
            elif asked.path == address:
                route.fulfill(status=made.status_code, headers=dict(made.items()), body=made.content)
            elif found := finders.find(asked.path.removeprefix("/static/")):
                route.fulfill(path=found)
            else:
                route.fulfill(status=404)

        settled = (language, scheme, size)
        if settled not in self.contexts:
            self.contexts[settled] = self.chromium.new_context(
                viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, locale=language
            )
        page = self.contexts[settled].new_page()
        page.route("**/*", answer)
        page.on("console", self._heard)
        page.goto(f"{_ORIGIN}{address}")
        page.remove_listener("console", self._heard)  # what axe asks for is refused, and that is no trouble
        return page

    def close(self) -> None:
        for context in self.contexts.values():
            context.close()

    def _heard(self, said: ConsoleMessage) -> None:
        if said.type == "error" and "422" not in said.text:
            self.troubles.append(said.text)


def too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def shoot(page: Page, name: str) -> None:
    """For whoever wants to look: SHOTS names a folder."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
