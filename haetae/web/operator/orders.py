"""Orders of the regulator at the operator's own desk: nobody else's are here, and a draft is read where it is heard."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.actions import official_actor
from haetae.accounts.models import Operator
from haetae.accounts.permissions import Permission
from haetae.agencies.enforcement.orders import actions, queries
from haetae.agencies.enforcement.orders.models import CorrectiveOrder
from haetae.agencies.enforcement.orders.papers.queries import letters_of
from haetae.agencies.enforcement.orders.states import Way
from haetae.common import clock
from haetae.documents.document import Language
from haetae.flow.issued.queries import of_subject
from haetae.web.access import needs
from haetae.web.documents import Form, document_answer
from haetae.web.operator.sanctions import sanctions_of
from haetae.web.operator.who import operator_of_request
from haetae.web.rights import may, official_of
from haetae.web.words.clocks import officials_first
from haetae.web.words.enforcement import WAYS, order_mark, outcome_mark
from haetae.web.words.language import in_korean
from haetae.web.words.states import StateMark
from haetae.web.words.times import Moment, moment

Gather = Callable[[HttpRequest, Operator], Mapping[str, Any]]
# What other rooms show below the orders: template and function. A room adds one line.
PARTS: Final[Sequence[tuple[str, Gather]]] = (("operator/_sanctions.html", sanctions_of),)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One order; `comply_by` is empty until it has reached the operator."""

    order_id: UUID
    number: str
    mark: StateMark
    issued: Moment
    comply_by: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class ItemLine:
    request_id: UUID
    number: str
    outcome: StateMark


@needs(Permission.REQUEST_READ)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What was ordered, the newest first."""
    operator, now = operator_of_request(request), clock.now()
    shown = {
        "orders": [_line(one, operator=operator, now=now) for one in queries.served_to(operator.pk)],
        "parts": [(template, gather(request, operator)) for template, gather in PARTS],
    }
    return render(request, "operator/orders.html", shown)


@needs(Permission.REQUEST_READ)
@require_safe
def one(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The order itself, once it has reached the operator; before, the button that opens it."""
    order, now = _own(request, order_id), clock.now()
    operator = operator_of_request(request)
    korean, english = letters_of(order_id)
    shown = {
        "order": order,
        "line": _line(order, operator=operator, now=now),
        "is_served": order.served_at is not None,
        "served": moment(order.served_at, now=now) if order.served_at else None,
        "served_by": WAYS[Way(order.served_by)] if order.served_by else "",
        "may_open": may(request, Permission.ORDER_ANSWER),
        "paper": (korean if in_korean() else english) if order.served_at else None,
        "items": _items(order),
        "documents": of_subject(order_id) if order.served_at else [],
    }
    return render(request, "operator/order.html", shown)


@needs(Permission.REQUEST_READ)
@require_safe
def file(request: HttpRequest, order_id: UUID, language: str, form: str) -> HttpResponse:
    """The letter as it was issued, once it has reached the operator."""
    order = _own(request, order_id)
    issued = next(iter(of_subject(order_id)), None)
    if order.served_at is None or issued is None or language not in set(Language) or form not in set(Form):
        raise Http404
    return document_answer(request, issued=issued, language=Language(language), form=Form(form))


@needs(Permission.ORDER_ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def opened(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """An administrator opens it: with that it has reached the operator, and its time begins. Opened twice, once."""
    if request.method == "POST":
        _own(request, order_id)
        by = official_actor(official_of(request).pk)
        actions.served(order_id=order_id, way=Way.DESK, at=clock.now(), actor=by)
    return redirect("operator:order", order_id)


def _own(request: HttpRequest, order_id: UUID) -> CorrectiveOrder:
    try:
        return queries.served_to(operator_of_request(request).pk).get(pk=order_id)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def _items(order: CorrectiveOrder) -> list[ItemLine]:
    return [
        ItemLine(
            request_id=item.asked.request_id,
            number=str(item.asked.request_id)[:8],
            outcome=outcome_mark(item.outcome),
        )
        for item in queries.items_of(order)
    ]


def _line(order: CorrectiveOrder, *, operator: Operator, now: datetime) -> Line:
    assert order.issued_at is not None
    return Line(
        order_id=order.pk,
        number=str(order.pk)[:8],
        mark=order_mark(order.state),
        issued=moment(order.issued_at, now=now),
        comply_by=officials_first(order.comply_by, zone=operator.zone)
        if order.served_at and order.comply_by
        else [],
    )
