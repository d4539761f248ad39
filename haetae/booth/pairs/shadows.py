"""A low sun and three trees: one shadow falls towards the light."""

from typing import Final

from haetae.booth.pairs.drawing import HEIGHT, WIDTH, Mark, Pair, circle, ellipse, gradient, group, path, rect

_GROUND_Y: Final = 250
_TREES: Final = ((185, 300, 1.0), (345, 345, 1.25), (505, 290, 0.9))
_WRONG: Final = 1


def draw(*, altered: bool) -> list[str]:
    parts = [
        gradient("sky", "#bfe0e2", "#fdf0d8"),
        gradient("field", "#a9c58f", "#7fa56b"),
        rect(0, 0, WIDTH, HEIGHT, fill="url(#sky)"),
        circle(70, 92, 64, fill="#fff2c4", opacity=0.6),
        circle(70, 92, 38, fill="#ffd873"),
        path("M0 235 Q150 175 330 225 T640 205 V300 H0 Z", fill="#8fb3a0"),
        path(f"M0 {_GROUND_Y} Q320 225 640 255 V420 H0 Z", fill="url(#field)"),
    ]
    for place, (x, y, size) in enumerate(_TREES):
        away = -1 if altered and place == _WRONG else 1
        parts.append(_shadow(x, y, size, away))
    parts += [_tree(x, y, size) for x, y, size in _TREES]
    return parts


def _shadow(x: float, y: float, size: float, away: int) -> str:
    long = 105 * size * away
    stem = path(
        f"M{x - 5} {y} L{x + 5} {y} L{x + long + 4} {y + 26 * size} L{x + long - 4} {y + 24 * size} Z"
    )
    crown = ellipse(x + long, y + 26 * size, 46 * size, 13 * size)
    return group([stem, crown], fill="#3f6244", opacity=0.55)


def _tree(x: float, y: float, size: float) -> str:
    trunk = path(f"M{-6} 0 L-4 -70 L4 -70 L6 0 Z", fill="#6f5139")
    crown = [
        circle(0, -105, 42, fill="#2f6b4f"),
        circle(-27, -82, 27, fill="#2f6b4f"),
        circle(27, -82, 27, fill="#28593f"),
        circle(-12, -115, 22, fill="#4c8a66"),
    ]
    return group([trunk, *crown], transform=f"translate({x} {y}) scale({size})")


PAIR: Final = Pair(
    name="shadows", draw=draw, altered_is_first=False, marks=(Mark(x=235, y=375, rx=88, ry=36),)
)
