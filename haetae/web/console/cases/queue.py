"""The queue of cases that wait for a counsellor."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.referrals.queries import unanswered_of
from haetae.agencies.support.desk.queries import Turn, Wanted, sums, waiting
from haetae.agencies.support.models import Case
from haetae.common import clock
from haetae.web.access import needs
from haetae.web.console.cases.lines import case_line
from haetae.web.console.rights import official_of

_PAGE_SIZE: Final = 50
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_TURN: Final = re.compile(r"([0-9]{1,3})-([0-9]{1,17})-([0-9a-f]{32})", re.ASCII)
_NUMBER: Final = re.compile(r"[0-9a-f]{4,32}", re.ASCII)


@needs(Permission.CASE_READ)
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """What waits, who is in most danger first; of one kind, when the address says so."""
    official_id, now = official_of(request).pk, clock.now()
    kind, typed = request.GET.get("show", ""), request.GET.get("number", "").strip()[:40]
    digits = typed.lower().lstrip("#").replace("-", "")
    is_readable = not typed or _NUMBER.fullmatch(digits) is not None
    wanted = Wanted(
        mine=official_id if kind == "mine" else None,
        free=kind == "free",
        minors=kind == "minors",
        number=digits if is_readable else "",
    )
    after = _turn(request.GET.get("after", ""))
    found = waiting(wanted, most=_PAGE_SIZE + 1, after=after) if is_readable else []
    came_back = unanswered_of(case.pk for case in found)
    shown: dict[str, Any] = {
        "lines": [
            case_line(case, official_id=official_id, came_back=came_back, now=now)
            for case in found[:_PAGE_SIZE]
        ],
        "sums": sums(official_id),
        "show": kind if kind in {"mine", "free", "minors"} else "",
        "typed": typed,
        "is_readable": is_readable,
        "is_first": after is None,
        "next": _text(found[_PAGE_SIZE - 1]) if len(found) > _PAGE_SIZE and not typed else "",
    }
    return render(request, "console/cases/queue.html", shown)


def _text(case: Case) -> str:
    assert case.waits_since is not None
    return f"{case.rank}-{(case.waits_since - _EPOCH) // _MICROSECOND}-{case.pk.hex}"


def _turn(text: str) -> Turn | None:
    """Anything that is no place in the queue is its beginning."""
    parts = _TURN.fullmatch(text)
    if parts is None:
        return None
    try:
        since = _EPOCH + int(parts[2]) * _MICROSECOND
    except OverflowError:
        return None
    return Turn(rank=int(parts[1]), waits_since=since, id=UUID(parts[3]))
