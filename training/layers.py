"""The blocks that all networks here are built of."""

from torch import Tensor, nn
from torch.nn import functional


class Residual(nn.Module):
    """(n, width, h, w) -> the same shape."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = layer(width, width)
        self.second = nn.Sequential(nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width))

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(x + self.second(self.first(x)))


def layer(before: int, after: int, stride: int = 1) -> nn.Sequential:
    """A convolution of 3 x 3 with its normalisation, and nothing below zero."""
    conv = nn.Conv2d(before, after, 3, stride, 1, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(after), nn.ReLU(inplace=True))
