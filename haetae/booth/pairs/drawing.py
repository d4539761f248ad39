"""Drawing by code: SVG elements as text, always the same bytes for the same call. Pure.

Nobody is pictured: what is drawn are landscapes, things, patterns and one figure seen from behind.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Final, Protocol

WIDTH: Final = 640
HEIGHT: Final = 420

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A ring around what was changed: its centre and its two radii, in units of the drawing."""

    x: float
    y: float
    rx: float
    ry: float


class Drawn(Protocol):
    """One idea, drawn as it was or altered."""

    def __call__(self, *, altered: bool) -> list[str]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two pictures, one of them altered after it was made. Without marks nobody can tell which by looking."""

    name: str
    draw: Drawn
    altered_is_first: bool
    marks: tuple[Mark, ...]

    @property
    def can_be_told(self) -> bool:
        return bool(self.marks)

    def picture(self, *, altered: bool) -> str:
        """As SVG."""
        return svg(self.draw(altered=altered))

    def shown(self) -> str:
        """The altered one with its rings, as SVG."""
        return svg([*self.draw(altered=True), *(ring(mark) for mark in self.marks)])


def svg(parts: Iterable[str]) -> str:
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}">\n{body}\n</svg>\n'
    )


def element(tag: str, inside: str = "", /, **attributes: float | str) -> str:
    """`stroke_width=2` becomes `stroke-width="2"`; numbers have at most one place."""
    said = "".join(f' {name.replace("_", "-")}="{_value(value)}"' for name, value in attributes.items())
    return f"<{tag}{said}>{inside}</{tag}>" if inside else f"<{tag}{said}/>"


def rect(x: float, y: float, width: float, height: float, **more: float | str) -> str:
    return element("rect", x=x, y=y, width=width, height=height, **more)


def circle(x: float, y: float, r: float, **more: float | str) -> str:
    return element("circle", cx=x, cy=y, r=r, **more)


def ellipse(x: float, y: float, rx: float, ry: float, **more: float | str) -> str:
    return element("ellipse", cx=x, cy=y, rx=rx, ry=ry, **more)


def line(start: Point, end: Point, **more: float | str) -> str:
    return element("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], **more)


def polygon(points: Iterable[Point], **more: float | str) -> str:
    return element("polygon", points=" ".join(f"{_value(x)},{_value(y)}" for x, y in points), **more)


def path(d: str, **more: float | str) -> str:
    return element("path", d=d, **more)


def words(x: float, y: float, text: str, **more: float | str) -> str:
    return element("text", escape(text), x=x, y=y, **more)


def group(parts: Iterable[str], **more: float | str) -> str:
    return element("g", "".join(parts), **more)


def gradient(name: str, *colours: str, radial: bool = False, **more: float | str) -> str:
    """Colours at even distances, from the top to the bottom unless told otherwise."""
    stops = "".join(
        element("stop", offset=at / (len(colours) - 1), stop_color=colour)
        for at, colour in enumerate(colours)
    )
    if radial:
        return element("radialGradient", stops, id=name, **more)
    return element("linearGradient", stops, id=name, **({"x1": 0, "y1": 0, "x2": 0, "y2": 1} | more))


def ring(mark: Mark) -> str:
    """White below, dark above, so that it is seen on every ground."""
    around = {"fill": "none"}
    return "".join(
        ellipse(mark.x, mark.y, mark.rx, mark.ry, stroke=colour, stroke_width=width, **around)
        for colour, width in (("#ffffff", 11), ("#7d1616", 6))
    )


def _value(value: float | str) -> str:
    return value if isinstance(value, str) else f"{round(value, 2):g}"
