"""Pages of the control room that only show. Each reads, words and renders; none of them writes."""

import hashlib
from typing import Any, Final

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from haetae.accounts.permissions import Permission
from haetae.audit.queries import newest_event_id
from haetae.common import clock
from haetae.flow.arrival.watching.queries import watching
from haetae.flow.overview import newest_rows
from haetae.flow.overview.choosing import how_many
from haetae.flow.overview.lately import picture_lately
from haetae.flow.overview.rows import lost_reports
from haetae.web.access import needs
from haetae.web.console.alarms import alarms
from haetae.web.console.filters import Filter, fields_of, filter_of
from haetae.web.console.health import panel
from haetae.web.console.lines import line, news, picture_of_flow
from haetae.web.console.paging import page_number, pages
from haetae.web.console.rights import may, roles_of
from haetae.web.words.codes import code_words
from haetae.web.words.times import moment

_LOST_SHOWN: Final = 100
# While nothing is recorded only the words of time change: the rows of many open windows are made again this often.
_LOOKED_AFRESH_S: Final = 6


@needs(Permission.SIGHTING_READ)
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """The whole control room; the rows and the figures above them then renew themselves."""
    filter_ = filter_of(request.GET)
    shown = _rows(request, filter_)
    standing, part = _parts(shown, request)
    return render(
        request,
        "console/work.html",
        {**shown, "standing": standing, "part": part, "fields": fields_of(filter_)},
    )


@needs(Permission.SIGHTING_READ)
@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """Rows and figures alone; 204 while they are what the page has already, so that nothing moves without a cause."""
    seen, newest, same_page = request.GET.get("seen"), newest_event_id(), _same_page(request)
    counted = caches["of_this_process"]
    if counted.get(same_page) == (newest, seen):
        return HttpResponse(status=204)
    shown = _rows(request, filter_of(request.GET))
    standing, part = _parts(shown, request, swap=True)
    counted.set(same_page, (newest, shown["digest"]), timeout=_LOOKED_AFRESH_S)
    return HttpResponse(status=204) if shown["digest"] == seen else HttpResponse(part + standing)


@needs(Permission.TASK_READ)
@require_safe
def lost(request: HttpRequest) -> HttpResponse:
    """Reports that led nowhere, for a person to follow."""
    now = clock.now()
    found = [
        {
            "number": str(report.pk)[:8],
            "link": report.link,
            "why": code_words(report.why),
            "at": moment(report.received_at, now=now),
        }
        for report in lost_reports(limit=_LOST_SHOWN)
    ]
    return render(request, "console/lost.html", {"reports": found, "limit": _LOST_SHOWN})


@needs(Permission.HEALTH_READ)
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """What is stuck, since when, and where."""
    now, found = clock.now(), picture_lately()
    watched = watching()
    shown = {
        "panel": panel(found.value.health, now=now),
        "counted": moment(found.at, now=now),
        "sums": watched,
        "may_read_marks": may(request, Permission.MARK_READ),
        "oldest": moment(watched.oldest_due_at, now=now) if watched.oldest_due_at else None,
    }
    return render(request, "console/health.html", shown)


def _rows(request: HttpRequest, filter_: Filter) -> dict[str, Any]:
    now, page, picture = clock.now(), page_number(request), picture_lately().value
    counted, state = picture.counts, picture.health
    found = newest_rows(filter_.choice, page=page, of=counted) if filter_.is_readable else []
    total = how_many(filter_.choice, of=counted) if filter_.is_readable else 0
    works = may(request, Permission.TASK_READ)
    return {
        "lines": [line(row, now=now) for row in found],
        "stages": picture_of_flow(counted),
        "verified": counted.verified,
        "news": news(counted),
        "lost": counted.lost_reports if works else 0,
        "alarms": list(alarms(state, now=now)),
        "decisions": state.reviews.open if may(request, Permission.REVIEW_READ) else None,
        "may_health": may(request, Permission.HEALTH_READ),
        "tasks": sum(task.count for task in state.tasks) if works else None,
        "filter": filter_,
        "everything": counted.total,
        **pages(page=page, shown=len(found), total=total),
    }


def _parts(shown: dict[str, Any], request: HttpRequest, *, swap: bool = False) -> tuple[str, str]:
    """Figures and rows as HTML; a digest of both goes along, so that the next question can say what it has.

    `swap` says that the figures are sent to take the place of older ones.
    """
    content = render_to_string("console/_content.html", shown, request=request)
    figures = render_to_string("console/_figures.html", shown, request=request)
    shown["digest"] = hashlib.sha256((content + figures).encode()).hexdigest()[:16]
    standing = render_to_string("console/_standing.html", {"figures": figures, "swap": swap})
    return standing, render_to_string("console/_rows.html", {**shown, "content": content}, request=request)


def _same_page(request: HttpRequest) -> str:
    """The same name for whoever is shown the same: the question without what was seen, the language, the rights."""
    asked = [(name, value) for name, value in sorted(request.GET.items()) if name != "seen"]
    what = repr((asked, get_language(), sorted(roles_of(request))))
    return f"console-rows-{hashlib.sha256(what.encode()).hexdigest()}"
