"""All watch lists, and one of them: how it goes, its places in the order of risk, what it named and brought."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from haetae.accounts.permissions import Permission
from haetae.common import clock
from haetae.flow.arrival.watching import queries, rules
from haetae.flow.arrival.watching.models import WatchList, WatchPlace
from haetae.flow.arrival.watching.states import CONFIRMED, MOVES, Kind, State
from haetae.flow.overview.lately import lately
from haetae.web.access import needs
from haetae.web.console.rights import may, official_of
from haetae.web.words.agencies import agency_words
from haetae.web.words.bases import basis_words
from haetae.web.words.times import moment, span
from haetae.web.words.watching import KINDS, STATES, visit_words, watch_refusal

_PLACES, _LEADS, _FINDS = 100, 50, 20
_BAR: Final = 100


@needs(Permission.WATCH_READ)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What was last changed first."""
    return list_page(request)


@needs(Permission.WATCH_READ)
@require_safe
def one(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """What it is for, how it goes, and what may be done now."""
    return page_of(request, list_id)


def found_list(list_id: UUID) -> WatchList:
    try:
        return queries.get_list(list_id)
    except WatchList.DoesNotExist as missing:
        raise Http404 from missing


def list_page(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    now, stopped, all_of_it = clock.now(), queries.stop_in_force(), queries.watching()
    shown: dict[str, Any] = {
        "rows": [_line(row) for row in queries.all_lists()],
        "may_manage": may(request, Permission.WATCH_MANAGE),
        "stopped": stopped,
        "stopped_at": moment(stopped.at, now=now) if stopped else None,
        "sums": all_of_it,
        "oldest": moment(all_of_it.oldest_due_at, now=now) if all_of_it.oldest_due_at else None,
        "sent": request.POST if problem else {},
        "problem": watch_refusal(problem) if problem else "",
    }
    return render(request, "console/watching/listed.html", shown, status=status)


def page_of(request: HttpRequest, list_id: UUID, *, problem: str = "", status: int = 200) -> HttpResponse:
    found, now = found_list(list_id), clock.now()
    state = State(found.state)
    # A list may have hundreds of thousands of places.
    goes = lately(f"watching {found.pk}", lambda: queries.progress_of(found)).value
    me, confirms = official_of(request).pk, may(request, Permission.WATCH_CONFIRM)
    manages = may(request, Permission.WATCH_MANAGE)
    why_not_confirm = rules.why_not_confirm(
        state, drafted_by=found.drafted_by_id, by=me, until=found.until, now=now
    )
    shown: dict[str, Any] = {
        "list": found,
        "is_on": state is State.ON,
        "line": _line(found),
        "goes": goes,
        "bar": _BAR * goes.visited // goes.places if goes.places else 0,
        "oldest": moment(goes.oldest_due_at, now=now) if goes.oldest_due_at else None,
        "misses": [(visit_words(code), number) for code, number in goes.misses.items()],
        "agency": agency_words(found.agency, at=found.drafted_at),
        "basis": basis_words(found.basis, at=found.drafted_at),
        "every": span_of(found.every_s),
        "drafted": moment(found.drafted_at, now=now),
        "confirmed": moment(found.confirmed_at, now=now) if found.confirmed_at else None,
        "hosts": found.hosts.split(),
        "phrases": found.phrases.splitlines(),
        "places": [_place(place) for place in queries.places_in_turn(found, most=_PLACES)],
        "places_most": _PLACES,
        "leads": [
            {"address": one.address, "pages": one.pages, "last": moment(one.last_at, now=now)}
            for one in queries.leads_of(found, most=_LEADS)
        ],
        "finds": [
            {"id": one.sighting_id, "kind": KINDS[Kind(one.kind)], "at": moment(one.at, now=now)}
            for one in queries.finds_of(found, most=_FINDS)
        ],
        "may_sightings": may(request, Permission.SIGHTING_READ),
        "is_to_confirm": confirms and state is State.DRAFT,
        "why_not_confirm": watch_refusal(why_not_confirm) if why_not_confirm else "",
        "may_pause": manages and state is State.ON,
        "may_resume": manages and state is State.PAUSED,
        "may_extend": confirms and state in CONFIRMED,
        "why_not_extend": watch_refusal("watch_extended_same_person") if found.until_by_id == me else "",
        "may_end": manages and State.ENDED in MOVES[state],
        "until": timezone.localtime(found.until).date().isoformat(),
        "latest": timezone.localdate(now + rules.LONGEST).isoformat(),
        "today": timezone.localdate(now).isoformat(),
        "why_least": rules.WHY_SHORTEST,
        "why_most": rules.WHY_LONGEST,
        "stopped": queries.stop_in_force(),
        "sent": request.POST if problem else {},
        "problem": watch_refusal(problem) if problem else "",
    }
    return render(request, "console/watching/one.html", shown, status=status)


def span_of(seconds: int) -> str:
    """How often, with its unit."""
    return _("%(count)s s") % {"count": seconds} if seconds < 60 else span(timedelta(seconds=seconds))


def _line(row: WatchList) -> dict[str, Any]:
    tone, shape, words = STATES[State(row.state)]
    now = clock.now()
    return {
        "id": row.pk,
        "number": str(row.pk)[:8],
        "name": row.name,
        "tone": tone,
        "shape": shape,
        "words": words,
        "places": row.size,
        "weight": row.weight,
        "full": row.full_at is not None,
        "until": moment(row.until, now=now) if row.state != State.ENDED else None,
        "changed": moment(row.changed_at, now=now),
    }


def _place(place: WatchPlace) -> dict[str, Any]:
    now = clock.now()
    return {
        "url": place.url,
        "kind": KINDS[Kind(place.kind)],
        "vanishes": place.vanishes,
        "named": place.named,
        "phrases": len(place.phrases),
        "pictures": place.pictures,
        "came_to": visit_words(place.last_code),
        "misses": place.misses,
        "visited": moment(place.visited_at, now=now) if place.visited_at else None,
        "due": moment(place.due_at, now=now),
    }
