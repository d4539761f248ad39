"""Drafting an order: what it rests on, which requests it is about, and why."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from haetae.accounts.permissions import Permission
from haetae.agencies.enforcement.orders import actions, queries
from haetae.agencies.enforcement.orders.actions import CannotOrderError
from haetae.agencies.enforcement.orders.rules import LONGEST, SHORTEST
from haetae.agencies.enforcement.orders.states import Ground
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.flow.removal.models import DeletionRequest
from haetae.web.access import needs
from haetae.web.console.enforcement.lines import duties
from haetae.web.console.enforcement.listed import found_operator
from haetae.web.console.lines import number_of
from haetae.web.console.rights import official_of
from haetae.web.errors import RETRY_AFTER_S
from haetae.web.words.enforcement import GROUND_MEANS, GROUNDS, problem_words
from haetae.web.words.refusals import refusal_words
from haetae.web.words.states import StateMark, state_mark
from haetae.web.words.times import Moment, moment


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody sent, or an empty form. `form_key` is drawn with the page."""

    ground: Ground
    duty: str = ""
    reasons: str = ""
    items: frozenset[UUID] = frozenset()
    form_key: UUID = field(default_factory=new_id)
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One request that the order may be about."""

    request_id: UUID
    number: str
    asked: Moment
    mark: StateMark
    reference: str
    chosen: bool


@needs(Permission.ENFORCEMENT_PREPARE)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, operator_id: UUID) -> HttpResponse:
    """The form, and what it sends. Sent twice it is one draft; what was written is never lost."""
    found_operator(operator_id)
    asked = request.GET.get("ground", "")
    ground = Ground(asked) if asked in set(Ground) else Ground.DECISION_IGNORED
    if request.method != "POST":
        return _page(request, operator_id, Draft(ground=ground))
    sent = _sent(request, ground)
    try:
        order_id = actions.draft_order(
            operator_id=operator_id,
            ground=ground,
            duty=sent.duty,
            reasons=sent.reasons,
            request_ids=sent.items,
            form_key=sent.form_key,
            official_id=official_of(request).pk,
        )
    except CannotOrderError as refused:
        actions.refused(operator_id=operator_id, code=refused.code, official_id=official_of(request).pk)
        return _page(request, operator_id, sent, problem=refused.code, status=422)
    except (OperationalError, InterfaceError):
        return _kept(request, operator_id, sent)
    return redirect("console:order", order_id)


def _sent(request: HttpRequest, ground: Ground) -> Draft:
    sent = request.POST
    return Draft(
        ground=ground,
        duty=sent.get("duty", "") if ground is Ground.DUTY else "",
        reasons=sent.get("reasons", "").replace("\r\n", "\n"),
        items=frozenset(one for one in map(_uuid, sent.getlist("items")) if one),
        form_key=_uuid(sent.get("form_key", "")) or new_id(),
    )


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _page(
    request: HttpRequest, operator_id: UUID, draft_: Draft, *, problem: str = "", status: int = 200
) -> HttpResponse:
    facts: dict[str, Any] = {
        "operator": found_operator(operator_id),
        "draft": draft_,
        "grounds": [(ground.value, words) for ground, words in GROUNDS.items()],
        "means": GROUND_MEANS[draft_.ground],
        "choices": _choices(operator_id, draft_),
        "duties": duties().items() if draft_.ground is Ground.DUTY else [],
        "problem": problem_words(problem) if problem else "",
        "shortest": SHORTEST,
        "longest": LONGEST,
    }
    return render(request, "console/enforcement/draft.html", facts, status=status)


def _choices(operator_id: UUID, draft_: Draft) -> Sequence[Choice]:
    now = clock.now()
    wanted = queries.fitting(operator_id, draft_.ground)
    rows = DeletionRequest.objects.in_bulk(wanted)
    return [
        Choice(
            request_id=pk,
            number=number_of(pk),
            asked=moment(rows[pk].requested_at, now=now),
            mark=state_mark(rows[pk].state),
            reference=rows[pk].operator_reference,
            chosen=pk in draft_.items,
        )
        for pk in wanted
    ]


def _kept(request: HttpRequest, operator_id: UUID, draft_: Draft) -> HttpResponse:
    """A page that needs no database, with everything that was sent."""
    fields = [
        ("form_key", str(draft_.form_key)),
        ("duty", draft_.duty),
        *(("items", str(one)) for one in draft_.items),
    ]
    where = f"{reverse('console:order_draft', args=[operator_id])}?ground={draft_.ground}"
    shown = {
        "problem": refusal_words("not_saved"),
        "where": where,
        "fields": fields,
        "text_name": "reasons",
        "text": draft_.reasons,
    }
    answer = render(request, "console/kept.html", shown, status=503)
    answer["Retry-After"] = str(RETRY_AFTER_S)
    return answer
