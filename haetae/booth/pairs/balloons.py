"""Balloons over hills: one of them was taken out, and nothing shows it."""

from typing import Final

from haetae.booth.pairs.drawing import HEIGHT, WIDTH, Pair, ellipse, gradient, group, line, path, rect

_BALLOONS: Final = (
    (150, 120, 1.0, "#d9667b", "#f4d6dc"),
    (330, 175, 0.62, "#e2b13c", "#f7ebc8"),
    (490, 95, 0.85, "#0f5c63", "#cfe6e6"),
)
_TAKEN_OUT: Final = 1


def draw(*, altered: bool) -> list[str]:
    kept = [one for place, one in enumerate(_BALLOONS) if not (altered and place == _TAKEN_OUT)]
    return [
        gradient("sky", "#9fcfdb", "#f9f1e2"),
        rect(0, 0, WIDTH, HEIGHT, fill="url(#sky)"),
        path("M0 300 Q130 230 280 285 T640 255 V420 H0 Z", fill="#9dbfa9"),
        path("M0 345 Q180 285 370 335 T640 310 V420 H0 Z", fill="#78a383"),
        path("M0 392 Q220 345 420 385 T640 372 V420 H0 Z", fill="#548263"),
        *(_balloon(*one) for one in kept),
    ]


def _balloon(x: float, y: float, size: float, colour: str, band: str) -> str:
    parts = [
        path("M-56 0 A56 62 0 1 1 56 0 Q46 42 14 72 H-14 Q-46 42 -56 0 Z", fill=colour),
        path("M-20 -59 Q-34 0 -8 72 H8 Q34 0 20 -59 Q0 -66 -20 -59 Z", fill=band),
        line((-12, 72), (-9, 92), stroke="#4a3b2c", stroke_width=2),
        line((12, 72), (9, 92), stroke="#4a3b2c", stroke_width=2),
        rect(-13, 92, 26, 19, rx=4, fill="#8a6a4b"),
        ellipse(-26, -24, 9, 20, fill="#ffffff", opacity=0.35, transform="rotate(18)"),
    ]
    return group(parts, transform=f"translate({x} {y}) scale({size})")


PAIR: Final = Pair(name="balloons", draw=draw, altered_is_first=True, marks=())
