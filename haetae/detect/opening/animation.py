"""Animated pictures as short films: each frame as a viewer shows it, over those before. Runs inside an opener.

Pillow lays one over the other: what a frame leaves behind, mixes in or wipes away, in GIF, PNG, WebP and AVIF.
"""

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from haetae.detect.hashing.frame import Frame
from haetae.detect.opening.colours import FILM_PIXELS_MOST, seen_of
from haetae.detect.opening.facts import ColourFrame, Decoded, Limits, Look, framed, pixels_of
from haetae.detect.opening.frames import MOST
from haetae.detect.opening.layers import Layers
from haetae.detect.opening.luma import orientation_of, upright
from haetae.detect.opening.wire import MOMENT_MOST_MS

# Browsers show a frame that says it lasts no longer than 10 ms for 100 ms.
_TOO_SHORT_MS: Final = 10
_INSTEAD_MS: Final = 100
# Of what a file may cost: the rest is for the frame in hand when this is used up.
SHARE_OF_TIME: Final = 1 / 3


@dataclass(kw_only=True)
class Playing:
    """`announced` is how many frames the file says it has; `whole` turns true when the last of them was given."""

    image: Image.Image
    announced: int
    most: int
    cpu_s: float
    wall_s: float
    look: Look = Look.GRAY
    whole: bool = False

    def frames(self) -> Iterator[Frame | ColourFrame]:
        """In order, each with its moment. Raises what a decoder raises for the first; at a later one it ends."""
        cpu_s, wall_s = time.process_time(), time.monotonic()
        size, orientation, layers = self.image.size, orientation_of(self.image), Layers(self.image)
        pixels, at_ms, given = self._shown(size=size, orientation=orientation), 0, 0
        while True:
            yield framed(pixels, at_ms=min(at_ms, MOMENT_MOST_MS))
            given, at_ms = given + 1, at_ms + _lasts_ms(self.image)
            late = time.process_time() - cpu_s > self.cpu_s or time.monotonic() - wall_s > self.wall_s
            if late or given == self.most:
                return
            try:
                layers.go_to(given)
                pixels = self._shown(size=size, orientation=orientation)
            except EOFError:
                self.whole = given >= self.announced
                return
            except Exception:  # as in decode()
                return

    def _shown(self, *, size: tuple[int, int], orientation: int) -> NDArray[np.uint8]:
        """A later frame larger than the picture is cut to it, as viewers do; Pillow would let the picture grow."""
        image = self.image
        if image.size != size:
            image.load()
            image = image.crop((0, 0, *size))
        pixels = seen_of(image, look=self.look, pixels_most=FILM_PIXELS_MOST)
        return upright(pixels, orientation=orientation)


def playing_of(image: Image.Image, *, announced: int, limits: Limits, cpu_s: float, wall_s: float) -> Playing:
    """So many frames as limits allow of pictures of this size."""
    pixels = image.width * image.height
    most = min(MOST, max(1, limits.animation_pixels_most // pixels))
    return Playing(image=image, announced=announced, most=most, cpu_s=cpu_s, wall_s=wall_s)


def sample_of(image: Image.Image, *, announced: int, limits: Limits, look: Look = Look.GRAY) -> Decoded:
    """As many different frames as may be shown of a film, spread over it; what looks the same is shown once.

    An animation that breaks off counts one frame more than it holds, so that nobody takes it for seen as a whole.
    """
    playing = playing_of(
        image,
        announced=announced,
        limits=limits,
        cpu_s=limits.cpu_s * SHARE_OF_TIME,
        wall_s=limits.wall_s * SHARE_OF_TIME,
    )
    playing.look = look
    sample = _Sample(most=_frames_most(image, limits=limits))
    for frame in playing.frames():
        sample.add(frame)
    return Decoded(
        frames=max(announced, sample.frames + (0 if playing.whole else 1)),
        shown=tuple(one.frame for one in sample.kept),
        examined=sum(one.times for one in sample.kept),
    )


@dataclass(kw_only=True)
class _Look:
    """A frame and how often it, or one just like it, is shown."""

    frame: Frame | ColourFrame
    times: int = 1


@dataclass(kw_only=True)
class _Sample:
    """Every different frame, then every second, then every fourth: evenly spread, never more than `most`."""

    most: int
    frames: int = 0
    _different: int = 0
    _stride: int = 1
    _kept: dict[bytes, _Look] = field(default_factory=dict)
    _passed_over: set[bytes] = field(default_factory=set)

    @property
    def kept(self) -> list[_Look]:
        return list(self._kept.values())

    def add(self, frame: Frame | ColourFrame) -> None:
        self.frames += 1
        # A digest that nobody can forge: what counts as looked at must be just what was.
        digest = hashlib.sha256(pixels_of(frame).tobytes()).digest()
        if digest in self._kept:
            self._kept[digest].times += 1
        elif digest not in self._passed_over:
            self._add_different(frame, digest=digest)

    def _add_different(self, frame: Frame | ColourFrame, *, digest: bytes) -> None:
        place, self._different = self._different, self._different + 1
        if place % self._stride:
            self._passed_over.add(digest)
            return
        self._kept[digest] = _Look(frame=frame)
        if len(self._kept) > self.most:
            self._stride *= 2
            for second in list(self._kept)[1::2]:
                del self._kept[second]
                self._passed_over.add(second)


def _lasts_ms(image: Image.Image) -> int:
    lasts_ms = round(image.info.get("duration", 0))
    return lasts_ms if lasts_ms > _TOO_SHORT_MS else _INSTEAD_MS


def _frames_most(image: Image.Image, *, limits: Limits) -> int:
    """So many that they hold no more pixels together than one picture may."""
    return max(1, min(limits.film_frames_most, limits.pixels_most // (image.width * image.height)))
