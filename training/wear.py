"""What befalls a picture on its way through the network: scaling, recompression, blur; the same for both of a pair."""

import io
from fractions import Fraction
from typing import Any

import av
import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


def worn(pair: tuple[Pixels, Pixels], rng: Generator, *, amount: float = 1.0) -> tuple[Pixels, Pixels]:
    """Both go through the same stations, drawn anew for each pair: none to three of them."""
    first, second = pair
    for _ in range(int(rng.choice([0, 1, 1, 2, 3]))):
        way = rng.random()
        if way < 0.38:
            quality = int(rng.integers(100 - int(65 * amount), 100))
            first, second = jpeg(first, quality), jpeg(second, quality)
        elif way < 0.55:
            scale = float(rng.uniform(1 - 0.6 * amount, 1.15))
            how = int(rng.choice([cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC]))
            first, second = scaled(first, scale, how), scaled(second, scale, how)
        elif way < 0.83:
            first, second = filmed(first, second, crf=int(rng.integers(18, 18 + int(18 * amount))))
        elif way < 0.90:
            wide = float(rng.uniform(0.3, 0.3 + 1.2 * amount))
            first, second = blurred(first, wide), blurred(second, wide)
        elif way < 0.96:
            noise = rng.normal(0, rng.uniform(1, 7) * amount, first.shape)
            first, second = _plus(first, noise), _plus(second, noise)
        else:
            quality = int(rng.integers(40, 95))
            first, second = webp(first, quality), webp(second, quality)
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
