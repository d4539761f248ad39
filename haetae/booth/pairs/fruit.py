"""Fruit under one lamp: on one of them the light comes from elsewhere."""

from typing import Final

from haetae.booth.pairs.drawing import HEIGHT, WIDTH, Mark, Pair, circle, ellipse, gradient, group, path, rect

_FRUIT: Final = (
    (225, 232, "#e58a2b", "#a9531a"),
    (330, 212, "#d95f3b", "#8f2f22"),
    (425, 236, "#e8b23a", "#a8741a"),
    (280, 276, "#d95f3b", "#8f2f22"),
    (378, 280, "#e58a2b", "#a9531a"),
)
_WRONG: Final = 4
_R: Final = 58


def draw(*, altered: bool) -> list[str]:
    parts = [
        gradient("wall", "#e8efee", "#c9d8d7"),
        gradient("table", "#b98a5c", "#8f6540"),
        gradient("lamp", "#fff6d8", "#fff6d800", radial=True),
        rect(0, 0, WIDTH, 290, fill="url(#wall)"),
        ellipse(60, 30, 330, 230, fill="url(#lamp)"),
        path("M22 0 H58 L98 62 H-18 Z", fill="#0f5c63"),
        ellipse(40, 64, 52, 9, fill="#fff3c8"),
        rect(0, 290, WIDTH, HEIGHT - 290, fill="url(#table)"),
        ellipse(420, 392, 210, 20, fill="#3b2413", opacity=0.35),
    ]
    for place, (x, y, light, dark) in enumerate(_FRUIT):
        parts.append(_one(place, x, y, (light, dark), turned=altered and place == _WRONG))
    return [*parts, _bowl()]


def _one(place: int, x: float, y: float, colours: tuple[str, str], *, turned: bool) -> str:
    light, dark = colours
    toward = 1 if turned else -1
    name = f"fruit{place}"
    shade = gradient(
        name, "#fff1d2", light, dark, radial=True, cx=0.5 + 0.19 * toward, cy=0.5 + 0.21 * toward, r=0.8
    )
    shine = ellipse(x + toward * 21, y + toward * 24, 11, 7, fill="#ffffff", opacity=0.8)
    stem = path(f"M{x - 2} {y - _R + 4} q4 -12 12 -14", stroke="#5a4632", stroke_width=5, fill="none")
    return group([shade, circle(x, y, _R, fill=f"url(#{name})"), shine, "" if place > 2 else stem])


def _bowl() -> str:
    shade = gradient("bowl", "#f4f7f7", "#9fb6b8", x1=0, x2=1, y2=0)
    body = path("M148 300 H502 Q486 396 388 398 H262 Q164 396 148 300 Z", fill="url(#bowl)")
    band = path("M158 330 H492 L488 346 H162 Z", fill="#0f5c63", opacity=0.8)
    return group([shade, body, band])


PAIR: Final = Pair(name="fruit", draw=draw, altered_is_first=False, marks=(Mark(x=380, y=262, rx=74, ry=58),))
