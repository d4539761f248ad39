"""A month on the wall: one number stands there twice."""

from typing import Final

from haetae.booth.pairs.drawing import (
    HEIGHT,
    WIDTH,
    Mark,
    Pair,
    circle,
    ellipse,
    gradient,
    group,
    path,
    rect,
    words,
)

_LEFT: Final = 168
_TOP: Final = 150
_STEP_X: Final = 47
_STEP_Y: Final = 46
_STARTS_AT: Final = 2
_DAYS: Final = 30
_WRONG: Final = 18


def draw(*, altered: bool) -> list[str]:
    parts = [
        gradient("wall", "#f1ece1", "#dfd6c4"),
        rect(0, 0, WIDTH, HEIGHT, fill="url(#wall)"),
        rect(138, 38, 364, 366, rx=8, fill="#00000022", transform="translate(6 7)"),
        rect(138, 38, 364, 366, rx=8, fill="#fffdf7"),
        path("M138 46 a8 8 0 0 1 8 -8 H494 a8 8 0 0 1 8 8 V96 H138 Z", fill="#0f5c63"),
        path("M250 88 L290 56 L318 76 L352 50 L396 88 Z", fill="#cfe6e6"),
        circle(420, 62, 9, fill="#f6d98a"),
    ]
    parts += [rect(x, 26, 8, 24, rx=4, fill="#7b8485") for x in range(186, 470, 44)]
    parts += [
        circle(_LEFT + _STEP_X * column, 117, 4, fill="#a23b3b" if column == 0 else "#9aa5a6")
        for column in range(7)
    ]
    for day in range(1, _DAYS + 1):
        at = day - 1 + _STARTS_AT
        x, y = _LEFT + _STEP_X * (at % 7), _TOP + _STEP_Y * (at // 7)
        shown = day - 1 if altered and day == _WRONG else day
        parts.append(
            words(
                x,
                y,
                str(shown),
                font_size=25,
                text_anchor="middle",
                font_family="system-ui, sans-serif",
                fill="#a23b3b" if at % 7 == 0 else "#1b2627",
            )
        )
    return [*parts, _plant()]


def _plant() -> str:
    leaves = [
        ellipse(0, -62, 13, 44, fill=colour, transform=f"rotate({turn})")
        for turn, colour in ((-48, "#3f7a5c"), (44, "#3f7a5c"), (-18, "#57946f"), (16, "#57946f"))
    ]
    pot = path("M-34 -20 H34 L25 44 H-25 Z", fill="#b8673f")
    return group([*leaves, pot], transform="translate(72 362)")


def _place(day: int) -> tuple[float, float]:
    at = day - 1 + _STARTS_AT
    return _LEFT + _STEP_X * (at % 7), _TOP + _STEP_Y * (at // 7) - 9


PAIR: Final = Pair(
    name="month",
    draw=draw,
    altered_is_first=True,
    marks=(Mark(x=_place(_WRONG)[0] - _STEP_X / 2, y=_place(_WRONG)[1], rx=52, ry=27),),
)
