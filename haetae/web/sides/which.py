"""Whose an address is. The path alone says it, so that nothing is read before it is known."""

from enum import StrEnum
from typing import Final

from django.conf import settings
from django.http import HttpRequest

CONSOLE_PATH: Final = "/console/"
_MACHINES: Final = ("/api/", "/exchange/")
_EVERYWHERE: Final = ("/healthz",)


class Side(StrEnum):
    """One of the three; HAETAE_SIDES names those that a process serves."""

    PORTAL = "portal"
    CONSOLE = "console"
    API = "api"


def side_at(path: str) -> Side | None:
    """None for what every process answers, whatever sides it serves."""
    if path in _EVERYWHERE:
        return None
    # Also without the slash: nobody who reports is to be led from one side to the other by a redirect.
    if path.startswith(CONSOLE_PATH) or path == CONSOLE_PATH.rstrip("/"):
        return Side.CONSOLE
    return Side.API if path.startswith(_MACHINES) else Side.PORTAL


def side_of(request: HttpRequest) -> Side | None:
    return side_at(request.path_info)


def is_served(side: Side | None) -> bool:
    """Whether this process serves that side."""
    return side is None or side in settings.SIDES
