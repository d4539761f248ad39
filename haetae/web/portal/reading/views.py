"""Pages that only say something. What they say of the law comes from the pack, on the day on which it is read."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from haetae.common import clock
from haetae.law.packs import Pack, load_pack
from haetae.law.person.elsewhere import load_elsewhere
from haetae.law.person.facts import Reader, RetentionClass, Situation
from haetae.web.access import public
from haetae.web.penalties import eras, penalties
from haetae.web.portal.reading.calling import Call, call
from haetae.web.words.keeping import kept_words
from haetae.web.words.language import in_korean
from haetae.web.words.plan import beside
from haetae.web.words.sayings import Saying, saying
from haetae.web.words.situations import situation_words

# What happens in classrooms. A classmate is under 19: the stricter rows stand beside those about anybody.
_AT_SCHOOL: Final = frozenset(
    {"make", "spread", "keep", "threaten_under_19", "make_under_19", "spread_under_19", "keep_under_19"}
)
View = Callable[[HttpRequest], HttpResponse]


def _only_says(template: str) -> View:
    """A page with nothing of its own to look up."""

    @public
    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        return render(request, f"portal/reading/{template}.html")

    return view


index = _only_says("index")
friends = _only_says("friends")


@public
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """Whom to call, by situation; whoever answers now stands first."""
    now = clock.now()
    found = [
        {"id": situation.value, "title": situation_words(situation), "calls": _calls(situation, at=now)}
        for situation in Situation
    ]
    local = now.astimezone(_pack().zone)
    shown = {"situations": found, "time": date_format(local, _("l, H:i"))}
    return render(request, "portal/reading/numbers.html", shown)


@public
@require_safe
def when_threatened(request: HttpRequest) -> HttpResponse:
    """Threatened, or asked for money: what to do, in the order in which to do it."""
    calls = _calls(Situation.MONEY, at=clock.now())
    return render(request, "portal/reading/now.html", {"calls": calls})


@public
@require_safe
def what_next(request: HttpRequest) -> HttpResponse:
    """Step by step. The hours are our aim: the law names none."""
    aim = _pack().removal.target_removal.as_timedelta()
    shown = {
        "aim_hours": aim // timedelta(hours=1),
        "block_days": _pack().provisional_block.maximum.as_timedelta().days,
    }
    return render(request, "portal/reading/next.html", shown)


@public
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What becomes of what a person tells us, and how long the support centres have to keep it."""
    kept = [kept_words(_pack().retention(kind, on=_today())) for kind in RetentionClass]
    return render(request, "portal/reading/data.html", {"kept": kept})


@public
@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    shown = {"everyone": _sayings(Reader.EVERYONE), "under_19": _sayings(Reader.UNDER_19)}
    return render(request, "portal/reading/rights.html", shown)


@public
@require_safe
def law(request: HttpRequest) -> HttpResponse:
    """What a deed is punished with, by its day: `on` is one of the days on which something changed."""
    pack, found = _pack(), eras(_pack(), today=_today())
    era = next((era for era in found if era.value == request.GET.get("on", "")), found[0])
    shown = {
        "eras": found,
        "era": era,
        "groups": penalties(pack, on=era.day),
        "also": [saying(rule) for rule in pack.rules(Reader.PENALTIES, on=era.day)],
        "plan": beside(pack.plan),
        "read_on": pack.version,
    }
    return render(request, "portal/reading/law.html", shown)


@public
@require_safe
def pupils(request: HttpRequest) -> HttpResponse:
    """For pupils: what counts, what it is punished with, and what to do, also for whoever did it."""
    groups = [
        (group.title, rows)
        for group in penalties(_pack(), on=_today())
        if (rows := [row for row in group.penalties if row.offence_id in _AT_SCHOOL])
    ]
    shown = {
        "groups": groups,
        "sayings": _sayings(Reader.PUPILS),
        "calls": _calls(Situation.UNDER_19, at=clock.now()),
    }
    return render(request, "portal/reading/pupils.html", shown)


@public
@require_safe
def money(request: HttpRequest) -> HttpResponse:
    shown = {"sayings": _sayings(Reader.MONEY), "calls": _calls(Situation.LAWYER, at=clock.now())}
    return render(request, "portal/reading/money.html", shown)


@public
@require_safe
def under_19(request: HttpRequest) -> HttpResponse:
    shown = {"sayings": _sayings(Reader.UNDER_19), "calls": _calls(Situation.UNDER_19, at=clock.now())}
    return render(request, "portal/reading/under_19.html", shown)


@public
@require_safe
def parents(request: HttpRequest) -> HttpResponse:
    shown = {"sayings": _sayings(Reader.PARENTS), "calls": _calls(Situation.TALK, at=clock.now())}
    return render(request, "portal/reading/parents.html", shown)


@public
@require_safe
def teachers(request: HttpRequest) -> HttpResponse:
    shown = {"sayings": _sayings(Reader.TEACHERS), "calls": _calls(Situation.SCHOOL, at=clock.now())}
    return render(request, "portal/reading/teachers.html", shown)


@public
@require_safe
def elsewhere(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    places = [
        {
            "title": place.name_ko if in_korean() else place.name_en,
            "calls": [call(line, at=at, tz=place.zone) for line in place.helplines(at=at)],
        }
        for place in load_elsewhere()
    ]
    return render(request, "portal/reading/elsewhere.html", {"places": places})


def _pack() -> Pack:
    return load_pack(settings.JURISDICTION)


def _today() -> date:
    return clock.now().astimezone(_pack().zone).date()


def _sayings(reader: Reader) -> list[Saying]:
    return [saying(rule) for rule in _pack().rules(reader, on=_today())]


def _calls(situation: Situation, *, at: datetime) -> list[Call]:
    zone: ZoneInfo = _pack().zone
    return [call(line, at=at, tz=zone) for line in _pack().helplines(situation=situation, at=at)]
