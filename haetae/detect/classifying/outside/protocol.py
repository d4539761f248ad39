"""What passes between us and a program, as bytes. Everything that it says is foreign. Pure.

To it, for each picture: four numbers of four bytes, most significant first: how many bytes follow the first of them,
the number of the picture, its width and height; then its levels row by row, red, green, blue. From it one line of JSON
in UTF-8 at its start and one for each picture. At the end of its input it ends. docs/decisions/0027 says it whole.
"""

import json
import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from haetae.detect.classifying.card import Runner
from haetae.detect.classifying.running import NotAssessed, Pixels

PROTOCOL: Final = 1
LINE_BYTES_MOST: Final = 1 << 20
_FOUND_MOST: Final = 1_000
_HEAD: Final = struct.Struct(">IIII")
_BESIDE_LEVELS: Final = _HEAD.size - 4


class LostError(Exception):
    """The program is to be ended: it is late, has ended, or talks nonsense. `words` are for whoever set it up."""

    def __init__(self, why: NotAssessed, words: str) -> None:
        super().__init__(why, words)
        self.why = why
        self.words = words


@dataclass(frozen=True, kw_only=True)
class Found:
    """One thing that a program sees in a picture; the box is left, top, width and height in pixels of that picture."""

    name: str
    score: float
    box: tuple[float, float, float, float]


def request(pixels: Pixels, *, number: int) -> tuple[bytes, memoryview]:
    """Head and levels of a picture of (H, W, 3), red first."""
    height, width = pixels.shape[:2]
    levels = np.ascontiguousarray(pixels)
    return _HEAD.pack(_BESIDE_LEVELS + levels.nbytes, number, width, height), levels.data.cast("B")


def check_greeting(line: bytes, runner: Runner) -> None:
    """Raises LostError where it is another program than the card describes, with both versions in words."""
    said = _object(line)
    for field, wanted in (
        ("protocol", PROTOCOL),
        ("identity", runner.identity),
        ("classes", list(runner.classes)),
    ):
        if said.get(field) != wanted or isinstance(said.get(field), bool):
            told = _short(json.dumps(said.get(field)))
            words = f"its greeting says {field} {told}, the card {_short(json.dumps(wanted))}"
            raise LostError(NotAssessed.PROGRAM_NOT_STARTED, words)


def read_answer(
    line: bytes, runner: Runner, *, number: int, shape: Sequence[int]
) -> tuple[Found, ...] | NotAssessed:
    """What was found in a picture of (H, W, 3). `failed` is an honest answer, a score that is no number another.

    Raises LostError for what is no answer to this picture.
    """
    said = _object(line)
    if said.get("picture") != number or isinstance(said.get("picture"), bool):
        raise _nonsense(
            f"it answers for picture {_short(json.dumps(said.get('picture')))}, asked was {number}"
        )
    if "failed" in said:
        return NotAssessed.MODEL_FAILED
    found = said.get("found")
    if not isinstance(found, list) or len(found) > _FOUND_MOST:
        raise _nonsense(f"found must be a list of at most {_FOUND_MOST}")
    read = [_found(one, runner) for one in found]
    if not all(math.isfinite(number) for one in read for number in (one.score, *one.box)):
        return NotAssessed.NO_NUMBER
    for one in read:
        _inside(one, shape=shape)
    return tuple(read)


def score(found: Sequence[Found], runner: Runner) -> float:
    """Of a picture: the highest of what counts. Where there is none it is the floor, below which nothing is told."""
    return max([runner.floor, *(one.score for one in found if one.name in runner.counts)])


def _found(one: Any, runner: Runner) -> Found:
    if not isinstance(one, dict) or set(one) != {"class", "score", "box"}:
        raise _nonsense("what is found must have class, score and box, and nothing else")
    if one["class"] not in runner.classes:
        raise _nonsense(f"it names a class that the card does not: {_short(json.dumps(one['class']))}")
    box = one["box"]
    if not isinstance(box, list) or len(box) != 4:
        raise _nonsense("box must be left, top, width and height")
    left, top, width, height = (_number(side) for side in box)
    return Found(name=one["class"], score=_number(one["score"]), box=(left, top, width, height))


def _inside(one: Found, *, shape: Sequence[int]) -> None:
    left, top, width, height = one.box
    if not 0 <= one.score <= 1:
        raise _nonsense("score must be from 0 to 1")
    if min(one.box) < 0 or left + width > shape[1] or top + height > shape[0]:
        raise _nonsense("box must lie inside the picture")


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _nonsense("scores and boxes must be numbers")
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _object(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise _nonsense("a line must be one JSON object")
    return said


def _nonsense(words: str) -> LostError:
    return LostError(NotAssessed.PROGRAM_NONSENSE, words)


def _short(text: str) -> str:
    return text if len(text) <= 200 else text[:200] + "..."
