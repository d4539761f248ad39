"""A house with a door: its colour was changed, and nothing shows it."""

from typing import Final

from haetae.booth.pairs.drawing import (
    HEIGHT,
    WIDTH,
    Pair,
    circle,
    ellipse,
    gradient,
    group,
    line,
    path,
    polygon,
    rect,
)


def draw(*, altered: bool) -> list[str]:
    door, edge = ("#2f5f8a", "#21476a") if altered else ("#a23b3b", "#7c2b2b")
    return [
        gradient("sky", "#cfe5ea", "#f8f3e8"),
        rect(0, 0, WIDTH, HEIGHT, fill="url(#sky)"),
        path("M0 330 Q320 305 640 330 V420 H0 Z", fill="#93b283"),
        polygon([(290, 420), (350, 420), (338, 338), (302, 338)], fill="#d9cdb4"),
        rect(170, 170, 300, 170, fill="#f7f1e3"),
        polygon([(140, 178), (320, 70), (500, 178)], fill="#6d5a53"),
        rect(410, 88, 30, 62, fill="#8a6f62"),
        polygon([(140, 178), (320, 70), (326, 78), (158, 184)], fill="#57463f"),
        _window(200),
        _window(386),
        rect(292, 232, 56, 108, rx=3, fill=edge),
        rect(297, 237, 46, 103, rx=2, fill=door),
        rect(304, 246, 32, 34, fill=edge),
        rect(304, 290, 32, 40, fill=edge),
        circle(336, 288, 3.5, fill="#f2d38a"),
        _bush(185),
        _bush(240),
        _bush(400),
        _bush(455),
    ]


def _window(x: float) -> str:
    parts = [rect(x, 222, 54, 58, fill="#9cc4cc"), rect(x - 4, 280, 62, 7, fill="#d6c9ae")]
    parts += [line((x + 27, 222), (x + 27, 280), stroke="#ffffff", stroke_width=4)]
    parts += [line((x, 251), (x + 54, 251), stroke="#ffffff", stroke_width=4)]
    return group(parts)


def _bush(x: float) -> str:
    return group([ellipse(x, 338, 34, 22, fill="#4c7d57"), ellipse(x - 12, 330, 16, 13, fill="#669a70")])


PAIR: Final = Pair(name="house", draw=draw, altered_is_first=False, marks=())
