"""Machines on one computer: a network namespace each where root may make them, and otherwise, loudly, one for all."""

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

# Carries what a machine sends to a port of its own loopback to the same port of the computer.
_CARRIES = """
import socket, sys, threading
here, there, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
door = socket.create_server((here, port), backlog=128)
def pour(one, other):
    try:
        while part := one.recv(65536):
            other.sendall(part)
    except OSError:
        pass
    for end in (one, other):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
def carry(visitor):
    try:
        host = socket.create_connection((there, port), timeout=10)
    except OSError:
        visitor.close()
        return
    host.settimeout(None)
    threading.Thread(target=pour, args=(visitor, host), daemon=True).start()
    pour(host, visitor)
while True:
    threading.Thread(target=carry, args=(door.accept()[0],), daemon=True).start()
"""


@dataclass(frozen=True, kw_only=True)
class Link:
    """`address` is where the machine answers, `outside` where it finds what is not on it; `enters` starts a command."""

    name: str
    address: str
    outside: str
    enters: tuple[str, ...]

    @property
    def is_own(self) -> bool:
        """Whether it has a network of its own, which can be cut."""
        return bool(self.enters)

    def cut(self) -> None:
        """From now on nothing arrives and nobody is told."""
        if self.is_own:
            _ip("link", "del", f"{self.name}-o")


def can_be_made() -> bool:
    """Whether this computer lets us make networks."""
    if os.geteuid() != 0 or shutil.which("ip") is None:
        return False
    name = f"hp{secrets.token_hex(3)}"
    made = subprocess.run(["ip", "netns", "add", name], capture_output=True, check=False)
    subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)
    return made.returncode == 0


@contextmanager
def links(count: int) -> Iterator[list[Link]]:
    """One for each machine; gone afterwards, with everything that still runs there."""
    if not can_be_made():
        print("NO NETWORKS can be made here: the machines share one, and none can be cut off.", flush=True)
        yield [Link(name=f"m{n}", address="127.0.0.1", outside="127.0.0.1", enters=()) for n in range(count)]
        return
    mark, made = secrets.token_hex(2), []
    try:
        for number in range(count):
            made.append(_made(f"h{mark}{number}", block=secrets.randbelow(16_000) * 4))
        yield made
    finally:
        for link in made:
            with suppress(subprocess.SubprocessError):
                _ip("netns", "del", link.name)
            subprocess.run(["ip", "link", "del", f"{link.name}-o"], capture_output=True, check=False)


def carried(link: Link, port: int) -> "list[subprocess.Popen[bytes]]":
    """The port of the computer's loopback, at the same port of the machine's."""
    if not link.is_own:
        return []
    ends = (((), link.outside, "127.0.0.1"), (link.enters, "127.0.0.1", link.outside))
    return [
        subprocess.Popen([*enters, sys.executable, "-I", "-c", _CARRIES, here, there, str(port)])
        for enters, here, there in ends
    ]


def _made(name: str, *, block: int) -> Link:
    """Two ends of a cable: four addresses of 198.18.0.0/15, which are for such trials (RFC 2544)."""
    high, low = divmod(block, 256)
    outside, inside = f"198.18.{high}.{low + 1}", f"198.18.{high}.{low + 2}"
    _ip("netns", "add", name)
    _ip("link", "add", f"{name}-o", "type", "veth", "peer", "name", "eth0", "netns", name)
    _ip("addr", "add", f"{outside}/30", "dev", f"{name}-o")
    _ip("link", "set", f"{name}-o", "up")
    for arguments in (("addr", "add", f"{inside}/30", "dev", "eth0"), ("link", "set", "eth0", "up")):
        _ip("-n", name, *arguments)
    _ip("-n", name, "link", "set", "lo", "up")
    return Link(name=name, address=inside, outside=outside, enters=("ip", "netns", "exec", name))


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)
