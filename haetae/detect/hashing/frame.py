"""What is hashed: one picture as a viewer sees it."""

from dataclasses import dataclass

from haetae.detect.hashing.separable import Luma


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What a viewer shows at one moment: gray (H x W, uint8), upright, on white. A picture has no moment."""

    luma: Luma
    at_ms: int | None = None
