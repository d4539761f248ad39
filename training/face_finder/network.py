"""A network that says for each cell of a picture whether the middle of a face lies in it, and how large it is."""

from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.layers import Residual, layer

STRIDE: Final = 8
WIDTHS: Final = (12, 24, 40, 64, 80)


class Finder(nn.Module):
    """(n, 3, H, W) levels 0 to 255, red first, H and W multiples of 32.

    Gives (n, 1, H/8, W/8) logits and (n, 4, H/8, W/8): the middle of the face from that of the cell (x, y) in cells,
    and the logarithms of its width and height in cells.
    """

    def __init__(self) -> None:
        super().__init__()
        a, b, c, d, e = WIDTHS
        self.fine = nn.Sequential(layer(3, a, 2), layer(a, b, 2), Residual(b), layer(b, c, 2), Residual(c))
        self.middle = nn.Sequential(layer(c, d, 2), Residual(d))
        self.coarse = nn.Sequential(layer(d, e, 2), Residual(e), Residual(e))
        self.from_coarse = nn.Conv2d(e, d, 1)
        self.from_middle = nn.Conv2d(d, c, 1)
        self.joined = layer(c, c)
        self.is_face = nn.Conv2d(c, 1, 1)
        self.where = nn.Conv2d(c, 4, 1)
        nn.init.constant_(self.is_face.bias, -4.0)  # type: ignore[arg-type]

    def forward(self, pixels: Tensor) -> tuple[Tensor, Tensor]:
        fine = self.fine((pixels - 127.5) / 64.0)
        middle = self.middle(fine)
        middle = middle + _twice(self.from_coarse(self.coarse(middle)))
        joined = self.joined(fine + _twice(self.from_middle(middle)))
        return self.is_face(joined), self.where(joined)


def _twice(x: Tensor) -> Tensor:
    return functional.interpolate(x, scale_factor=2.0, mode="nearest")


def loss_of(is_face: Tensor, where: Tensor, truth: Tensor, boxes: Tensor, weight: Tensor) -> Tensor:
    """Focal loss around the middles (Zhou, Wang, Kraehenbuehl, "Objects as Points", 2019), and how far boxes are off.

    `truth` (n, 1, h, w) is one at the middles and falls off around them; `weight` is one where a box is to be learned.
    """
    p = torch.sigmoid(is_face).clamp(1e-5, 1 - 1e-5)
    middle = (truth > 0.999).float()
    found = -(1 - p).pow(2) * p.log() * middle
    nothing = -(1 - truth).pow(4) * p.pow(2) * (1 - p).log() * (1 - middle)
    number = middle.sum().clamp(min=1)
    apart = functional.smooth_l1_loss(where, boxes, reduction="none", beta=0.2) * weight
    return (found + nothing).sum() / number + apart.sum() / weight.sum().clamp(min=1)
