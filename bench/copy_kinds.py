"""Made pictures, and the ways in which people copy one so that a viewer takes the copy for the same picture."""

import io
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import numpy as np
from PIL import Image, ImageEnhance, ImageOps

WIDTH, HEIGHT = 960, 720
_TURN_BACK_TAG: Final = 0x0112
Copy = Callable[[Image.Image], bytes]


def original(seed: int) -> Image.Image:
    """Waves of many lengths in colour behind plain rectangles and discs, under a little grain."""
    random = np.random.default_rng(seed)
    down, across = np.linspace(0, 1, HEIGHT)[:, None], np.linspace(0, 1, WIDTH)[None, :]
    picture = np.zeros((HEIGHT, WIDTH, 3))
    for order in range(1, 10):
        turns = random.uniform(-order, order, 2)
        wave = np.sin(2 * np.pi * (turns[0] * down + turns[1] * across + random.uniform()))
        picture += wave[:, :, None] * random.uniform(0.4, 1, 3) / order
    for _ in range(6):
        middle, radius = random.uniform(0.1, 0.9, 2), random.uniform(0.05, 0.25)
        inside = (down - middle[0]) ** 2 + (across - middle[1]) ** 2 < radius**2
        picture[inside] = random.uniform(-1.5, 1.5, 3)
    picture += random.normal(0, 0.03, (HEIGHT, WIDTH, 1))
    scaled = 255 * (picture - picture.min()) / (picture.max() - picture.min())
    return Image.fromarray(scaled.astype(np.uint8))


def saved(image: Image.Image, format_: str = "JPEG", **options: Any) -> bytes:
    if format_ == "JPEG":
        options = {"quality": 87, "subsampling": "4:2:0"} | options
    written = io.BytesIO()
    image.save(written, format_, **options)
    return written.getvalue()


def _scaled(share: float, image: Image.Image) -> bytes:
    size = (round(image.width * share), round(image.height * share))
    return saved(image.resize(size, Image.Resampling.LANCZOS))


def _cropped(share: float, image: Image.Image) -> bytes:
    """This share of each side is gone, half of it at each end."""
    across, down = round(image.width * share / 2), round(image.height * share / 2)
    return saved(image.crop((across, down, image.width - across, image.height - down)))


def _barred(left: int, top: int, colour: str, image: Image.Image) -> bytes:
    return saved(ImageOps.expand(image, border=(left, top), fill=colour))


def _turned(turn: Image.Transpose, image: Image.Image) -> bytes:
    return saved(image.transpose(turn))


def _exif_turned(image: Image.Image) -> bytes:
    """Stored lying on its side with a note to turn it right (6): every viewer shows it upright."""
    exif = Image.Exif()
    exif[_TURN_BACK_TAG] = 6
    return saved(image.transpose(Image.Transpose.ROTATE_90), exif=exif)


def _with_alpha(image: Image.Image) -> bytes:
    """Whole, with an opaque alpha channel whose outermost pixels are see-through: white in a viewer."""
    alpha = Image.new("L", image.size, 0)
    alpha.paste(255, (2, 2, image.width - 2, image.height - 2))
    image = image.copy()
    image.putalpha(alpha)
    return saved(image, "PNG")


def _of_16_bit(image: Image.Image) -> bytes:
    gray = np.asarray(image.convert("L")).astype(np.uint16) * 257
    return saved(Image.fromarray(gray), "PNG")


def _animated(format_: str, image: Image.Image) -> bytes:
    """The picture comes after a plain title, as in many animations; the title is the first frame."""
    title = Image.new("RGB", image.size, (30, 30, 30))
    small, blank = (one.resize((480, 360)) for one in (image, title))
    return saved(blank, format_, save_all=True, append_images=[small, small.copy()], duration=500)


KINDS: Final[dict[str, Copy]] = {
    "saved again at quality 60": partial(saved, quality=60),
    "saved again at quality 30": partial(saved, quality=30),
    "half the size": partial(_scaled, 0.5),
    "a quarter of the size": partial(_scaled, 0.25),
    "gray": lambda image: saved(image.convert("L"), subsampling="4:4:4"),
    "brighter": lambda image: saved(ImageEnhance.Brightness(image).enhance(1.2)),
    "screenshot bars": partial(_barred, 0, 420, "#202020"),
    "letterbox": partial(_barred, 0, 110, "black"),
    "mirrored": partial(_turned, Image.Transpose.FLIP_LEFT_RIGHT),
    "turned by 90 degrees": partial(_turned, Image.Transpose.ROTATE_90),
    "turned by 180 degrees": partial(_turned, Image.Transpose.ROTATE_180),
    "turned by 270 degrees": partial(_turned, Image.Transpose.ROTATE_270),
    "EXIF orientation": _exif_turned,
    "CMYK JPEG": lambda image: saved(image.convert("CMYK")),
    "palette PNG": lambda image: saved(image.quantize(64), "PNG"),
    "alpha PNG": _with_alpha,
    "16-bit gray PNG": _of_16_bit,
    "WebP": lambda image: saved(image, "WEBP", quality=70),
    "AVIF": lambda image: saved(image, "AVIF", quality=60, speed=9),
    "cropped by 1 percent": partial(_cropped, 0.01),
    "cropped by 2 percent": partial(_cropped, 0.02),
    "cropped by 5 percent": partial(_cropped, 0.05),
    "animated GIF, second frame": partial(_animated, "GIF"),
    "animated WebP, second frame": partial(_animated, "WEBP"),
    "animated PNG, second frame": partial(_animated, "PNG"),
    "animated AVIF, second frame": partial(_animated, "AVIF"),
}
