"""How many, how often, and how much doubt is left. Pure."""

from datetime import datetime, timedelta
from typing import Final

TRIED: Final = 200
EVERY: Final = timedelta(days=7)


def is_due(*, newest_at: datetime | None, now: datetime) -> bool:
    """A week after the last ones, however late that is noticed; the first ones at once."""
    return newest_at is None or now - newest_at >= EVERY
