"""A few limits for one test, and somebody on the network of a school."""

from types import MappingProxyType
from typing import Any

from haetae.settings.limits import DEFAULTS, Limit

SCHOOL = {"HTTP_X_CLIENT": "203.0.113.77"}


def let(settings: Any, **limits: Limit) -> None:
    """All as they are, but for these."""
    settings.LIMITS = MappingProxyType({**DEFAULTS, **limits})
