"""The reviewer's pages: the queue, one contested picture as facts, and the form that decides."""

from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.permissions import Permission
from haetae.common import clock
from haetae.flow.hearings.states import About
from haetae.flow.in_turn import turn_of
from haetae.flow.overview.contested import contested, next_in_queue, queue
from haetae.flow.review import actions
from haetae.flow.review.queries import get_review, undecided_in_figures
from haetae.flow.review.rules import LONGEST_STATEMENT, SHORTEST_STATEMENT, Reason
from haetae.flow.review.states import DECISIONS, State
from haetae.web.access import needs
from haetae.web.console.contested import case, waiting
from haetae.web.console.hearings.panel import hearing_panel
from haetae.web.console.looks import findings, offer_before
from haetae.web.console.paging import leaf_asked, leaves, on_leaf
from haetae.web.console.rights import may, official_of
from haetae.web.errors import RETRY_AFTER_S
from haetae.web.words.refusals import refusal_words

_LENGTHS: Final = {"shortest": SHORTEST_STATEMENT, "longest": LONGEST_STATEMENT}


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody sent. `ground` is a decision with its reason, as `remove:minor`."""

    ground: str = ""
    statement: str = ""
    confirmed: bool = False
    problem: str = ""

    @property
    def decision(self) -> State | None:
        name = self.ground.partition(":")[0]
        return State(name) if name in DECISIONS else None

    @property
    def reason(self) -> Reason | None:
        name = self.ground.partition(":")[2]
        return Reason(name) if name in set(Reason) else None


@needs(Permission.REVIEW_READ)
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, the most urgent first."""
    now, leaf, figures = clock.now(), leaf_asked(request), undecided_in_figures()
    found = queue(after=leaf.after, before=leaf.before)
    around = leaves(leaf, turns=[turn_of(one.review) for one in found], total=figures.open)
    shown = [waiting(one, now=now) for one in on_leaf(leaf, found)]
    return render(request, "console/reviews.html", {"waiting": shown, "figures": figures, **around})


@needs(Permission.REVIEW_READ)
@require_safe
def review(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """One contested picture as facts, with the form for whoever may decide."""
    return _page(request, review_id, Draft())


@needs(Permission.REVIEW_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Take a decision. Sent twice it is taken once; what was written is never lost."""
    if request.method != "POST":
        return redirect("console:review", review_id)  # after a sign-in that came in between
    sent = request.POST
    draft = Draft(
        ground=sent.get("ground", ""),
        statement=sent.get("statement", "").replace("\r\n", "\n"),
        confirmed=sent.get("confirm") == "1",
    )
    try:
        code = _why_not_taken(draft, review_id, official_of(request).pk)
    except (OperationalError, InterfaceError):
        return _kept(request, review_id, draft)
    if code is None:
        return redirect("console:review", review_id)
    return _page(request, review_id, replace(draft, problem=code), status=409 if code in _TOO_LATE else 422)


_TOO_LATE: Final = frozenset({"review_over", "spoken_already"})


def _why_not_taken(draft: Draft, review_id: UUID, official_id: UUID) -> str | None:
    """None when the decision stands, also when this very one stood already."""
    if draft.decision is None or draft.reason is None:
        return "reason_does_not_fit"
    if not draft.confirmed:
        return "not_confirmed"
    try:
        actions.give_opinion(
            review_id=review_id,
            official_id=official_id,
            decision=draft.decision,
            reason=draft.reason,
            statement=draft.statement,
        )
    except actions.CannotDecideError as refused:
        return None if _stands_already(draft, review_id, official_id) else refused.code
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    return None


def _stands_already(draft: Draft, review_id: UUID, official_id: UUID) -> bool:
    own = get_review(review_id).opinions.filter(official_id=official_id).first()
    said = (own.decision, own.reason, own.statement) if own else None
    return said == (draft.decision, draft.reason, draft.statement.strip())


def _page(request: HttpRequest, review_id: UUID, draft: Draft, *, status: int = 200) -> HttpResponse:
    try:
        found, whole = contested(review_id)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    shown: dict[str, Any] = {
        "case": case(
            found,
            whole,
            official_id=official_of(request).pk,
            may_decide=may(request, Permission.REVIEW_DECIDE),
            now=clock.now(),
        ),
        "draft": draft,
        "problem": refusal_words(draft.problem) if draft.problem else "",
        "may_decide": may(request, Permission.REVIEW_DECIDE),
        "next_review": next_in_queue(after=review_id),
        "findings": findings(review_id),
        "offer": offer_before(request, found.review),
        "hearings": hearing_panel(request, About.REVIEW, review_id),
        **_LENGTHS,
    }
    return render(request, "console/review.html", shown, status=status)


def _kept(request: HttpRequest, review_id: UUID, draft: Draft) -> HttpResponse:
    """A page that needs no database, with everything that was sent."""
    fields = [("ground", draft.ground), ("confirm", "1" if draft.confirmed else "")]
    shown = {
        "problem": refusal_words("not_saved"),
        "where": reverse("console:decide", args=[review_id]),
        "fields": fields,
        "text_name": "statement",
        "text": draft.statement,
    }
    answer = render(request, "console/kept.html", shown, status=503)
    answer["Retry-After"] = str(RETRY_AFTER_S)
    return answer
