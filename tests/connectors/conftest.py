"""A real sandbox platform in a process of its own, and the operator that stands for it."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from haetae.accounts.models import Operator
from haetae.common.outbound import Fetched, Origin, fetch
from haetae.connectors import connector_for
from haetae.connectors.base import Connector, Locator

TOKEN = "a-token-for-the-tests-only"


@dataclass
class Platform:
    """What a member of the public and the platform's own people can do."""

    origin: str

    def post(self, picture: bytes) -> Locator:
        made = json.loads(self.call("POST", "/posts", picture, {"X-Title": "something"}).body)
        return Locator(page_url=made["page"], media_url=made["media"])

    def behave(self, **config: Any) -> None:
        self.call(
            "POST", "/operator/v1/config", json.dumps(config).encode(), {"Authorization": f"Bearer {TOKEN}"}
        )

    def log(self) -> list[dict[str, Any]]:
        answer = self.call(
            "GET", "/operator/v1/access-log?after=0", None, {"Authorization": f"Bearer {TOKEN}"}
        )
        return list(json.loads(answer.body)["lines"])

    def call(
        self, method: str, path: str, content: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Fetched:
        origins = frozenset({Origin.parse(self.origin)})
        return fetch(
            self.origin + path, allowed_origins=origins, method=method, content=content, headers=headers
        )


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    token, ready = tmp_path / "token", tmp_path / "ready"
    token.write_text(TOKEN)
    arguments = ["--port", "0", "--data", str(tmp_path / "data"), "--operator-token-file", str(token)]
    process = subprocess.Popen(
        [sys.executable, "-m", "sandbox_platform", *arguments, "--ready-file", str(ready)],
        stdout=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 20
        while not (ready.exists() and ready.read_text().strip()):
            assert time.monotonic() < deadline, "the sandbox platform did not start"
            assert process.poll() is None
            time.sleep(0.05)
        yield Platform(origin=ready.read_text().strip())
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture
def connector(platform: Platform) -> Connector:
    settings.KEYS.store("test-operator-token", TOKEN.encode())
    operator = Operator(
        name="board", connector="sandbox", origin=platform.origin, secret_name="test-operator-token"
    )
    return connector_for(operator)


@pytest.fixture
def coffee() -> bytes:
    return (Path(__file__).parent.parent / "fixtures" / "photos" / "coffee.jpg").read_bytes()
