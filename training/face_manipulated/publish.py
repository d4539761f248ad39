"""The shipped folder of the face detector."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from torch import nn

from training.checkpoints import Learning
from training.checks import scores
from training.export import export
from training.face_manipulated import checking
from training.face_manipulated.batches import SIZE
from training.faces import crops
from training.faces.aaf import Face
from training.publishing import Measured, publish


def publish_face_manipulated(
    state: Learning, left_out: list[Face], folder: Path, *, version: str, today: date
) -> dict[str, Any]:
    """Measured on blends of identities that were never learned from, made with other settings."""
    sets = [_measured(state.mean, one) for one in checking.fixed_sets(left_out, pairs=len(left_out))]
    return publish(
        folder,
        export=lambda path: export(state.mean, path, size=SIZE),
        card=_card(state, version),
        sets=sets,
        today=today,
    )


def _measured(net: nn.Module, one: checking.FixedSet) -> Measured:
    got = scores(net, one.pixels.reshape(-1, SIZE, SIZE, 3)).reshape(-1, 2)
    return Measured(
        name=f"own blends of left-out identities: {one.name}",
        real=got[:, 0],
        fake=got[:, 1],
        who=np.asarray(one.who),
    )


def _card(state: Learning, version: str) -> dict[str, Any]:
    return {
        "name": "face-manipulated",
        "version": version,
        "licence": "research only, as All-Age-Faces, which it was trained on; the code is Apache-2.0",
        "research_only": True,
        "task": "face_manipulated",
        "input": {"name": "pixels", "size_px": SIZE, "crop_margin": crops.MARGIN},
        "output": {"name": "logit", "meaning": "logit"},
        "training_data": [
            "All-Age-Faces (Cheng et al., Tsinghua Science and Technology 24(3), 2019), adults of 20 and more, nine of"
            f" ten identities; every altered face is blended from the same photograph alone; {state.seen} pictures seen"
        ],
        "evaluation_named": "own blends of left-out identities of the same source",
        "known_failures": [
            "of the swaps that others made it finds at most one frame of six at its thresholds: see the evaluation",
            "a swap by GHOST, of 2022, seems more real to it than the original; re-enacted mouths it hardly sees",
            "the films that it was measured on are few, and some were looked at to choose between ideas of training",
            "the probabilities are of our own blends; films of others score lower, real and altered alike",
            "where nothing but place or a little colour was altered it is little better than chance",
            "all faces of the training come from one source, most of them East Asian adults",
            "generated faces, splices outside of the face and filters of cameras were not taught",
            "faces under 48 pixels are not looked at; no child was ever shown to it",
        ],
    }
