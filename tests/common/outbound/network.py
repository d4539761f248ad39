"""Real servers on loopback, and a stub of the public internet that leads to them."""

import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from haetae.common.outbound import Origin

Answer = Callable[[socket.socket, bytes], None]
"""Gets the connection and the request, with a body of up to a megabyte; writes what it likes."""

MOST_READ_BYTES = 1_000_000
PUBLIC, OTHER_PUBLIC = "93.184.215.14", "8.8.4.4"


def plain(body: bytes = b"pebbles", *, status: str = "200 OK", headers: str = "") -> Answer:
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode()
    return lambda connection, _: connection.sendall(head + body)


def raw(*parts: bytes) -> Answer:
    return lambda connection, _: [connection.sendall(part) for part in parts] and None


def redirect(location: str, *, status: str = "302 Found", headers: str = "") -> Answer:
    return plain(b"", status=status, headers=f"Location: {location}\r\n{headers}")


@dataclass
class Server:
    """Answers every connection the same way, or by path, and remembers what it was asked."""

    port: int
    requests: list[bytes] = field(default_factory=list)
    hang_ups: int = 0

    @property
    def origin(self) -> Origin:
        return Origin(scheme="http", host="127.0.0.1", port=self.port)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"


def read_request(connection: socket.socket) -> bytes:
    """Read head and body; a longer body, and what is no HTTP at all, is left alone after the first piece."""
    request = connection.recv(65_536)
    while request[:1].isalpha() and b"\r\n\r\n" not in request:
        request += connection.recv(65_536)
    head = request.partition(b"\r\n\r\n")[0]
    promised = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    length = int(promised[1]) if promised else 0
    while 0 < length <= MOST_READ_BYTES and len(request) < len(head) + 4 + length:
        request += connection.recv(65_536)
    return request


@contextmanager
def serving(answer: Answer, *, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(port=listener.getsockname()[1])
    closing = threading.Event()

    def answer_one(connection: socket.socket) -> None:
        with connection:
            try:
                connection.settimeout(10)
                secured = connection if tls is None else tls.wrap_socket(connection, server_side=True)
                with secured:
                    request = read_request(secured)
                    server.requests.append(request)
                    answer(secured, request)
            except OSError:
                server.hang_ups += 1

    def accept() -> None:
        while True:
            connection, _ = listener.accept()
            if closing.is_set():
                connection.close()
                return
            threading.Thread(target=answer_one, args=(connection,), daemon=True).start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield server
    finally:
        closing.set()
        socket.create_connection(("127.0.0.1", server.port)).close()
        accepting.join(5)
        listener.close()


class Impostor(socket.socket):
    """A socket to loopback that calls its peer by the public address it was dialled with."""

    claimed: str

    def getpeername(self) -> Any:
        return (self.claimed, 80)


@dataclass
class Internet:
    """A stub of the public internet: names with their addresses, and loopback ports behind the addresses."""

    names: dict[str, Sequence[str]]
    ports: dict[str, int]
    asked: list[str] = field(default_factory=list)
    dialled: list[tuple[str, int]] = field(default_factory=list)

    def resolve(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        if host not in self.names:
            raise socket.gaierror(f"{host} is unknown here")
        return self.names[host]

    def dial(self, address: str, port: int, timeout_s: float) -> socket.socket:
        self.dialled.append((address, port))
        if address not in self.ports:
            raise ConnectionRefusedError(111, "Connection refused")
        connection = Impostor(socket.AF_INET, socket.SOCK_STREAM)
        connection.claimed = address
        connection.settimeout(timeout_s)
        connection.connect(("127.0.0.1", self.ports[address]))
        return connection
