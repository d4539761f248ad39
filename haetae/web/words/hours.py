"""Whether somebody answers now, and when they do, in words that never claim more than is known."""

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from haetae.law.person.facts import Hours
from haetae.law.person.hours import Opening, Openness


def hours_words(hours: Hours | None, openness: Openness) -> str:
    if hours is None:
        return _("We don't know the hours")
    if hours.always:
        return _("Answers day and night") if hours.verified else _("Known to answer day and night")
    when = ", ".join(_opening(opening) for opening in hours.openings)
    if openness is Openness.OPEN:
        words = (
            _("Answers now: %(when)s") if hours.verified else _("Answers now, as far as we know: %(when)s")
        )
    else:
        words = _("Closed now: %(when)s") if hours.verified else _("Closed now, as far as we know: %(when)s")
    return words % {"when": when}


def _opening(opening: Opening) -> str:
    """Days in a row, as "Monday to Friday, 09:00–18:00"."""
    days = sorted(opening.days)
    first, last = WEEKDAYS[days[0]], WEEKDAYS[days[-1]]
    run = str(first) if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}
    return f"{run} {_clock(opening.from_minute)}–{_clock(opening.to_minute)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
