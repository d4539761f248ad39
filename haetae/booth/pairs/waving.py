"""A figure seen from behind waves at a ship: the hand has a finger too many."""

from typing import Final

from haetae.booth.pairs.drawing import WIDTH, Mark, Pair, circle, ellipse, gradient, group, path, rect

_SKIN: Final = "#d9a47c"
_HAND: Final = (424, 138)
_FIVE: Final = (-62, -22, 0, 21, 44)
_SIX: Final = (-62, -32, -14, 5, 24, 45)


def draw(*, altered: bool) -> list[str]:
    return [
        gradient("sky", "#b9dce4", "#f7efe0"),
        gradient("sea", "#3f8791", "#7db7b9"),
        rect(0, 0, WIDTH, 210, fill="url(#sky)"),
        rect(0, 210, WIDTH, 110, fill="url(#sea)"),
        _ship(),
        path("M0 316 Q160 296 330 312 T640 306 V420 H0 Z", fill="#e6d3a9"),
        _figure(),
        _hand(_SIX if altered else _FIVE),
    ]


def _ship() -> str:
    parts = [
        path("M-70 0 H70 L54 24 H-56 Z", fill="#2b4a57"),
        rect(-40, -20, 78, 20, fill="#f7f3e8"),
        rect(-6, -46, 18, 26, fill="#a23b3b"),
        ellipse(26, -60, 20, 8, fill="#f4f7f7", opacity=0.8),
        ellipse(56, -70, 26, 10, fill="#f4f7f7", opacity=0.6),
    ]
    return group(parts, transform="translate(140 208)")


def _figure() -> str:
    return group(
        [
            path("M262 420 Q256 268 296 246 H352 Q388 262 384 420 Z", fill="#0f5c63"),
            path(
                f"M352 250 Q402 250 {_HAND[0] - 8} 168",
                stroke="#0f5c63",
                stroke_width=38,
                fill="none",
                stroke_linecap="round",
            ),
            path(
                "M286 262 Q252 300 258 388",
                stroke="#0b474d",
                stroke_width=34,
                fill="none",
                stroke_linecap="round",
            ),
            rect(308, 216, 32, 38, fill=_SKIN),
            circle(324, 184, 46, fill="#3a2a22"),
            path("M278 190 Q276 246 300 240 H348 Q372 244 370 190 Z", fill="#3a2a22"),
            path("M280 168 Q324 118 368 168 Q324 152 280 168 Z", fill="#e2b13c"),
        ]
    )


def _hand(fingers: tuple[float, ...]) -> str:
    parts = [
        path("M0 30 L0 52", stroke=_SKIN, stroke_width=26, stroke_linecap="round"),
        ellipse(0, 8, 27, 29, fill=_SKIN),
    ]
    for turn in fingers:
        thumb = turn == fingers[0]
        top, wide = (-44, 13) if thumb else (-62, 11.5)
        parts.append(
            path(
                f"M0 -10 L0 {top}",
                stroke=_SKIN,
                stroke_width=wide,
                stroke_linecap="round",
                transform=f"rotate({turn})",
            )
        )
    return group(parts, transform=f"translate({_HAND[0]} {_HAND[1]}) rotate(6)", stroke_linejoin="round")


PAIR: Final = Pair(
    name="waving",
    draw=draw,
    altered_is_first=True,
    marks=(Mark(x=_HAND[0] + 4, y=_HAND[1] - 16, rx=84, ry=84),),
)
