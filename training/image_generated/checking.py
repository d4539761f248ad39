"""Photographs of sources that were not learned from, against reconstructions by a build that was not either."""

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from torch import nn

from haetae.detect.classifying.measures import tpr_at
from training import wear
from training.checks import Check, figures, scores
from training.image_generated.autoencoders import UNSEEN
from training.image_generated.drawing import reals
from training.image_generated.looks import mixed
from training.image_generated.network import SIZE
from training.image_generated.pairs import inner, placed

Pixels = NDArray[np.uint8]
WAYS: Final = ("plain", "jpeg75", "half", "faint")
_FAINT: Final = 0.4  # share of what the reconstruction differs by, about 8 dB better


class Checked(Check):
    """AUC, paired accuracy and TPR at 1 % FPR; `each` names the AUC by source, whose photographs differ much."""

    def __init__(self, folder: Path, *, left_out: frozenset[str], each: int = 150) -> None:
        self.folder, self.left_out, self.each = folder, left_out, each
        missing = left_out - set(reals(folder))
        if missing:
            raise ValueError(
                f"--left-out names {', '.join(sorted(missing))}, of which {folder} has no squares."
            )

    def __call__(self, net: nn.Module) -> dict[str, object]:
        faint = self.figures_of(net, way="faint")
        return self.figures_of(net, way="plain") | {"faint": {"auc": faint["auc"], "paired": faint["paired"]}}

    def every(self, net: nn.Module) -> dict[str, object]:
        return {way: self.figures_of(net, way=way) for way in WAYS}

    def squares_of(self, source: str, way: str) -> tuple[list[Pixels], list[Pixels]]:
        """Of a left-out source: its squares and the same drawn again, as they may be met."""
        squares = reals(self.folder)[source]
        drawn = np.load(self.folder / f"{source}.{UNSEEN}.npy", mmap_mode="r")
        some = np.linspace(0, len(squares) - 1, min(self.each, len(squares))).astype(int)
        real, fake = [inner(squares[one]) for one in some], [inner(drawn[one]) for one in some]
        if way == "faint":
            fake = [mixed(one, other, share=_FAINT) for one, other in zip(fake, real, strict=True)]
        return [_met(one, way) for one in real], [_met(one, way) for one in fake]

    def figures_of(self, net: nn.Module, *, way: str) -> dict[str, object]:
        real, fake, each = [], [], {}
        for source in sorted(self.left_out):
            for side, squares in zip((real, fake), self.squares_of(source, way), strict=True):
                side.append(scores(net, np.stack([_middle(square) for square in squares])))
            each[source] = figures(real[-1], fake[-1])["auc"]
        all_real, all_fake = np.concatenate(real), np.concatenate(fake)
        whole: dict[str, object] = dict(figures(all_real, all_fake))
        return whole | {
            "tpr_at_fpr_01": round(tpr_at(all_real, all_fake, 0.01), 3),
            "n": len(all_real),
            "each": each,
        }


def _met(pixels: Pixels, way: str) -> Pixels:
    """At least SIZE a side, mirrored at its border where it is smaller."""
    if way == "half":
        return placed(wear.scaled(pixels, 0.5), 0, 0, size=SIZE)
    return wear.jpeg(pixels, 75) if way == "jpeg75" else pixels


def _middle(pixels: Pixels) -> Pixels:
    top, left = (side - SIZE for side in pixels.shape[:2])
    return placed(pixels, top // 2, left // 2, size=SIZE)
