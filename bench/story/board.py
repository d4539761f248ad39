"""The sandbox platform in a process of its own, and what a stranger and its own people can do there."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from haetae.common.outbound import Fetched, Origin, fetch

TOKEN = "a-token-for-the-recording-only"  # noqa: S105 - of a platform that lives as long as the recording
_USUAL: dict[str, Any] = {"answer": "removed", "misbehave": None}


@dataclass(frozen=True)
class Post:
    page: str
    media: str


@dataclass(frozen=True)
class Board:
    """`origin` is where it answers."""

    origin: str

    def post(self, picture: bytes, *, title: str) -> Post:
        made = json.loads(self._call("POST", "/posts", picture, {"X-Title": title}).body)
        return Post(page=made["page"], media=made["media"])

    def behaves(self, **manners: Any) -> None:
        """Everything not named is as usual."""
        told = json.dumps({**_USUAL, **manners}).encode()
        answer = self._call("POST", "/operator/v1/config", told, {"Authorization": f"Bearer {TOKEN}"})
        assert answer.status == 200, answer.body

    def deletes(self, post: Post) -> None:
        """The platform's own people delete it, for a reason of theirs, by the door that they use every day."""
        asked = {
            "schema": "notice/1",
            "asked": "delete",
            "locator": {"page": post.page, "media": post.media},
            "legal_basis": {"id": "own_decision"},
        }
        headers = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": str(uuid4())}
        answer = self._call("POST", "/operator/v1/deletion-requests", json.dumps(asked).encode(), headers)
        assert answer.status == 200, answer.body

    def shows(self, post: Post) -> int:
        """What everybody gets at the address of the picture."""
        path = post.media.removeprefix(self.origin)
        return self._call("GET", path).status

    def _call(
        self, method: str, path: str, content: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Fetched:
        origins = frozenset({Origin.parse(self.origin)})
        return fetch(
            self.origin + path, allowed_origins=origins, method=method, content=content, headers=headers
        )


@contextmanager
def open_board(folder: Path) -> Iterator[Board]:
    token, ready = folder / "token", folder / "ready"
    token.write_text(TOKEN)
    arguments = ["--port", "0", "--data", str(folder / "board"), "--operator-token-file", str(token)]
    command = [sys.executable, "-m", "sandbox_platform", *arguments, "--ready-file", str(ready)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:  # noqa: S603 - our own module
        try:
            until = time.monotonic() + 30
            while not ready.exists():
                assert process.poll() is None, "the sandbox platform did not start"
                assert time.monotonic() < until, "the sandbox platform did not start in time"
                time.sleep(0.05)
            yield Board(origin=ready.read_text().strip())
        finally:
            process.terminate()
