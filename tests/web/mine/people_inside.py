"""Browsers in which somebody's case is open."""

import re

from django.test import Client

from haetae.agencies.support import receipt
from haetae.agencies.support.actions import OpenCase, open_case
from haetae.agencies.support.rules import Told
from haetae.agencies.support.states import Relation
from haetae.hashbank.rules import NewEntry

LINK = "https://board.example/posts/1"
CODE = NewEntry(sha256="ab" * 32, pdq="3f" * 32, dhash="a1" * 32)


def told(**more: object) -> Told:
    return Told(**{"links": [LINK], "relation": Relation.ME, **more})  # type: ignore[arg-type]


def inside(browser: Client, **more: object) -> OpenCase:
    """A fresh case, opened in this browser by its words."""
    bits = receipt.draw()
    opened = open_case(receipt=bits, told=told(**more))
    enter(browser, bits)
    return opened


def enter(browser: Client, bits: bytes, *, language: str = "en") -> None:
    answer = browser.post("/mine/", {"words": " ".join(receipt.words_of(bits, language=language))})
    assert answer.status_code == 303, answer.content.decode()


def page(browser: Client, path: str = "/mine/") -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return text_of(answer)


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())
