"""A real Matrix homeserver on loopback, with our gate inside: started, spoken with, stopped."""

import hashlib
import hmac
import json
import os
import secrets
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = ROOT / ".venv-synapse" / "bin" / "python"
GATE = ROOT / "contrib" / "synapse"
SERVER = "localhost"
_READY_WITHIN_S = 120.0

Json = dict[str, Any]


class HomeserverError(Exception):
    """It did not start, or an account of ours could not do what it does every day."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the homeserver says to one call."""

    status: int
    body: bytes

    @property
    def json(self) -> Json:
        return dict(json.loads(self.body))


@dataclass(kw_only=True)
class Account:
    """One person on the homeserver, with a token that was given at registration: nobody signs in for it."""

    origin: str
    user_id: str
    token: str = field(repr=False)

    def call(self, method: str, path: str, content: Json | bytes | None = None) -> Answer:
        data = json.dumps(content).encode() if isinstance(content, dict) else content
        return call(self.origin, method, path, data, token=self.token)

    def room(self, *, public: bool = True, **more: Any) -> str:
        preset = "public_chat" if public else "private_chat"
        return str(self._must("POST", "/_matrix/client/v3/createRoom", {"preset": preset, **more})["room_id"])

    def upload(self, picture: bytes) -> str:
        """The mxc:// address of an uploaded file."""
        return str(self._must("POST", "/_matrix/media/v3/upload", picture)["content_uri"])

    def say(self, room: str, content: Json, *, kind: str = "m.room.message") -> Answer:
        path = f"/_matrix/client/v3/rooms/{quote(room)}/send/{kind}/{secrets.token_hex(8)}"
        return self.call("PUT", path, content)

    def show(self, room: str, mxc: str) -> Answer:
        """Post a picture that is already uploaded."""
        return self.say(room, {"msgtype": "m.image", "body": "a picture", "url": mxc})

    def media_status(self, mxc: str) -> int:
        return self.call("GET", download_path(mxc)).status

    def _must(self, method: str, path: str, content: Json | bytes) -> Json:
        answer = self.call(method, path, content)
        if answer.status != 200:
            raise HomeserverError(f"{method} {path} answers {answer.status}: {answer.body[:300]!r}")
        return answer.json


@dataclass(kw_only=True)
class Homeserver:
    """It may still be starting: `ready` waits for it, and gives the seconds that it took to answer."""

    origin: str
    log: Path
    shared_secret: str = field(repr=False)
    ready: "Future[float]"

    def account(self, name: str, *, admin: bool = False) -> Account:
        """A new account, made with the shared secret of registration."""
        path = "/_synapse/admin/v1/register"
        nonce = call(self.origin, "GET", path).json["nonce"]
        parts = [nonce, name, "not-a-password", "admin" if admin else "notadmin"]
        mac = hmac.new(self.shared_secret.encode(), "\0".join(parts).encode(), hashlib.sha1).hexdigest()
        body = {"nonce": nonce, "username": name, "password": parts[2], "admin": admin, "mac": mac}
        made = call(self.origin, "POST", path, json.dumps(body).encode())
        if made.status != 200:
            raise HomeserverError(f"no account for {name}: {made.body[:300]!r}")
        return Account(origin=self.origin, user_id=made.json["user_id"], token=str(made.json["access_token"]))

    def gate_lines(self) -> list[str]:
        """What the gate has written into the homeserver's log."""
        return [line for line in self.log.read_text().splitlines() if "gate: " in line]


def call(origin: str, method: str, path: str, data: bytes | None = None, *, token: str = "") -> Answer:
    """One call; every status is an answer."""
    request = urllib.request.Request(origin + path, data=data, method=method)
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    request.add_header("Content-Type", "application/json" if (data or b"")[:1] == b"{" else "image/jpeg")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return Answer(status=answer.status, body=answer.read())
    except urllib.error.HTTPError as refusal:
        return Answer(status=refusal.code, body=refusal.read())


