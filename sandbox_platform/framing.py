"""How a request is read from the wire: length judged before a byte is kept, time bounded as a whole."""

import io
import re
import socket
import time
from email.message import Message

from sandbox_platform.messages import RefusedError


class DeadlineReader(io.RawIOBase):
    """Reads a socket until `deadline_s` (monotonic). A socket's own timeout starts anew with every byte."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.deadline_s = 0.0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # BufferedReader hands in nothing else
        left_s = self.deadline_s - time.monotonic()
        if left_s <= 0:
            raise TimeoutError("the request took too long")
        self._connection.settimeout(left_s)
        return self._connection.recv_into(buffer)


def body_length(*, headers: Message, at_most: int, has_body: bool) -> int:
    """The declared length in bytes. What is unclear is refused: two readers might cut it differently."""
    lengths = headers.get_all("Content-Length", [])
    if headers.get("Transfer-Encoding") is not None:
        message = "Send the body whole with a Content-Length; chunked bodies are not taken."
        raise RefusedError(
            status=411, code="length_required", field_name="Transfer-Encoding", message=message
        )
    if not lengths and not has_body:
        return 0
    if not lengths:
        message = "Send a Content-Length; it may be 0."
        raise RefusedError(status=411, code="length_required", field_name="Content-Length", message=message)
    if len(lengths) > 1 or not re.fullmatch(r"[0-9]{1,20}", str(lengths[0])):
        message = "Content-Length must be one whole number of bytes."
        raise RefusedError(status=400, code="bad_length", field_name="Content-Length", message=message)
    length = int(lengths[0])
    if length > at_most:
        message = f"This address takes at most {at_most} bytes."
        raise RefusedError(status=413, code="too_large", field_name="Content-Length", message=message)
    return length


def discard(*, connection: socket.socket, for_s: float) -> None:
    """Stop sending, then drop what still arrives: closing on unread bytes would destroy the answer."""
    end_s = time.monotonic() + for_s
    try:
        connection.shutdown(socket.SHUT_WR)
        while (left_s := end_s - time.monotonic()) > 0:
            connection.settimeout(left_s)
            if not connection.recv(65536):
                return
    except OSError:
        return  # the other side is gone, which is what we wait for
