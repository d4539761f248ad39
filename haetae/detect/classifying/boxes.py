"""Boxes of faces: from what a finder says of a picture to the faces that are meant. Pure; training reads it so too."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

LEAST_PROBABILITY: Final = 0.5
OVERLAP_MOST: Final = 0.4  # share of the union; of two that share more the surer one counts
PART_LEAST: Final = 0.8  # share of its own area that lies inside a larger face
STRIDES: Final = (8, 16, 32)
_LOG_MOST: Final = 6.0


@dataclass(frozen=True, kw_only=True)
class FoundFace:
    """A box in pixels of the picture, and how sure the finder is."""

    x: float
    y: float
    width: float
    height: float
    probability: float

    @property
    def longer_px(self) -> float:
        return max(self.width, self.height)


def by_cell(answers: list[NDArray[np.float32]]) -> NDArray[np.float64]:
    """(n, 5): x, y, width, height and probability, in pixels of what was shown. See training/face_finder/network.py."""
    is_face, where = answers[0][0, 0], answers[1][0]
    stride = STRIDES[0]
    with np.errstate(over="ignore"):
        probability = 1 / (1 + np.exp(-is_face.astype(np.float64)))
    rows, columns = np.nonzero(~(probability < LEAST_PROBABILITY))
    dx, dy, log_w, log_h = (part[rows, columns].astype(np.float64) for part in where)
    width, height = np.exp(np.minimum(log_w, _LOG_MOST)), np.exp(np.minimum(log_h, _LOG_MOST))
    x, y = columns + 0.5 + dx - width / 2, rows + 0.5 + dy - height / 2
    return np.stack(
        [x * stride, y * stride, width * stride, height * stride, probability[rows, columns]], axis=1
    )


def by_stride(answers: list[NDArray[np.float32]], shape: tuple[int, ...]) -> NDArray[np.float64]:
    """The same from YuNet's outputs: class, object and box of each place at three strides (Wu, Peng, Yu, 2023)."""
    found = []
    for number, stride in enumerate(STRIDES):
        cells = shape[1] // stride
        is_class, is_object = (answers[number + 3 * part].reshape(-1).astype(np.float64) for part in (0, 1))
        box = answers[number + 6].reshape(-1, 4).astype(np.float64)
        probability = np.sqrt(np.clip(is_class, 0, 1) * np.clip(is_object, 0, 1))
        places = np.flatnonzero(~(probability < LEAST_PROBABILITY))
        row, column = places // cells, places % cells
        width, height = (np.exp(np.minimum(box[places, side], _LOG_MOST)) * stride for side in (2, 3))
        x = (column + box[places, 0]) * stride - width / 2
        y = (row + box[places, 1]) * stride - height / 2
        found.append(np.stack([x, y, width, height, probability[places]], axis=1))
    return np.concatenate(found)


def apart(faces: list[FoundFace]) -> list[FoundFace]:
    """The surest first: one that lies over a surer one is the same face, and one inside a larger one a part of it."""
    kept: list[FoundFace] = []
    for face in sorted(faces, key=lambda face: -face.probability)[:1_000]:
        if all(overlap(face, other) <= OVERLAP_MOST for other in kept):
            kept.append(face)
    return [face for face in kept if not any(_is_part(face, other) for other in kept)]


def overlap(a: FoundFace, b: FoundFace) -> float:
    """Intersection over union."""
    shared = _shared(a, b)
    return shared / (a.width * a.height + b.width * b.height - shared) if shared else 0.0


def _is_part(face: FoundFace, other: FoundFace) -> bool:
    """Whether it lies inside one of at least four times its area."""
    own = face.width * face.height
    return other.width * other.height > 4 * own and _shared(face, other) > PART_LEAST * own


def _shared(a: FoundFace, b: FoundFace) -> float:
    """Area, in pixels."""
    wide = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    high = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    return max(wide, 0.0) * max(high, 0.0)
