"""A real nginx with our configuration in front of two processes that write down what reaches them."""

import http.client
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.deploy import files

CANARY = "203.0.113.77"


@dataclass
class Behind:
    """One process behind the proxy: what it was asked, and when."""

    server: ThreadingHTTPServer
    asked: list[tuple[str, str, dict[str, str], int]] = field(default_factory=list)

    @property
    def port(self) -> int:
        return self.server.server_address[1]


@dataclass
class Stage:
    port: int
    first: Behind
    second: Behind
    folder: Path

    def ask(self, host: str, path: str, *, method: str = "GET", body: bytes = b"", **headers: str) -> int:
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.port, context=ssl._create_unverified_context(), timeout=20
        )
        with closing(connection):
            connection.request(method, path, body=body, headers={"Host": host, **headers})
            return connection.getresponse().status

    @property
    def asked(self) -> list[tuple[str, str, dict[str, str], int]]:
        return [*self.first.asked, *self.second.asked]


def _behind() -> Behind:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            asked.append((self.command, self.path, dict(self.headers), len(self.rfile.read(size))))
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        do_POST = do_GET  # noqa: N815 - the library asks for this name

        def log_message(self, *_: object) -> None:
            pass

    asked: list[tuple[str, str, dict[str, str], int]] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return Behind(server, asked)


@pytest.fixture
def stage(tmp_path) -> Iterator[Stage]:
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.fail("There is no nginx on this machine: install it (Debian: apt-get install nginx-light).")
    first, second = _behind(), _behind()
    port, plain = _free(), _free()
    _certificate(tmp_path)
    both = "".join(
        f"upstream {name} {{ server 127.0.0.1:{first.port}; server 127.0.0.1:{second.port}; keepalive 4; }}\n"
        for name in ("portal", "console", "operators")
    )
    (tmp_path / "upstreams.conf").write_text(both)
    text = (files.PROXY / "nginx.conf").read_text(encoding="utf-8")
    for ours, here in {
        "worker_processes auto;": "worker_processes 1; daemon off;",
        "/run/nginx.pid": f"{tmp_path}/nginx.pid",
        "/etc/nginx/upstreams.conf": f"{tmp_path}/upstreams.conf",
        "/etc/nginx/certificates": str(tmp_path),
        "listen 443": f"listen {port}",
        "listen [::]:443": f"listen [::]:{port}",
        "listen 80": f"listen {plain}",
        "listen [::]:80": f"listen [::]:{plain}",
        "http {": "http {\n"
        + "".join(
            f"{kind}_temp_path {tmp_path}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        ),
    }.items():
        assert ours in text, f"nginx.conf says {ours} no more; teach this test what it says now"
        text = text.replace(ours, here)
    (tmp_path / "nginx.conf").write_text(text)
    command = [program, "-e", str(tmp_path / "errors"), "-c", str(tmp_path / "nginx.conf")]
    if (tmp_path.stat().st_uid) == 0:
        command += ["-g", "user root;"]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    with (tmp_path / "said").open("wb") as said:
        running = subprocess.Popen(command, stdout=said, stderr=said)
    try:
        _answers(port)
        yield Stage(port, first, second, tmp_path)
    finally:
        running.terminate()
        running.wait(timeout=20)
        for one in (first, second):
            one.server.shutdown()
            one.server.server_close()


def test_what_comes_from_outside_is_dropped_and_nobody_is_written_down(stage):
    forged = {
        "X-Forwarded-Proto": "http",
        "X-Forwarded-For": CANARY,
        "X-Real-IP": CANARY,
        "Forwarded": f"for={CANARY}",
    }
    assert stage.ask("help.example", f"/?from={CANARY}", **forged) == 200
    ((_, path, headers, _),) = stage.asked
    assert (headers["Host"], headers["X-Forwarded-Proto"]) == ("help.example", "https")
    assert CANARY in path
    assert not {"X-Forwarded-For", "X-Real-IP", "Forwarded"} & set(headers)
    assert CANARY not in str(headers)
    for written in ("errors", "said"):
        text = (stage.folder / written).read_text() if (stage.folder / written).exists() else ""
        assert "127.0.0.1" not in text
        assert CANARY not in text


def test_a_name_that_is_none_of_ours_gets_no_answer(stage):
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        stage.ask("other.example", "/")
    assert stage.asked == []


def test_bodies_are_bounded_and_handed_over_only_when_they_are_whole(stage):
    assert stage.ask("help.example", "/link/", method="POST", body=b"a" * (1 << 20)) == 200
    assert stage.ask("help.example", "/link/", method="POST", body=b"a" * ((1 << 20) + 1)) == 413
    assert stage.ask("operators.example", "/api/upload-check", method="POST", body=b"a" * (3 << 20)) == 200
    before = len(stage.asked)
    raw = socket.create_connection(("127.0.0.1", stage.port), timeout=10)
    with closing(ssl._create_unverified_context().wrap_socket(raw, server_hostname="help.example")) as slow:
        slow.sendall(b"POST /link/ HTTP/1.1\r\nHost: help.example\r\nContent-Length: 10\r\n\r\nhalf")
        time.sleep(0.5)
        assert len(stage.asked) == before, "half a body reached a process"
        slow.sendall(b" whole")
        assert slow.recv(12).startswith(b"HTTP/1.1 200")
    assert 10 in {size for *_, size in stage.asked}


def test_when_one_process_goes_the_other_answers_and_nothing_is_sent_twice(stage):
    stage.first.server.shutdown()
    stage.first.server.server_close()
    assert {stage.ask("help.example", f"/{number}") for number in range(8)} == {200}
    assert [path for _, path, *_ in stage.second.asked] == [f"/{number}" for number in range(8)]


def test_whoever_asks_too_often_is_told_so(stage):
    told: list[int] = []
    while 429 not in told and len(told) < 1_000:  # ten come back each second, which on a busy machine is many
        told.append(stage.ask("help.example", "/"))
    assert told.count(200) >= 40
    assert 429 in told
    assert len(stage.asked) == told.count(200)


def _free() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def _answers(port: int) -> None:
    deadline = time.monotonic() + 20
    while True:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < deadline, "nginx does not answer"
        time.sleep(0.05)


def _certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "help.example")])
    begins = datetime.now(UTC) - timedelta(hours=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=2))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
