"""While nobody can decide: how long everything has waited, and what people can still do about it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.permissions import Permission
from haetae.common import clock
from haetae.flow.overview.ageing import ENDING_SHOWN, ageing
from haetae.flow.review.block.term.actions import CannotKeepError
from haetae.flow.review.block.term.states import Why
from haetae.flow.review.rules import LONGEST_STATEMENT, SHORTEST_STATEMENT
from haetae.flow.steps import terms
from haetae.web.access import needs
from haetae.web.console.ageing import page_of
from haetae.web.console.rights import may, official_of
from haetae.web.words.refusals import refusal_words
from haetae.web.words.terms import WHYS

_GET_TOO: Final = ["GET", "HEAD", "POST"]  # a GET comes after a sign-in that came in between
# A count in the address says what came of what was sent, and nothing else is taken from there.
_MOST_DIGITS: Final = 3


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody sent. `refused` are the numbers of those that were not extended, each with why."""

    blocks: Sequence[str] = ()
    why: str = Why.NO_QUORUM.value
    statement: str = ""
    problem: str = ""
    refused: Sequence[tuple[str, str]] = ()


@needs(Permission.REVIEW_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """How long decisions have waited, and what ends while nobody can decide."""
    return _page(request, Draft())


@needs(Permission.BLOCK_EXTEND)
@require_http_methods(_GET_TOO)
def extend(request: HttpRequest) -> HttpResponse:
    """Let the chosen blocks go on, each with its own record. What may not is said, and the others go on."""
    if request.method != "POST":
        return redirect("console:ageing")
    draft = Draft(
        blocks=request.POST.getlist("block")[:ENDING_SHOWN],
        why=request.POST.get("why", ""),
        statement=request.POST.get("statement", "").replace("\r\n", "\n"),
    )
    problem = _why_not_sent(draft)
    if problem:
        return _page(request, replace(draft, problem=refusal_words(problem)), status=422)
    refused, extended = [], 0
    for block_id in map(UUID, draft.blocks):
        code = _extended(block_id, draft, official_id=official_of(request).pk)
        refused += [(str(block_id)[:8], refusal_words(code))] if code else []
        extended += not code
    if refused:
        return _page(request, replace(draft, refused=refused), extended=extended, status=409)
    return redirect(f"{reverse('console:ageing')}?extended={extended}")


@needs(Permission.REVIEW_PREPARE)
@require_http_methods(_GET_TOO)
def ask_itself(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Tell the operator that nobody can decide at present, and that it may judge by itself. Sent twice it is once."""
    if request.method != "POST":
        return redirect("console:ageing")
    try:
        terms.ask_itself(review_id=review_id, official_id=official_of(request).pk)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    except CannotKeepError as refused:
        return _page(request, Draft(problem=refusal_words(refused.code)), status=409)
    return redirect("console:ageing")


def _why_not_sent(draft: Draft) -> str:
    if not draft.blocks or not all(_is_id(one) for one in draft.blocks):
        return "none_chosen"
    return "" if draft.why in set(Why) else "no_why"


def _extended(block_id: UUID, draft: Draft, *, official_id: UUID) -> str:
    """A code for what stands against it; empty where it goes on."""
    try:
        terms.extend(
            block_id=block_id, why=Why(draft.why), statement=draft.statement, official_id=official_id
        )
    except CannotKeepError as refused:
        return refused.code
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    return ""


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _page(request: HttpRequest, draft: Draft, *, extended: int = 0, status: int = 200) -> HttpResponse:
    asked = request.GET.get("extended", "")
    if asked.isascii() and asked.isdigit() and len(asked) <= _MOST_DIGITS:
        extended = int(asked)
    shown = {
        "page": page_of(ageing(now=clock.now()), now=clock.now()),
        "draft": draft,
        "extended": extended,
        "whys": [(why.value, str(words)) for why, words in WHYS.items()],
        "may_extend": may(request, Permission.BLOCK_EXTEND),
        "may_ask": may(request, Permission.REVIEW_PREPARE),
        "shortest": SHORTEST_STATEMENT,
        "longest": LONGEST_STATEMENT,
    }
    return render(request, "console/ageing.html", shown, status=status)
