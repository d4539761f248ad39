"""The whole of haetae on one machine, with the sandbox platform beside it."""

import os
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from haetae.common.keys import KeysAwayError, ServedKeys, make_missing_keys
from haetae.common.outbound import NetworkFailure, Origin, fetch
from haetae.running.demonstration import SANDBOX_SECRET
from haetae.running.errors import CannotStartError
from haetae.running.installation import Installation
from haetae.running.keeper import DatabaseKeeper
from haetae.running.supervisor import Supervisor

WEB_ORIGIN_FILE = "web-origin"  # tells other commands where the pages of this home answer
KEY_SERVICE_SOCKET = "keys.socket"
_READY_WITHIN_S = 180.0
_NOT_FOR_KEYS = frozenset({"DATABASE_URL", "DATABASE_OWNER_URL"})
_OURS = _NOT_FOR_KEYS | {"HAETAE_HOME", "HAETAE_KEYS", "HAETAE_KEY_SERVICE"}


@dataclass(frozen=True, kw_only=True)
class Whole:
    """Where everything answers."""

    web_origin: str
    platform_origin: str
    platform_token: str
    supervisor: Supervisor

    @property
    def pages(self) -> str:
        """The origin of the pages for a browser: by name, because passkeys need one."""
        return self.web_origin.replace("127.0.0.1", "localhost")


@contextmanager
def everything(installation: Installation, *, web_port: int, platform_port: int) -> Iterator[Whole]:
    """Start keys, pages, workers, the loops beside them and the sandbox platform; stop all at the end.

    In between whatever ends is started again, the embedded database too.
    """
    web, platform = _free(web_port), _free(platform_port)
    token = _platform_token()
    keeper = DatabaseKeeper(installation.server) if installation.server else nullcontext()
    with keeper, Supervisor(logs=installation.home / "logs") as supervisor:
        served = with_keys_served(installation, supervisor)
        environment = served.environment()
        _start_platform(supervisor, installation, port=platform, token=token)
        # A demonstration is looked at with one click; nobody's case is in it.
        pages = {"HAETAE_SECOND_STEP": "not_yet", "HAETAE_DRAIN_S": "0", **environment}
        supervisor.start("web", "-m", "haetae", "web", "--port", str(web), environment=pages)
        for process in ("worker", "sealer", "timekeeper", "matcher", "looker", "watcher"):
            supervisor.start(process, "-m", "haetae", process, environment=environment)
        # One Python process fills one core: a second worker for the second core.
        supervisor.start("worker-2", "-m", "haetae", "worker", environment=environment)
        whole = Whole(
            web_origin=f"http://127.0.0.1:{web}",
            platform_origin=f"http://127.0.0.1:{platform}",
            platform_token=token,
            supervisor=supervisor,
        )
        _wait_for(whole.platform_origin + "/", logs=installation.home / "logs")
        _wait_for(whole.web_origin + "/readyz", logs=installation.home / "logs")
        (installation.home / WEB_ORIGIN_FILE).write_text(whole.pages)
        yield whole


def with_keys_served(installation: Installation, supervisor: Supervisor) -> Installation:
    """The same installation as every other process sees it: a key service holds the keys, started unless one is told.

    We ourselves go on reading the files: whoever types `haetae run` owns them.
    """
    if installation.key_service:
        return installation
    make_missing_keys(installation.keys)
    served = replace(installation, key_service=str(installation.home / KEY_SERVICE_SOCKET))
    told = {name: value for name, value in served.environment().items() if name not in _NOT_FOR_KEYS}
    supervisor.start(
        "keys", "-m", "haetae", "keys", environment=told | {"HAETAE_KEYS": str(installation.keys)}
    )
    try:
        ServedKeys(path=installation.home / KEY_SERVICE_SOCKET, patience_s=_READY_WITHIN_S).is_ready()
    except KeysAwayError as problem:
        logs = installation.home / "logs"
        raise CannotStartError(f"The key service did not start; what went wrong is in {logs}.") from problem
    return served


def _platform_token() -> str:
    kept: str = settings.KEYS.read(SANDBOX_SECRET, make=lambda: secrets.token_urlsafe(32).encode()).decode()
    return kept


def _start_platform(supervisor: Supervisor, installation: Installation, *, port: int, token: str) -> None:
    # The platform is foreign: it gets its port, its folder and its token, and nothing of ours.
    foreign = {name: value for name, value in os.environ.items() if name not in _OURS}
    folder = installation.home / "sandbox-platform"
    folder.mkdir(parents=True, exist_ok=True)
    token_file = folder / "operator-token"
    token_file.touch(mode=0o600)
    token_file.write_text(token)
    arguments = ["--port", str(port), "--data", str(folder), "--operator-token-file", str(token_file)]
    supervisor.start("sandbox-platform", "-m", "sandbox_platform", *arguments, environment=foreign)


def _free(port: int) -> int:
    """This port if it is free, otherwise one that the system gives."""
    for wanted in (port, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", wanted))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise CannotStartError("No port is free on 127.0.0.1.")


def _wait_for(url: str, *, logs: Path) -> None:
    origin = Origin.parse(url[: url.index("/", 8)])
    deadline = time.monotonic() + _READY_WITHIN_S
    while time.monotonic() < deadline:
        try:
            if fetch(url, allowed_origins=frozenset({origin})).status == 200:
                return
        except NetworkFailure:
            pass
        time.sleep(0.1)
    raise CannotStartError(
        f"{url} did not answer within {_READY_WITHIN_S:.0f} s; what went wrong is in {logs}."
    )
