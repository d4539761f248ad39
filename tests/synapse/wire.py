"""Between the homeserver and haetae: passes every question on, counts them, and can be cut."""

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_PASSED_ON = ("Authorization", "Content-Type", "X-Post-Id", "X-Page", "X-Media")


@dataclass(kw_only=True)
class Wire:
    """`asked` counts whoever knocked, answered or not."""

    target: str = ""
    url: str = ""
    asked: int = 0
    is_cut: bool = False


@contextmanager
def wire() -> Iterator[Wire]:
    """A door on loopback that leads to its `target`, as soon as it has one."""
    line = Wire()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            line.asked += 1
            data = self.rfile.read(int(self.headers["Content-Length"]))
            if line.is_cut:
                self.close_connection = True
                return
            status, body = _passed_on(line.target, data, self.headers)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing is written down."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    line.url = f"http://127.0.0.1:{server.server_port}/api/upload-check/"
    try:
        yield line
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _passed_on(target: str, data: bytes, headers: "object") -> tuple[int, bytes]:
    told = {name: headers[name] for name in _PASSED_ON if headers[name]}  # type: ignore[index]
    request = urllib.request.Request(target, data=data, headers=told)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read()
