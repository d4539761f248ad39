"""The blocks that all networks here are built of."""

from collections.abc import Sequence

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


def body(given: int, widths: Sequence[int], depths: Sequence[int], *, stride: int) -> nn.Sequential:
    """(n, given, h, w) -> (n, widths[-1], ...): a first layer of this stride, then half the size a width."""
    layers: list[nn.Module] = [layer(given, widths[0], stride=stride)]
    for number in range(1, len(widths)):
        layers.append(layer(widths[number - 1], widths[number], stride=2))
        layers += [Residual(widths[number]) for _ in range(depths[number])]
    return nn.Sequential(*layers)
