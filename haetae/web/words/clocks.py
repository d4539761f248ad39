"""One moment on the clocks of both sides, each clock named: a due date is never read on the wrong one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

_CITIES: Final[Mapping[str, str | Promise]] = {
    "Asia/Seoul": _("Seoul"),
    "America/New_York": _("New York"),
    "America/Chicago": _("Chicago"),
    "America/Los_Angeles": _("Los Angeles"),
    "Europe/London": _("London"),
    "Europe/Dublin": _("Dublin"),
    "Europe/Amsterdam": _("Amsterdam"),
    "Europe/Berlin": _("Berlin"),
    "Europe/Brussels": _("Brussels"),
    "Europe/Paris": _("Paris"),
    "Australia/Sydney": _("Sydney"),
    "Asia/Kolkata": _("Kolkata"),
    "Asia/Tokyo": _("Tokyo"),
    "Asia/Singapore": _("Singapore"),
    "UTC": _("UTC"),
}


def officials_first(at: datetime, *, zone: str = "") -> Sequence[str]:
    """In Seoul, and at the operator's desk in `zone` where the clock there shows something else."""
    return _on(at, settings.TIME_ZONE, zone)


def operator_first(at: datetime, *, zone: str) -> Sequence[str]:
    """At the operator's own desk, and in Seoul where the clock there shows something else."""
    return _on(at, zone, settings.TIME_ZONE)


def at_the_desk(at: datetime, *, zone: str) -> str:
    """Both clocks on one line, the operator's own first."""
    return " · ".join(operator_first(at, zone=zone))


def to_the_second(at: datetime, *, zone: str) -> str:
    """On the operator's clock alone, for a log that is compared with one's own."""
    there = at.astimezone(_clock(zone) or ZoneInfo(settings.TIME_ZONE))
    return f"{there:%Y-%m-%d %H:%M:%S} {city(str(there.tzinfo))}"


def city(zone: str) -> str:
    """What people call a time zone; one that is not listed keeps its own name."""
    return str(_CITIES.get(zone) or zone.rpartition("/")[2].replace("_", " "))


def _on(at: datetime, *zones: str) -> list[str]:
    """A zone that nobody knows, or none, is left out; so is a clock that shows the same as one before it."""
    shown: dict[str, str] = {}
    for zone in zones:
        clock = _clock(zone)
        if clock is not None:
            shown.setdefault(at.astimezone(clock).strftime("%Y-%m-%d %H:%M"), zone)
    if not shown:
        return _on(at, settings.TIME_ZONE)
    return [now("%(time)s %(city)s") % {"time": time, "city": city(zone)} for time, zone in shown.items()]


def _clock(zone: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(zone) if zone else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
