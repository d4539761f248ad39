"""The page behind the link that an operator hands to whoever posted something: how it stands, and an objection.

It needs no account, asks for no name and no picture, and shows no address of the post: a link is easily passed on.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from haetae.flow.removal.models import DeletionRequest
from haetae.operators.appeals import queries
from haetae.operators.appeals.actions import AppealRefusedError, change_appeal, file_appeal, withdraw_appeal
from haetae.operators.appeals.models import Appeal
from haetae.operators.appeals.rules import LONGEST_STATEMENT, SHORTEST_STATEMENT, Ground
from haetae.operators.appeals.states import UNDECIDED
from haetae.web.access import public
from haetae.web.limits.asking import too_often, wait_for, wait_for_source
from haetae.web.portal.appeal_page import shown
from haetae.web.portal.sending import SeeOther
from haetae.web.words.appeals import GROUNDS, why_words


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody sent, and what is wrong with it in words."""

    ground: str = ""
    statement: str = ""
    problem: str = ""


@public
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, token: str) -> HttpResponse:
    """How it stands with one post; what is sent is an objection, another text for it, or that it is taken back."""
    found = queries.linked(token)
    if found is None:
        raise Http404
    draft = _draft(request)
    wait_s = _wait_s(request, found) if request.method == "POST" else 0.0
    if wait_s:
        words = _("That was too often in one minute. Nothing was changed. Wait a little and send it again.")
        return too_often(_page(request, token, found, Draft(**{**vars(draft), "problem": words})), wait_s)
    if request.method != "POST":
        return _page(request, token, found, Draft())
    try:
        problem = _taken(request.POST.get("act", ""), found, draft)
    except AppealRefusedError as refused:
        problem = why_words(refused.why)
    if problem:
        return _page(request, token, found, Draft(**{**vars(draft), "problem": problem}), status=422)
    return SeeOther(reverse("portal:appeal", args=[token]))


def _wait_s(request: HttpRequest, found: DeletionRequest) -> float:
    """Nothing before one link may send again: so much a minute for each, and so much an hour from one network."""
    of_link = wait_for("appeals", whose=str(found.sighting_id))
    return max(of_link, wait_for_source(request, "appeals_of_source"))


def _taken(act: str, found: DeletionRequest, draft: Draft) -> str:
    """What is wrong, in words; empty where it was taken. Raises AppealRefusedError."""
    earlier = queries.shown_at(found)
    if act == "withdraw":
        return "" if earlier is None else _withdrawn(earlier.pk)
    if draft.ground not in set(Ground):
        return _("Choose a reason.")
    ground = Ground(draft.ground)
    if earlier is not None and earlier.state in UNDECIDED:
        change_appeal(appeal_id=earlier.pk, ground=ground, statement=draft.statement)
    else:
        file_appeal(request_id=found.pk, ground=ground, statement=draft.statement)
    return ""


def _withdrawn(appeal_id: UUID) -> str:
    withdraw_appeal(appeal_id=appeal_id)
    return ""


def _draft(request: HttpRequest) -> Draft:
    return Draft(
        ground=request.POST.get("ground", ""),
        statement=request.POST.get("statement", "").replace("\r\n", "\n")[: LONGEST_STATEMENT + 1],
    )


def _page(
    request: HttpRequest, token: str, found: DeletionRequest, draft: Draft, *, status: int = 200
) -> HttpResponse:
    written: Appeal | None = queries.shown_at(found)
    facts: dict[str, Any] = {
        "page": shown(found, written),
        "token": token,
        "grounds": [(ground.value, str(words)) for ground, words in GROUNDS.items()],
        "ground": draft.ground or (written.ground if written else ""),
        "statement": draft.statement or (written.statement if written else ""),
        "problem": draft.problem,
        "shortest": SHORTEST_STATEMENT,
        "longest": LONGEST_STATEMENT,
    }
    return render(request, "portal/appeal.html", facts, status=status)
