"""A small real mail server in the test's own process, which misbehaves on purpose."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Manners:
    """How the next connections are treated, one after the other; when the list is used up, as they should be."""

    next: list[str] = field(default_factory=list)


class _Talk(socketserver.StreamRequestHandler):
    """Speaks as much of RFC 5321 as it takes to hand in one mail."""

    server: "PostOffice"

    def handle(self) -> None:
        office = self.server
        manners = office.manners.next.pop(0) if office.manners.next else "good"
        office.visits += 1
        if manners == "closes":
            return
        if manners == "hangs":
            time.sleep(office.hangs_for_s)
            return
        self._say("220 office.example")
        while (line := self.rfile.readline()) and self._answer(line, manners):
            pass

    def _answer(self, line: bytes, manners: str) -> bool:
        self.server.wire.append(line)
        verb = line.strip().upper().split(b" ")[0].split(b":")[0]
        if verb == b"QUIT":
            self._say("221 bye")
            return False
        if verb == b"RCPT" and manners == "later":
            return self._say("451 not now")
        if verb == b"RCPT" and manners == "unknown_mailbox":
            return self._say("550 nobody of that name")
        if verb == b"DATA":
            return self._take(manners)
        return self._say("250 yes")

    def _take(self, manners: str) -> bool:
        self._say("354 go on")
        content = []
        while (line := self.rfile.readline()) and line != b".\r\n":
            content.append(line)
        self.server.wire += content
        if manners == "takes_and_closes":
            self.server.letters.append(b"".join(content))
            return False
        if manners == "content_later":
            return self._say("452 no room just now")
        self.server.letters.append(b"".join(content))
        return self._say("250 taken")

    def _say(self, line: str) -> bool:
        self.wfile.write(line.encode() + b"\r\n")
        return True


class PostOffice(socketserver.ThreadingTCPServer):
    """`letters` are those that it took, `wire` every line that it was ever sent."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.manners, self.visits, self.hangs_for_s = Manners(), 0, 3.0
        self.wire: list[bytes] = []
        self.letters: list[bytes] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@contextmanager
def post_office() -> Iterator[PostOffice]:
    with PostOffice() as office:
        threading.Thread(target=office.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield office
        finally:
            office.shutdown()
