"""Where faces are, and the square around one that a model is shown."""

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from haetae.detect.classifying.boxes import FoundFace, apart, by_cell, by_stride
from haetae.detect.classifying.card import ModelRefusedError, Task
from haetae.detect.classifying.outside.program import Program
from haetae.detect.classifying.running import Model, NotAssessed, Pixels, shown

COARSE_PX: Final = 320  # the longer side of what is searched for faces up to the whole picture
FINE_PX: Final = 640  # and for small ones
LARGEST_IN_FINE: Final = 0.375  # share of the longer side; larger ones are found in the coarse look
ROOM: Final = 0.25  # of the longer side, added on each side of a picture in which no face was found
FILLS: Final = 0.6  # of the shorter side: smaller faces have room of their own already
FACES_MOST: Final = 50
SMALLEST_PX: Final = 48  # the longer side of a face below which no model is asked
# Share of pixels that are just as their neighbour, in the box of a face. Of 300 photographed faces at most .46, also
# after JPEG 30 or doubled and JPEG 50, and .74 after JPEG 10; of faces drawn in even colours from .74 on.
SMOOTHEST: Final = 0.6


class FaceFinder:
    """Finds faces of about a fortieth of the picture's longer side and more."""

    def __init__(self, model: Model | Program) -> None:
        """Raises ModelRefusedError for a model of another task."""
        if isinstance(model, Program) or model.card.task is not Task.FACE_FINDER:
            raise ModelRefusedError(
                f"{model.card.title}: field 'task': it must be face_finder to find faces."
            )
        self.model: Final[Model] = model

    def find(self, pixels: Pixels) -> list[FoundFace] | NotAssessed:
        """The largest first, at most fifty."""
        found = self._find(pixels)
        if found:
            return found
        return self._filling(pixels)

    def _filling(self, pixels: Pixels) -> list[FoundFace] | NotAssessed:
        """A face that fills the picture has no outline to be found by, so it is given some room around it."""
        longer_px = max(pixels.shape[:2])
        share = COARSE_PX / (1 + 2 * ROOM) / longer_px
        small = _resized(
            pixels, max(1, round(pixels.shape[1] * share)), max(1, round(pixels.shape[0] * share))
        )
        room = round(ROOM * max(small.shape[:2]))
        framed = np.pad(small, ((room, room), (room, room), (0, 0)), mode="edge")
        look = self.model.card.input.size_px or COARSE_PX
        boxes = self._boxes(framed, share=look / max(framed.shape[:2]))
        if isinstance(boxes, NotAssessed):
            return boxes
        back = [_moved(face, by=-room, scale=1 / share) for face in apart(boxes)]
        inside = [
            face for face in back if _middle_inside(face, width=pixels.shape[1], height=pixels.shape[0])
        ]
        return [face for face in inside if face.longer_px >= FILLS * min(pixels.shape[:2])]

    def _find(self, pixels: Pixels) -> list[FoundFace] | NotAssessed:
        height, width = pixels.shape[:2]
        fixed = self.model.card.input.size_px
        looks = [(fixed, 1.0)] if fixed else [(COARSE_PX, 1.0), (FINE_PX, LARGEST_IN_FINE)]
        found: list[FoundFace] = []
        for longer_px, largest in looks:
            boxes = self._boxes(pixels, share=longer_px / max(height, width))
            if isinstance(boxes, NotAssessed):
                return boxes
            found += [face for face in boxes if face.longer_px <= largest * max(height, width)]
        inside = [face for face in apart(found) if _middle_inside(face, width=width, height=height)]
        return sorted(inside, key=lambda face: -face.longer_px)[:FACES_MOST]

    def _boxes(self, pixels: Pixels, *, share: float) -> list[FoundFace] | NotAssessed:
        """What is found in the picture scaled by `share`, in pixels of the picture itself."""
        height, width = pixels.shape[:2]
        padded = self._padded(_resized(pixels, max(1, round(width * share)), max(1, round(height * share))))
        try:
            answers = self.model.raw(shown(padded, self.model.card.input)[None])
            in_cells = self.model.card.output.meaning == "faces_by_cell"
            boxes = by_cell(answers) if in_cells else by_stride(answers, padded.shape)
        except Exception:  # as of every model
            return NotAssessed.MODEL_FAILED
        if not np.isfinite(boxes).all():
            return NotAssessed.NO_NUMBER
        return [
            FoundFace(x=x / share, y=y / share, width=w / share, height=h / share, probability=p)
            for x, y, w, h, p in boxes.tolist()
        ]

    def _padded(self, small: Pixels) -> Pixels:
        """Black to the right and below, to the sides that the model takes."""
        how = self.model.card.input
        of = how.size_px or max(how.multiple_of, 32)
        padded = np.zeros((-(-small.shape[0] // of) * of, -(-small.shape[1] // of) * of, 3), np.uint8)
        padded[: small.shape[0], : small.shape[1]] = small
        return padded


def is_smooth(pixels: Pixels, face: FoundFace) -> bool:
    """Whether it is drawn in even colours, or compressed until nothing is left that tells how it was made."""
    top, left = max(0, round(face.y)), max(0, round(face.x))
    inside = pixels[top : round(face.y + face.height), left : round(face.x + face.width)]
    if inside.shape[1] < 2 or not len(inside):
        return False
    return float((inside[:, 1:] == inside[:, :-1]).all(axis=2).mean()) > SMOOTHEST


def square_around(pixels: Pixels, face: FoundFace, *, margin: float, size: int) -> Pixels:
    """(size, size, 3): `margin` times the longer side of the box, around its middle; the border is repeated.

    The rule by which the squares of the training were cut (training/faces/crops.py).
    """
    side = max(1, round(face.longer_px * margin))
    left = round(face.x + face.width / 2 - face.longer_px * margin / 2)
    top = round(face.y + face.height / 2 - face.longer_px * margin / 2)
    height, width = pixels.shape[:2]
    inside = pixels[max(top, 0) : min(top + side, height), max(left, 0) : min(left + side, width)]
    around = (
        (max(-top, 0), max(top + side - height, 0)),
        (max(-left, 0), max(left + side - width, 0)),
        (0, 0),
    )
    return whole_square(np.pad(inside, around, mode="edge"), size=size)


def whole_square(pixels: Pixels, *, size: int) -> Pixels:
    """The whole picture as the square: for sets of pictures that were cut to faces already.

    What shrinks is averaged by exact shares of pixels, as in the training. A filter that counts a pixel wholly or not
    at all averages now one, now two of them, and its pattern lies over the traces that the models look for.
    """
    if min(pixels.shape[:2]) < size or pixels.shape[:2] == (size, size):
        return _resized(pixels, size, size)
    rows = _averaged(pixels.astype(np.float32), size)
    columns = _averaged(np.ascontiguousarray(rows.transpose(1, 0, 2)), size)
    return np.ascontiguousarray(np.rint(columns.transpose(1, 0, 2)), np.uint8)


def _averaged(levels: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    """`size` rows, each the mean of those that it covers, the first and the last of them by the covered share."""
    edges = np.arange(size + 1) * (len(levels) / size)
    first = np.minimum(edges.astype(np.intp), len(levels) - 1)
    share = (edges - first).astype(np.float32)[:, None, None]
    sums = np.add.reduceat(levels, first[:-1], axis=0)
    sums[-1] -= levels[-1]  # which the last edge adds again with its share
    sums += share[1:] * levels[first[1:]] - share[:-1] * levels[first[:-1]]
    return np.asarray(sums * np.float32(size / len(levels)))


def _resized(pixels: Pixels, width: int, height: int) -> Pixels:
    """Averaged where it shrinks and drawn linearly where it grows: fast enough for a whole picture."""
    if pixels.shape[:2] == (height, width):
        return np.ascontiguousarray(pixels)
    shrinks = width * height < pixels.shape[0] * pixels.shape[1]
    how = Image.Resampling.BOX if shrinks else Image.Resampling.BILINEAR
    return np.asarray(Image.fromarray(np.ascontiguousarray(pixels)).resize((width, height), how))


def _moved(face: FoundFace, *, by: float, scale: float) -> FoundFace:
    return replace(
        face,
        x=(face.x + by) * scale,
        y=(face.y + by) * scale,
        width=face.width * scale,
        height=face.height * scale,
    )


def _middle_inside(face: FoundFace, *, width: int, height: int) -> bool:
    return 0 <= face.x + face.width / 2 <= width and 0 <= face.y + face.height / 2 <= height
