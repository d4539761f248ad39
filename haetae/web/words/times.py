"""Moments as people say them, always with the exact one beside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

_DURATION: Final = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


@dataclass(frozen=True, kw_only=True)
class Moment:
    """`relative` for the eye, `exact` in the zone of the officials, `machine` as ISO 8601 in UTC."""

    relative: str
    exact: str
    machine: str

    @property
    def tag(self) -> SafeString:
        """As HTML. A page of work has hundreds of them, and a template for each would be most of its time."""
        return format_html(
            '<time datetime="{}" title="{}">{}</time>', self.machine, self.exact, self.relative
        )


def moment(at: datetime, *, now: datetime) -> Moment:
    here = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    return Moment(
        relative=relative(at - now), exact=here.strftime("%Y-%m-%d %H:%M:%S %Z"), machine=at.isoformat()
    )


def relative(distance: timedelta) -> str:
    """How far away from now: behind us when negative. One unit only, so that it changes seldom."""
    words = span(abs(distance))
    if not words:
        return _("just now")
    return (_("%(span)s ago") if distance < timedelta() else _("in %(span)s")) % {"span": words}


def span(length: timedelta) -> str:
    """The largest whole unit of a length; empty below ten seconds."""
    seconds = int(length.total_seconds())
    if seconds < 10:
        return ""
    if seconds < 60:
        return _("%(count)s s") % {"count": seconds // 10 * 10}
    if seconds < 3_600:
        return _("%(count)s min") % {"count": seconds // 60}
    if seconds < 172_800:
        return _("%(count)s h") % {"count": seconds // 3_600}
    return _("%(count)s days") % {"count": seconds // 86_400}


def planned_after(duration: str) -> str:
    """`P7D` since the claim, as the pack writes it, in words; anything else is shown as it is."""
    if duration.startswith("report-"):
        return _("after a new report")
    if duration.startswith("order-"):
        return _("after the time of an order")
    if _DURATION.fullmatch(duration) is None:
        return duration
    words = span(length_of(duration))
    return _("%(span)s after the claim") % {"span": words} if words else _("at the claim")


def length_of(duration: str) -> timedelta:
    """For sorting; something that is no such duration comes last."""
    found = _DURATION.fullmatch(duration)
    if found is None:
        return timedelta.max
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def age_words(borders: Sequence[timedelta]) -> Iterator[str]:
    """What each column of ages is called: up to the first border, between two, and longer than the last."""
    yield _("up to %(span)s") % {"span": span(borders[0])}
    for younger, older in pairwise(borders):
        yield f"{span(younger)} – {span(older)}"
    yield _("longer than %(span)s") % {"span": span(borders[-1])}
