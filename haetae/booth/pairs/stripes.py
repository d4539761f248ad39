"""A vase before a striped wall: it was made slimmer, and the stripes beside it bent along."""

from math import exp
from typing import Final

from haetae.booth.pairs.drawing import HEIGHT, WIDTH, Mark, Pair, ellipse, gradient, group, path, rect

_EVERY: Final = 32
_WIDE: Final = 15
_WAIST_Y: Final = 205
_PULL: Final = 17


def draw(*, altered: bool) -> list[str]:
    pull = _PULL if altered else 0
    return [
        rect(0, 0, WIDTH, HEIGHT, fill="#f3ead9"),
        *(_stripe(x, pull) for x in range(8, WIDTH, _EVERY)),
        gradient("table", "#8a6a4b", "#6b4f36"),
        rect(0, 340, WIDTH, 80, fill="url(#table)"),
        ellipse(330, 366, 92, 13, fill="#2c1c10", opacity=0.4),
        _branches(),
        _vase(pull),
    ]


def _stripe(x: float, pull: float) -> str:
    """Two edges from top to bottom; near the waist they are drawn towards the vase."""
    left = [(_moved(x, y, pull), y) for y in range(0, 341, 10)]
    right = [(_moved(x + _WIDE, y, pull), y) for y in range(340, -1, -10)]
    d = "M" + " L".join(f"{a:.1f} {b}" for a, b in left + right) + " Z"
    return path(d, fill="#b9d3d0")


def _moved(x: float, y: float, pull: float) -> float:
    away = x - WIDTH / 2
    near = exp(-(((abs(away) - 70) / 42) ** 2)) * exp(-(((y - _WAIST_Y) / 46) ** 2))
    return x - (1 if away > 0 else -1) * pull * near


def _vase(pull: float) -> str:
    waist = 52 - pull
    right = f"C{320 + 40} 120 {320 + waist} 165 {320 + waist} 205 C{320 + waist} 262 400 300 372 366"
    left = f"C240 300 {320 - waist} 262 {320 - waist} 205 C{320 - waist} 165 {320 - 40} 120 292 108"
    shade = gradient("clay", "#1b7a82", "#0f5c63", "#0a3c41", x1=0, x2=1, y2=0)
    return group(
        [
            shade,
            path(f"M348 108 {right} H268 {left} Z", fill="url(#clay)"),
            ellipse(320, 108, 28, 7, fill="#0a3c41"),
            path(
                f"M{320 - waist + 12} 190 q-5 40 6 70",
                stroke="#ffffff",
                stroke_width=6,
                fill="none",
                opacity=0.45,
                stroke_linecap="round",
            ),
        ]
    )


def _branches() -> str:
    stems = [
        ("M318 112 Q300 60 262 30", 262, 30),
        ("M322 112 Q330 56 326 16", 326, 16),
        ("M324 112 Q352 70 392 46", 392, 46),
    ]
    parts = [path(d, stroke="#6b4f36", stroke_width=4, fill="none") for d, _x, _y in stems]
    for _d, x, y in stems:
        parts += [
            ellipse(x + a, y + b, 11, 8, fill="#d9667b") for a, b in ((-8, 0), (8, -3), (0, 9), (2, -10))
        ]
    return group(parts)


PAIR: Final = Pair(
    name="stripes",
    draw=draw,
    altered_is_first=False,
    marks=(Mark(x=245, y=_WAIST_Y, rx=42, ry=78), Mark(x=395, y=_WAIST_Y, rx=42, ry=78)),
)
