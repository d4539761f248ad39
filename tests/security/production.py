"""A real web server with the settings of production, as docs/running.md starts it, and ways to speak with it rudely."""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from haetae.common.keys import make_missing_keys
from tests.web.test_upload_check_live import Ours, installed

HOST = "help.example"
_READY_WITHIN_S = 180.0
# What the proxy of docs/running.md says on every request.
_OF_THE_PROXY = f"Host: {HOST}\r\nX-Forwarded-Proto: https\r\nX-Real-IP: 203.0.113.77\r\n"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer off the wire. `headers` has lower-case names; the last of a name counts, cookies are apart."""

    status: int
    headers: Mapping[str, str]
    cookies: tuple[str, ...]
    body: bytes


@dataclass(frozen=True, kw_only=True)
class Production:
    """The server, and the installation under it."""

    ours: Ours
    port: int
    web: "subprocess.Popen[bytes]"
    keys: "subprocess.Popen[bytes]"

    def connect(self, *, timeout_s: float = 60.0) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout_s)

    def ask(self, method: str, path: str, *headers: str, body: bytes = b"") -> Answer:
        """As a browser behind the proxy does it."""
        more = "".join(f"{line}\r\n" for line in headers)
        length = f"Content-Length: {len(body)}\r\n" if body or method == "POST" else ""
        head = f"{method} {path} HTTP/1.1\r\n{_OF_THE_PROXY}{length}{more}Connection: close\r\n\r\n"
        return self.say(head.encode() + body)

    def say(self, raw: bytes) -> Answer:
        """Exactly these bytes, and everything that comes back until the server closes."""
        with self.connect() as connection:
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.sendall(raw)
            return read(everything(connection))

    def memory_bytes(self) -> int:
        """Resident, of the server and its processes, at its highest since they began."""
        found = 0
        for pid in [self.web.pid, *_children(self.web.pid)]:
            for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith("VmHWM:"):
                    found += int(line.split()[1]) * 1024
        return found


def everything(connection: socket.socket) -> bytes:
    parts = []
    with suppress(ConnectionResetError):
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


def read(raw: bytes) -> Answer:
    """The first answer in these bytes; one with status 0 where there is none."""
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    if not lines[0].startswith("HTTP/1."):
        return Answer(status=0, headers={}, cookies=(), body=raw)
    pairs = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines[1:])]
    return Answer(
        status=int(lines[0].split()[1]),
        headers={name.lower(): value for name, value in pairs},
        cookies=tuple(value for name, value in pairs if name.lower() == "set-cookie"),
        body=body,
    )


@contextmanager
def production() -> Iterator[Production]:
    """Started, and stopped at the end. A socket's path must be short, so the home lies where those of systems lie."""
    with tempfile.TemporaryDirectory(prefix="hp-") as home, installed(Path(home)) as ours:
        folder, socket_path = Path(home) / "keys", Path(home) / "socket"
        make_missing_keys(folder)
        ours.environment |= {
            "DJANGO_SETTINGS_MODULE": "haetae.settings.production",
            "HAETAE_PUBLIC_ORIGIN": f"https://{HOST}",
            "HAETAE_HOSTS": HOST,
            "HAETAE_KEY_SERVICE": str(socket_path),
            "HAETAE_CLIENT_ADDRESS_HEADER": "X-Real-IP",
        }
        ours.environment["HAETAE_KEYS"] = str(folder)
        keys = ours.start("haetae", "keys")
        del ours.environment["HAETAE_KEYS"]
        port = int(ours.web.rsplit(":", 1)[1])
        granian = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
        application = ["--blocking-threads", "8", "--log-level", "error", "haetae.web.wsgi:application"]
        with (Path(home) / "web.log").open("wb") as log:
            web = subprocess.Popen(
                [sys.executable, "-m", *granian, *application], env=ours.environment, stderr=log
            )
        found = Production(ours=ours, port=port, web=web, keys=keys)
        try:
            _wait_for(found)
            yield found
        finally:
            web.terminate()
            web.wait(timeout=20)


def _wait_for(served: Production) -> None:
    deadline = time.monotonic() + _READY_WITHIN_S
    while True:
        with suppress(OSError):
            if served.ask("GET", "/healthz").status == 200:
                return
        if time.monotonic() > deadline or served.web.poll() is not None:
            log = Path(served.ours.environment["HAETAE_HOME"]) / "web.log"
            raise AssertionError(f"the server did not start: {log.read_text()[-2000:]}")
        time.sleep(0.2)


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in listed if Path(f"/proc/{child}").exists()]
