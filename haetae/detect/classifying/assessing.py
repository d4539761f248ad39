"""What the models say of one picture: the one rule by which faces and squares become a score."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from haetae.detect.classifying.boxes import FoundFace
from haetae.detect.classifying.card import ModelCard, Task
from haetae.detect.classifying.faces import SMALLEST_PX, FaceFinder, square_around, whole_square
from haetae.detect.classifying.outside.program import Program
from haetae.detect.classifying.running import Model, NotAssessed, Pixels

FACES_ASKED_MOST: Final = 8  # of a picture, the largest first
SMALLEST_SIDE_PX: Final = 64  # of a picture that is looked at as a whole
_FACE_TASKS: Final = frozenset({Task.FACE_MANIPULATED})


@dataclass(frozen=True, kw_only=True)
class Said:
    """A calibrated probability, from 0 to 1; for a face task also the face that it is about, the most suspect one."""

    probability: float
    face: FoundFace | None = None


@dataclass(frozen=True, kw_only=True)
class Models:
    """What is loaded in this process. A task without a model is a slot that says so."""

    finder: FaceFinder | None = None
    by_task: tuple[Model | Program, ...] = ()

    def of(self, task: Task) -> Model | Program | None:
        return next((model for model in self.by_task if model.card.task is task), None)

    def card(self, task: Task) -> ModelCard | None:
        model = self.of(task)
        return None if model is None else model.card

    def assess(self, task: Task, pixels: Pixels, *, whole: bool = False) -> Said | NotAssessed:
        """One picture of (H, W, 3) levels, red first. `whole`: it is cut to one face already, so none is looked for."""
        model = self.of(task)
        if model is None:
            return NotAssessed.NO_MODEL
        if isinstance(model, Model) and task in _FACE_TASKS and not whole:
            return self._most_suspect_face(model, pixels)
        if min(pixels.shape[:2]) < SMALLEST_SIDE_PX:
            return NotAssessed.TOO_SMALL
        if isinstance(model, Program):
            answer = model.probability(pixels)
            return answer if isinstance(answer, NotAssessed) else Said(probability=answer)
        squares = list(_squares(pixels, size=_size(model))) if task not in _FACE_TASKS else [
            whole_square(pixels, size=_size(model))
        ]  # fmt: skip
        said = model.probabilities(squares)
        failed = next((one for one in said if isinstance(one, NotAssessed)), None)
        return failed or Said(probability=pooled([one for one in said if isinstance(one, float)]))

    def faces(self, pixels: Pixels) -> list[FoundFace] | NotAssessed:
        """The faces of a picture that are large enough to be looked at, the largest first; or why there are none."""
        if self.finder is None:
            return NotAssessed.NO_FINDER
        found = self.finder.find(pixels)
        if isinstance(found, NotAssessed):
            return found
        large = [face for face in found if face.longer_px >= SMALLEST_PX]
        if not large:
            return NotAssessed.FACE_TOO_SMALL if found else NotAssessed.NO_FACE
        return large[:FACES_ASKED_MOST]

    def face_probabilities(
        self, model: Model, pixels: Pixels, faces: Sequence[FoundFace]
    ) -> list[float | NotAssessed]:
        """Of each face by itself."""
        margin = model.card.input.crop_margin
        return model.probabilities(
            [square_around(pixels, face, margin=margin, size=_size(model)) for face in faces]
        )

    def _most_suspect_face(self, model: Model, pixels: Pixels) -> Said | NotAssessed:
        faces = self.faces(pixels)
        if isinstance(faces, NotAssessed):
            return faces
        said = self.face_probabilities(model, pixels, faces)
        scored = [(one, face) for one, face in zip(said, faces, strict=True) if isinstance(one, float)]
        if not scored:
            return next(one for one in said if isinstance(one, NotAssessed))
        probability, face = max(scored, key=lambda pair: pair[0])
        return Said(probability=probability, face=face)


def pooled(probabilities: Sequence[float]) -> float:
    """Several looks at the same thing as one: the mean of the log-odds, so that no single sure one outweighs all."""
    inside = np.clip(probabilities, 1e-6, 1 - 1e-6)
    mean = float(np.log(inside / (1 - inside)).mean())
    return float(1 / (1 + np.exp(-mean)))


def _size(model: Model) -> int:
    assert model.card.input.size_px is not None  # a card of this task without one is refused
    return model.card.input.size_px


def _squares(pixels: Pixels, *, size: int) -> Iterator[Pixels]:
    """The middle and the four corners at their own resolution: traces of making do not survive scaling.

    A picture that is smaller is continued by its own mirror image.
    """
    missing = [max(0, size - side) for side in pixels.shape[:2]]
    if any(missing):
        around = (*((part // 2, part - part // 2) for part in missing), (0, 0))
        pixels = np.pad(pixels, around, mode="symmetric")
    height, width = pixels.shape[:2]
    tops, lefts = {0, height - size}, {0, width - size}
    places = [((height - size) // 2, (width - size) // 2), *((top, left) for top in tops for left in lefts)]
    for top, left in dict.fromkeys(places):
        yield np.ascontiguousarray(pixels[top : top + size, left : left + size])
