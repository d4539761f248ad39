"""How pages and the looker speak: a Unix socket of this installation, one question and one answer each. Pure.

The question is a look's id and a line's end. The answer is one line of JSON: `{"bytes": N}`, behind which the picture
follows, or `{"code": "..."}` where there is nothing to show.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import UUID

QUESTION_BYTES: Final = 37
LINE_BYTES_MOST: Final = 200
PICTURE_BYTES_MOST: Final = 1_000_000
_NAME: Final = "looker.sock"
_PATH_BYTES_MOST: Final = 100  # the system's own limit is 107


@contextmanager
def address(home: Path) -> Iterator[str]:
    """The socket's path in this home; through an open folder where it would be too long for a socket."""
    path = home / _NAME
    if len(os.fsencode(path)) <= _PATH_BYTES_MOST:
        yield str(path)
        return
    folder = os.open(home, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{_NAME}"
    finally:
        os.close(folder)


def question(look_id: UUID) -> bytes:
    return f"{look_id}\n".encode()


def read_question(line: bytes) -> UUID | None:
    """None for anything that is no question."""
    try:
        return UUID(line.decode("ascii").strip())
    except ValueError:
        return None


def refusal(code: str) -> bytes:
    return json.dumps({"code": code}).encode() + b"\n"


def announcement(picture: bytes) -> bytes:
    return json.dumps({"bytes": len(picture)}).encode() + b"\n"


def read_answer(line: bytes) -> int | str:
    """How many bytes follow, or the code of why none do. Raises ValueError for nonsense."""
    said = json.loads(line)
    if not isinstance(said, dict):
        raise ValueError("What the looker said is no object.")
    size, code = said.get("bytes"), said.get("code")
    if isinstance(size, int) and 0 < size <= PICTURE_BYTES_MOST:
        return size
    if isinstance(code, str):
        return code
    raise ValueError("The looker said neither how much it shows nor why it shows nothing.")
