"""Sockets that go only where they were sent, and that never wait or read beyond what the journey has left."""

import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from ipaddress import ip_address
from typing import Any

import httpcore

from .address import IPAddress
from .errors import Failure
from .journey import Journey

Dial = Callable[[str, int, float], socket.socket]
"""Address, port and seconds in, connected socket out. OSError where it fails."""

READ_BYTES = 16 * 1024  # small, so that a monstrous header is noticed before it fills the parser's buffer
WRITE_BYTES = 64 * 1024


def dial_tcp(address: str, port: int, timeout_s: float) -> socket.socket:
    """Connect to an address (never a name) and send small requests at once."""
    connected = socket.create_connection((address, port), timeout_s)
    connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connected


class PinnedStream(httpcore.NetworkStream):
    """A connected socket under a journey's deadline and byte allowance."""

    def __init__(self, *, connected: socket.socket, journey: Journey) -> None:
        self._socket = connected
        self._journey = journey

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the journey's time counts
        self._socket.settimeout(self._journey.left_s())
        try:
            data = self._socket.recv(min(max_bytes, READ_BYTES))
        except TimeoutError:
            raise self._journey.out_of_time() from None
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error
        self._journey.count_read(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - the journey's time counts
        rest = memoryview(buffer)
        while rest:
            self._socket.settimeout(self._journey.left_s())
            self._journey.sent = True  # before the call: when it fails nobody knows how much has left
            try:
                rest = rest[self._socket.send(rest[:WRITE_BYTES]) :]
            except TimeoutError:
                raise self._journey.out_of_time() from None
            except OSError as error:
                raise httpcore.WriteError(str(error)) from error  # an early answer may still be read

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - the journey's time counts
    ) -> "PinnedStream":
        """Verify the other side against the host of the address, although we connected to a bare IP."""
        name = (server_hostname or "").strip("[]")
        try:
            self._socket.settimeout(self._journey.left_s())
            secured = ssl_context.wrap_socket(self._socket, server_hostname=name)
        except TimeoutError:
            self.close()
            raise self._journey.out_of_time() from None
        except OSError as error:
            self.close()
            raise self._journey.failure(
                Failure.TLS, f"{name} could not prove who it is or speaks no TLS we accept: {_plain(error)}."
            ) from error
        return PinnedStream(connected=secured, journey=self._journey)


class PinnedBackend(httpcore.NetworkBackend):
    """Connects to the checked addresses, whatever host it is asked for. `peer` is the one that answered."""

    def __init__(self, *, addresses: Sequence[IPAddress], journey: Journey, dial: Dial) -> None:
        self._addresses = addresses
        self._journey = journey
        self._dial = dial
        self.peer = ""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the journey's time counts
        local_address: str | None = None,  # noqa: ARG002 - the system chooses
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - none are wanted
    ) -> PinnedStream:
        reasons = []
        for address in self._addresses:
            timeout_s = min(self._journey.limits.connect_s, self._journey.left_s())
            try:
                connected = self._dial(str(address), port, timeout_s)
            except OSError as error:
                reasons.append(f"{address}: {_plain(error)}")
                continue
            self._keep_only_peer(connected, address)
            return PinnedStream(connected=connected, journey=self._journey)
        raise self._journey.failure(Failure.CONNECT, f"{host} could not be reached ({'; '.join(reasons)}).")

    def _keep_only_peer(self, connected: socket.socket, address: IPAddress) -> None:
        """Make sure that the socket ended where it was sent: a surprise means that something rewrites it."""
        try:
            peer = connected.getpeername()[0]
        except OSError:
            peer = ""
        if peer == "" or ip_address(peer) != address:
            connected.close()
            raise self._journey.failure(
                Failure.CONNECT,
                f"The connection to {address} ended at {peer or 'nobody'}; it was closed unused.",
            )
        self.peer = peer


def _plain(error: OSError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    return error.strerror or str(error) or type(error).__name__
