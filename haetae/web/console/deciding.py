"""What waits for the commission: the queue, and the page on which one review is prepared, voted on and read."""

from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haetae.accounts.permissions import Permission
from haetae.common import clock
from haetae.flow.hearings.states import About
from haetae.flow.in_turn import turn_of
from haetae.flow.overview.contested import contested, next_in_queue, queue
from haetae.flow.review.commission.queries import standing
from haetae.flow.review.queries import undecided_in_figures
from haetae.flow.review.rules import LONGEST_STATEMENT, SHORTEST_STATEMENT
from haetae.web.access import needs
from haetae.web.console.commission import Reader, just_voted, quorum, voting
from haetae.web.console.contested import case, waiting
from haetae.web.console.drafts import Draft
from haetae.web.console.hearings.panel import hearing_panel
from haetae.web.console.paging import leaf_asked, leaves, on_leaf
from haetae.web.console.rights import may, official_of
from haetae.web.words.refusals import refusal_words

_LENGTHS: Final = {"shortest": SHORTEST_STATEMENT, "longest": LONGEST_STATEMENT}


@needs(Permission.REVIEW_READ)
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, the most urgent first."""
    now, leaf, figures = clock.now(), leaf_asked(request), undecided_in_figures()
    found = queue(after=leaf.after, before=leaf.before)
    around = leaves(leaf, turns=[turn_of(one.review) for one in found], total=figures.open)
    shown = [waiting(one, now=now) for one in on_leaf(leaf, found)]
    reader = reader_of(request)
    about = {
        "waiting": shown,
        "figures": figures,
        "quorum": quorum(standing()),
        "voted": just_voted(request.GET.get("voted", ""), reader=reader),
    }
    return render(request, "console/reviews.html", {**about, **around})


@needs(Permission.REVIEW_READ)
@require_safe
def review(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """One contested picture as facts, with the forms for whoever may vote or propose."""
    return page(request, review_id, Draft())


def page(request: HttpRequest, review_id: UUID, draft: Draft, *, status: int = 200) -> HttpResponse:
    """The page of a review, with what somebody sent and why it was not taken."""
    try:
        found, whole = contested(review_id)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    reader, now = reader_of(request), clock.now()
    shown: dict[str, Any] = {
        "case": case(found, whole, reads_objection=reader.may_vote or reader.may_prepare, now=now),
        "voting": voting(found, reader=reader, now=now),
        "quorum": quorum(standing()),
        "reader": reader,
        "draft": draft,
        "problem": refusal_words(draft.problem) if draft.problem else "",
        "hearings": hearing_panel(request, About.REVIEW, review_id),
        "next_review": next_in_queue(
            after=review_id, member_id=reader.official_id if reader.may_vote else None
        ),
        "voted": just_voted(request.GET.get("voted", ""), reader=reader),
        **_LENGTHS,
    }
    return render(request, "console/review.html", shown, status=status)


def reader_of(request: HttpRequest) -> Reader:
    return Reader(
        official_id=official_of(request).pk,
        may_vote=may(request, Permission.REVIEW_VOTE),
        may_prepare=may(request, Permission.REVIEW_PREPARE),
    )
