"""The form of a worksheet: for a new proposal, for working it out anew, and for a lower sum after it was contested."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from haetae.accounts.actions import official_actor
from haetae.accounts.permissions import Permission
from haetae.agencies.enforcement.sanctions import actions, queries, rules
from haetae.agencies.enforcement.sanctions.actions import CannotSanctionError
from haetae.agencies.enforcement.sanctions.contesting import actions as contesting
from haetae.agencies.enforcement.sanctions.models import Sanction
from haetae.agencies.enforcement.sanctions.proposal.queries import proposed_for
from haetae.agencies.enforcement.sanctions.queries import Failure
from haetae.agencies.enforcement.sanctions.states import Kind
from haetae.agencies.enforcement.sanctions.worksheet import numbers, sums
from haetae.agencies.enforcement.sanctions.worksheet.numbers import NoSuchSanctionError
from haetae.agencies.enforcement.sanctions.worksheet.proposing import Proposed
from haetae.agencies.enforcement.sanctions.worksheet.sums import Facts
from haetae.common import clock
from haetae.law.packs import load_pack
from haetae.law.sanctioning.facts import Factor, Level
from haetae.web.access import needs
from haetae.web.console.sanctions.draft import (
    Draft,
    UnreadableError,
    facts_of,
    from_record,
    from_sheet,
    sent,
)
from haetae.web.rights import official_of
from haetae.web.words.language import in_korean
from haetae.web.words.sanctions import BY_MINORS, COUNTED, KINDS, LEVELS, problem_words
from haetae.web.words.worksheets import SheetWords, factor_words, sheet_words

_GET_TOO: Final = ["GET", "HEAD", "POST"]  # a GET comes after a sign-in that came in between


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the form is for. `sanction` is the one that stands; with `is_change` it is contested and becomes lower."""

    kind: Kind
    failed: Failure
    sanction: Sanction | None = None
    is_change: bool = False


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One factor with its three levels, beside what our record counts."""

    factor: str
    words: str
    weight: int
    counted: str
    proposed: str
    levels: Sequence[tuple[str, str, bool]]
    evidence: str
    reason: str


@needs(Permission.ENFORCEMENT_PREPARE)
@require_http_methods(_GET_TOO)
def new(request: HttpRequest, order_id: UUID, kind: Kind) -> HttpResponse:
    """Propose a sum on an order that was not followed. Sent twice it is proposed once."""
    try:
        asked = Asked(kind=kind, failed=queries.failure(order_id, kind))
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    return _form(request, asked)


@needs(Permission.ENFORCEMENT_PREPARE)
@require_http_methods(_GET_TOO)
def revise(request: HttpRequest, sanction_id: UUID) -> HttpResponse:
    """Work it out anew before it is signed."""
    return _form(request, _standing(sanction_id, is_change=False))


@needs(Permission.ENFORCEMENT_SIGN)
@require_http_methods(_GET_TOO)
def change(request: HttpRequest, sanction_id: UUID) -> HttpResponse:
    """A lower sum, once it is contested."""
    return _form(request, _standing(sanction_id, is_change=True))


def _standing(sanction_id: UUID, *, is_change: bool) -> Asked:
    try:
        found = queries.get_sanction(sanction_id)
        kind = Kind(found.kind)
        failed = queries.failure(found.order_id, kind)
        return Asked(kind=kind, failed=failed, sanction=found, is_change=is_change)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def _form(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Worked out on every press of a button; taken by one of them alone."""
    found = proposed_for(asked.failed.order) if asked.kind is Kind.SURCHARGE else {}
    if request.method != "POST":
        return _page(request, asked, _fresh(asked, found), found=found)
    draft = sent(request)
    try:
        facts = facts_of(draft, asked.kind, proposed=found)
        if request.POST.get("do") != "send":
            return _page(request, asked, draft, found=found, facts=facts)
        sanction_id = _take(asked, draft, facts, official_id=official_of(request).pk)
    except UnreadableError as unreadable:
        return _page(request, asked, draft, found=found, problem=str(unreadable), status=422)
    except CannotSanctionError as refused:
        subject = asked.sanction or asked.failed.order
        move = "change" if asked.is_change else "revise" if asked.sanction else "propose"
        actor = official_actor(official_of(request).pk)
        actions.refused(subject=subject, move=move, code=refused.code, actor=actor)
        return _page(request, asked, draft, found=found, facts=facts, problem=refused.code, status=409)
    return redirect("console:sanction", sanction_id)


