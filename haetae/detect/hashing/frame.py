"""What is hashed: one picture as a viewer sees it."""

from dataclasses import dataclass

from haetae.detect.hashing.separable import Luma


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What a viewer shows at one moment: gray (H x W, uint8), upright, on white. A picture has no moment.

    Without `full_range` black is 16 and white 235, as most films keep it.
    """

    luma: Luma
    at_ms: int | None = None
    full_range: bool = True

    @property
    def gain(self) -> float:
        """What steps of brightness must be multiplied with to be those of the full range."""
        return 1.0 if self.full_range else 255 / (235 - 16)
