"""Whoever stands between, on loopback: it answers what it is told to, and misbehaves where it is told to."""

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Reply:
    """`lost`: it takes the request, and the connection breaks off. `drip_s`: that long between two bytes."""

    status: int = 200
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict)
    lost: bool = False
    drip_s: float = 0.0

    @classmethod
    def json(cls, fields: object, **more: Any) -> "Reply":
        return cls(body=json.dumps(fields).encode(), **more)


@dataclass(frozen=True, kw_only=True)
class Asked:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class OtherSide:
    """`replies` by method and path (a query is not looked at), in turn, the last one for ever; else 404."""

    origin: str = ""
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def will(self, question: str, *replies: Reply) -> None:
        self.replies[question] = list(replies)

    def posts(self, path: str) -> list[Asked]:
        return [one for one in self.asked if (one.method, one.path.partition("?")[0]) == ("POST", path)]

    def reply(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        waiting = self.replies.get(f"{asked.method} {asked.path.partition('?')[0]}")
        if not waiting:
            return Reply(status=404)
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]


@contextmanager
def other_side() -> Iterator[OtherSide]:
    side = OtherSide()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = side.reply(Asked(method=self.command, path=self.path, headers=headers, body=body))
            if reply.lost:
                self.close_connection = True
                self.connection.close()
                return
            self.send_response(reply.status)
            for name, value in {"content-length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):
                for at in range(len(reply.body)) if reply.drip_s else ():
                    self.wfile.write(reply.body[at : at + 1])
                    time.sleep(reply.drip_s)
                if not reply.drip_s and self.command != "HEAD":
                    self.wfile.write(reply.body)

        do_GET = do_POST = _answer  # noqa: N815 - the library's names

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    side.origin = f"http://127.0.0.1:{server.server_port}"
    try:
        yield side
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
