"""At its desk an operator finds the link for whoever posted it, sees how an objection stands, and passes one on."""

from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.permissions import Permission
from haetae.common import clock
from haetae.flow.removal.models import DeletionRequest
from haetae.operators.appeals import queries
from haetae.operators.appeals.actions import AppealRefusedError, file_appeal
from haetae.operators.appeals.links import token_for
from haetae.operators.appeals.rules import (
    LONGEST_STATEMENT,
    SHORTEST_STATEMENT,
    By,
    Ground,
    Why,
    why_not_file,
)
from haetae.web.access import needs
from haetae.web.operator.who import operator_of_request
from haetae.web.rights import may, official_of
from haetae.web.words.appeals import GROUNDS_SAID, desk_words, state_words
from haetae.web.words.times import moment

_GET_TOO: Final = ["GET", "HEAD", "POST"]  # a GET comes after a sign-in that came in between


@needs(Permission.REQUEST_READ)
@require_safe
def page(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The link, how an objection stands, and a form where one may be passed on."""
    return _page(request, _own(request, request_id))


@needs(Permission.REQUEST_ANSWER)
@require_http_methods(_GET_TOO)
def pass_on(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """What whoever posted it has told the operator. Sent twice it is passed on once; nothing written is lost."""
    found = _own(request, request_id)
    if request.method != "POST":
        return redirect("operator:appeal", request_id)
    ground, statement = request.POST.get("ground", ""), request.POST.get("statement", "")
    statement = statement.replace("\r\n", "\n")[: LONGEST_STATEMENT + 1]
    if ground not in set(Ground):
        return _page(request, found, problem="no_ground", statement=statement, status=422)
    try:
        file_appeal(
            request_id=found.pk,
            ground=Ground(ground),
            statement=statement,
            by=By.OPERATOR,
            official_id=official_of(request).pk,
        )
    except AppealRefusedError as refused:
        return _page(request, found, problem=refused.why, ground=ground, statement=statement, status=422)
    return redirect("operator:appeal", request_id)


def _own(request: HttpRequest, request_id: UUID) -> DeletionRequest:
    """Another's request is not there, and neither is one that nobody made."""
    rows = DeletionRequest.objects.select_related("sighting__operator", "assessment")
    found = rows.filter(pk=request_id, sighting__operator=operator_of_request(request)).first()
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest,
    found: DeletionRequest,
    *,
    problem: str = "",
    ground: str = "",
    statement: str = "",
    status: int = 200,
) -> HttpResponse:
    now, appeal = clock.now(), queries.shown_at(found)
    why = why_not_file(queries.standing_of(found), now=now)
    path = reverse("portal:appeal", settings.ROOT_URLCONF, args=[token_for(found)])
    facts: dict[str, Any] = {
        "request_id": found.pk,
        "number": str(found.pk)[:8],
        "link": f"{settings.AGENCY.public_origin}{path}"
        if settings.AGENCY.public_origin
        else request.build_absolute_uri(path),
        "hands_over": why not in {Why.NOTHING_DONE, Why.MAY_STAY},
        "state": state_words(appeal.state) if appeal else "",
        "since": moment(appeal.changed_at, now=now) if appeal else None,
        "why": desk_words(why) if why is not None else "",
        "may_pass_on": why is None and may(request, Permission.REQUEST_ANSWER),
        "problem": desk_words(problem) if problem else "",
        "grounds": [(one.value, str(words)) for one, words in GROUNDS_SAID.items()],
        "ground": ground,
        "statement": statement,
        "shortest": SHORTEST_STATEMENT,
        "longest": LONGEST_STATEMENT,
    }
    return render(request, "operator/appeal.html", facts, status=status)
