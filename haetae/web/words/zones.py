"""A moment in two zones, each named: first where the reader works, then where the agency does."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings


def in_both(at: datetime, *, zone: str) -> str:
    """`11-27 02:15 PST · 11-27 19:15 KST`; without the second date, or the second clock, where it is the same."""
    own, ours = (_in(at, ZoneInfo(name)) for name in (_known(zone), settings.TIME_ZONE))
    if own.partition(" ")[0] == ours.partition(" ")[0]:
        ours = ours.partition(" ")[2] if own != ours else ""
    return f"{own} · {ours}" if ours else own


def in_zone(at: datetime, *, zone: str) -> str:
    """To the second, for logs that are compared with one's own."""
    there = at.astimezone(ZoneInfo(_known(zone)))
    return f"{there:%Y-%m-%d %H:%M:%S} {_name_of(there)}"


def _in(at: datetime, zone: ZoneInfo) -> str:
    there = at.astimezone(zone)
    return f"{there:%m-%d %H:%M} {_name_of(there)}"


def _name_of(there: datetime) -> str:
    """KST, or UTC+08 where a zone has no letters of its own."""
    name = there.strftime("%Z")
    return f"UTC{name}" if name[:1] in "+-" else name


def _known(zone: str) -> str:
    """A zone that does not exist must not close the desk."""
    try:
        return ZoneInfo(zone).key
    except (ZoneInfoNotFoundError, ValueError):
        return str(settings.TIME_ZONE)
