"""From the fingerprints of an examination to those of a notice: hex digits, small enough for any channel."""

from collections.abc import Mapping
from typing import Any, Final

MOST_FRAMES: Final = 32
_OF_A_FRAME: Final = ("pdq", "pdq_quality", "dhash", "at_ms")


def prints_of(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Of a film only its first frames: whoever holds the file has all of it by its digests."""
    frames: list[dict[str, Any]] = []
    for hashed in kept.get("perceptual", ()):
        frame = {name: hashed[name] for name in _OF_A_FRAME if hashed.get(name) is not None}
        if frame not in frames:
            frames.append(frame)
    digests = {name: kept[name] for name in ("sha256", "md5") if kept.get(name)}
    return digests | ({"perceptual": frames[:MOST_FRAMES]} if frames else {})
