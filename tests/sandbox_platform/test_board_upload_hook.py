"""The board asks a checker before it publishes; the checker here is a real little HTTP server."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


@dataclass(kw_only=True)
class Checker:
    url: str = ""
    status: int = 200
    answer: bytes = b'{"publish": true}'
    pause_between_bytes_s: float = 0.0
    heard: list[dict[str, Any]] = field(default_factory=list)


@pytest.fixture
def checker() -> Iterator[Checker]:
    known = Checker()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            known.heard.append({"body": body, **self.headers})
            self.send_response(known.status)
            self.send_header("Content-Length", str(len(known.answer)))
            self.end_headers()
            try:
                for byte in known.answer:
                    self.wfile.write(bytes([byte]))
                    time.sleep(known.pause_between_bytes_s)
            except OSError:
                return

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known.url = f"http://127.0.0.1:{server.server_address[1]}/check?from=board"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield known
    server.shutdown()
    server.server_close()


def test_the_checker_gets_the_bytes_and_its_token_and_may_let_them_pass(board, checker, stripes):
    board.configure(upload_hook_url=checker.url, upload_hook_token="hook-secret")
    facts = board.post()
    assert board.sees(facts) == (200, 200)
    (heard,) = checker.heard
    assert heard["body"] == stripes()
    assert heard["Authorization"] == "Bearer hook-secret"
    assert heard["Content-Type"] == "image/png"
    assert heard["X-Post-Id"] == facts["id"]


def test_a_picture_that_the_checker_refuses_is_never_published(board, checker, stripes):
    checker.answer = json.dumps({"publish": False}).encode()
    board.configure(upload_hook_url=checker.url, upload_hook_when_down="open")
    answer = board.web.post("/posts", content=stripes())
    assert (answer.status_code, answer.json()["error"]) == (403, "refused_by_check")
    assert board.media_files() == []


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b'{"publish": true}'),
        (302, b'{"publish": true}'),
        (200, b"nonsense \xff"),
        (200, b'{"publish": "true"}'),
        (200, b"[]"),
        (200, b""),
    ],
)
def test_without_a_usable_answer_the_setting_decides(board, checker, stripes, status, body):
    checker.status, checker.answer = status, body
    board.configure(upload_hook_url=checker.url, upload_hook_when_down="closed")
    refused = board.web.post("/posts", content=stripes())
    assert (refused.status_code, refused.json()["error"]) == (503, "check_unavailable")
    board.configure(upload_hook_when_down="open")
    board.post()


def test_a_checker_that_drips_its_answer_is_cut_off_in_time(board, checker, stripes):
    checker.pause_between_bytes_s = 0.2
    board.configure(upload_hook_url=checker.url, upload_hook_timeout_s=0.5)
    began_s = time.monotonic()
    assert board.web.post("/posts", content=stripes()).status_code == 503
    assert time.monotonic() - began_s < 2.5


def test_a_checker_that_is_not_there_counts_as_down(board, stripes):
    board.configure(upload_hook_url="http://127.0.0.1:1/", upload_hook_timeout_s=1)
    assert board.web.post("/posts", content=stripes()).status_code == 503
