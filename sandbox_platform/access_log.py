"""One line of JSON per request, so that anybody can check afterwards who asked for what.

Neither headers nor query strings are written, because tokens and cookies travel there.
"""

import json
import os
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sandbox_platform.messages import Who

LINES_PER_ANSWER = 1000
LONGEST_TEXT = 500


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`status` is null when the connection was closed without an answer."""

    at: str
    method: str
    path: str
    status: int | None
    who: Who
    idempotency_key: str | None
    body_sha256: str | None
    user_agent: str | None


class AccessLog:
    def __init__(self, *, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        path.touch()
        self._cut_torn_line()

    def write(self, entry: Entry) -> None:
        facts = {name: _shortened(value) for name, value in asdict(entry).items()}
        line = json.dumps(facts).encode() + b"\n"
        with self._lock, self._path.open("ab", buffering=0) as file:
            file.write(line)

    def after(self, *, index: int) -> list[dict[str, Any]]:
        """Lines are numbered from 1; each comes with its number as `index`, at most a thousand at once."""
        found = []
        with self._path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if number > index and line.endswith(b"\n"):
                    found.append({"index": number, **json.loads(line)})
                if len(found) == LINES_PER_ANSWER:
                    break
        return found

    def _cut_torn_line(self) -> None:
        """A sudden end may leave half a line, which would spoil the next one."""
        content = self._path.read_bytes()
        os.truncate(self._path, content.rfind(b"\n") + 1)


def _shortened(value: Any) -> Any:
    return value[:LONGEST_TEXT] if isinstance(value, str) else value
