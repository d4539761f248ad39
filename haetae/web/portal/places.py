"""What somebody sees of the link that they sent: place by place, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from haetae.flow.overview.places import Place, Places
from haetae.web.words.depicted import answer_words
from haetae.web.words.places import PlaceMark, place_mark


@dataclass(frozen=True, kw_only=True)
class PlaceLine:
    """One place. `where` names the site only where the report itself led there.

    Whoever sends a link need not be the person in the picture: the page must not tell them where else it is.
    """

    number: int
    where: str
    elsewhere: bool
    mark: PlaceMark
    on: str


@dataclass(frozen=True, kw_only=True)
class Progress:
    """`sum` is the sentence that counts, empty before anything was found; `told` says why nothing was found.

    `said` is what the person told us of who is in the picture.
    """

    sum: str
    is_done: bool
    places: Sequence[PlaceLine]
    more: int
    told: str
    said: str


def progress(found: Places) -> Progress:
    return Progress(
        sum=_sum(found),
        is_done=0 < found.count == found.gone,
        places=[_line(place) for place in found.places],
        more=found.count - len(found.places),
        told="" if found.count else _told(found.report.state),
        said=answer_words(found.report.depicted),
    )


def _sum(found: Places) -> str:
    if not found.count:
        return ""
    counted = {"gone": found.gone, "count": found.count}
    if found.count == 1:
        return _("Proven gone.") if found.gone else _("Not proven gone yet.")
    return _("%(gone)s of %(count)s places proven gone") % counted


def _told(state: str) -> str:
    if state == "not_found":
        return _("We found no picture behind this link. A person looks at the link.")
    return _("We are opening your link. It usually takes less than a minute.")


def _line(place: Place) -> PlaceLine:
    row = place.row
    return PlaceLine(
        number=place.number,
        where=row.host if place.named else _("another place"),
        elsewhere=not place.named,
        mark=place_mark(row.shown_state, block=row.block.state if row.block else "", came_back=row.came_back),
        on=_day(row.changed_at) if row.state == "verified" else "",
    )


def _day(at: datetime) -> str:
    """Day and time where the reader is, as 11월 22일 15:04."""
    return date_format(at.astimezone(ZoneInfo(settings.TIME_ZONE)), _("j F, H:i"))
