"""Pages of the control room that only show. Each reads, words and renders; none of them writes."""

import hashlib
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from haetae.accounts.permissions import Permission
from haetae.common import clock
from haetae.flow.overview import detail, newest_rows
from haetae.flow.overview.choosing import chosen
from haetae.flow.overview.health import health as health_of
from haetae.flow.overview.rows import lost_reports
from haetae.flow.overview.standing import counts
from haetae.web.access import needs
from haetae.web.console.account import account
from haetae.web.console.alarms import alarms
from haetae.web.console.filters import Filter, fields_of, filter_of
from haetae.web.console.health import panel
from haetae.web.console.lines import line, news, picture_of_flow
from haetae.web.console.paging import page_number, pages
from haetae.web.console.rights import may
from haetae.web.words.codes import code_words
from haetae.web.words.times import moment

_LOST_SHOWN: Final = 100


@needs(Permission.SIGHTING_READ)
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """The whole control room; the rows and the figures above them then renew themselves."""
    filter_ = filter_of(request.GET)
    shown = _rows(request, filter_)
    parts = {
        "standing": _part("console/_standing.html", shown, request),
        "part": _with_digest(shown, request),
    }
    return render(request, "console/work.html", {**shown, **parts, "fields": fields_of(filter_)})


@needs(Permission.SIGHTING_READ)
@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """Rows and figures alone; 204 while they are what the page has already, so that nothing moves without a cause."""
    shown = _rows(request, filter_of(request.GET))
    part = _with_digest(shown, request)
    if shown["digest"] == request.GET.get("seen"):
        return HttpResponse(status=204)
    return HttpResponse(part + _part("console/_standing.html", {**shown, "swap": True}, request))


@needs(Permission.SIGHTING_READ)
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


@needs(Permission.SIGHTING_READ)
@require_safe
def sighting(request: HttpRequest, sighting_id: UUID) -> HttpResponse:
    """Everything about one sighting, except what it shows."""
    try:
        found = detail(sighting_id)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    shown = {
        "account": account(found, now=clock.now()),
        "may_review": may(request, Permission.REVIEW_READ),
        "may_task": may(request, Permission.TASK_READ),
    }
    return render(request, "console/sighting.html", shown)


@needs(Permission.HEALTH_READ)
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """What is stuck, since when, and where."""
    now = clock.now()
    return render(request, "console/health.html", {"panel": panel(health_of(now=now), now=now)})


def _rows(request: HttpRequest, filter_: Filter) -> dict[str, Any]:
    now, page, counted = clock.now(), page_number(request), counts()
    everything = counted.total
    if filter_.is_readable:
        found = newest_rows(filter_.choice, page=page)
        total = everything if filter_.choice.is_any else chosen(filter_.choice).count()
    else:
        found, total = [], 0
    state = health_of(now=now)
    return {
        "lines": [line(row, now=now) for row in found],
        "stages": picture_of_flow(counted),
        "verified": counted.verified,
        "news": news(counted),
        "lost": counted.lost_reports,
        "alarms": list(alarms(state, now=now)),
        "decisions": state.reviews.open if may(request, Permission.REVIEW_READ) else None,
        "tasks": sum(task.count for task in state.tasks),
        "filter": filter_,
        "everything": everything,
        **pages(page=page, shown=len(found), total=total),
    }


def _with_digest(shown: dict[str, Any], request: HttpRequest) -> str:
    """The rows as HTML; a digest of all that is shown goes along, so that the next question can say what it has."""
    content = _part("console/_content.html", shown, request)
    standing = _part("console/_standing.html", shown, request)
    shown["digest"] = hashlib.sha256((content + standing).encode()).hexdigest()[:16]
    return _part("console/_rows.html", {**shown, "content": content}, request)


def _part(template: str, shown: dict[str, Any], request: HttpRequest) -> str:
    return render_to_string(template, shown, request=request)
