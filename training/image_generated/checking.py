"""Photographs of sources that were not learned from, against reconstructions by a build that was not either."""

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from torch import nn

from training import wear
from training.checks import Check, figures, scores
from training.image_generated.autoencoders import UNSEEN
from training.image_generated.drawing import reals
from training.image_generated.network import SIZE
from training.image_generated.pairs import placed
from training.measures import tpr_at

Pixels = NDArray[np.uint8]
WAYS: Final = ("plain", "jpeg75", "half")


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
        return self.figures_of(net, way="plain")

    def every(self, net: nn.Module) -> dict[str, object]:
        return {way: self.figures_of(net, way=way) for way in WAYS}

    def figures_of(self, net: nn.Module, *, way: str) -> dict[str, object]:
        real, fake, each = [], [], {}
        for source, squares in reals(self.folder).items():
            if source not in self.left_out:
                continue
            some = np.linspace(0, len(squares) - 1, min(self.each, len(squares))).astype(int)
            drawn = np.load(self.folder / f"{source}.{UNSEEN}.npy", mmap_mode="r")
            real.append(scores(net, np.stack([_met(squares[one], way) for one in some])))
            fake.append(scores(net, np.stack([_met(drawn[one], way) for one in some])))
            each[source] = figures(real[-1], fake[-1])["auc"]
        all_real, all_fake = np.concatenate(real), np.concatenate(fake)
        whole: dict[str, object] = dict(figures(all_real, all_fake))
        return whole | {
            "tpr_at_fpr_01": round(tpr_at(all_real, all_fake, 0.01), 3),
            "n": len(all_real),
            "each": each,
        }


def _met(pixels: Pixels, way: str) -> Pixels:
    """The middle of a square; at half the size the whole of it, mirrored at its border."""
    if way == "half":
        return placed(wear.scaled(np.array(pixels), 0.5), 0, 0, size=SIZE)
    if way == "jpeg75":
        pixels = wear.jpeg(np.array(pixels), 75)
    start = (len(pixels) - SIZE) // 2
    return placed(np.array(pixels), start, start, size=SIZE)
