"""A still lake that shows everything twice: a boat was put in and the water does not know it."""

from typing import Final

from haetae.booth.pairs.drawing import HEIGHT, WIDTH, Mark, Pair, circle, gradient, group, line, path, rect

_SHORE: Final = 215
_SAILS: Final = ((170, 262, 1.0), (430, 285, 1.25))
_PUT_IN: Final = 1


def draw(*, altered: bool) -> list[str]:
    land = [
        path("M0 215 L70 120 L130 165 L215 70 L300 160 L350 125 L440 215 Z", fill="#5f8f97"),
        path("M300 215 L420 105 L500 170 L570 120 L640 190 V215 Z", fill="#78a5a8"),
        path("M215 70 L190 100 L208 96 L220 106 L240 98 Z", fill="#f4f7f7"),
        path("M0 215 Q120 188 260 206 T640 200 V215 Z", fill="#3f6f5c"),
        circle(530, 62, 28, fill="#fbe3a2"),
    ]
    mirrored = group(land, transform=f"translate(0 {2 * _SHORE}) scale(1 -1)", opacity=0.5)
    parts = [
        gradient("sky", "#a8d3dc", "#f5ead6"),
        gradient("water", "#e6dcc8", "#8fbfca"),
        rect(0, 0, WIDTH, _SHORE, fill="url(#sky)"),
        rect(0, _SHORE, WIDTH, HEIGHT - _SHORE, fill="url(#water)"),
        *land,
        mirrored,
    ]
    parts += [
        line((x, y), (x + wide, y), stroke="#ffffff", stroke_width=2, opacity=0.55)
        for x, y, wide in (
            (40, 240, 90),
            (270, 252, 60),
            (520, 246, 80),
            (90, 380, 110),
            (310, 398, 70),
            (540, 372, 60),
        )
    ]
    for place, (x, y, size) in enumerate(_SAILS):
        if not (altered and place == _PUT_IN):
            parts.append(_boat(x, y, size, turned=True))
        parts.append(_boat(x, y, size, turned=False))
    return parts


def _boat(x: float, y: float, size: float, *, turned: bool) -> str:
    parts = [
        path("M-42 -8 L42 -8 L30 8 L-30 8 Z", fill="#8c3b2f"),
        path("M-2 -92 L-2 -12 L-40 -12 Z", fill="#fdfbf4"),
        path("M3 -84 L3 -12 L32 -12 Z", fill="#f2d7a8"),
        line((0, -96), (0, -6), stroke="#5a4632", stroke_width=3),
    ]
    up = -size if turned else size
    placed = f"translate({x} {y + (14 * size if turned else 0)}) scale({size} {up})"
    return group(parts, transform=placed, opacity=0.42 if turned else 1)


PAIR: Final = Pair(name="lake", draw=draw, altered_is_first=True, marks=(Mark(x=430, y=345, rx=72, ry=50),))
