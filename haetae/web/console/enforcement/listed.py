"""Operators side by side, by what stands out, and one of them with the evidence behind each figure."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haetae.accounts.models import Operator
from haetae.accounts.permissions import Permission
from haetae.accounts.queries import operators
from haetae.agencies.enforcement.orders import queries as orders
from haetae.agencies.enforcement.record.figures import Kind, Record, worst_first
from haetae.agencies.enforcement.record.queries import PAGE_SIZE, evidence, record_of, records
from haetae.common import clock
from haetae.flow.overview.lately import SUMS_EVERY, lately
from haetae.web.access import needs
from haetae.web.console.enforcement.lines import evidence_line, figures_shown, order_line, record_line
from haetae.web.console.enforcement.parts import parts_of
from haetae.web.console.paging import page_number
from haetae.web.console.rights import may
from haetae.web.words.enforcement import GROUNDS, KINDS, problem_words
from haetae.web.words.figures import PERIODS, days_asked
from haetae.web.words.times import moment


@needs(Permission.ENFORCEMENT_READ)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every operator that was asked anything or has an order, the worst first."""
    now, days = clock.now(), days_asked(request.GET.get("days", ""))
    names, standing = {one.pk: one.name for one in operators()}, orders.standing_by_operator()
    counted = lately(f"records {days}", lambda: _records(days), every=SUMS_EVERY)
    found = [one for one in counted.value.values() if one.operator_id in names]
    shown = [one for one in found if one.figures.asked or one.operator_id in standing]
    shown.sort(key=lambda one: (worst_first(one), names[one.operator_id]))
    lines = [
        record_line(one, name=names[one.operator_id], standing=standing.get(one.operator_id, []), now=now)
        for one in shown
    ]
    facts = {"operators": lines, "days": days, "periods": PERIODS, "counted": moment(counted.at, now=now)}
    return render(request, "console/enforcement/listed.html", facts)


@needs(Permission.ENFORCEMENT_READ)
@require_safe
def one(request: HttpRequest, operator_id: UUID) -> HttpResponse:
    """The record of one operator; `kind` opens the evidence of one figure."""
    return one_page(request, operator_id)


def one_page(
    request: HttpRequest, operator_id: UUID, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """With a sentence where something was just refused."""
    operator, now = found_operator(operator_id), clock.now()
    days = days_asked(request.GET.get("days", ""))
    since = now - timedelta(days=days)
    counted = lately(f"record {operator_id} {days}", lambda: _record(operator_id, days), every=SUMS_EVERY)
    record = counted.value
    facts = {
        "operator": operator,
        "line": record_line(record, name=operator.name, standing=[], now=now),
        "figures": figures_shown(record),
        "orders": [order_line(order, now=now) for order in orders.of_operator(operator_id)],
        "grounds": [(ground.value, words) for ground, words in GROUNDS.items()],
        "may_prepare": may(request, Permission.ENFORCEMENT_PREPARE),
        "days": days,
        "periods": PERIODS,
        "counted": moment(counted.at, now=now),
        "problem": problem_words(problem) if problem else "",
        "parts": parts_of(request, operator),
        **_evidence(request, operator_id, since=since, now=now, days=days, counts=record.count),
    }
    return render(request, "console/enforcement/one.html", facts, status=status)


def _records(days: int) -> dict[UUID, Record]:
    now = clock.now()
    return records([one.pk for one in operators()], since=now - timedelta(days=days), until=now)


def _record(operator_id: UUID, days: int) -> Record:
    now = clock.now()
    return record_of(operator_id, since=now - timedelta(days=days), until=now)


def found_operator(operator_id: UUID) -> Operator:
    try:
        return operators().get(pk=operator_id)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def _evidence(
    request: HttpRequest, operator_id: UUID, *, since: datetime, now: datetime, days: int, counts: Any
) -> dict[str, Any]:
    asked = request.GET.get("kind", "")
    if asked not in set(Kind):
        return {"kind": "", "evidence": [], "total": 0}
    kind, page = Kind(asked), page_number(request)
    rows = evidence(operator_id, kind, since=since, until=now, page=page)
    first, total = (page - 1) * PAGE_SIZE + 1, counts(kind)
    return {
        "kind": kind.value,
        "kind_words": KINDS[kind],
        "evidence": [evidence_line(row, now=now) for row in rows],
        "query": f"days={days}&amp;kind={kind}",
        "total": total,
        "first": first,
        "last": first + len(rows) - 1,
        "newer": page - 1,
        "older": page + 1 if page * PAGE_SIZE < total else 0,
    }
