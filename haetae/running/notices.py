"""What a process tells the service manager (systemd's sd_notify protocol), where there is one that listens."""

import os
import socket
from contextlib import suppress


def tell_manager(word: str) -> None:
    """`READY=1`, `WATCHDOG=1`, `STOPPING=1`; without a manager nothing happens, and trouble with it is none of ours."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as door:
        door.settimeout(1.0)
        door.sendto(word.encode(), address)
