"""Real processes: a foreign platform asks a real web server over HTTP, which may also be gone."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from haetae.common.outbound import NetworkFailure, Origin, fetch
from tests.connectors.conftest import Platform, platform  # noqa: F401 - the platform is a fixture
from tests.tables import make_database
from tests.web.upload_questions import photo

_PATIENCE_S = 180.0


class Ours:
    """An installation of its own in a database of its own on the server of the tests, process by process."""

    def __init__(self, *, home: Path, url: str, port: int) -> None:
        self.url = url
        self.web = f"http://127.0.0.1:{port}"
        self.environment = {
            **os.environ,
            "DATABASE_URL": url,
            "HAETAE_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "haetae.settings.dev",
        }
        self._granian = [
            *("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
            *("--blocking-threads", "8", "--log-level", "error", "haetae.web.wsgi:application"),
        ]
        self._running: list[subprocess.Popen[bytes]] = []

    def do(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", *command],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self, *command: str) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen([sys.executable, "-m", *command], env=self.environment)
        self._running.append(process)
        return process

    def start_web(self) -> "subprocess.Popen[bytes]":
        process = self.start(*self._granian)
        until(self._answers, what="the web server")
        return process

    def stop_web(self, process: "subprocess.Popen[bytes]") -> None:
        process.terminate()
        process.wait(timeout=20)
        assert not self._answers()

    def stop(self) -> None:
        for process in self._running:
            process.terminate()
        for process in self._running:
            process.wait(timeout=60)  # a worker may be waiting for a page that is gone

    def asked(self, query: str) -> list[str]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(query)  # type: ignore[arg-type]
            return [str(row[0]) for row in cursor] if cursor.description else []

    def events(self) -> list[str]:
        return self.asked("SELECT name FROM audit_event ORDER BY id")

    def _answers(self) -> bool:
        try:
            answer = fetch(self.web + "/healthz", allowed_origins=frozenset({Origin.parse(self.web)}))
        except NetworkFailure:
            return False
        return answer.status == 200


def until(true: Callable[[], object], *, what: str) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not true():
        assert time.monotonic() < deadline, f"waited for {what} in vain"
        time.sleep(0.1)


def _dropped(name: str, *, by: psycopg.Connection) -> bool:
    """The server may just be cleaning the database up, and only a superuser could end that."""
    try:
        by.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


@contextmanager
def installed(home: Path, *, up_to_date: bool = True) -> Iterator[Ours]:
    """An installation with its tables, gone afterwards; with none where they are not to be up to date."""
    name = f"uploads_{secrets.token_hex(4)}"
    url = make_database(name, up_to_date=up_to_date)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as owner:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        installation = Ours(home=home, url=url, port=port)
        try:
            yield installation
        finally:
            installation.stop()
            until(lambda: _dropped(name, by=owner), what="the database to be let go")


@pytest.fixture
def ours(tmp_path: Path) -> Iterator[Ours]:
    with installed(tmp_path / "home") as installation:
        yield installation


def _let_it_ask(platform: Platform, ours: Ours, *, when_down: str) -> None:  # noqa: F811 - the fixture's value
    token = ours.do("tests.web.upload_stage", platform.origin, when_down)
    url = ours.web + "/api/upload-check/"
    platform.behave(upload_hook_url=url, upload_hook_token=token, upload_hook_when_down=when_down)


def _publish(platform: Platform, name: str) -> int:  # noqa: F811 - the fixture's value
    return platform.call("POST", "/posts", photo(name), {"X-Title": "something"}).status


def _shown(platform: Platform) -> int:  # noqa: F811 - the fixture's value
    return platform.call("GET", "/", None).body.count(b"<img")


def test_a_known_picture_is_refused_before_anybody_could_see_it(platform, ours):  # noqa: F811 - the fixture
    ours.start_web()
    _let_it_ask(platform, ours, when_down="closed")
    assert _publish(platform, "coffee") == 403
    assert _shown(platform) == 0
    assert ours.events().count("arrival.upload_refused") == 1
    assert _publish(platform, "rocket") == 201
    assert _shown(platform) == 1


def test_while_we_are_gone_a_closed_platform_publishes_nothing(platform, ours):  # noqa: F811 - the fixture
    _let_it_ask(platform, ours, when_down="closed")
    ours.stop_web(ours.start_web())
    assert _publish(platform, "rocket") == 503
    assert _shown(platform) == 0


def test_what_an_open_platform_published_while_we_were_gone_is_found_when_we_are_back(platform, ours):  # noqa: F811 - the fixture
    _let_it_ask(platform, ours, when_down="open")
    web = ours.start_web()
    until(lambda: ours.asked("SELECT at FROM arrival_pulse"), what="the first pulse")
    ours.stop_web(web)
    assert _publish(platform, "coffee") == 201
    # As if we had been gone for an hour; nobody watches the pages of this platform but the one look afterwards.
    ours.asked("UPDATE arrival_pulse SET at = at - interval '1 hour'")
    ours.start("haetae", "worker")
    ours.start_web()
    until(lambda: "assessment.request" in ours.events(), what="the look at what went through")
    events = ours.events()
    order = ["arrival.hook_down", "arrival.hook_back", "arrival.found", "assessment.request"]
    assert [name for name in events if name in order] == order
    began, ended, declared = (
        ours.asked(f"SELECT {column} FROM arrival_hookoutage")[0]
        for column in ("began_at", "ended_at", "declared")
    )
    assert (began < ended, declared) == (True, "open")


def test_a_body_that_stops_coming_is_answered_while_others_are_served(platform, ours):  # noqa: F811 - the fixture
    ours.start_web()
    token = ours.do("tests.web.upload_stage", platform.origin, "closed")
    host, port = "127.0.0.1", int(ours.web.rsplit(":", 1)[1])
    head = (
        f"POST /api/upload-check/ HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n"
        "X-Post-Id: 1\r\nContent-Type: image/jpeg\r\nContent-Length: 900000\r\n\r\n"
    )
    with socket.create_connection((host, port)) as silent:
        silent.settimeout(15)
        silent.sendall(head.encode() + b"\xff\xd8\xff")
        platform.behave(upload_hook_url=ours.web + "/api/upload-check/", upload_hook_token=token)
        assert _publish(platform, "rocket") == 201
        answer = silent.recv(4096)
        with urllib.request.urlopen(ours.web + "/healthz", timeout=5) as page:
            assert page.status == 200, "the silent one still holds its connection"
    assert answer.startswith(b"HTTP/1.1 408 ")


def test_a_stranger_is_answered_before_the_body_is_read(ours):
    ours.start_web()
    host, port = "127.0.0.1", int(ours.web.rsplit(":", 1)[1])
    head = f"POST /api/upload-check/ HTTP/1.1\r\nHost: {host}\r\nContent-Length: 50000000\r\n\r\n"
    with socket.create_connection((host, port)) as stranger:
        stranger.settimeout(15)
        stranger.sendall(head.encode())
        answer = b"".join(iter(lambda: stranger.recv(8192), b""))
    assert answer.startswith(b"HTTP/1.1 401 ")
    assert json.loads(answer.split(b"\r\n\r\n", 1)[1])["error"] == "token_unknown"
