"""A new watch list: what, why, on what basis, until when. What is wrong is said beside its field."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from haetae.accounts.agencies import AgencyKey
from haetae.accounts.permissions import Permission
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.common.written import lines_of
from haetae.flow.arrival.watching import actions, queries, rules
from haetae.flow.arrival.watching.actions import CannotWatchError, Drafter
from haetae.flow.arrival.watching.rules import Named, Wanted
from haetae.flow.arrival.watching.states import Kind
from haetae.web.access import needs
from haetae.web.console.rights import official_of
from haetae.web.console.watching.acting import end_of_day
from haetae.web.sent import IncompleteError, number_in, uuid_in
from haetae.web.words.bases import basis_words
from haetae.web.words.watching import KINDS, watch_refusal

GET_TOO: Final = ["GET", "HEAD", "POST"]  # a GET comes after a sign-in that came in between
# Beside which field a refusal is said.
_FIELDS: Final = {
    "watch_name": "name", "watch_name_taken": "name", "watch_purpose": "purpose", "watch_basis": "basis",
    "watch_until": "until", "watch_until_over": "until", "watch_until_long": "until", "watch_every": "every",
    "watch_depth": "depth", "watch_weight": "weight", "watch_hosts": "hosts", "watch_host": "hosts",
    "watch_phrases": "phrases", "watch_phrase": "phrases", "watch_places": Kind.PAGE.value,
}  # fmt: skip


@needs(Permission.WATCH_MANAGE)
@require_http_methods(GET_TOO)
def new(request: HttpRequest) -> HttpResponse:
    """The form; sent twice it is one list."""
    if request.method != "POST":
        return _form(request)
    wanted: Wanted | None = None
    try:
        wanted = _wanted(request)
        list_id = actions.draft(
            wanted,
            by=Drafter(agency=AgencyKey.SUPPORT_CENTRE, official_id=official_of(request).pk),
            form_key=uuid_in(request, "form_key") or new_id(),
        )
    except IncompleteError as problem:
        return _form(request, code=problem.code)
    except CannotWatchError as problem:
        return _form(request, code=problem.code, line=problem.line, wanted=wanted)
    return redirect("console:watched", list_id)


def _wanted(request: HttpRequest) -> Wanted:
    sent = request.POST
    return Wanted(
        name=sent.get("name", ""),
        purpose=sent.get("purpose", "").replace("\r\n", "\n"),
        basis=sent.get("basis", ""),
        until=end_of_day(request),
        places=[
            Named(url=url, kind=kind, vanishes="vanishes" in sent)
            for kind in Kind
            for url in lines_of(sent.get(kind.value, ""))
        ],
        every_s=_number(sent.get("every", "")),
        follow_depth=_number(sent.get("depth", "")),
        weight=_number(sent.get("weight", "")),
        hosts=lines_of(sent.get("hosts", "")),
        phrases=lines_of(sent.get("phrases", "")),
    )


def _form(
    request: HttpRequest, *, code: str = "", line: int = 0, wanted: Wanted | None = None
) -> HttpResponse:
    now, field, which = clock.now(), _FIELDS.get(code, Kind.PAGE.value), ""
    if wanted is not None and line:
        many = {"hosts": wanted.hosts, "phrases": wanted.phrases}
        which = many[field][line - 1] if field in many else wanted.places[line - 1].url
        field = field if field in many else wanted.places[line - 1].kind.value
    today = timezone.localdate(now)
    shown: dict[str, Any] = {
        "sent": request.POST,
        "problems": {field: watch_refusal(code)} if code else {},
        "which": which,
        "bases": [(basis, basis_words(basis, at=now)) for basis in queries.bases_on(today)],
        "kinds": [(kind.value, KINDS[kind], request.POST.get(kind.value, "")) for kind in Kind],
        "form_key": request.POST.get("form_key") or new_id(),
        "today": today.isoformat(),
        "latest": timezone.localdate(now + rules.LONGEST).isoformat(),
        "rules": {
            "name": rules.NAME_LONGEST,
            "why": rules.WHY_LONGEST,
            "places": rules.PLACES_MOST,
            "days": rules.LONGEST.days,
            "every_least": rules.EVERY_LEAST_S,
            "every_most": rules.EVERY_MOST_S,
            "depth": rules.DEPTH_MOST,
            "weight": rules.WEIGHT_MOST,
        },
    }
    return render(request, "console/watching/new.html", shown, status=422 if code else 200)


def _number(text: str) -> int:
    """What is no number is one that no list may have, and is refused by its field."""
    found = number_in(text)
    return -1 if found is None else found