def download_path(mxc: str) -> str:
    return "/_matrix/client/v1/media/download/" + mxc.removeprefix("mxc://")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def homeserver(folder: Path, *, gate: Json, port: int) -> Iterator[Homeserver]:
    """Start Synapse in a folder of its own with our gate; stop it as an administrator does."""
    if not PYTHON.exists():
        raise HomeserverError(f"{PYTHON} is not there: run `make synapse`.")
    secret = secrets.token_hex(16)
    folder.mkdir()
    config = folder / "homeserver.yaml"  # JSON is YAML
    config.write_text(json.dumps(_config(folder, port=port, secret=secret, gate=gate)))
    command = [str(PYTHON), "-m", "synapse.app.homeserver", "-c", str(config)]
    surroundings = {**os.environ, "PYTHONPATH": str(GATE)}
    subprocess.run(
        [*command, "--generate-keys"], check=True, env=surroundings, cwd=folder, capture_output=True
    )
    log = folder / "synapse.log"
    with log.open("w") as told:
        process = subprocess.Popen(command, env=surroundings, cwd=folder, stdout=told, stderr=told)
    with ThreadPoolExecutor(max_workers=1) as watching:
        try:
            ready = watching.submit(_ready_after_s, process, port=port, log=log)
            yield Homeserver(origin=f"http://127.0.0.1:{port}", log=log, shared_secret=secret, ready=ready)
        finally:
            _stop(process)


def _ready_after_s(process: "subprocess.Popen[bytes]", *, port: int, log: Path) -> float:
    began_s = time.monotonic()
    while time.monotonic() < began_s + _READY_WITHIN_S and process.poll() is None:
        try:
            if call(f"http://127.0.0.1:{port}", "GET", "/health").status == 200:
                return time.monotonic() - began_s
        except OSError:
            pass
        time.sleep(0.1)
    raise HomeserverError(f"Synapse did not start:\n{log.read_text()[-3000:]}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=10)
        raise HomeserverError("Synapse did not end within 20 seconds of SIGTERM.") from None


def _config(folder: Path, *, port: int, secret: str, gate: Json) -> Json:
    """Nothing leaves the machine: no federation, no key servers, one listener on loopback."""
    log_config = folder / "log.yaml"
    log_config.write_text(json.dumps(_LOGGING))
    listener = {
        "port": port,
        "bind_addresses": ["127.0.0.1"],
        "type": "http",
        "tls": False,
        "resources": [{"names": ["client"]}],
    }
    return {
        "server_name": SERVER,
        "public_baseurl": f"http://127.0.0.1:{port}/",
        "pid_file": str(folder / "homeserver.pid"),
        "listeners": [listener],
        "database": {"name": "sqlite3", "args": {"database": str(folder / "homeserver.db")}},
        "media_store_path": str(folder / "media"),
        "signing_key_path": str(folder / "signing.key"),
        "log_config": str(log_config),
        "report_stats": False,
        "trusted_key_servers": [],
        "federation_domain_whitelist": [],
        "registration_shared_secret": secret,
        "macaroon_secret_key": secrets.token_hex(16),
        "form_secret": secrets.token_hex(16),
        "allow_guest_access": False,
        "enable_registration": False,
        "suppress_key_server_warning": True,
        "rc_message": {
            "per_second": 1_000,
            "burst_count": 1_000,
        },  # the limits of signing in stay as they come
        "bcrypt_rounds": 4,  # nobody guesses passwords here, and their hashing would be most of the time
        "background_updates": {"sleep_enabled": False},
        "modules": [{"module": "haetae_gate.HaetaeGate", "config": gate}],
    }


_LOGGING: Json = {
    "version": 1,
    "formatters": {"plain": {"format": "%(asctime)s %(name)s %(levelname)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {"haetae_gate": {"level": "INFO"}},
    "root": {"level": "WARNING", "handlers": ["console"]},
    "disable_existing_loggers": False,
}
