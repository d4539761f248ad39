"""What nobody should send, and the clear answer it gets; the board serves on as if nothing had been."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import httpx
import pytest

ZEROS = "0" * 16


def raw(board, request: bytes, *, wait_s: float = 10) -> bytes:
    """Sends bytes as they are and reads until the board closes the connection."""
    with socket.create_connection(("127.0.0.1", board.port), timeout=wait_s) as connection:
        connection.sendall(request)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
        return answer


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'{"a": NaN}', b"\xff\xfe", b"[" * 100_000, b'"text"'],
    ids=["empty", "half", "list", "null", "nan", "not-utf8", "deep", "text"],
)
def test_a_body_that_is_no_json_object_is_named_as_such(hardy_board, body):
    for path in ("/deletion-requests", "/config"):
        answer = hardy_board.operator("POST", path, content=body, headers={"Idempotency-Key": "k"})
        assert (answer.status_code, answer.json()["field"]) == (400, "body")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"schema": "notice/2"}, "schema"),
        ({"schema": None}, "schema"),
        ({"asked": "restore"}, "asked"),
        ({"asked": ["delete"]}, "asked"),
        ({"locator": None}, "locator"),
        ({"locator": {}}, "locator"),
        ({"locator": {"page": 7}}, "locator.page"),
        ({"locator": {"page": "http://[half"}}, "locator.page"),
        ({"locator": {"media": f"http://elsewhere.example/m/{ZEROS}"}}, "locator.media"),
        ({"locator": {"page": "/p/../../etc/passwd"}}, "locator.page"),
        ({"fingerprints": []}, "fingerprints"),
        ({"legal_basis": "an act"}, "legal_basis.id"),
        ({"legal_basis": {"id": "  "}}, "legal_basis.id"),
    ],
)
def test_a_bad_deletion_request_is_told_which_field_is_wrong(hardy_board, changes, field):
    facts = hardy_board.post()
    answer = hardy_board.ask_deletion(facts, **changes)
    assert (answer.status_code, answer.json()["field"]) == (400, field)
    assert answer.json()["message"].endswith(".")
    assert hardy_board.operator("GET", "/deletion-requests/by-key/first").status_code == 404


def test_page_and_media_of_two_posts_are_not_one_request(board):
    one, other = board.post(), board.post()
    answer = board.ask_deletion({"page": one["page"], "media": other["media"]})
    assert (answer.status_code, answer.json()["field"]) == (400, "locator")


@pytest.mark.parametrize("key", ["", "a b", "a/b", "x" * 201, "열쇠"])
def test_a_missing_or_odd_idempotency_key_is_refused(hardy_board, key):
    facts = hardy_board.post()
    answer = hardy_board.ask_deletion(facts, key=key.encode())
    assert (answer.status_code, answer.json()["field"]) == (400, "Idempotency-Key")
    assert hardy_board.sees(facts) == (200, 200)


@pytest.mark.parametrize(
    "header", [None, "Bearer wrong-token-of-some-length", "Bearer", "Basic YTpi", b"Bearer \xff\xfe"]
)
def test_without_the_right_token_nothing_of_the_operator_is_reachable(hardy_board, header):
    facts = hardy_board.post()
    headers = {} if header is None else {"Authorization": header}
    for method, path in (
        ("POST", "/deletion-requests"),
        ("POST", f"/media/{facts['id']}/quarantine"),
        ("GET", f"/media/{facts['id']}"),
        ("GET", "/access-log"),
        ("GET", "/config"),
        ("POST", "/config"),
    ):
        answer = hardy_board.web.request(method, f"/operator/v1{path}", headers=headers)
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert hardy_board.sees(facts) == (200, 200)
    refused = [line for line in hardy_board.log() if line["status"] == 401]
    assert {line["who"] for line in refused} == {"public"}
    assert len(refused) >= 6


@pytest.mark.parametrize(
    "path",
    [
        "/m/../board.sqlite3",
        "/m/..%2f..%2fboard.sqlite3",
        "/m/%2e%2e/access.log",
        "/p/0123456789ABCDEF",
        f"/m/{ZEROS}/../../lock",
        f"/m/{ZEROS}%00",
        "/m/",
        "//evil.example/",
        "/operator/v1/media/../config",
    ],
)
def test_no_path_leads_to_a_file_or_around_the_token(hardy_board, path):
    answer = raw(hardy_board, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert answer.split(b"\r\n")[0] == b"HTTP/1.1 404 Not Found"
    assert b"SQLite" not in answer


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (b"Content-Length: 33554433", 413),
        (b"Content-Length: 99999999999999999999", 413),
        (b"Content-Length: -1", 400),
        (b"Content-Length: 1e3", 400),
        (b"Content-Length: 5\r\nContent-Length: 6", 400),
        (b"Transfer-Encoding: chunked", 411),
        (b"Content-Length: 5\r\nTransfer-Encoding: chunked", 411),
        (b"X-Nothing: here", 411),
        (b"Content-Length: 99999999999\r\nExpect: 100-continue", 413),
    ],
)
def test_a_body_is_judged_by_its_declared_length_before_it_is_read(hardy_board, headers, status):
    kept = hardy_board.media_files()
    answer = raw(hardy_board, b"POST /posts HTTP/1.1\r\nHost: x\r\n" + headers + b"\r\n\r\n")
    assert answer.startswith(f"HTTP/1.1 {status} ".encode())
    assert b'"field": "' in answer
    assert hardy_board.media_files() == kept


def test_a_client_that_pushes_forty_megabytes_reads_why_they_are_refused(board):
    answer = board.web.post("/posts", content=bytes(40 * 1024 * 1024))
    assert (answer.status_code, answer.json()["error"]) == (413, "too_large")


def test_a_client_that_goes_on_sending_after_the_refusal_can_still_read_it(board):
    with socket.create_connection(("127.0.0.1", board.port), timeout=10) as connection:
        connection.sendall(b"POST /posts HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n")
        for _ in range(5):
            time.sleep(0.1)
            connection.sendall(bytes(100_000))
        assert connection.recv(65536).startswith(b"HTTP/1.1 413 ")


def test_a_picture_of_exactly_the_limit_is_taken(board, stripes):
    body = stripes() + bytes(32 * 1024 * 1024 - len(stripes()))
    assert board.web.get(board.post(body=body)["media"]).content == body


def test_chunks_of_unknown_length_are_refused(board):
    def endless() -> Iterator[bytes]:
        yield b"\xff\xd8\xff"

    assert board.web.post("/posts", content=endless()).status_code == 411


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415), (b"%PDF-1.7", 415), (b"#EXTM3U", 415)],
)
def test_only_pictures_are_published_whatever_they_call_themselves(hardy_board, body, status):
    answer = hardy_board.web.post("/posts", content=body, headers={"Content-Type": "image/png"})
    assert (answer.status_code, answer.json()["field"]) == (status, "body")


def test_a_title_cannot_carry_markup_or_control_characters(board):
    facts = board.post(**{"X-Title": '<script>"x"</script>'})
    assert "<script>" not in board.web.get(facts["page"]).text
    assert "<script>" not in board.web.get("/").text
    for title in ("a%0d%0ab", "%ff", "x" * 201):
        answer = board.web.post("/posts", content=b"\xff\xd8\xff", headers={"X-Title": title})
        assert (answer.status_code, answer.json()["field"]) == (400, "title")


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=b", b""),
        ("multipart/form-data; boundary=b", b"--b\r\n\r\nno name\r\n--b--"),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="picture"\r\n\r\nxx',
        ),
        ("multipart/form-data; boundary=b", b"--b\r\n\r\n" * 5000),
    ],
)
def test_a_broken_form_is_refused(hardy_board, content_type, body):
    answer = hardy_board.web.post("/posts", content=body, headers={"Content-Type": content_type})
    assert (answer.status_code, answer.json()["error"]) == (400, "bad_form")


def test_clients_that_are_too_slow_are_let_go_and_hold_up_nobody(start_board):
    board = start_board(client_timeout_s=1.0)
    began_s = time.monotonic()
    body = raw(board, b"POST /posts HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\nonly this")
    assert body.startswith(b"HTTP/1.1 408 ")
    assert time.monotonic() - began_s < 5

    with socket.create_connection(("127.0.0.1", board.port), timeout=10) as dripping:
        stop = threading.Event()

        def drip() -> None:
            while not stop.wait(0.2):
                try:
                    dripping.sendall(b"X")
                except OSError:
                    return

        began_s = time.monotonic()
        thread = threading.Thread(target=drip)
        thread.start()
        assert board.web.get("/").status_code == 200
        with suppress(ConnectionResetError):
            assert dripping.recv(1) == b""
        assert time.monotonic() - began_s < 5
        stop.set()
        thread.join()


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"\x16\x03\x01\x02\x00\x01\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n",
    ],
    ids=["tls", "no-path", "version", "headers"],
)
def test_what_is_no_http_gets_an_error_and_a_line_in_the_log(hardy_board, request_bytes):
    seen = len(hardy_board.log()) + 1  # the look itself makes the next line
    assert b'"error": "bad_request"' in raw(hardy_board, request_bytes)
    assert hardy_board.log(after=seen)[0]["status"] in {400, 431, 505}


def test_a_line_break_in_a_path_or_agent_cannot_forge_a_log_line(board):
    raw(
        board,
        b'GET /\x0b{"at":1} HTTP/1.1\r\nHost: x\r\nUser-Agent: \x1b[31m\x85\r\nConnection: close\r\n\r\n',
    )
    raw(board, b"GET /\x85x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert len((board.folder / "data" / "access.log").read_bytes().splitlines()) == 2


def test_an_unknown_address_or_method_is_said_plainly(board):
    assert board.web.get("/nowhere").json()["error"] == "no_such_address"
    wrong = board.web.delete("/posts")
    assert (wrong.status_code, wrong.headers["Allow"]) == (405, "POST")
    bad = board.operator("GET", "/access-log?after=-1")
    assert (bad.status_code, bad.json()["field"]) == (400, "after")


def test_every_kind_of_answer_forbids_sniffing_and_framing(board):
    facts = board.post()
    for path in (
        "/",
        "/board.css",
        "/login",
        facts["page"],
        facts["media"],
        "/nowhere",
        "/operator/v1/config",
    ):
        headers = board.web.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Server"] == "picture-board"


def test_one_connection_carries_many_requests(board):
    for _ in range(3):
        assert "Connection" not in board.web.get("/").headers
    with httpx.Client(base_url=board.web.base_url, trust_env=False) as client:
        assert [client.get(f"/p/{ZEROS}").status_code for _ in range(3)] == [404] * 3