def _fresh(asked: Asked, found: Mapping[Factor, Proposed]) -> Draft:
    if asked.sanction is not None:
        sheet = queries.worksheet_of(queries.sheets_of(asked.sanction.pk)[0])
        return from_sheet(sheet, intent=asked.sanction.intent)
    earlier = queries.earlier(asked.failed.order.operator_id, asked.kind, at=clock.now())
    articles = sorted(asked.failed.rests.articles)
    return replace(from_record(found, earlier=earlier), article=articles[0] if len(articles) == 1 else "")


def _take(asked: Asked, draft: Draft, facts: Facts, *, official_id: UUID) -> UUID:
    """Raises CannotSanctionError."""
    if asked.sanction is None:
        return actions.propose(
            order_id=asked.failed.order.pk,
            article=draft.article,
            facts=facts,
            intent=draft.intent,
            form_key=draft.form_key,
            official_id=official_id,
        )
    sanction_id = asked.sanction.pk
    if asked.is_change:
        contesting.changed(sanction_id=sanction_id, facts=facts, why=draft.why, official_id=official_id)
    else:
        actions.revise(sanction_id=sanction_id, facts=facts, intent=draft.intent, official_id=official_id)
    return sanction_id


def _page(
    request: HttpRequest,
    asked: Asked,
    draft: Draft,
    *,
    found: Mapping[Factor, Proposed],
    facts: Facts | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    order, pack = asked.failed.order, load_pack(settings.JURISDICTION)
    back = (
        reverse("console:sanction", args=[asked.sanction.pk])
        if asked.sanction
        else reverse("console:sanctions")
    )
    allowed = [
        row
        for row in numbers.articles(pack, asked.kind, on=asked.failed.on)
        if row.sanction_id in asked.failed.rests.articles
    ]
    shown: dict[str, Any] = {
        "kind": KINDS[asked.kind],
        "is_surcharge": asked.kind is Kind.SURCHARGE,
        "is_change": asked.is_change,
        "stands": asked.sanction,
        "order": order,
        "order_number": str(order.pk)[:8],
        "operator": order.operator.name,
        "failed_on": asked.failed.on,
        "draft": draft,
        "revenues": list(enumerate(draft.revenues, start=1)),
        "choices": _choices(draft, found),
        "articles": [
            (row.sanction_id, row.words_ko if in_korean() else row.words_en, row.max_fine) for row in allowed
        ],
        "most_percent": (pack.surcharge if asked.kind is Kind.SURCHARGE else pack.fine).effort.most_percent,
        "shortest": rules.SHORTEST,
        "longest": rules.LONGEST,
        "back": back,
        "sheet": _sheet(asked, draft, facts),
        "problem": problem_words(problem) if problem else "",
    }
    return render(request, "console/sanctions/weigh.html", shown, status=status)


def _sheet(asked: Asked, draft: Draft, facts: Facts | None) -> SheetWords | None:
    """What it comes to by what stands in the form, whether or not that is enough to propose it."""
    if facts is None:
        return None
    pack = load_pack(settings.JURISDICTION)
    article = asked.sanction.article if asked.sanction else draft.article
    try:
        return sheet_words(sums.worked_out(facts, article, pack=pack, on=asked.failed.on))
    except NoSuchSanctionError:
        return None


def _choices(draft: Draft, found: Mapping[Factor, Proposed]) -> list[Choice]:
    pack = load_pack(settings.JURISDICTION)
    weights = {row.factor: row.weight for row in pack.surcharge.weights}
    return [
        Choice(
            factor=factor.value,
            words=factor_words(factor, pack),
            weight=weights[factor],
            counted=_counted(found.get(factor)),
            proposed=str(LEVELS[found[factor].level]) if factor in found else "",
            levels=[
                (level.value, str(LEVELS[level]), draft.levels.get(factor) == level)
                for level in (Level.HIGH, Level.MIDDLE, Level.LOW)
            ],
            evidence=draft.evidence.get(factor, ""),
            reason=draft.reasons.get(factor, ""),
        )
        for factor in Factor
    ]


def _counted(found: Proposed | None) -> str:
    if found is None:
        return ""
    words = BY_MINORS if found.by_minors else COUNTED[found.factor]
    return str(words) % {"number": f"{found.number:,}"}
