"""Lamps along a straight road grow smaller towards one point: one of them does not."""

from typing import Final

from haetae.booth.pairs.drawing import (
    HEIGHT,
    WIDTH,
    Mark,
    Pair,
    Point,
    circle,
    ellipse,
    gradient,
    group,
    line,
    polygon,
    rect,
)

_FAR: Final[Point] = (320, 190)
_NEAREST: Final = 1.0
_ROW: Final = (1.0, 0.66, 0.44, 0.29, 0.19)
_WRONG: Final = 3
_TOO_LARGE: Final = 1.75


def draw(*, altered: bool) -> list[str]:
    parts = [
        gradient("dusk", "#34576b", "#e9b68c"),
        gradient("plain", "#6f7f63", "#4e6249"),
        rect(0, 0, WIDTH, _FAR[1], fill="url(#dusk)"),
        rect(0, _FAR[1], WIDTH, HEIGHT - _FAR[1], fill="url(#plain)"),
        polygon([(310, _FAR[1]), (330, _FAR[1]), (585, HEIGHT), (55, HEIGHT)], fill="#8d8a86"),
    ]
    parts += [
        polygon(
            [(318.8, _y(near)), (321.2, _y(near)), (320 + 9 * far, _y(far)), (320 - 9 * far, _y(far))],
            fill="#f3ead2",
        )
        for near, far in ((0.08, 0.14), (0.2, 0.3), (0.42, 0.58), (0.76, 1.0))
    ]
    for place in reversed(range(len(_ROW))):
        for side in (-1, 1):
            grown = _TOO_LARGE if altered and place == _WRONG and side == 1 else 1
            parts.append(_lamp(_ROW[place], side, grown))
    return parts


def _y(scale: float) -> float:
    return _FAR[1] + (HEIGHT - _FAR[1]) * scale


def _lamp(scale: float, side: int, grown: float) -> str:
    x, y = _FAR[0] + side * 275 * scale, _FAR[1] + 205 * scale
    parts = [
        line((0, 0), (0, -330), stroke="#22302f", stroke_width=12),
        line((0, -330), (-side * 62, -345), stroke="#22302f", stroke_width=10),
        circle(-side * 66, -336, 40, fill="#ffe9ac", opacity=0.35),
        ellipse(-side * 66, -338, 22, 13, fill="#fff3c8"),
        rect(-11, -14, 22, 14, fill="#22302f"),
    ]
    return group(parts, transform=f"translate({x:.1f} {y:.1f}) scale({scale * grown:.3f})")


PAIR: Final = Pair(
    name="avenue", draw=draw, altered_is_first=False, marks=(Mark(x=384, y=165, rx=52, ry=108),)
)
