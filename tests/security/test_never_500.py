"""Whatever is sent, it is refused or taken in: no field of any form, and no body of any machine, breaks anything."""

import re
from collections.abc import Iterator
from typing import Final

import pytest
from django.test import Client

from haetae.accounts.actions import issue_api_key
from haetae.accounts.models import KeyScope
from haetae.audit.actor import SYSTEM
from haetae.web.sides.table import methods_of
from haetae.web.sides.which import Side, side_at
from tests.security.closed import drop
from tests.web.addresses import every_address
from tests.web.msgids import WEB

pytestmark = pytest.mark.django_db
_FORM: Final = "application/x-www-form-urlencoded"
# Percent-encoded as a form sends them, so that bytes that are no text come through as well.
_EVIL: Final = {
    "bytes that are no UTF-8": "%ff%fe%c0%80",
    "NUL": "a%00b",
    "half of a pair": "%ed%a0%80",
    "a huge number": "9" * 4500,
    "a number below all": "-99999999999999999999",
    "no number": "NaN",
    "an infinite one": "1e400",
    "digits that are none of ours": "%D9%A3%D9%A3",
    "a day that is none": "2026-02-30",
    "a day before all": "0000-00-00T99:99",
    "a day behind all": "99999-12-31",
    "letters that turn": "%E2%80%AEabc%E2%80%A8",
    "a template": "{{7*7}}{%25 load x %25}",
    "markup": "%3Cscript%3Ealert(1)%3C/script%3E",
    "a quote": "'%22;DROP TABLE x--",
    "very long": "x" * 100_000,
    "a host that is none": "http%3A%2F%2F%5B%3A%3A1",
    "an id that is none": "00000000-0000-0000-0000-00000000000g",
}
_NESTED: Final = {
    "no JSON": b"{",
    "bytes that are no UTF-8": b'{"hashes": ["\xff\xfe"]}',
    "very deep": b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
    "a deep list": b"[" * 50_000 + b"]" * 50_000,
    "one name twice": b'{"hashes": [], "hashes": [1], "hashes": {"a": 1}}',
    "a huge number": b'{"hashes": ' + b"9" * 5_000 + b"}",
    "no number": b'{"hashes": [NaN, Infinity, -Infinity, 1e999]}',
    "NUL": b'{"hashes": ["\\u0000"], "x\\u0000": 1}',
    "half of a pair": b'{"hashes": ["\\ud800"]}',
    "nothing": b"",
    "a text": b'"text"',
    "null": b"null",
}


def _names() -> list[str]:
    """Of every field that stands in any page."""
    found: set[str] = set()
    for template in (WEB / "templates").rglob("*.html"):
        found |= set(re.findall(r'\bname="([a-z_]+)"', template.read_text(encoding="utf-8")))
    return sorted(found)


def _forms(*sides: Side) -> Iterator[str]:
    for address in every_address():
        takes = methods_of(address.view)
        if side_at(address.path) in sides and (not takes or "POST" in takes):
            yield address.path


def _sent(browser: Client, path: str, evil: str) -> None:
    body = "&".join(f"{name}={evil}" for name in _FIELDS if name != "language")
    answer = browser.post(path, body[:1_000_000], content_type=_FORM)
    assert answer.status_code < 500, path
    if evil == _EVIL["markup"]:
        assert b"<script>alert(1)" not in answer.content, path


_FIELDS: Final = _names()


@pytest.mark.parametrize("what", _EVIL)
def test_no_field_of_a_form_breaks_anything(visitor, what, tried):
    evil = _EVIL[what]
    if len(evil) > 10_000:
        evil = evil[: 1_000_000 // len(_FIELDS) - 40]
    count = 0
    for path in _forms(Side.PORTAL):
        _sent(visitor("en"), path, evil)
        count += 1
    tried(f"forms with evil values in {len(_FIELDS)} fields each", count)


@pytest.mark.parametrize("what", ["NUL", "a huge number", "a day that is none"])
def test_no_field_of_those_who_sign_in_breaks_anything_either(everywhere, administrator, what, tried):
    count = 0
    for browser, side in ((everywhere, Side.CONSOLE), (administrator, Side.OPERATOR)):
        for path in _forms(side):
            if "/sign-in/out/" in path:
                continue
            _sent(browser, path, _EVIL[what])
            count += 1
    tried(f"forms with evil values in {len(_FIELDS)} fields each", count)


def test_no_question_in_an_address_breaks_anything(everywhere, administrator, tried):
    """Each address is asked with every evil at once, each time under another name."""
    evils = ["%ff", "%ed%a0%80", "9" * 5_000, "-1", "99999999999999999999", "{}", "%0d%0aX: y", "2026-02-30"]
    names = ["page", "q", "state", "month", "next", "since", "day", "sort"]
    count = 0
    for number, address in enumerate(every_address()):
        side = side_at(address.path)
        if side is Side.API:
            continue
        turned = [evils[(place + number) % len(evils)] for place in range(len(names))]
        asked = "&".join(f"{name}={evil}" for name, evil in zip(names, turned, strict=True))
        browser = administrator if side is Side.OPERATOR else everywhere
        answer = browser.get(f"{address.path}?{asked}")
        assert answer.status_code < 500, (address.name, asked)
        drop(answer)
        count += 1
    for where in ("/statistics/?month=%00", "/documents/a%00b/", "/appeal/%00/", "/console/find/?q=%00"):
        assert everywhere.get(where).status_code < 500, where
    tried("addresses with evil questions", count)


@pytest.mark.parametrize("what", _NESTED)
def test_no_body_of_a_machine_breaks_anything(visitor, board, what, tried):
    keys = {
        scope: issue_api_key(holder=board, scope=scope, per_minute=10_000, actor=SYSTEM)
        for scope in (KeyScope.SCAN, KeyScope.OPERATE)
    }
    count = 0
    for address in every_address():
        if side_at(address.path) is not Side.API:
            continue
        for key in keys.values():
            shown = {"HTTP_AUTHORIZATION": f"Bearer {key}", "content_type": "application/json"}
            answer = visitor().post(address.path, _NESTED[what], **shown)
            assert answer.status_code < 500, (address.name, what)
            count += 1
    tried("bodies of machines that are no good JSON", count)
