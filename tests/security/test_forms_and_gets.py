"""Every form asks for its token, and reading changes nothing: for all addresses, whoever reads."""

import hashlib
from email.message import Message

import pytest
from django.db import connection

from haetae.web.access import access_of
from haetae.web.sides.table import methods_of
from haetae.web.sides.which import Side, side_at
from tests.security.closed import drop
from tests.web.addresses import every_address

pytestmark = pytest.mark.django_db
# What is no fact of anybody's: how much of a limit is spent, and that somebody is still at the desk.
_OF_THE_PAGES = frozenset({"limits_bucket", "limits_kept", "django_session"})


def test_every_form_without_its_token_is_refused_before_anything_else(visitor, reviewer, tried):
    strangers, inside = visitor("en", strict=True), visitor("en", strict=True)
    inside.force_login(reviewer)
    tried_here = 0
    for address in every_address():
        side = side_at(address.path)
        if side in {Side.API, None} or (methods_of(address.view) and "POST" not in methods_of(address.view)):
            continue
        for browser in (strangers, inside):
            answer = browser.post(address.path, {"statement": "x" * 20})
            refused = 302 if address.name == "nowhere" else 403
            assert answer.status_code == refused, (address.name, answer.status_code)
            for sent in ({"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_ORIGIN": "null"}):
                assert browser.post(address.path, {}, **sent).status_code == 403, address.name
            tried_here += 3
    tried("forms without a token or from elsewhere", tried_here)


def test_no_address_but_of_machines_does_without_a_token(tried):
    """Where no token is asked for, a key in a header opens it, which no other site can fill in."""
    without = [address for address in every_address() if getattr(address.view, "csrf_exempt", False)]
    for address in without:
        assert side_at(address.path) is Side.API, address.name
        assert access_of(address.view) is not None, address.name
    tried("addresses without a token, of machines alone", len(without))


def test_reading_every_address_leaves_the_database_as_it_was(everywhere, administrator, visitor, tried):
    """Not by what was asked of it, but by what lies in it: a digest of every row of every table."""
    for browser, home in ((everywhere, "/console/"), (administrator, "/operator/")):
        assert browser.get(home).status_code == 200
    before, read, handed = _digests(), 0, 0
    for address in every_address():
        side = side_at(address.path)
        readers = [administrator if side is Side.OPERATOR else everywhere]
        readers += [visitor("ko")] if side is Side.PORTAL else []
        for ask in (browser.get for browser in readers):
            answer = ask(address.path)
            assert answer.status_code < 500, address.name
            read += 1
            handed += _is_handed_out(answer, address.name)
            drop(answer)
        if side is Side.PORTAL:
            assert visitor("en").head(address.path).status_code < 500, address.name
            read += 1
    changed = {table for table, digest in _digests().items() if before[table] != digest}
    assert changed <= _OF_THE_PAGES, changed
    tried("GET and HEAD without effect on any table", read)
    tried("files handed out, each under a name of ours and with a sandbox", handed)
    tried("tables compared by digest", len(before))


def _is_handed_out(answer, name: str) -> bool:
    """A file: saved under a plain name of ours, and a page of nobody's."""
    if "Content-Disposition" not in answer.headers:
        return False
    told = Message()
    told["Content-Disposition"] = answer.headers["Content-Disposition"]
    assert told.get_content_disposition() == "attachment", name
    assert str(told.get_filename()).isascii(), name
    assert "sandbox" in answer.headers["Content-Security-Policy"], name
    return True


def _digests() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        tables = [row[0] for row in cursor]
        found = {}
        for table in tables:
            cursor.execute(f'SELECT row::text FROM "{table}" AS row ORDER BY 1')
            found[table] = hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
    return found
