"""The whole of haetae as somebody starts it, with the sandbox platform beside it, for people with real browsers."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

_READY_WITHIN_S = 300.0


@dataclass(kw_only=True)
class Town:
    """`pages` is the origin of our pages, `board` that of the platform; `home` the folder of the installation."""

    pages: str
    board: str
    home: Path
    process: "subprocess.Popen[str]"

    def command(self, *arguments: str, give: str = "") -> "subprocess.CompletedProcess[str]":
        """The command `haetae`, as somebody types it beside the running installation."""
        return subprocess.run(
            [sys.executable, "-m", "haetae", *arguments],
            env=_environment(self.home),
            input=give,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def sign_in_link(self, name: str, role: str) -> str:
        """A link that signs this official in once."""
        done = self.command("sign-in", name, "--role", role)
        assert done.returncode == 0, done.stderr
        return next(word for word in done.stdout.split() if word.startswith("http"))

    def post(self, picture: bytes, *, title: str) -> tuple[str, str]:
        """Somebody publishes a picture on the platform; page and address of the picture."""
        request = urllib.request.Request(f"{self.board}/posts", data=picture, headers={"X-Title": title})
        with urllib.request.urlopen(request, timeout=30) as answer:
            made = json.loads(answer.read())
        return made["page"], made["media"]

    def status_of(self, url: str) -> int:
        """What everybody gets there."""
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refusal:
            return refusal.code


def start(home: Path) -> Town:
    """`haetae run` with ports of its own; returns when the pages answer."""
    web, board = _free_port(), _free_port()
    environment = _environment(home) | {"HAETAE_WEB_PORT": str(web), "HAETAE_SANDBOX_PORT": str(board)}
    told = home.parent / f"run-{secrets.token_hex(3)}.txt"
    with told.open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "haetae", "run", "--no-story"],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            text=True,
        )
    deadline = time.monotonic() + _READY_WITHIN_S
    town = Town(
        pages=f"http://localhost:{web}", board=f"http://127.0.0.1:{board}", home=home, process=process
    )
    while not (home / "web-origin").exists() or town.status_of(f"{town.pages}/healthz") != 200:
        if process.poll() is not None or time.monotonic() > deadline:
            stop(town)  # nothing of it may run on when nobody plays in it
            raise AssertionError(told.read_text())
        time.sleep(0.2)
    return town


def stop(town: Town) -> None:
    """As Ctrl-C does."""
    town.process.send_signal(signal.SIGTERM)
    try:
        town.process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        town.process.kill()
        raise


def _environment(home: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return own | {"HAETAE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "haetae.settings.dev"}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
