"""Somebody whose form takes long on its way: half of it is there when the pages are told to stop."""

import socket
import threading
from dataclasses import dataclass, field
from http.client import HTTPResponse
from urllib.parse import urlencode, urlsplit

from tests.faults.visitor import Answer, Form, Visitor


@dataclass(kw_only=True)
class SlowForm:
    """`send_half`, then whatever happens, then `finish`: the answer, or None where the connection ended without one."""

    visitor: Visitor
    form: Form
    link: str
    _host: socket.socket = field(default_factory=socket.socket, init=False)
    _rest: bytes = field(default=b"", init=False)

    def send_half(self) -> None:
        parts = urlsplit(self.visitor.web_origin)
        body = urlencode({**self.form.fields, "links": self.link}).encode()
        head = (
            f"POST /link/ HTTP/1.1\r\nHost: {parts.netloc}\r\nOrigin: {self.visitor.web_origin}\r\n"
            f"Cookie: {self.form.cookie}\r\nAccept-Language: en\r\nContent-Length: {len(body)}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        )
        self._host = socket.create_connection((parts.hostname, parts.port), timeout=20)
        middle = len(body) // 2
        self._host.sendall(head.encode() + body[:middle])
        self._rest = body[middle:]

    def finish(self) -> Answer | None:
        try:
            with self._host:
                self._host.sendall(self._rest)
                found = HTTPResponse(self._host, method="POST")
                found.begin()
                names: dict[str, str] = {}
                for name, value in found.getheaders():
                    names[name.lower()] = "\n".join(filter(None, (names.get(name.lower()), value)))
                return Answer(status=found.status, headers=names, body=found.read())
        except OSError:
            return None


def after(seconds: float, form: SlowForm) -> "tuple[threading.Thread, list[Answer | None]]":
    """Finishes the form in a thread of its own once so many seconds are over."""
    came: list[Answer | None] = []

    def finish() -> None:
        threading.Event().wait(seconds)
        came.append(form.finish())

    thread = threading.Thread(target=finish, daemon=True)
    thread.start()
    return thread, came
