"""The web and its canary as a process: `python -m bench.watched.server WEB_AS_JSON FOLDER_OF_PICTURES`.

Prints the two ports as JSON when it is ready. What the canary was asked stands in FOLDER/canary, a line each.
"""

import asyncio
import json
import re
import sys
from dataclasses import replace
from pathlib import Path

from bench.watched.web import Web

_ASKED = re.compile(rb"GET (\S{1,2048}) HTTP")


class _Host(asyncio.Protocol):
    """One answer a connection, as the door asks for; a plain client may keep it open."""

    def __init__(self, web: Web, folder: Path) -> None:
        self._web, self._folder = web, folder
        self._transport: asyncio.Transport | None = None
        self._head = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._host = self._web.host_at(transport.get_extra_info("sockname")[0])

    def data_received(self, data: bytes) -> None:
        self._head += data
        if b"\r\n\r\n" not in self._head or self._transport is None:
            return
        found = _ASKED.match(self._head)
        ends = b"connection: close" in self._head.lower()
        self._head = b""
        self._transport.write(self._answer(found[1].decode() if found else "?"))
        if ends:
            self._transport.close()

    def _answer(self, path: str) -> bytes:
        if path.startswith("/led/"):
            location = f"http://127.0.0.1:{self._web.canary_port}/{self._host}{path}"
            return f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()
        if path.startswith("/m/") and path[3:].isdigit():
            body, kind = (self._folder / path[3:]).read_bytes(), "image/jpeg"
            return _whole(body, kind)
        answer = self._web.answer(self._host, path)
        return b"HTTP/1.1 404 None\r\nContent-Length: 0\r\n\r\n" if answer is None else _whole(*answer)


class _Canary(asyncio.Protocol):
    def __init__(self, folder: Path) -> None:
        self._asked = folder / "canary"

    def data_received(self, data: bytes) -> None:
        with self._asked.open("ab") as kept:
            kept.write(data.split(b"\r\n", 1)[0] + b"\n")


def _whole(body: bytes, kind: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


async def _serve(web: Web, folder: Path) -> None:
    loop = asyncio.get_running_loop()
    canary = await loop.create_server(lambda: _Canary(folder), "127.0.0.1", 0)
    web = replace(web, canary_port=canary.sockets[0].getsockname()[1])
    # On every address of loopback: each is a host of this web.
    hosts = await loop.create_server(lambda: _Host(web, folder), "0.0.0.0", 0, backlog=512)  # noqa: S104
    web = replace(web, port=hosts.sockets[0].getsockname()[1])
    print(json.dumps({"port": web.port, "canary_port": web.canary_port}), flush=True)
    async with canary, hosts:
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(Web(**json.loads(sys.argv[1])), Path(sys.argv[2])))
