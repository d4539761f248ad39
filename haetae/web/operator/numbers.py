"""The operator's own numbers, by legal basis and by channel; nobody else's are here."""

from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from haetae.accounts.permissions import Permission
from haetae.common import clock
from haetae.flow.overview.lately import SUMS_EVERY, lately
from haetae.flow.removal.numbers.figures import apart
from haetae.flow.removal.numbers.queries import numbers_of
from haetae.operators.appeals.figures import figures
from haetae.operators.statements.queries import page_of, starts_of
from haetae.operators.statements.rules import BadMarkError, Mark, Part
from haetae.web.access import needs
from haetae.web.operator.who import operator_of_request
from haetae.web.words.figures import PERIODS, apart_words, days_asked, figure_line
from haetae.web.words.times import moment

_MOST_FILES: Final = 100


@needs(Permission.REQUEST_READ)
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """What was asked in the last days, and what became of it."""
    now, days, operator = clock.now(), days_asked(request.GET.get("days", "")), operator_of_request(request)
    since = now - timedelta(days=days)
    counted = lately(
        f"numbers {operator.pk} {days}",
        lambda: numbers_of(operator.pk, since=clock.now() - timedelta(days=days)),
        every=SUMS_EVERY,
    )
    found = counted.value
    difference = apart(found.by_basis)
    shown = {
        "whole": figure_line(found.whole, now=now),
        "by_basis": [figure_line(one, now=now) for one in found.by_basis],
        "by_channel": [figure_line(one, now=now) for one in found.by_channel],
        "apart": apart_words(difference, now=now) if difference else "",
        "files": [mark.text() for mark in starts_of(operator, since=_since(days), most=_MOST_FILES)],
        "most_files": _MOST_FILES,
        "objections": figures(operator_id=operator.pk, since=since),
        "days": days,
        "counted": moment(counted.at, now=now),
        "periods": PERIODS,
    }
    return render(request, "operator/numbers.html", shown)


@needs(Permission.REQUEST_READ)
@require_safe
def statements(request: HttpRequest) -> HttpResponse:
    """The operator's own statements of reasons of that time, in files for one call of the EU's database each."""
    days = days_asked(request.GET.get("days", ""))
    since = _since(days)
    try:
        mark = Mark.read(request.GET.get("from", ""))
    except BadMarkError:
        words = _("`from` is nothing that a file names as `next`. Begin without it.")
        return JsonResponse({"error": words}, status=400)
    page = page_of(operator_of_request(request), since=since, mark=mark)
    answer = JsonResponse(dict(page.export))
    if page.next is not None:
        answer["Link"] = f'<?{urlencode({"days": days, "from": page.next.text()})}>; rel="next"'
    part = "" if mark.part is Part.ENDED else f"-{mark.part}"
    place = f"-{mark.at:%Y%m%dT%H%M%S}" if mark.at else ""
    answer["Content-Disposition"] = f'attachment; filename="statements-{since}{part}{place}.json"'
    return answer


def _since(days: int) -> date:
    return timezone.localdate(clock.now() - timedelta(days=days))
