"""The shipped folder of the detector of generated pictures."""

from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from torch import nn

from training.checkpoints import Learning
from training.checks import scores
from training.export import export
from training.image_generated.checking import WAYS, Checked
from training.image_generated.network import SIZE
from training.publishing import Measured, publish

_FAKES: Final = "reconstructions by an unseen autoencoder of photographs from left-out sources"


def publish_image_generated(
    state: Learning, check: Checked, folder: Path, *, version: str, today: date
) -> dict[str, Any]:
    """Every other source chooses the thresholds, and the sources between them measure what these do."""
    return publish(
        folder,
        export=lambda path: export(state.mean, path, size=SIZE),
        card=_card(state, version, sources=sorted(check.left_out)),
        sets=[_measured(state.mean, check, way=way) for way in WAYS],
        today=today,
    )


def _measured(net: nn.Module, check: Checked, *, way: str) -> Measured:
    """As in use: the mean of the logits of the middle and the four corners."""
    real, fake, who = [], [], []
    for number, source in enumerate(sorted(check.left_out)):
        for side, squares in zip((real, fake), check.squares_of(source, way), strict=True):
            side.append(np.array([_pooled(net, square) for square in squares]))
        who.append(np.full(len(real[-1]), number))
    return Measured(
        name=f"{_FAKES}: {way}", real=np.concatenate(real), fake=np.concatenate(fake), who=np.concatenate(who)
    )


def _pooled(net: nn.Module, pixels: NDArray[np.uint8]) -> float:
    last = (pixels.shape[0] - SIZE, pixels.shape[1] - SIZE)
    places = [(last[0] // 2, last[1] // 2), *((top, left) for top in {0, last[0]} for left in {0, last[1]})]
    cut = [pixels[top : top + SIZE, left : left + SIZE] for top, left in dict.fromkeys(places)]
    return float(scores(net, np.stack(cut)).mean())


def _card(state: Learning, version: str, *, sources: list[str]) -> dict[str, Any]:
    return {
        "name": "image-generated",
        "version": version,
        "licence": "research only, as a part of the photographs it was trained on; the code is Apache-2.0",
        "research_only": True,
        "task": "image_generated",
        "input": {"name": "pixels", "size_px": SIZE},
        "output": {"name": "logit", "meaning": "logit"},
        "training_data": [
            "Grocery Store Dataset (Klasson, Zhang, Kjellstrom, WACV 2019; MIT)",
            "one sample each of 617 classes of ImageNet without clothing, bathing and people (research only)",
            "61 photographs from wallpapers of free desktops (Creative Commons and CC0)",
            f"each beside its reconstruction by three small autoencoders; {state.seen} pictures seen",
        ],
        "evaluation_named": f"{_FAKES} ({', '.join(sources)})",
        "known_failures": [
            "never measured on a picture of a real generator: all drawn pictures are by small autoencoders",
            "large generators draw fine details better than these autoencoders; expect it to miss many of them",
            "what passed a strong blur, a small screen or a camera again may lose all traces",
            "drawings, renderings and screenshots were not taught, neither as real nor as generated",
            "a part that was generated inside of a photograph was not taught",
        ],
    }
