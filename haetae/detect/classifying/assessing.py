"""What the models say of one picture: the one rule by which faces and squares become a score."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from haetae.detect.classifying.boxes import FoundFace
from haetae.detect.classifying.calibration import pooled, probability_of
from haetae.detect.classifying.card import ModelCard, Task
from haetae.detect.classifying.faces import SMALLEST_PX, FaceFinder, is_smooth, square_around, whole_square
from haetae.detect.classifying.outside.program import Program
from haetae.detect.classifying.running import FAILED_LOOKS, Model, NotAssessed, Pixels

FACES_ASKED_MOST: Final = 8  # of a picture, the largest first
SMALLEST_SIDE_PX: Final = 64  # of a picture that is looked at as a whole
PLAIN_LEVELS: Final = 8  # of 256, between the darkest and the lightest: what a JPEG leaves in an even area
_FACE_TASKS: Final = frozenset({Task.FACE_MANIPULATED})


@dataclass(frozen=True, kw_only=True)
class Said:
    """`score` is what the model says, in log-odds, `probability` what that means by the card's calibration.

    For a face task `face` is the one that it is about, the most suspect of the `asked`; `found` counts all that were
    found, small ones too. `failed`: the model gave no answer about another face.
    """

    score: float
    probability: float
    face: FoundFace | None = None
    found: int | None = None
    asked: int | None = None
    failed: NotAssessed | None = None


@dataclass(frozen=True, kw_only=True)
class Models:
    """What is loaded in this process. A task without a model is a slot that says so.

    `refused` are the tasks whose only models were refused: damaged, expired, or for a use that nobody accepted.
    """

    finder: FaceFinder | None = None
    by_task: tuple[Model | Program, ...] = ()
    refused: frozenset[Task] = frozenset()

    def of(self, task: Task) -> Model | Program | None:
        return next((model for model in self.by_task if model.card.task is task), None)

    def card(self, task: Task) -> ModelCard | None:
        model = self.of(task)
        return None if model is None else model.card

    def why_none(self, task: Task) -> NotAssessed:
        """Why nobody is asked about it."""
        return NotAssessed.MODEL_REFUSED if task in self.refused else NotAssessed.NO_MODEL

    def assess(self, task: Task, pixels: Pixels, *, whole: bool = False) -> Said | NotAssessed:
        """One picture of (H, W, 3) levels, red first. `whole`: it is cut to one face already, so none is looked for."""
        model = self.of(task)
        if model is None:
            return self.why_none(task)
        if isinstance(model, Model) and task in _FACE_TASKS and not whole:
            return self._most_suspect_face(model, pixels)
        if min(pixels.shape[:2]) < SMALLEST_SIDE_PX:
            return NotAssessed.TOO_SMALL
        if isinstance(model, Program):
            found = model.look(pixels)
            if isinstance(found, NotAssessed):
                return found
            return Said(score=model.score_of(found), probability=model.probability_of(found))
        squares = list(_squares(pixels, size=_size(model))) if task not in _FACE_TASKS else [
            whole_square(pixels, size=_size(model))
        ]  # fmt: skip
        squares = [square for square in squares if not _is_plain(square)]
        if not squares:
            return NotAssessed.TOO_PLAIN
        said = model.scores(squares)
        failed = next((one for one in said if isinstance(one, NotAssessed)), None)
        if failed is not None:
            return failed
        score = pooled([one for one in said if isinstance(one, float)], model.card.knots)
        return Said(score=score, probability=probability_of(model.card.knots, score))

    def faces(self, pixels: Pixels) -> list[FoundFace] | NotAssessed:
        """All faces of a picture, the largest first, at least one of them large enough; or why there are none."""
        if self.finder is None:
            return NotAssessed.NO_FINDER
        found = self.finder.find(pixels)
        if isinstance(found, NotAssessed):
            return found
        if not worth_asking(found):
            return NotAssessed.FACE_TOO_SMALL if found else NotAssessed.NO_FACE
        return found

    def face_scores(
        self, model: Model, pixels: Pixels, faces: Sequence[FoundFace]
    ) -> list[float | NotAssessed]:
        """Of each face by itself."""
        margin = model.card.input.crop_margin
        looked_at = [face for face in faces if not is_smooth(pixels, face)]
        scores = iter(
            model.scores(
                [square_around(pixels, face, margin=margin, size=_size(model)) for face in looked_at]
            )
        )
        return [next(scores) if face in looked_at else NotAssessed.FACE_TOO_SMOOTH for face in faces]

    def _most_suspect_face(self, model: Model, pixels: Pixels) -> Said | NotAssessed:
        found = self.faces(pixels)
        if isinstance(found, NotAssessed):
            return found
        faces = worth_asking(found)
        said = self.face_scores(model, pixels, faces)
        scored = [(one, face) for one, face in zip(said, faces, strict=True) if isinstance(one, float)]
        silent = [one for one in said if isinstance(one, NotAssessed)]
        if not scored:
            return weightiest(silent)
        score, face = max(scored, key=lambda pair: pair[0])
        return Said(
            score=score,
            probability=probability_of(model.card.knots, score),
            face=face,
            found=len(found),
            asked=len(scored),
            failed=next((one for one in silent if one in FAILED_LOOKS), None),
        )


def worth_asking(faces: Sequence[FoundFace]) -> list[FoundFace]:
    """Those that are large enough to be looked at, as many as are."""
    return [face for face in faces if face.longer_px >= SMALLEST_PX][:FACES_ASKED_MOST]


def weightiest(silent: Sequence[NotAssessed]) -> NotAssessed:
    """Of several reasons a failed look comes first: it must not hide behind a frame without a face."""
    return next((one for one in silent if one in FAILED_LOOKS), silent[0])


def _size(model: Model) -> int:
    assert model.card.input.size_px is not None  # a card of this task without one is refused
    return model.card.input.size_px


def _is_plain(square: Pixels) -> bool:
    """Whether there is nothing in it that could have been made one way or another: black, white, one colour."""
    return int(np.ptp(square, axis=(0, 1)).max()) <= PLAIN_LEVELS


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
