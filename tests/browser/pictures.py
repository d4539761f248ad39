"""More than two hundred picture files, made in code: what people have on their telephones, and what is odd."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image, ImageCms

from tests.detect.media_files import PHOTO, encoded, png_chunk
from tests.detect.patterns import blocks, noise, waves

# Width and height: square and long ones, odd ones, the smallest that has a hash, and a large photograph's.
SIZES: Final = (
    (5, 5), (5, 64), (7, 300), (16, 16), (33, 47), (64, 64), (100, 75), (127, 129), (128, 128), (255, 257),
    (360, 640), (511, 512), (513, 514), (640, 480), (799, 601), (1000, 999), (1024, 768), (1280, 720), (1920, 1080),
    (3000, 2000), (2000, 3000), (3000, 41),
)  # fmt: skip
NAMES: Final = ("coffee", "gravel", "rocket")
LONGEST_SIDES: Final = (400, 640)


@dataclass(frozen=True, kw_only=True)
class Made:
    """One file. `kind` says how it was saved, and with it how near a browser can come to the server."""

    name: str
    kind: str
    data: bytes
    is_lossless: bool


def all_pictures() -> Iterator[Made]:
    for made in (_patterns, _photographs, _held, _with_holes, _few_colours, _of_cameras):
        for kind, name, data in made():
            lossless = not kind.startswith(("JPEG", "AVIF")) and kind != "WebP"
            yield Made(name=name, kind=kind, data=data, is_lossless=lossless)


File = tuple[str, str, bytes]


def photo(name: str) -> Image.Image:
    return Image.open(PHOTO.with_name(f"{name}.jpg")).convert("RGB")


def coloured(*, width: int, height: int, seed: int) -> Image.Image:
    """Three patterns, one in each channel, so that the weights of the colours matter."""
    size = {"width": width, "height": height}
    channels = (waves(**size, seed=seed), blocks(**size, seed=seed + 1), waves(**size, seed=seed + 2))
    return Image.fromarray(np.stack(channels, axis=-1))


def _patterns() -> Iterator[File]:
    """Each size in gray and in colour, without loss and as JPEG and WebP."""
    for seed, (width, height) in enumerate(SIZES):
        name = f"{width}x{height}"
        gray = (waves, blocks, noise)[seed % 3](width=width, height=height, seed=seed)
        colour = coloured(width=width, height=height, seed=seed)
        yield "PNG", f"gray {name}", encoded(gray)
        yield "PNG", name, encoded(colour)
        yield "JPEG, gray", name, encoded(gray, "JPEG", quality=87)
        yield "JPEG", name, encoded(colour, "JPEG", quality=87)
        yield "WebP, lossless", name, encoded(colour, "WEBP", lossless=True)
        yield "WebP", name, encoded(colour, "WEBP", quality=80)


def _photographs() -> Iterator[File]:
    """The three photographs, edited as people edit pictures before they send them on."""
    for name in NAMES:
        for side in LONGEST_SIDES:
            small = photo(name)
            small.thumbnail((side, side))
            for edit, image in _edits(small):
                known = f"{name} {side} {edit}"
                yield "PNG", known, encoded(image)
                yield "JPEG", known, encoded(image, "JPEG", quality=75, subsampling=2)
        for quality in (30, 60, 95):
            data = encoded(photo(name), "JPEG", quality=quality, progressive=quality == 60)
            yield "JPEG", f"{name} quality {quality}", data


def _edits(image: Image.Image) -> Iterator[tuple[str, Image.Image]]:
    width, height = image.size
    yield "as it is", image
    yield "mirrored", image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    yield "cropped", image.crop((width // 9, height // 11, width - width // 13, height - height // 7))
    yield "darker", image.point(lambda value: value * 2 // 3)


def _held() -> Iterator[File]:
    """Each of the eight ways in which a camera may have been held, in every format that can say so."""
    image = photo("coffee").resize((423, 301))
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        yield "JPEG, held", str(orientation), encoded(image, "JPEG", quality=90, exif=exif)
        yield "PNG, held", str(orientation), encoded(image, exif=exif)
        yield "WebP, lossless, held", str(orientation), encoded(image, "WEBP", lossless=True, exif=exif)


def _with_holes() -> Iterator[File]:
    """Transparent parts: wholly, partly, and in gray."""
    for seed, name in enumerate(NAMES):
        image = photo(name).resize((400, 333))
        soft = waves(width=400, height=333, seed=seed + 40)
        hard = np.where(blocks(width=400, height=333, seed=seed) > 100, 255, 0).astype(np.uint8)
        for kind, alpha in (("soft", soft), ("cut out", hard)):
            image.putalpha(Image.fromarray(alpha))
            yield f"PNG, {kind}", name, encoded(image)
            yield f"WebP, lossless, {kind}", name, encoded(image, "WEBP", lossless=True)
        yield "PNG, cut out", f"{name} gray", encoded(image.convert("LA"))


def _few_colours() -> Iterator[File]:
    """Palettes, one bit a point, and sixteen."""
    for seed, name in enumerate(NAMES):
        image = photo(name).resize((320, 241))
        palette = image.convert("P", palette=Image.Palette.ADAPTIVE, colors=64)
        turning = [palette.rotate(angle) for angle in (90, 180)]
        yield "PNG, palette", name, encoded(palette)
        yield "GIF", name, encoded(palette, "GIF")
        yield "GIF", f"{name} with a hole", encoded(palette, "GIF", transparency=3)
        yield "GIF", f"{name} moving", encoded(palette, "GIF", save_all=True, append_images=turning)
        yield "PNG, one bit", name, encoded(image.convert("1"))
        yield "BMP", name, encoded(image, "BMP")
        deep = waves(width=300, height=200, seed=seed).astype(np.uint16) * 256 + 77
        yield "PNG, 16 bits", name, encoded(Image.fromarray(deep))


def _of_cameras() -> Iterator[File]:
    """A profile of colours, a gamma, four printing colours, and the newest format that every browser opens."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for name in NAMES:
        image = photo(name).resize((400, 300))
        plain = encoded(image)
        yield "PNG, gamma", name, plain[:33] + png_chunk(b"gAMA", struct.pack(">I", 100_000)) + plain[33:]
        yield "JPEG, profile", name, encoded(image, "JPEG", quality=90, icc_profile=profile)
        yield "JPEG, CMYK", name, encoded(image.convert("CMYK"), "JPEG", quality=90)
        yield "AVIF", name, encoded(image, "AVIF", quality=80)
