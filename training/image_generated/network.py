"""A small residual network that looks at neighbouring differences, at every pixel, and hardly at what is shown."""

from enum import StrEnum
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.layers import body

SIZE: Final = 224  # what is shown in use
LEARNED: Final = (
    160  # what is shown while learning: half the work, and the answer is a mean over places anyway
)
CELL: Final = 16  # each cell of so many pixels a side is also judged by itself
WIDTHS: Final = (16, 32, 64, 128)
DEPTHS: Final = (0, 1, 2, 1)
_BENDS: Final = 12.0  # levels: differences far above it say what is shown, those below it how it was drawn


class Cues(StrEnum):
    """What the network is given: differences alone, or the levels themselves, as the idea it was compared with."""

    DIFFERENCES = "differences"
    LEVELS = "levels"


class Detector(nn.Module):
    """(n, 3, h, w) levels 0 to 255, red first -> (n,) logits and (n, h / CELL, w / CELL) logits of the cells."""

    def __init__(self, cues: Cues = Cues.DIFFERENCES) -> None:
        super().__init__()
        self.cues = cues
        given = 24 if cues is Cues.DIFFERENCES else 12
        self.body = body(given, WIDTHS, DEPTHS, stride=1)
        self.cells = nn.Conv2d(WIDTHS[-1], 1, 1)
        self.drop = nn.Dropout(0.2)
        self.head = nn.Linear(2 * WIDTHS[-1] + 1, 1)

    def forward(self, pixels: Tensor) -> tuple[Tensor, Tensor]:
        seen = differences(pixels) if self.cues is Cues.DIFFERENCES else (pixels - 127.5) / 64.0
        features = self.body(functional.pixel_unshuffle(seen, 2))
        cells = self.cells(features)
        mean = features.mean(dim=(2, 3))
        spread = (features - mean[:, :, None, None]).square().mean(dim=(2, 3)).add(1e-4).sqrt()
        pooled = torch.cat([mean, spread, cells.mean(dim=(2, 3))], dim=1)
        return self.head(self.drop(pooled))[:, 0], cells[:, 0]


def differences(pixels: Tensor) -> Tensor:
    """(n, 6, h, w): each pixel less its left and its upper neighbour, bent so that edges do not drown the rest.

    With the even and the odd places in channels of their own they hold all details of a Haar wavelet of one level.
    """
    padded = functional.pad(pixels, (1, 0, 1, 0), mode="replicate")
    across = pixels - padded[:, :, 1:, :-1]
    down = pixels - padded[:, :, :-1, 1:]
    both = torch.cat([across, down], dim=1)
    return 2 * both / (both.abs() + _BENDS)
