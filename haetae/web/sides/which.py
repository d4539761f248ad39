"""Whose an address is. The path alone says it, so that nothing is read before it is known."""

from enum import StrEnum
from typing import Final

from django.conf import settings
from django.http import HttpRequest

CONSOLE_PATH: Final = "/console/"
OPERATOR_PATH: Final = "/operator/"
_MACHINES: Final = ("/api/", "/exchange/")
_EVERYWHERE: Final = ("/healthz", "/readyz")


class Side(StrEnum):
    """One of the four; HAETAE_SIDES names those that a process serves."""

    PORTAL = "portal"
    CONSOLE = "console"
    OPERATOR = "operator"
    API = "api"


# The sides on which people sign in, and the page to which each leads after that.
HOMES: Final = {Side.CONSOLE: "console:work", Side.OPERATOR: "operator:requests"}
# A side that has a map of its own: the names of the sign-in lead to its own addresses there.
MAPS: Final = {Side.OPERATOR: "haetae.web.operator.map"}
_AT: Final = {CONSOLE_PATH: Side.CONSOLE, OPERATOR_PATH: Side.OPERATOR}


def side_at(path: str) -> Side | None:
    """None for what every process answers, whatever sides it serves."""
    if path in _EVERYWHERE:
        return None
    for begins, side in _AT.items():
        # Also without the slash: nobody who reports is to be led from one side to the other by a redirect.
        if path.startswith(begins) or path == begins.rstrip("/"):
            return side
    return Side.API if path.startswith(_MACHINES) else Side.PORTAL


def side_of(request: HttpRequest) -> Side | None:
    return side_at(request.path_info)


def is_served(side: Side | None) -> bool:
    """Whether this process serves that side."""
    return side is None or side in settings.SIDES


def home_of(request: HttpRequest) -> str:
    """Name of the page to which whoever has signed in on this side comes."""
    side = side_of(request)
    return HOMES[side if side in HOMES else Side.CONSOLE]
