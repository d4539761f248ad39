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
    assert (heard["X-Page"], heard["X-Media"]) == (facts["page"], facts["media"])


def test_a_picture_that_the_checker_refuses_is_never_published(board, checker, stripes):
    checker.answer = json.dumps({"publish": False}).encode()
    board.configure(upload_hook_url=checker.url, upload_hook_when_down="open")
    answer = board.web.post("/posts", content=stripes())
    assert (answer.status_code, answer.json()["error"]) == (403, "refused_by_check")
    assert board.media_files() == []


def test_a_person_reads_on_a_page_why_her_picture_was_refused(board, checker, stripes):
    checker.answer = b'{"publish": false}'
    board.configure(upload_hook_url=checker.url)
    files = {"picture": ("door.png", stripes(), "image/png")}
    answer = board.web.post("/posts", files=files, headers={"Accept": "text/html,*/*;q=0.8"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "text/html; charset=utf-8")
    assert "The check before publication refused this picture." in answer.text
    assert 'href="/"' in answer.text
    assert board.media_files() == []


def test_a_browser_gets_a_page_for_every_refusal_and_a_partner_never(board):
    browser = {"Accept": "text/html"}
    no_picture = board.web.post("/posts", content=b"words", headers=browser)
    assert (no_picture.status_code, "<h1>That did not work</h1>" in no_picture.text) == (415, True)
    partner = board.web.get("/operator/v1/config", headers=browser)
    assert (partner.status_code, partner.json()["error"]) == (401, "no_access")


def test_what_came_of_each_check_is_kept_and_outlives_a_kill(board, checker, stripes):
    board.post(body=stripes(shade=9))  # before there is a checker: not a check
    board.configure(upload_hook_url=checker.url)
    published = board.post()
    checker.answer = b'{"publish": false}'
    assert board.web.post("/posts", content=stripes(shade=1)).status_code == 403
    checker.status = 500
    assert board.web.post("/posts", content=stripes(shade=2)).status_code == 503
    board.configure(upload_hook_when_down="open")
    checker.pause_between_bytes_s = 0.02
    let_through = board.post(body=stripes(shade=3))
    board.kill()
    board.start()
    lines = board.operator("GET", "/upload-checks").json()["lines"]
    assert [line["index"] for line in lines] == [1, 2, 3, 4]
    assert [line["outcome"] for line in lines] == [
        "publish",
        "refused",
        "no_answer_closed",
        "no_answer_published",
    ]
    assert (lines[0]["post_id"], lines[3]["post_id"]) == (published["id"], let_through["id"])
    assert set(lines[0]) == {"index", "at", "post_id", "outcome", "elapsed_ms"}
    assert all(line["elapsed_ms"] > 0 for line in lines)
    assert board.operator("GET", "/upload-checks?after=2").json()["lines"] == lines[2:]
    assert board.operator("GET", "/upload-checks?after=-1").json()["field"] == "after"


def test_the_time_of_a_check_is_the_time_that_the_uploader_waited(board, checker, stripes):
    checker.pause_between_bytes_s = 0.02  # 17 bytes
    board.configure(upload_hook_url=checker.url, upload_hook_timeout_s=5)
    began_s = time.monotonic()
    board.post()
    waited_ms = (time.monotonic() - began_s) * 1000
    (line,) = board.operator("GET", "/upload-checks").json()["lines"]
    assert 300 < line["elapsed_ms"] <= waited_ms


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
