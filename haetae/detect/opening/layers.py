"""Where Pillow lays the frames of an animation over each other otherwise than viewers do. Runs inside an opener."""

from typing import Any, cast

from PIL import Image
from PIL.PngImagePlugin import Disposal


class Layers:
    """Goes from frame to frame of one picture, each of which is decoded before the next is asked for."""

    def __init__(self, image: Image.Image) -> None:
        self._image = cast("Any", image)
        self._before: Any = None
        # A WebP that says it has no alpha may be one of frames that have.
        if getattr(image, "rawmode", "") == "RGBX":
            self._image.rawmode = self._image._mode = "RGBA"

    def go_to(self, number: int) -> None:
        """Raises EOFError behind the last frame, and what else a decoder raises."""
        image = self._image
        if self._before is not None:
            # Pillow paints on what it should go back to; seen with 13.0.
            image._prev_im = self._before
        if number == 1 and getattr(image, "default_image", False):
            # The picture for viewers that know no animation: where frames are shown, none of it is.
            image.dispose_op, image.dispose_extent = Disposal.OP_BACKGROUND, (0, 0, *image.size)
        image.seek(number)
        goes_back = getattr(image, "dispose_op", None) == Disposal.OP_PREVIOUS
        self._before = image._prev_im.copy() if goes_back else None
