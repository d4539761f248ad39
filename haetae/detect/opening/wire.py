"""The frames between parent and child. A length, a small JSON header, raw luma: nothing that carries code."""

import json
import struct
from dataclasses import asdict, dataclass
from typing import Final

from haetae.detect.media import OPENED_FORMATS
from haetae.detect.opening.facts import Limits, Why

LENGTH: Final = struct.Struct(">Q")
HEADER_BYTES_MOST: Final = 512
READY: Final = b'{"ready": true}'


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The header of an opened picture; width x height bytes of luma follow."""

    format: str
    width_px: int
    height_px: int
    frames: int

    def as_bytes(self) -> bytes:
        return json.dumps(vars(self)).encode()


def failure_as_bytes(why: Why) -> bytes:
    return json.dumps({"why": why}).encode()


def read_answer(header: bytes, *, limits: Limits) -> Answer | Why:
    """Check a header from a child that a picture may have taken over. Raises ValueError for nonsense."""
    fields = json.loads(header)
    if not isinstance(fields, dict):
        raise ValueError("The header of an opener must be a JSON object.")
    if set(fields) == {"why"}:
        return Why(str(fields["why"]))
    if (
        set(fields) != {"format", "width_px", "height_px", "frames"}
        or str(fields["format"]) not in OPENED_FORMATS
    ):
        raise ValueError("The header of an opener must name a known format, width, height and frames.")
    numbers = [fields[name] for name in ("width_px", "height_px", "frames")]
    if not all(type(number) is int and number >= 1 for number in numbers):
        raise ValueError("Width, height and frames must be whole numbers above zero.")
    if numbers[0] * numbers[1] > limits.pixels_most:
        raise ValueError("An opener answered with more pixels than it may open.")
    return Answer(**fields)


def limits_as_text(limits: Limits) -> str:
    return json.dumps(asdict(limits))


def limits_from_text(text: str) -> Limits:
    return Limits(**json.loads(text))
