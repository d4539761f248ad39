"""Pages of the control room. Each reads, words and renders; none of them writes."""

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
from haetae.flow import overview
from haetae.web.access import needs
from haetae.web.console.account import account
from haetae.web.console.lines import line, news, picture_of_flow
from haetae.web.words.codes import code_words
from haetae.web.words.times import moment

_LOST_SHOWN: Final = 100


@needs(Permission.SIGHTING_READ)
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """The whole control room; the rows then renew themselves."""
    shown = _rows(request)
    return render(request, "console/work.html", {**shown, "part": _part(shown, request)})


@needs(Permission.SIGHTING_READ)
@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """The rows alone; 204 while they are what the page has already, so that nothing moves without a cause."""
    shown = _rows(request)
    part = _part(shown, request)
    if shown["digest"] == request.GET.get("seen"):
        return HttpResponse(status=204)
    return HttpResponse(part)


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
        for report in overview.lost_reports(limit=_LOST_SHOWN)
    ]
    return render(request, "console/lost.html", {"reports": found, "limit": _LOST_SHOWN})


@needs(Permission.SIGHTING_READ)
@require_safe
def sighting(request: HttpRequest, sighting_id: UUID) -> HttpResponse:
    """Everything about one sighting, except what it shows."""
    try:
        found = overview.detail(sighting_id)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    return render(request, "console/sighting.html", {"account": account(found, now=clock.now())})


def _rows(request: HttpRequest) -> dict[str, Any]:
    now, page, counts = clock.now(), _page(request), overview.counts()
    total = sum(counts.at_stage.values())
    found = overview.newest_rows(page=page)
    return {
        "lines": [line(row, now=now) for row in found],
        "stages": picture_of_flow(counts),
        "verified": counts.verified,
        "news": news(counts),
        "lost": counts.lost_reports,
        "failed_jobs": counts.failed_jobs,
        "page": page,
        "total": total,
        "first": (page - 1) * overview.PAGE_SIZE + 1,
        "last": (page - 1) * overview.PAGE_SIZE + len(found),
        "newer": page - 1,
        "older": page + 1 if page * overview.PAGE_SIZE < total else 0,
    }


def _part(shown: dict[str, Any], request: HttpRequest) -> str:
    """The rows as HTML; their digest goes along, so that the next question can say what it has."""
    content = render_to_string("console/_content.html", shown, request=request)
    shown["digest"] = hashlib.sha256(content.encode()).hexdigest()[:16]
    return render_to_string("console/_rows.html", {**shown, "content": content}, request=request)


def _page(request: HttpRequest) -> int:
    """From 1; anything that is no page number is the first page."""
    asked = request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
