"""Hosts for tests: real servers on loopback that answer by path, each on an address of its own."""

import itertools
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field

from haetae.common.outbound import Origin

Answer = Callable[[socket.socket], None]
_numbers = itertools.count(1)


def page(body: bytes | str = b"", *, status: str = "200 OK", headers: str = "") -> Answer:
    data = body.encode() if isinstance(body, str) else body
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(data)}\r\nContent-Type: text/html\r\n{headers}\r\n".encode()
    return lambda connection: connection.sendall(head + data)


def led_to(location: str) -> Answer:
    return page(status="302 Found", headers=f"Location: {location}\r\n")


def drip(start: bytes, piece: bytes) -> Answer:
    def answer(connection: socket.socket) -> None:
        connection.sendall(start)
        for _ in range(400):
            connection.sendall(piece)
            time.sleep(0.02)

    return answer


def flood(start: bytes, piece: bytes) -> Answer:
    def answer(connection: socket.socket) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(piece)

    return answer


@dataclass
class Host:
    """`paths` are tried by their longest beginning. `asked` are the paths asked for, `at` when (monotonic seconds)."""

    address: str
    port: int
    paths: Mapping[str, Answer]
    asked: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://{self.address}:{self.port}"

    @property
    def origin(self) -> Origin:
        return Origin.parse(self.url)

    def answer(self, connection: socket.socket) -> None:
        head = connection.recv(65_536).decode("latin-1")
        found = re.match(r"GET (\S+) ", head)
        path = found[1] if found else "?"
        with self._lock:
            self.asked.append(path)
            self.heads.append(head)
            self.at.append(time.monotonic())
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            match = max((one for one in self.paths if path.startswith(one)), key=len, default="")
            (self.paths[match] if match else page(status="404 Not Found"))(connection)
        finally:
            with self._lock:
                self.at_once -= 1


@contextmanager
def host(paths: Mapping[str, Answer]) -> Iterator[Host]:
    """One host, on an address of loopback that no other has."""
    number = next(_numbers)
    address = f"127.0.{1 + number // 250}.{1 + number % 250}"
    listener = socket.create_server((address, 0), backlog=64)
    made = Host(address=address, port=listener.getsockname()[1], paths=paths)
    closing = threading.Event()

    def one(connection: socket.socket) -> None:
        with connection:
            connection.settimeout(10)
            with suppress(OSError):  # whoever asked has left
                made.answer(connection)

    def accept() -> None:
        while True:
            connection, _ = listener.accept()
            if closing.is_set():
                connection.close()
                return
            threading.Thread(target=one, args=(connection,), daemon=True).start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield made
    finally:
        closing.set()
        socket.create_connection((address, made.port)).close()
        accepting.join(5)
        listener.close()


@contextmanager
def hosts(*each: Mapping[str, Answer]) -> Iterator[list[Host]]:
    with ExitStack() as stack:
        yield [stack.enter_context(host(paths)) for paths in each]


def origins(*each: Host) -> frozenset[Origin]:
    return frozenset(one.origin for one in each)
