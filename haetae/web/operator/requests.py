"""The first page of the desk: what is asked of this operator, the most urgent first, with the answers beside it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haetae.accounts.permissions import Permission
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.flow.overview.desk.between import how_many_between, part_between, remedies_of
from haetae.flow.overview.desk.rows import DESK_PAGE, Part, how_many, page_of, rows_of
from haetae.flow.removal.models import DeletionRequest
from haetae.web.access import needs
from haetae.web.operator.desk.between import line_between, said_between
from haetae.web.operator.desk.lines import line
from haetae.web.operator.desk.said import Said, said_of
from haetae.web.operator.who import operator_of_request
from haetae.web.rights import may
from haetae.web.words.clocks import at_the_desk


@needs(Permission.REQUEST_READ)
@require_safe
def open_requests(request: HttpRequest) -> HttpResponse:
    """One of the three lists; after an answer, what became of it stands above."""
    return list_page(request)


def list_page(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    """With why an answer was not taken, if so. What is asked of one who stands between comes first."""
    operator, now = operator_of_request(request), clock.now()
    asked = request.GET.get("show", "")
    part = Part(asked) if asked in set(Part) else Part.OPEN
    between, own, page = how_many_between(operator.pk), how_many(operator.pk), _page(request)
    counts = {one: between[one] + own[one] for one in Part}
    first = (page - 1) * DESK_PAGE
    remedies = list(part_between(operator.pk, part)[first : first + DESK_PAGE])
    skipped = max(0, first - between[part])
    rows = rows_of(page_of(operator.pk, part, first=skipped, most=DESK_PAGE - len(remedies)))
    shown: dict[str, Any] = {
        "lines": [
            *map(line_between, remedies),
            *(line(row, zone=operator.zone, now=now) for row in rows),
        ],
        "problem": problem,
        "part": part,
        "counts": {str(one): count for one, count in counts.items()},
        "page": page,
        "older": page + 1 if first + DESK_PAGE < counts[part] else 0,
        "said": _said(request),
        "clock": at_the_desk(now, zone=operator.zone),
        "form_key": new_id(),
        "may_answer": may(request, Permission.REQUEST_ANSWER),
    }
    return render(request, "operator/requests.html", shown, status=status)


def _said(request: HttpRequest) -> Said | None:
    """Of the request that was answered last, when the address names one of this operator's."""
    try:
        request_id = UUID(request.GET.get("said", ""))
    except ValueError:
        return None
    operator = operator_of_request(request)
    remedy = remedies_of(operator.pk).filter(pk=request_id).first()
    if remedy is not None:
        return said_between(remedy, line_between(remedy))
    found = DeletionRequest.objects.select_related("sighting", "assessment")
    rows = rows_of(found.filter(pk=request_id, sighting__operator=operator))
    if not rows:
        return None
    return said_of(rows[0], line(rows[0], zone=operator.zone, now=clock.now()))


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
