"""The law for whoever investigates: what a deed of one day is punished with, by article, and what was announced."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from haetae.accounts.permissions import Permission
from haetae.common import clock
from haetae.law.packs import Pack, load_pack
from haetae.law.person.facts import Reader
from haetae.web.access import needs
from haetae.web.penalties import penalties
from haetae.web.words.penalties import why_no_day
from haetae.web.words.plan import beside
from haetae.web.words.sayings import saying


@needs(Permission.INVESTIGATION_WORK)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """By the day of the deed, which is today until another one is asked for."""
    pack = load_pack()
    today = clock.now().astimezone(pack.zone).date()
    typed = request.GET.get("on", "").strip()
    day = _day(typed) if typed else today
    problem = _problem(day, pack=pack, today=today)
    on = today if day is None or day > today else day
    shown = {
        "typed": typed or today.isoformat(),
        "on": on,
        "today": today,
        "problem": why_no_day(problem) if problem else "",
        "groups": penalties(pack, on=on),
        "also": [saying(rule) for rule in pack.rules(Reader.OFFICERS, on=on)],
        "plan": beside(pack.plan),
        "read_on": pack.version,
    }
    return render(request, "console/penalties.html", shown, status=422 if problem else 200)


def _day(typed: str) -> date | None:
    try:
        return parse_date(typed)
    except ValueError:
        return None


def _problem(day: date | None, *, pack: Pack, today: date) -> str:
    if day is None:
        return "day_unreadable"
    if day > today:
        return "day_to_come"
    begun = [one.valid_from for one in pack.all_offences if one.valid_from]
    return "day_not_read" if day < min(begun) else ""
