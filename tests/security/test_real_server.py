"""Over the wire, from granian and with the settings of production: what an attacker with curl really gets."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from haetae.web.slow_bodies import READING_MOST, TURN_WITHIN_S
from tests.security.closed import CHECKS, why_open
from tests.security.production import HOST, Answer, Production, everything, production, read
from tests.web.addresses import every_address

# One server for all; what ends it comes last.
pytestmark = pytest.mark.xdist_group("real server")
_YEAR = "max-age=31536000"
_TRACES = (b"Traceback", b"django.", b"granian", b"/site-packages/", b"psycopg", b"DEBUG")
_MEGABYTE = b"x" * 1_048_576
_TEN_GIGABYTES = 10 * 1024**3


@pytest.fixture(scope="module")
def server(django_db_setup: None) -> Iterator[Production]:
    with production() as served:
        yield served


def _is_closed(answer: Answer, where: str) -> None:
    assert why_open(answer.headers) == [], where
    if answer.status != 301:  # over http it would say nothing to a browser
        assert answer.headers.get("strict-transport-security") == _YEAR, where
    for trace in _TRACES:
        assert trace not in answer.body or b"html" not in answer.body[:200], (where, trace)


def test_every_address_is_closed_over_the_wire_too(server, tried):
    paths = [address.path for address in every_address()]
    for where in [*paths, "/nowhere/", "/static/haetae/base.css", "/static/nowhere.css", "/favicon.ico"]:
        answer = server.ask("GET", where)
        assert answer.status < 500, where
        _is_closed(answer, where)
        is_the_same_for_all = where.startswith("/static/haetae/") or where.endswith(".schema.json")
        assert ("no-store" in answer.headers["cache-control"]) != is_the_same_for_all, where
    tried(f"headers over the wire: addresses, {CHECKS + 3} checks each", len(paths) + 4)


@pytest.mark.parametrize(
    ("status", "method", "path", "headers"),
    [
        (400, "GET", "/", ("Host: elsewhere.example",)),
        (301, "GET", "/", ("X-Forwarded-Proto: http",)),
        (403, "POST", "/link/", ()),
        (403, "POST", "/console/sign-in/", ()),
        (404, "GET", "/nowhere/", ()),
        (404, "GET", "/api/v1/docs", ()),
        (403, "DELETE", "/link/", ()),
        (405, "TRACE", "/", ()),
        (401, "TRACE", "/api/v1/status", ()),
        (405, "OPTIONS", "/", ()),
        (411, "POST", "/link/", ("Transfer-Encoding: chunked",)),
        (413, "POST", "/link/", ("Content-Length: 50000000",)),
        (413, "POST", "/api/upload-check/", ("Content-Length: 9000000000",)),
        (401, "GET", "/api/v1/status", ()),
    ],
)
def test_refusals_are_closed_and_say_nothing_of_the_inside(server, status, method, path, headers, tried):
    names = {line.partition(":")[0].lower() for line in headers}
    told = [f"Host: {HOST}", "X-Forwarded-Proto: https", *headers]
    told = [line for line in told if line in headers or line.partition(":")[0].lower() not in names]
    length = (
        "" if names & {"transfer-encoding", "content-length"} or method != "POST" else "Content-Length: 0\r\n"
    )
    lines = "".join(f"{line}\r\n" for line in told)
    answer = server.say(f"{method} {path} HTTP/1.1\r\n{lines}{length}Connection: close\r\n\r\n".encode())
    assert answer.status == status
    _is_closed(answer, f"{status} {path}")
    assert b"elsewhere.example" not in answer.body
    tried("refusals over the wire, by status and method", 1)


@pytest.mark.parametrize(
    ("what", "head"),
    [
        (
            "two lengths",
            "POST /link/ HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nab=cd",
        ),
        (
            "length and chunks",
            "POST /link/ HTTP/1.1\r\nHost: {host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
            "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: {host}\r\n\r\n",
        ),
        (
            "chunks under another name",
            "POST /link/ HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: xchunked\r\n\r\n"
            "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: {host}\r\n\r\n",
        ),
        (
            "chunks after a space",
            "POST /link/ HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        ),
        ("a line that goes on", "GET / HTTP/1.1\r\nHost: {host}\r\nX: a\r\n b\r\n\r\n"),
        ("a length with a sign", "POST /link/ HTTP/1.1\r\nHost: {host}\r\nContent-Length: +5\r\n\r\nab=cd"),
        ("no version", "GET /\r\n\r\n"),
        ("an address with a break", "GET /a\nb HTTP/1.1\r\nHost: {host}\r\n\r\n"),
        ("nothing of HTTP", "\x16\x03\x01\x02\x00\x01\x00"),
        ("2,000 headers", "GET / HTTP/1.1\r\nHost: {host}\r\n" + "X-A: b\r\n" * 2000 + "\r\n"),
        ("a header of a megabyte", "GET / HTTP/1.1\r\nHost: {host}\r\nX-A: " + "b" * 1_000_000 + "\r\n\r\n"),
        ("an address of a megabyte", "GET /" + "a" * 1_000_000 + " HTTP/1.1\r\nHost: {host}\r\n\r\n"),
    ],
    ids=lambda told: told[:24] if "\r\n" not in told and " HTTP/" not in told else "sent",
)
def test_what_is_no_clear_request_gets_no_page_and_no_second_answer(server, what, head, tried):
    with server.connect() as connection:
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(head.format(host=HOST).encode("latin-1"))
        connection.settimeout(3)
        try:
            raw = everything(connection)
        except TimeoutError:
            raw = b""
    answer = read(raw)
    assert answer.status == 0 or 300 <= answer.status < 500, what
    # Where two readers could see two requests, the connection must not go on.
    assert raw.count(b"HTTP/1.1 ") <= 1, what
    assert b"/smuggled" not in raw, what
    assert not answer.headers.get("server")
    assert server.ask("GET", "/").status == 200
    tried("unclear requests over the wire", 1)


@pytest.mark.parametrize("announced", ["Content-Length: 10737418240", "Transfer-Encoding: chunked"])
def test_ten_gigabytes_are_refused_before_they_are_in_memory(server, announced, tried):
    before, sent, answered = server.memory_bytes(), 0, b""
    head = f"POST /link/ HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\n{announced}\r\n\r\n"
    with server.connect() as connection:
        connection.sendall(head.encode())
        until = time.monotonic() + 10
        with suppress(BrokenPipeError, ConnectionResetError):
            while sent < _TEN_GIGABYTES and time.monotonic() < until:
                connection.sendall(
                    b"100000\r\n" + _MEGABYTE + b"\r\n" if "chunked" in announced else _MEGABYTE
                )
                sent += len(_MEGABYTE)
        connection.settimeout(3)
        with suppress(TimeoutError, ConnectionResetError):
            answered = everything(connection)
    grown = server.memory_bytes() - before
    assert grown < 64 * 1024**2, f"{grown} bytes for {sent} sent"
    assert sent < 256 * 1024**2, "the server goes on taking what it has refused"
    assert not answered or read(answered).status in {411, 413}
    assert server.ask("GET", "/healthz").status == 200
    tried("bodies of 10 GB over the wire", 1)


def test_eight_who_send_half_a_form_keep_nobody_from_the_pages(server, tried):
    """Some hold a thread for as long as they like; the others are refused unread, and the numbers to call stay up."""
    head = f"POST /link/ HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\nContent-Length: 1000\r\n\r\nlinks="
    silent = [server.connect() for _ in range(8)]
    try:
        for connection in silent:
            connection.sendall(head.encode())
        time.sleep(TURN_WITHIN_S)
        for _ in range(5):
            page = server.ask("GET", "/")
            assert page.status == 200
            assert b"tel:1366" in page.body
        refused = 0
        for connection in silent:
            connection.settimeout(1.0)
            with suppress(TimeoutError):
                refused += connection.recv(64).startswith(b"HTTP/1.1 503")
        assert refused == len(silent) - READING_MOST
    finally:
        for connection in silent:
            connection.close()
    token, cookie = _form(server)
    deadline = time.monotonic() + 20
    while _sent(server, token, cookie).status == 503 and time.monotonic() < deadline:
        time.sleep(0.2)
    assert _sent(server, token, cookie).status == 303, "when they are gone, forms are taken in again"
    tried("slow bodies at once over the wire", len(silent))


def test_cookies_are_bound_to_https_and_to_their_side(server, tried):
    token, cookie = _form(server)
    names = []
    for kept in (cookie, *_sent(server, token, cookie).cookies):
        name, _, rest = kept.partition("=")
        names.append(name)
        for mark in ("HttpOnly", "Secure", "SameSite=Strict"):
            assert mark in rest, kept
        assert "Domain" not in rest
        assert "Max-Age" not in rest
        assert "expires" not in rest.lower()
    assert {"__Host-form", "__Secure-once", "__Secure-page"} <= set(names)
    [console] = [kept for kept in server.ask("GET", "/console/sign-in/").cookies if "form" in kept]
    assert console.startswith("__Secure-console_form=")
    assert "Path=/console/" in console
    tried("cookies over the wire", len(names) + 1)


def test_a_form_from_another_site_is_refused_although_it_has_the_token(server, tried):
    token, cookie = _form(server)
    for origin in ("https://evil.example", "null", f"http://{HOST}", f"https://{HOST}.evil.example"):
        assert _sent(server, token, cookie, f"Origin: {origin}").status == 403, origin
    assert _sent(server, token, cookie, "Referer: https://evil.example/").status == 403
    assert _sent(server, token, cookie, f"Origin: https://{HOST}").status == 303
    tried("forms of other sites over the wire", 5)


def test_leaving_quickly_tells_the_browser_to_forget(server):
    token, cookie = _form(server)
    body = f"csrfmiddlewaretoken={token}".encode()
    answer = server.ask("POST", "/mine/close/", *_as_a_form(cookie), f"Origin: https://{HOST}", body=body)
    assert answer.status == 303
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert {kept.partition("=")[0] for kept in answer.cookies} >= {"__Secure-page", "__Secure-once"}


def test_when_something_breaks_or_is_away_the_page_says_so_and_nothing_else(server, tried):
    where = "/documents/KMCC-2026-000123/"
    server.ours.asked("ALTER TABLE issued_issueddocument RENAME TO elsewhere")
    broken = server.ask("GET", where)
    server.ours.asked("ALTER TABLE elsewhere RENAME TO issued_issueddocument")
    assert broken.status == 500
    _is_closed(broken, "500")
    assert b"issueddocument" not in broken.body
    token, cookie = _form(server)
    server.keys.kill()
    server.keys.wait()
    away: list[Answer] = []
    waits = threading.Thread(target=lambda: away.append(_sent(server, token, cookie)))
    waits.start()
    waits.join(30)
    assert away[0].status == 503
    assert int(away[0].headers["retry-after"]) > 0
    assert b"https://a.example/" in away[0].body, "what was typed is still there"
    _is_closed(away[0], "503")
    tried("refusals over the wire, by status and method", 2)


def _form(server: Production) -> tuple[str, str]:
    page = server.ask("GET", "/link/")
    token = re.search(rb'csrfmiddlewaretoken" value="([^"]+)', page.body)
    assert token
    return token[1].decode(), page.cookies[0]


def _as_a_form(cookie: str) -> tuple[str, ...]:
    pair = cookie.partition(";")[0]
    return (f"Cookie: {pair}", "Content-Type: application/x-www-form-urlencoded")


def _sent(server: Production, token: str, cookie: str, *headers: str) -> Answer:
    with_origin = headers or (f"Origin: https://{HOST}",)
    body = f"csrfmiddlewaretoken={token}&links=https%3A%2F%2Fa.example%2F".encode()
    return server.ask("POST", "/link/", *_as_a_form(cookie), *with_origin, body=body)
