"""The web process and its keys over a database that is there already, and whoever may open a page of them."""

import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.client import HTTPConnection, HTTPException, RemoteDisconnected
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from haetae.running.installation import Installation

if TYPE_CHECKING:
    from haetae.running.supervisor import Supervisor

_PATIENCE_S: Final = 120.0
_TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(kw_only=True)
class Reader:
    """Asks over one connection that stays, with the cookies or the key of whoever it is."""

    origin: str
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._connection = HTTPConnection(urlsplit(self.origin).netloc, timeout=_PATIENCE_S)

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body. Raises OSError or http.client.HTTPException where nothing comes."""
        status, _, body = self.ask("GET", path)
        return status, body

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, list[str], bytes]:
        """Status, cookies that were set, body. A connection that was idle for too long is made anew."""
        try:
            self._connection.request(method, path, body, {**self.headers, **headers})
            answer = self._connection.getresponse()
        except (RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self._connection.close()
            self._connection.request(method, path, body, {**self.headers, **headers})
            answer = self._connection.getresponse()
        cookies = [value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        return answer.status, cookies, answer.read()

    def sign_in(self, path: str) -> None:
        """By a link that works once. Raises AssertionError where it does not."""
        _, cookies, page = self.ask("GET", path)
        token = _TOKEN.search(page.decode())
        assert token, f"{path} has no form"
        _, more, _ = self.ask(
            "POST",
            path,
            f"csrfmiddlewaretoken={token[1]}".encode(),
            Cookie="; ".join(cookies),
            Origin=self.origin,
            **{"Content-Type": "application/x-www-form-urlencoded"},
        )
        assert any("session" in cookie for cookie in more), f"{path} signs nobody in"
        self.headers["Cookie"] = "; ".join([*cookies, *more])


@contextmanager
def served(here: Installation) -> Iterator[tuple[str, "Supervisor"]]:
    """The origin at which pages answer, made by the same processes as `haetae run` starts: keys and web."""
    from haetae.running.supervisor import Supervisor  # noqa: PLC0415 - Django is ready now
    from haetae.running.whole import with_keys_served  # noqa: PLC0415

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with Supervisor(logs=here.home / "logs") as supervisor:
        environment = with_keys_served(here, supervisor).environment()
        granian = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
        application = ["--blocking-threads", "8", "--log-level", "error", "haetae.web.wsgi:application"]
        pages = {**environment, "HAETAE_SECOND_STEP": "not_yet"}
        supervisor.start("web", *granian, *application, environment=pages)
        origin = f"http://127.0.0.1:{port}"
        _wait_for(origin, where=here.home / "logs")
        yield origin, supervisor


def _wait_for(origin: str, *, where: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        try:
            if Reader(origin=origin).get("/healthz")[0] == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.2)
    raise SystemExit(f"The pages did not answer within {_PATIENCE_S:.0f} s; why is in {where}.")


def readers(origin: str, operator: Any) -> dict[str, Reader]:
    """By side: an official with every role of agencies, a moderator and administrator of `operator`, its machine, and
    somebody who reports.
    """
    from bench.whole.filling import OFFICIAL  # noqa: PLC0415 - Django is ready now
    from haetae.accounts import actions  # noqa: PLC0415
    from haetae.accounts.models import KeyScope, Official  # noqa: PLC0415
    from haetae.accounts.permissions import AT_AN_OPERATOR  # noqa: PLC0415
    from haetae.audit.actor import SYSTEM  # noqa: PLC0415

    official = Official.objects.get(username=OFFICIAL)
    for role in sorted(AT_AN_OPERATOR):
        person = actions.seat_at_operator(
            username=f"desk-{operator.pk.hex[:6]}",
            role=role,
            operator=operator,
            since=date(2026, 1, 1),
            actor=SYSTEM,
        )
    key = actions.issue_api_key(
        holder=operator, scope=KeyScope.OPERATE, per_minute=2_000_000_000, actor=SYSTEM
    )
    found = {side: Reader(origin=origin) for side in ("portal", "console", "operator", "api")}
    found["console"].sign_in(f"/console/sign-in/once/{actions.issue_one_time_sign_in(official=official)}/")
    found["operator"].sign_in(f"/operator/sign-in/once/{actions.issue_one_time_sign_in(official=person)}/")
    found["api"].headers["Authorization"] = f"Bearer {key}"
    return found
