"""Flowers at random: one patch was copied over two other places."""

from collections.abc import Iterator
from random import Random
from typing import Final

from haetae.booth.pairs.drawing import HEIGHT, WIDTH, Mark, Pair, circle, ellipse, gradient, group, line, rect

_SEED: Final = "meadow"
_COLOURS: Final = ("#f6c445", "#f4f1e6", "#d9667b", "#7a67b8", "#f08f4f")
_SIDE: Final = 130
_TAKEN_FROM: Final = (70, 245)
_COPIED_TO: Final = ((270, 110), (475, 250))
_FLOWERS: Final = 78
_APART: Final = 27

Flower = tuple[float, float, float, str]


def draw(*, altered: bool) -> list[str]:
    flowers = list(_flowers())
    if altered:
        flowers = _cloned(flowers)
    flowers.sort(key=lambda flower: flower[1])
    return [
        gradient("grass", "#b5cf8e", "#6f9b5b"),
        rect(0, 0, WIDTH, HEIGHT, fill="url(#grass)"),
        *_blades(),
        *(_flower(*flower) for flower in flowers),
    ]


def _flowers() -> Iterator[Flower]:
    chance = Random(_SEED)  # noqa: S311 - always the same meadow
    kept: list[tuple[float, float]] = []
    while len(kept) < _FLOWERS:
        x, y = chance.uniform(15, WIDTH - 15), chance.uniform(25, HEIGHT - 20)
        size, colour = chance.uniform(0.75, 1.35), _COLOURS[int(chance.random() * len(_COLOURS))]
        if all((x - a) ** 2 + (y - b) ** 2 > _APART**2 for a, b in kept):
            kept.append((x, y))
            yield x, y, size, colour


def _cloned(flowers: list[Flower]) -> list[Flower]:
    patch = [flower for flower in flowers if _inside(flower, _TAKEN_FROM)]
    kept = [flower for flower in flowers if not any(_inside(flower, to) for to in _COPIED_TO)]
    for to in _COPIED_TO:
        right, down = to[0] - _TAKEN_FROM[0], to[1] - _TAKEN_FROM[1]
        kept += [(x + right, y + down, size, colour) for x, y, size, colour in patch]
    return kept


def _inside(flower: Flower, corner: tuple[float, float]) -> bool:
    return 0 <= flower[0] - corner[0] <= _SIDE and 0 <= flower[1] - corner[1] <= _SIDE


def _blades() -> Iterator[str]:
    chance = Random(f"{_SEED} grass")  # noqa: S311 - always the same grass
    for _ in range(170):
        x, y = chance.uniform(0, WIDTH), chance.uniform(10, HEIGHT)
        yield line((x, y), (x + chance.uniform(-5, 5), y - 13), stroke="#5d8a4c", stroke_width=2, opacity=0.5)


def _flower(x: float, y: float, size: float, colour: str) -> str:
    petals = [ellipse(0, -7, 4.6, 7, fill=colour, transform=f"rotate({turn})") for turn in range(0, 360, 60)]
    heart = circle(0, 0, 4, fill="#8a5a1c" if colour != "#f6c445" else "#a5532a")
    return group([*petals, heart], transform=f"translate({x:.1f} {y:.1f}) scale({size:.2f})")


PAIR: Final = Pair(
    name="meadow",
    draw=draw,
    altered_is_first=True,
    marks=tuple(
        Mark(x=x + _SIDE / 2, y=y + _SIDE / 2, rx=_SIDE * 0.6, ry=_SIDE * 0.6)
        for x, y in (_TAKEN_FROM, *_COPIED_TO)
    ),
)
