"""Small autoencoders of several builds; each up-sampler leaves other traces. Levels in and out are from -1 to 1."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional


class UpSampler(StrEnum):
    TRANSPOSED = "transposed"
    NEAREST = "nearest"
    SHUFFLE = "shuffle"
    BILINEAR = "bilinear"


@dataclass(frozen=True, kw_only=True)
class Build:
    """`factor` is 4 or 8: by how much the latent is smaller. `kernel` is that of the decoder's convolutions."""

    up: UpSampler
    factor: int
    latent: int
    kernel: int = 3
    smooth: bool = False  # normalised groups and SiLU, as latent diffusion has; else ReLU, no normalisation
    sharp: bool = (
        False  # taught against a critic, as latent diffusion's is: details are made up, not left soft
    )


# Wide latents: with narrow ones so small a network draws softly, and being soft is all that a detector then learns.
BUILDS: Final = {
    "transposed4": Build(up=UpSampler.TRANSPOSED, factor=4, latent=16),
    "nearest8": Build(up=UpSampler.NEAREST, factor=8, latent=56, smooth=True, sharp=True),
    "nearest4": Build(up=UpSampler.NEAREST, factor=4, latent=12, smooth=True, sharp=True),
    "shuffle4": Build(up=UpSampler.SHUFFLE, factor=4, latent=20, smooth=True),
    "bilinear4": Build(up=UpSampler.BILINEAR, factor=4, latent=16, kernel=5),
}
UNSEEN: Final = "bilinear4"  # never learned from: it is what the detector is checked with
_WIDTHS: Final = {1: 16, 2: 32, 4: 48, 8: 96}


class Block(nn.Module):
    def __init__(self, width: int, build: Build, *, kernel: int = 3) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for _ in range(2):
            if build.smooth:
                layers.append(nn.GroupNorm(8, width))
            layers += [
                nn.SiLU() if build.smooth else nn.ReLU(),
                nn.Conv2d(width, width, kernel, 1, kernel // 2),
            ]
        self.layers = nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.layers(x)  # type: ignore[no-any-return]


class Autoencoder(nn.Module):
    """(n, 3, h, w) -> the same drawn again; both sides are multiples of `factor`."""

    def __init__(self, build: Build) -> None:
        super().__init__()
        deep = build.factor
        coder: list[nn.Module] = [
            nn.PixelUnshuffle(4),
            nn.Conv2d(48, _WIDTHS[4], 3, 1, 1),
            Block(_WIDTHS[4], build),
        ]
        if deep == 8:
            coder += [nn.Conv2d(_WIDTHS[4], _WIDTHS[8], 4, 2, 1), Block(_WIDTHS[8], build)]
        self.coder = nn.Sequential(*coder, nn.Conv2d(_WIDTHS[deep], build.latent, 1))
        drawer: list[nn.Module] = [
            nn.Conv2d(build.latent, _WIDTHS[deep], 3, 1, 1),
            Block(_WIDTHS[deep], build),
        ]
        while deep > 1:
            drawer += [_up(build, _WIDTHS[deep], _WIDTHS[deep // 2])]
            deep //= 2
            drawer += [Block(_WIDTHS[deep], build, kernel=build.kernel if deep > 1 else 3)]
        self.drawer = nn.Sequential(*drawer, nn.Conv2d(_WIDTHS[1], 3, 3, 1, 1))

    def encode(self, x: Tensor) -> Tensor:
        """The latent, kept near -1 to 1 so that noise and steps in it mean the same for every build."""
        return 4 * torch.tanh(self.coder(x) / 4)  # type: ignore[no-any-return]

    def forward(self, x: Tensor) -> Tensor:
        return self.drawer(self.encode(x))  # type: ignore[no-any-return]


class Critic(nn.Module):
    """(n, 3, h, w) -> (n, 1, h / 8, w / 8): how much each place looks like a photograph's."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.PixelUnshuffle(2),
            nn.Conv2d(12, 32, 3, 1, 1),
            nn.LeakyReLU(0.2),
            nn.Conv2d(32, 48, 4, 2, 1),
            nn.LeakyReLU(0.2),
            nn.Conv2d(48, 64, 4, 2, 1),
            nn.LeakyReLU(0.2),
            nn.Conv2d(64, 1, 3, 1, 1),
        )

    def forward(self, x: Tensor) -> Tensor:
        return self.layers(x)  # type: ignore[no-any-return]


class _Resized(nn.Module):
    def __init__(self, how: str) -> None:
        super().__init__()
        self.how = how

    def forward(self, x: Tensor) -> Tensor:
        return functional.interpolate(x, scale_factor=2, mode=self.how)


def _up(build: Build, before: int, after: int) -> nn.Module:
    kernel = build.kernel
    match build.up:
        case UpSampler.TRANSPOSED:
            return nn.ConvTranspose2d(before, after, 4, 2, 1)
        case UpSampler.SHUFFLE:
            return nn.Sequential(nn.Conv2d(before, 4 * after, 3, 1, 1), nn.PixelShuffle(2))
        case UpSampler.NEAREST | UpSampler.BILINEAR:
            # A convolution before the resizing would be the same and cheaper for 1 x 1 kernels alone.
            return nn.Sequential(_Resized(build.up.value), nn.Conv2d(before, after, kernel, 1, kernel // 2))


def loss_of(drawn: Tensor, seen: Tensor) -> Tensor:
    """The mean distance of levels and of neighbouring differences: the second keeps edges from going soft."""
    loss = functional.l1_loss(drawn, seen)
    for axis in (2, 3):
        loss = loss + 0.5 * functional.l1_loss(drawn.diff(dim=axis), seen.diff(dim=axis))
    return loss
