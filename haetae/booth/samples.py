"""Pictures to try the fingerprint on: a landscape, three changed copies and another one. Drawn here, always alike."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from random import Random
from typing import Final

from PIL import Image, ImageDraw, ImageEnhance

_SIZE: Final = (960, 640)
_SHOWN: Final = (480, 320)
_ROUGHNESS: Final = 0.52
_STEPS: Final = 9
_DARK: Final = (14, 26, 28)
_WHITE: Final = (255, 255, 255)

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """`name` is how the words call it; `jpeg` is the whole file."""

    name: str
    jpeg: bytes


def samples() -> tuple[Sample, ...]:
    """All but the last are one picture: as it is, smaller and saved again, darker, and with something put on it."""
    morning = _landscape(
        "morning",
        sky=((166, 208, 219), (250, 236, 210)),
        far=(150, 180, 178),
        near=(32, 74, 66),
        sun=(700, 150),
    )
    evening = _landscape(
        "evening", sky=((58, 66, 104), (236, 160, 120)), far=(122, 96, 122), near=(38, 30, 48), sun=(240, 250)
    )
    return (
        Sample(name="first", jpeg=_jpeg(morning, 88)),
        Sample(name="smaller", jpeg=_jpeg(morning.resize((240, 160), Image.Resampling.LANCZOS), 60)),
        Sample(name="darker", jpeg=_jpeg(ImageEnhance.Brightness(morning).enhance(0.72), 80)),
        Sample(name="covered", jpeg=_jpeg(_with_badge(morning), 88)),
        Sample(name="other", jpeg=_jpeg(evening, 88)),
    )


def _landscape(
    seed: str, *, sky: tuple[Colour, Colour], far: Colour, near: Colour, sun: tuple[int, int]
) -> Image.Image:
    """Ridges before a sky, each nearer one darker."""
    chance = Random(seed)  # noqa: S311 - always the same hills
    picture = Image.new("RGB", _SIZE)
    brush = ImageDraw.Draw(picture)
    for y in range(_SIZE[1]):
        brush.line([(0, y), (_SIZE[0], y)], fill=_between(*sky, y / _SIZE[1]))
    brush.ellipse([sun[0] - 48, sun[1] - 48, sun[0] + 48, sun[1] + 48], fill=(255, 240, 200))
    for _ in range(7):
        x, y, wide = chance.uniform(0, _SIZE[0]), chance.uniform(30, 190), chance.uniform(70, 170)
        for puff in range(-2, 3):
            _cloud(brush, x + puff * wide / 5, y, wide / (4 + abs(puff)), _between(sky[0], _WHITE, 0.65))
    for layer in range(5):
        part = layer / 4
        heights = _ridge(chance, tall=230 - 90 * part)
        base = 300 + 310 * part
        step = _SIZE[0] / (len(heights) - 1)
        line = [(place * step, base - height) for place, height in enumerate(heights)]
        colour = _between(far, near, part)
        brush.polygon([(0, _SIZE[1]), *line, (_SIZE[0], _SIZE[1])], fill=colour)
        for x, y in _places(chance, line, many=4 + 4 * layer):
            _tree(
                brush,
                x,
                y,
                tall=(34 + 80 * part) * chance.uniform(0.7, 1.2),
                colour=_between(colour, _DARK, 0.55),
            )
    return picture.resize(_SHOWN, Image.Resampling.LANCZOS)


def _places(chance: Random, line: Sequence[tuple[float, float]], *, many: int) -> list[tuple[float, float]]:
    """Where trees stand: on the slope below the ridge."""
    chosen = [line[int(chance.random() * len(line))] for _ in range(many)]
    return sorted(((x, y + chance.uniform(5, 60)) for x, y in chosen), key=lambda place: place[1])


def _tree(brush: ImageDraw.ImageDraw, x: float, y: float, *, tall: float, colour: Colour) -> None:
    for step in range(3):
        top, wide = y - tall + step * tall * 0.22, tall * (0.14 + 0.07 * step)
        brush.polygon([(x, top), (x + wide, top + tall * 0.45), (x - wide, top + tall * 0.45)], fill=colour)


def _cloud(brush: ImageDraw.ImageDraw, x: float, y: float, wide: float, colour: Colour) -> None:
    brush.ellipse([x - wide, y - wide * 0.45, x + wide, y + wide * 0.45], fill=colour)


def _ridge(chance: Random, *, tall: float) -> Sequence[float]:
    """Midpoints moved up or down, each time by less."""
    heights = [chance.uniform(0, tall), chance.uniform(0, tall)]
    reach = tall
    for _ in range(_STEPS):
        middles = [(a + b) / 2 + chance.uniform(-reach, reach) / 2 for a, b in itertools.pairwise(heights)]
        heights = [height for pair in zip(heights, middles, strict=False) for height in pair] + [heights[-1]]
        reach *= _ROUGHNESS
    return heights


def _with_badge(picture: Image.Image) -> Image.Image:
    covered = picture.copy()
    brush = ImageDraw.Draw(covered)
    brush.ellipse([404, 244, 460, 300], fill=(15, 92, 99), outline=(255, 255, 255), width=5)
    brush.polygon([(432, 255), (447, 287), (417, 287)], fill=(255, 240, 200))
    return covered


def _between(first: Colour, second: Colour, part: float) -> Colour:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(first, second, strict=True))
    return red, green, blue


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, subsampling=0)
    return out.getvalue()
