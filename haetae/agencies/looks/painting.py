"""From a frame to the little that an official is shown of it: grey, blurred, small. Pure."""

from collections.abc import Mapping
from io import BytesIO
from typing import Final

import numpy as np
from PIL import Image, ImageFilter

from haetae.agencies.looks.states import Step
from haetae.detect.hashing.frame import Frame

# What leaves is no more than this many levels of grey along the longer side, whatever the picture holds.
CELLS: Final[Mapping[Step, int]] = {Step.BLURRED: 20, Step.CLEARER: 56}
SHOWN_PX: Final = 360  # along the longer side; soft between two cells, so that no eye rests on their edges


def painted(frame: Frame, *, step: Step) -> bytes:
    """A PNG. Each of its cells is the mean of the pixels under it, so that nothing finer is left to bring out."""
    cells = _averaged(frame, cells=CELLS[step])
    size = _fitted(cells.shape[1], cells.shape[0], longest=SHOWN_PX)
    large = Image.fromarray(cells).resize(size, resample=Image.Resampling.BICUBIC)
    png = BytesIO()
    large.filter(ImageFilter.GaussianBlur(SHOWN_PX / max(cells.shape) / 3)).save(png, "PNG")
    return png.getvalue()


def _averaged(frame: Frame, *, cells: int) -> "np.ndarray[tuple[int, int], np.dtype[np.uint8]]":
    height, width = frame.luma.shape
    size = _fitted(width, height, longest=min(cells, max(width, height)))
    small = Image.fromarray(np.ascontiguousarray(frame.luma)).resize(size, resample=Image.Resampling.BOX)
    levels = np.asarray(small, dtype=np.float32)
    if not frame.full_range:
        levels = (levels - 16) * frame.gain
    return np.clip(np.rint(levels), 0, 255).astype(np.uint8)


def _fitted(width: int, height: int, *, longest: int) -> tuple[int, int]:
    """The same shape with this longer side; at least one pixel each way, however long and thin it is."""
    scale = longest / max(width, height)
    return max(1, round(width * scale)), max(1, round(height * scale))
