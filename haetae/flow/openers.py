"""The isolated openers of this process, shared by all that look at pictures in it."""

from functools import cache

from haetae.detect.pool import OpenerPool


@cache
def openers() -> OpenerPool:
    """Two openers, started when the first picture comes."""
    return OpenerPool(size=2)
