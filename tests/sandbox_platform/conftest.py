"""A real board in its own process for each test, spoken to over real HTTP."""

import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

REPOSITORY = Path(__file__).parents[2]
TOKEN = "a-token-for-one-test-only"
OPERATOR = {"Authorization": f"Bearer {TOKEN}"}


def picture(*, shade: int = 0) -> bytes:
    """A PNG of 8x8 grey stripes; another `shade` gives other bytes."""
    rows = b"".join(b"\0" + bytes((column * 16 + shade) % 256 for column in range(8)) for _ in range(8))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@dataclass(kw_only=True)
class BoardProcess:
    folder: Path
    client_timeout_s: float
    process: subprocess.Popen[str] | None = None
    web: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=20, trust_env=False))

    def start(self) -> None:
        ready = self.folder / "ready"
        ready.unlink(missing_ok=True)
        token_file = self.folder / "token"
        token_file.write_text(TOKEN + "\n")
        files = [
            "--data",
            str(self.folder / "data"),
            "--operator-token-file",
            str(token_file),
            "--ready-file",
            str(ready),
        ]
        command = [sys.executable, "-m", "sandbox_platform", "--port", "0", *files]
        command += ["--client-timeout-s", str(self.client_timeout_s)]
        self.process = subprocess.Popen(
            command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        end_s = time.monotonic() + 20
        while not ready.exists():
            assert self.process.poll() is None, self.process.communicate()[0]
            assert time.monotonic() < end_s, "the board did not start"
            time.sleep(0.02)
        self.web.base_url = httpx.URL(ready.read_text())

    def stop(self) -> tuple[int, str]:
        assert self.process is not None
        self.process.terminate()
        output, _ = self.process.communicate(timeout=20)
        return self.process.returncode, output

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.communicate(timeout=20)

    @property
    def port(self) -> int:
        port = self.web.base_url.port
        assert port is not None
        return port

    def post(self, *, body: bytes | None = None, **headers: str) -> dict[str, Any]:
        answer = self.web.post("/posts", content=picture() if body is None else body, headers=headers)
        assert answer.status_code == 201, answer.text
        facts: dict[str, Any] = answer.json()
        return facts

    def configure(self, **changes: Any) -> httpx.Response:
        return self.operator("POST", "/config", json=changes)

    def operator(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {**OPERATOR, **more.pop("headers", {})}
        return self.web.request(method, f"/operator/v1{path}", headers=headers, **more)

    def ask_deletion(self, facts: dict[str, Any], *, key: str = "first", **changes: Any) -> httpx.Response:
        body = {
            "schema": "notice/1",
            "asked": "delete",
            "locator": {"page": facts["page"], "media": facts["media"]},
            "fingerprints": {"sha256": "0" * 64},
            "legal_basis": {"id": "an_example_act"},
            **changes,
        }
        return self.operator("POST", "/deletion-requests", json=body, headers={"Idempotency-Key": key})

    def sees(self, facts: dict[str, Any]) -> tuple[int, int]:
        """What a stranger gets for the page and the media."""
        return self.web.get(facts["page"]).status_code, self.web.get(facts["media"]).status_code

    def comes_true(self, condition: Callable[[], bool], *, at_most_s: float = 10) -> bool:
        end_s = time.monotonic() + at_most_s
        while not condition():
            if time.monotonic() > end_s:
                return False
            time.sleep(0.05)
        return True

    def log(self, *, after: int = 0) -> list[dict[str, Any]]:
        lines: list[dict[str, Any]] = self.operator("GET", f"/access-log?after={after}").json()["lines"]
        return lines

    def media_files(self) -> list[Path]:
        return list((self.folder / "data" / "media").iterdir())


@contextmanager
def running(board: BoardProcess) -> Iterator[BoardProcess]:
    try:
        board.start()
        yield board
    finally:
        board.web.close()
        if board.process is not None and board.process.poll() is None:
            board.kill()


@pytest.fixture
def start_board(tmp_path: Path) -> Iterator[Callable[..., BoardProcess]]:
    with ExitStack() as stack:

        def start(*, client_timeout_s: float = 20.0) -> BoardProcess:
            board = BoardProcess(folder=tmp_path, client_timeout_s=client_timeout_s)
            return stack.enter_context(running(board))

        yield start


@pytest.fixture(scope="module")
def hardy_board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BoardProcess]:
    """One board that takes the blows of many tests, and so must serve on after each of them."""
    folder = tmp_path_factory.mktemp("hardy")
    with running(BoardProcess(folder=folder, client_timeout_s=20.0)) as board:
        yield board


@pytest.fixture
def board(start_board: Callable[..., BoardProcess]) -> BoardProcess:
    return start_board()


@pytest.fixture
def stripes() -> Callable[..., bytes]:
    return picture
