"""Asking the peers: one long-lived process in their own environment, one question after the other."""

import json
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

from haetae.detect.hashing.separable import Luma

_ROOT: Final = Path(__file__).parents[2]
PYTHON: Final = _ROOT / ".venv-peers" / "bin" / "python"
MISSING: Final = "The peers are not installed, so nothing is compared with them; `make peers` installs them."


@dataclass(frozen=True, kw_only=True)
class PeerHash:
    """`pdq` is empty where the peer gave none, `quality` None where it does not tell; `cpu_s` is its own time."""

    pdq: str
    cpu_s: float
    quality: int | None = None


class Peers:
    """Use as a context. Raises FileNotFoundError with a clear sentence where they are not installed."""

    def __init__(self) -> None:
        if not PYTHON.exists():
            raise FileNotFoundError(MISSING)
        answer = Path(__file__).with_name("answer.py")
        self._process: Final = subprocess.Popen(  # noqa: S603 - every argument is our own
            [PYTHON, "-I", answer], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._to.close()
        self._process.wait(timeout=10)
        self._from.close()

    def pdqhash(self, luma: Luma) -> PeerHash:
        """Meta's C++ over this gray picture (H x W), handed over as three equal channels."""
        height, width = luma.shape
        return self._ask(b"P" + struct.pack(">II", width, height) + luma.tobytes())

    def threatexchange(self, data: bytes) -> PeerHash:
        """PdqSignal.hash_from_bytes over the bytes of a file."""
        return self._ask(b"T" + data)

    def _ask(self, question: bytes) -> PeerHash:
        self._to.write(struct.pack(">Q", len(question)) + question)
        self._to.flush()
        length = struct.unpack(">I", self._read(4))[0]
        answer = json.loads(self._read(length))
        return PeerHash(pdq=answer["pdq"], cpu_s=answer["cpu_s"], quality=answer.get("quality"))

    def _read(self, length: int) -> bytes:
        data = self._from.read(length)
        if len(data) < length:
            raise EOFError("The process of the peers ended before it answered.")
        return data

    @property
    def _to(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    @property
    def _from(self) -> IO[bytes]:
        assert self._process.stdout is not None
        return self._process.stdout
