"""What a browser without JavaScript does with the form: open it, fill it in, send it."""

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from haetae.agencies.support.actions import OpenCase
from haetae.agencies.support.queries import case_of_receipt
from haetae.agencies.support.receipt import read

LINK = "https://board.example/posts/7"
_HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">')


def opened(browser: Client, where: str = "/link/") -> dict[str, str]:
    """The hidden fields of the form, as the page gives them."""
    return hidden(browser.get(where).content.decode())


def hidden(page: str) -> dict[str, str]:
    found = dict(_HIDDEN.findall(page))
    assert {"form_key", "csrfmiddlewaretoken"} <= set(found)
    return found


def send(browser: Client, **fields: Any) -> HttpResponse:
    """A new form with these answers; a link stands in it unless something else is said."""
    return browser.post("/link/", {**opened(browser), "links": LINK, **fields})


def words_of(page: str) -> list[str]:
    """The eight words that a page shows."""
    shown = page.split('id="words">')[1].split("</ol>", maxsplit=1)[0]
    return re.findall(r"<li>(\w+)</li>", shown)


def chosen(page: str, name: str) -> list[str]:
    """What is ticked."""
    return re.findall(rf'name="{name}" value="(\w*)" checked', page)


def case_of(browser: Client) -> OpenCase:
    """The case that the words open which the browser is shown."""
    found = case_of_receipt(read(" ".join(words_of(browser.get("/mine/new/").content.decode()))))
    assert found
    return found
