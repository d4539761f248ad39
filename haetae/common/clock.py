"""The only place that asks what time it is, so that tests and replays can decide."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)
