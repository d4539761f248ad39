"""The frames between parent and child. A length, a small JSON header, raw luma: nothing that carries code."""

import json
import struct
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any, Final

from haetae.detect.media import OPENED_FORMATS
from haetae.detect.opening.facts import Confinement, Limits, Walls, Why

LENGTH: Final = struct.Struct(">Q")
HEADER_BYTES_MOST: Final = 4096
FILTERED, UNFILTERED = "filtered", "unfiltered"
NOTHING_SHARED: Final = "-"
MOMENT_MOST_MS: Final = 1_000_000_000_000
FRAMES_MOST: Final = 2**32  # what the widest field of any format can announce, and one
Shown = tuple[int, int, int | None]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The header of an opened file. For each frame in `shown` (width, height, at_ms) its luma follows.

    `examined` counts them and those that look exactly like one of them. With `shared` the luma of all lies one after
    the other in the shared memory instead.
    """

    format: str
    frames: int
    examined: int
    shown: tuple[Shown, ...]
    shared: bool

    def as_bytes(self) -> bytes:
        return json.dumps(vars(self)).encode()


def ready_as_bytes(walls: Walls) -> bytes:
    seccomp = walls.confinement is Confinement.SECCOMP
    return json.dumps({"ready": True, "seccomp": seccomp, "apart": walls.apart}).encode()


def read_ready(header: bytes) -> Walls:
    """Raises ValueError for anything but the greeting of an opener."""
    for confinement, apart in product(Confinement, (True, False)):
        walls = Walls(confinement=confinement, apart=apart)
        if header == ready_as_bytes(walls):
            return walls
    raise ValueError("This is not the greeting of an opener.")


def failure_as_bytes(why: Why) -> bytes:
    return json.dumps({"why": why}).encode()


def read_answer(header: bytes, *, limits: Limits) -> Answer | Why:
    """Check a header from a child that a file may have taken over. Raises ValueError for nonsense."""
    try:
        fields = json.loads(header)
    except RecursionError as error:
        raise ValueError("The header of an opener is flat.") from error
    if not isinstance(fields, dict):
        raise ValueError("The header of an opener must be a JSON object.")
    if set(fields) == {"why"}:
        return Why(str(fields["why"]))
    if (
        set(fields) != {"format", "frames", "examined", "shown", "shared"}
        or not isinstance(fields["shared"], bool)
        or str(fields["format"]) not in OPENED_FORMATS
    ):
        raise ValueError("The header of an opener must name a known format, frames, and those seen.")
    shown = _read_shown(fields["shown"], limits=limits)
    frames, examined = fields["frames"], fields["examined"]
    if not (_counts(frames) and _counts(examined) and len(shown) <= examined <= frames <= FRAMES_MOST):
        raise ValueError("An opener cannot show more frames than it has seen, nor see more than there are.")
    return Answer(
        format=fields["format"], frames=frames, examined=examined, shown=shown, shared=fields["shared"]
    )


def _read_shown(rows: Any, *, limits: Limits) -> tuple[Shown, ...]:
    if not isinstance(rows, list) or not 1 <= len(rows) <= limits.film_frames_most:
        raise ValueError("An opener must show at least one frame, and no more than it was asked for.")
    if not all(isinstance(row, list) and len(row) == 3 for row in rows):
        raise ValueError("A frame that is shown has a width, a height and a moment.")
    if not all(_counts(width) and _counts(height) and _is_moment(at) for width, height, at in rows):
        raise ValueError("Width and height must be whole numbers above zero, a moment not below it.")
    if sum(width * height for width, height, _ in rows) > limits.pixels_most:
        raise ValueError("An opener answered with more pixels than it may open.")
    return tuple((width, height, at) for width, height, at in rows)


def _counts(value: object) -> bool:
    return type(value) is int and value >= 1


def _is_moment(value: object) -> bool:
    return value is None or (type(value) is int and 0 <= value <= MOMENT_MOST_MS)


def limits_as_text(limits: Limits) -> str:
    return json.dumps(asdict(limits))


def limits_from_text(text: str) -> Limits:
    return Limits(**json.loads(text))
