"""The order in which an operator fetches, and where it goes on. Pure.

Sorted by the newest attempt, which only grows: what is said anew comes again at the end. An attempt that has just
begun may be seen later than one that began after it, so nothing younger than SETTLED is shown.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Self
from uuid import UUID

SETTLED: Final = timedelta(seconds=3)
PAGE_MOST: Final = 100


class BadCursorError(Exception):
    """It is none of ours."""


@dataclass(frozen=True, kw_only=True)
class Cursor:
    """The last row of a page."""

    said_at: datetime
    delivery_id: UUID

    def text(self) -> str:
        plain = f"{self.said_at.isoformat()} {self.delivery_id}"
        return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises BadCursorError."""
        try:
            padded = text + "=" * (-len(text) % 4)
            moment, _, number = base64.urlsafe_b64decode(padded.encode()).decode().partition(" ")
            said_at, delivery_id = datetime.fromisoformat(moment), UUID(number)
        except (binascii.Error, ValueError) as nonsense:
            raise BadCursorError from nonsense
        if said_at.tzinfo is None:
            raise BadCursorError
        return cls(said_at=said_at, delivery_id=delivery_id)
