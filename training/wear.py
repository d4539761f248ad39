"""What befalls a picture on its way through the network: scaling, recompression, blur; the same for both of a pair."""

import io
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import av
import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, kw_only=True)
class Shares:
    """How often each station is met; `smallest` is the least scale. What is left over goes through WebP.

    `framed`: how often an even frame lies around the picture at the end, close to the face.
    """

    jpeg: float = 0.38
    scaled: float = 0.17
    filmed: float = 0.28
    blurred: float = 0.07
    noisy: float = 0.06
    smallest: float = 0.4
    framed: float = 0.0


EVEN: Final = Shares()
# Without frames, ten of eighteen real faces inside an even frame were taken for altered.
FRAMED: Final = Shares(framed=0.08)
# Half the size cost what was learned from EVEN .10 to .17 of AUC on the films of others, a JPEG nothing.
OFTEN_SMALLER: Final = Shares(jpeg=0.30, scaled=0.32, filmed=0.23, blurred=0.06, noisy=0.05, smallest=0.35)


def worn(
    pair: tuple[Pixels, Pixels], rng: Generator, *, amount: float = 1.0, shares: Shares = EVEN
) -> tuple[Pixels, Pixels]:
    """Both go through the same stations, drawn anew for each pair: none to three of them."""
    first, second = pair
    ends = np.cumsum([shares.jpeg, shares.scaled, shares.filmed, shares.blurred, shares.noisy])
    for _ in range(int(rng.choice([0, 1, 1, 2, 3]))):
        way = rng.random()
        if way < ends[0]:
            quality = int(rng.integers(100 - int(65 * amount), 100))
            first, second = jpeg(first, quality), jpeg(second, quality)
        elif way < ends[1]:
            scale = float(rng.uniform(1 - (1 - shares.smallest) * amount, 1.15))
            how = int(rng.choice([cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC]))
            first, second = scaled(first, scale, how), scaled(second, scale, how)
        elif way < ends[2]:
            first, second = filmed(first, second, crf=int(rng.integers(18, 18 + int(18 * amount))))
        elif way < ends[3]:
            wide = float(rng.uniform(0.3, 0.3 + 1.2 * amount))
            first, second = blurred(first, wide), blurred(second, wide)
        elif way < ends[4]:
            noise = rng.normal(0, rng.uniform(1, 7) * amount, first.shape)
            first, second = _plus(first, noise), _plus(second, noise)
        else:
            quality = int(rng.integers(40, 95))
            first, second = webp(first, quality), webp(second, quality)
    return first, second


def framed(pair: tuple[Pixels, Pixels], rng: Generator) -> tuple[Pixels, Pixels]:
    """An even colour over the outer part of both, up to a sixth of the side wide; some sides may have none."""
    first, second = (pixels.copy() for pixels in pair)
    height, width = first.shape[:2]
    wide = (rng.uniform(0, 1 / 6, 4) * (rng.random(4) < 0.8) * [height, height, width, width]).astype(int)
    colour = rng.integers(0, 256, 3) if rng.random() < 0.5 else np.full(3, rng.integers(0, 256))
    for pixels in (first, second):
        pixels[: wide[0]] = pixels[height - wide[1] :] = colour
        pixels[:, : wide[2]] = pixels[:, width - wide[3] :] = colour
    return first, second


def jpeg(pixels: Pixels, quality: int) -> Pixels:
    """Through a JPEG of this quality, with halved colours as cameras and platforms write them."""
    return _through(pixels, ".jpg", [cv2.IMWRITE_JPEG_QUALITY, quality])


def webp(pixels: Pixels, quality: int) -> Pixels:
    return _through(pixels, ".webp", [cv2.IMWRITE_WEBP_QUALITY, quality])


def _through(pixels: Pixels, kind: str, options: list[int]) -> Pixels:
    done: Any = cv2.imencode(kind, pixels[:, :, ::-1], options)
    read: Any = cv2.imdecode(done[1], cv2.IMREAD_COLOR)
    return np.ascontiguousarray(read[:, :, ::-1])


def scaled(pixels: Pixels, scale: float, how: int = cv2.INTER_AREA) -> Pixels:
    height, width = pixels.shape[:2]
    size = (max(round(width * scale), 16), max(round(height * scale), 16))
    return np.asarray(cv2.resize(pixels, size, interpolation=how), np.uint8)


def filmed(first: Pixels, second: Pixels, *, crf: int) -> tuple[Pixels, Pixels]:
    """Both as key frames of one film, as H.264 at this constant rate factor would keep each by itself."""
    height, width = first.shape[0] // 2 * 2, first.shape[1] // 2 * 2
    out = io.BytesIO()
    with av.open(out, "w", format="h264") as film:
        stream: Any = film.add_stream("libx264", rate=Fraction(25))
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.options = {
            "crf": str(crf),
            "preset": "superfast",
            "tune": "zerolatency",
            "x264-params": "threads=1:keyint=1:scenecut=0",
        }
        for pixels in (first, second):
            planes: Any = cv2.cvtColor(np.ascontiguousarray(pixels[:height, :width]), cv2.COLOR_RGB2YUV_I420)
            for packet in stream.encode(av.VideoFrame.from_ndarray(planes, format="yuv420p")):
                film.mux(packet)
        for packet in stream.encode():
            film.mux(packet)
    out.seek(0)
    with av.open(out, "r", format="h264") as film:
        film.streams.video[0].codec_context.thread_count = 1
        one, other = (
            cv2.cvtColor(frame.to_ndarray(), cv2.COLOR_YUV2RGB_I420) for frame in film.decode(video=0)
        )
    return np.asarray(one, np.uint8), np.asarray(other, np.uint8)


def blurred(pixels: Pixels, wide: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), wide), np.uint8)


def _plus(pixels: Pixels, noise: NDArray[np.float64]) -> Pixels:
    if noise.shape != pixels.shape:
        noise = cv2.resize(noise, (pixels.shape[1], pixels.shape[0]))  # type: ignore[assignment]
    return np.asarray((pixels + noise).clip(0, 255), np.uint8)
