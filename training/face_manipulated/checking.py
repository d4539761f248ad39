"""Fixed pairs of left-out identities, altered with other settings than those that are learned from."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from torch import nn

from haetae.detect.classifying.measures import tpr_at
from training.checks import Check, figures, scores, worn_again
from training.face_manipulated.batches import SIZE, lesson_of
from training.face_manipulated.blends import Recipe
from training.faces.aaf import Face
from training.faces.mirror import mirrored_index

# Each way by itself, and parts of the face in other shares than those that are learned from.
SETS: Final = {
    "self": Recipe(
        self_blend=1, mirror=0, weak_decoder=0, seamless=0, kind_weights=(0.5, 0, 0.5, 0, 0, 0, 0, 0)
    ),
    "mirror": Recipe(self_blend=0, mirror=1, weak_decoder=0, seamless=0),
    "weak_decoder": Recipe(self_blend=0, mirror=0, weak_decoder=1, seamless=0),
    "seamless": Recipe(self_blend=0.3, mirror=0.7, weak_decoder=0, seamless=1),
}


@dataclass(frozen=True, kw_only=True)
class FixedSet:
    """`pixels` (pairs, 2, SIZE, SIZE, 3); `who` is the serial of each identity."""

    name: str
    pixels: NDArray[np.uint8]
    who: tuple[int, ...]


def fixed_sets(faces: list[Face], *, pairs: int, seed: int = 20_261_126) -> list[FixedSet]:
    cv2.setNumThreads(1)
    partner = mirrored_index(np.stack([face.points for face in faces]))
    made = []
    for number, (name, recipe) in enumerate(SETS.items()):
        rng = np.random.default_rng([seed, number])
        chosen = rng.permutation(len(faces))[:pairs]
        lessons = [
            lesson_of(faces[int(one)], partner=partner, hard=1.0, rng=rng, recipe=recipe, amount=0.8).pixels
            for one in chosen
        ]
        who = tuple(faces[int(one)].serial for one in chosen)
        made.append(FixedSet(name=name, pixels=np.stack(lessons), who=who))
    return made


class Checked(Check):
    """AUC, paired accuracy and TPR at 1 % FPR of each set; of all together also after JPEG 75 and at half the size."""

    def __init__(self, faces: list[Face], *, pairs: int = 200) -> None:
        self.sets = fixed_sets(faces, pairs=pairs)

    def __call__(self, net: nn.Module) -> dict[str, object]:
        row: dict[str, object] = {}
        all_real, all_fake = [], []
        for one in self.sets:
            got = scores(net, one.pixels.reshape(-1, SIZE, SIZE, 3)).reshape(-1, 2)
            all_real.append(got[:, 0])
            all_fake.append(got[:, 1])
            row[one.name] = figures(got[:, 0], got[:, 1])
        real, fake = np.concatenate(all_real), np.concatenate(all_fake)
        row["all"] = figures(real, fake) | {"tpr_at_fpr_01": round(tpr_at(real, fake, 0.01), 3)}
        return row


def worn_figures(net: nn.Module, sets: list[FixedSet]) -> dict[str, object]:
    """The same after a JPEG of quality 75 and at half the size."""
    row: dict[str, object] = {}
    for name in ("jpeg75", "half"):
        real, fake = [], []
        for one in sets:
            flat = one.pixels.reshape(-1, SIZE, SIZE, 3)
            got = scores(net, np.stack([worn_again(pixels, name) for pixels in flat])).reshape(-1, 2)
            real.append(got[:, 0])
            fake.append(got[:, 1])
        row[name] = figures(np.concatenate(real), np.concatenate(fake))
    return row
