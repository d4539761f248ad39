"""The forms of a review: the secretariat proposes, a member votes or takes no part."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from haetae.accounts.permissions import Permission
from haetae.audit.actor import Actor
from haetae.flow.overview.contested import next_in_queue
from haetae.flow.review.commission import actions
from haetae.flow.review.commission.rules import ILLEGAL, Bias
from haetae.web.access import needs
from haetae.web.console.deciding import page
from haetae.web.console.drafts import Draft, draft_of
from haetae.web.console.rights import official_of
from haetae.web.errors import RETRY_AFTER_S
from haetae.web.words.refusals import refusal_words

_NOT_WRITTEN: Final = frozenset({"reason_does_not_fit", "statement_length", "not_confirmed", "no_bias"})


def _note_refusal(request: HttpRequest, review_id: UUID, code: str) -> None:
    """Who may not do this and tried all the same stands in the record."""
    actions.refused(
        review_id=review_id, code=code, actor=Actor(kind="official", id=str(official_of(request).pk))
    )


def _not_permitted(request: HttpRequest, names: dict[str, Any]) -> None:
    _note_refusal(request, names["review_id"], "not_permitted")


@needs(Permission.REVIEW_VOTE, when_refused=_not_permitted)
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Vote as proposed, or in words of one's own. Sent twice it is cast once; then comes the next of the queue."""
    if request.method != "POST":
        return redirect("console:review", review_id)  # after a sign-in that came in between
    member_id, proposal_id = official_of(request).pk, _id(request.POST.get("proposal", ""))
    draft = draft_of(request, form="vote")

    def cast() -> str | None:
        if proposal_id is not None:
            actions.vote_as_proposed(review_id=review_id, member_id=member_id, proposal_id=proposal_id)
            return None
        if draft.decision is None or draft.reason is None:
            return "reason_does_not_fit"
        if not draft.confirmed:
            return "not_confirmed"
        actions.vote(
            review_id=review_id,
            member_id=member_id,
            decision=draft.decision,
            reason=draft.reason,
            statement=draft.statement,
            round_=_number(request.POST.get("round", "")),
        )
        return None

    return _answered(request, review_id, draft, cast, then=lambda: _to_the_next(review_id, member_id))


@needs(Permission.REVIEW_VOTE, when_refused=_not_permitted)
@require_http_methods(["GET", "HEAD", "POST"])
def recuse(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Take no part in this one."""
    if request.method != "POST":
        return redirect("console:review", review_id)
    member_id, draft = official_of(request).pk, draft_of(request, form="recuse")

    def stand_aside() -> str | None:
        if draft.why not in set(Bias):
            return "no_bias"
        actions.recuse(review_id=review_id, member_id=member_id, why=Bias(draft.why))
        return None

    return _answered(request, review_id, draft, stand_aside, then=lambda: _to_the_next(review_id, member_id))


@needs(Permission.REVIEW_PREPARE, when_refused=_not_permitted)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Propose a decision, or renew the proposal until somebody has voted."""
    if request.method != "POST":
        return redirect("console:review", review_id)
    draft, official_id = draft_of(request, form="propose"), official_of(request).pk

    def put_forward() -> str | None:
        if draft.decision is None or draft.reason is None:
            return "reason_does_not_fit"
        actions.propose(
            review_id=review_id,
            official_id=official_id,
            decision=draft.decision,
            reason=draft.reason,
            statement=draft.statement,
        )
        return None

    return _answered(
        request, review_id, draft, put_forward, then=lambda: redirect("console:review", review_id)
    )


def _answered(
    request: HttpRequest, review_id: UUID, draft: Draft, act: Callable[[], str | None], *,
    then: Callable[[], HttpResponse],
) -> HttpResponse:  # fmt: skip
    """What was written is never lost: not by a refusal, and not while the database is away."""
    try:
        code = _code_of(act)
        if code in ILLEGAL:
            _note_refusal(request, review_id, code)
    except (OperationalError, InterfaceError):
        return _kept(request, review_id, draft)
    if code is None:
        return then()
    return page(request, review_id, replace(draft, problem=code), status=422 if code in _NOT_WRITTEN else 409)


def _code_of(act: Callable[[], str | None]) -> str | None:
    try:
        return act()
    except actions.CannotVoteError as refused:
        return refused.code
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def _to_the_next(review_id: UUID, member_id: UUID) -> HttpResponse:
    following = next_in_queue(after=review_id, member_id=member_id)
    where = (
        reverse("console:review", args=[following]) if following is not None else reverse("console:reviews")
    )
    return redirect(f"{where}?voted={review_id}")


def _kept(request: HttpRequest, review_id: UUID, draft: Draft) -> HttpResponse:
    """A page that needs no database, with everything that was sent."""
    taken = {"ground", "confirm", "why", "proposal", "round"}
    shown = {
        "problem": refusal_words("not_saved"),
        "where": reverse(f"console:{draft.form}", args=[review_id]),
        "fields": [(name, request.POST[name]) for name in sorted(taken & request.POST.keys())],
        "text_name": "statement",
        "text": draft.statement,
    }
    answer = render(request, "console/kept.html", shown, status=503)
    answer["Retry-After"] = str(RETRY_AFTER_S)
    return answer


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
