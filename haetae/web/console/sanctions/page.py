"""One sanction with all that it rests on, and the acts that whoever reads may take now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.enforcement.sanctions import queries, rules
from haetae.agencies.enforcement.sanctions.models import Sanction, Sheet
from haetae.agencies.enforcement.sanctions.states import (
    OUTCOMES,
    PAYABLE,
    TOLD,
    UNSIGNED,
    Served,
    State,
)
from haetae.common import clock
from haetae.flow.hearings.queries import why_not_act
from haetae.flow.hearings.states import About
from haetae.flow.issued.queries import of_subject
from haetae.law.packs import load_pack
from haetae.web.access import needs
from haetae.web.console.hearings.panel import hearing_panel
from haetae.web.rights import may, official_of
from haetae.web.sanctions import article_words, line
from haetae.web.words.sanctions import SERVED, problem_words, won
from haetae.web.words.times import Moment, moment
from haetae.web.words.worksheets import SheetWords, sheet_words


@dataclass(frozen=True, kw_only=True)
class SheetShown:
    """One worksheet with who made it; the newest is the one that counts."""

    number: int
    by: str
    at: Moment
    digest: str
    words: SheetWords


@dataclass(frozen=True, kw_only=True)
class Paid:
    amount: str
    reference: str
    on: str
    is_back: bool


@needs(Permission.ENFORCEMENT_READ)
@require_safe
def one(request: HttpRequest, sanction_id: UUID) -> HttpResponse:
    """The sum, how it came about, who was heard, and what was paid."""
    return page_of(request, sanction_id)


def found_sanction(sanction_id: UUID) -> Sanction:
    try:
        return queries.get_sanction(sanction_id)
    except Sanction.DoesNotExist as missing:
        raise Http404 from missing


def page_of(
    request: HttpRequest,
    sanction_id: UUID,
    *,
    problem: str = "",
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    found, now, pack = found_sanction(sanction_id), clock.now(), load_pack(settings.JURISDICTION)
    state, me = State(found.state), official_of(request).pk
    prepares, signs = may(request, Permission.ENFORCEMENT_PREPARE), may(request, Permission.ENFORCEMENT_SIGN)
    people = queries.people_of(found)
    sheets = [_sheet(row) for row in queries.sheets_of(sanction_id)]
    why_not_sign = rules.why_not_decide(state, people=people, by=me) or why_not_act(sanction_id)
    why_not_conclude = rules.why_not_conclude(
        state, State.UPHELD, people=people, by=me, before=found.amount, after=None
    )
    balance = queries.balance_of(found)
    shown: dict[str, Any] = {
        "sanction": found,
        "line": line(found, now=now),
        "article": article_words(found.article),
        "sheet": sheets[0],
        "before": sheets[1:],
        "order_number": str(found.order_id)[:8],
        "proposed": moment(found.proposed_at, now=now),
        "decided": moment(found.decided_at, now=now) if found.decided_at else None,
        "served_by": SERVED[found.served_by] if found.served_by else "",
        "pay_by": moment(found.pay_by, now=now) if found.pay_by and state in PAYABLE else None,
        "contest_by": moment(found.contest_by, now=now) if found.contest_by else None,
        "contested": moment(found.contested_at, now=now) if found.contested_at else None,
        "payments": _payments(found),
        "rest": won(balance) if balance > 0 and state in PAYABLE else "",
        "back": won(-balance) if balance < 0 else "",
        "hearings": hearing_panel(request, About.SANCTION, found.pk) if state is not State.PROPOSED else None,
        "documents": of_subject(found.pk),
        "others": [line(row, now=now) for row in queries.of_order(found.order_id) if row.pk != found.pk],
        "may_hear": prepares and state is State.PROPOSED,
        "may_revise": prepares and state in UNSIGNED and me in people.proposers,
        "may_drop": prepares and state in UNSIGNED,
        "is_to_sign": signs and state is State.HEARING,
        "why_not_sign": problem_words(why_not_sign) if why_not_sign else "",
        "may_notify": prepares and state is State.DECIDED,
        "may_pay": prepares and state in PAYABLE,
        "may_pay_back": prepares and balance < 0,
        "may_contest": prepares and state in TOLD and not found.contested_at,
        "is_to_conclude": signs and state is State.CONTESTED,
        "why_not_conclude": problem_words(why_not_conclude) if why_not_conclude else "",
        "is_concluded": state in OUTCOMES or bool(found.concluded_by_id),
        "ways": [(way.value, SERVED[way]) for way in Served],
        "today": now.astimezone(pack.zone).date().isoformat(),
        "typed": typed or {},
        "shortest": rules.SHORTEST,
        "longest": rules.LONGEST,
        "problem": problem_words(problem) if problem else "",
    }
    return render(request, "console/sanctions/one.html", shown, status=status)


def _sheet(row: Sheet) -> SheetShown:
    return SheetShown(
        number=row.number,
        by=row.made_by.get_username(),
        at=moment(row.made_at, now=clock.now()),
        digest=row.digest,
        words=sheet_words(queries.worksheet_of(row)),
    )


def _payments(found: Sanction) -> Sequence[Paid]:
    return [
        Paid(
            amount=won(row.amount),
            reference=row.reference,
            on=row.paid_on.isoformat(),
            is_back=row.is_back,
        )
        for row in queries.payments_of(found.pk)
    ]
