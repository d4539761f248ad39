"""One request in full: what was asked, what was said, what our probes saw, and what can be said now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from haetae.accounts.permissions import Permission
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.flow.overview.desk.one import One, one, why_not_shown
from haetae.flow.removal.models import DeletionRequest
from haetae.notice.letter import text_of
from haetae.operators.answers.actions import refuse_answer
from haetae.operators.answers.models import Inbound
from haetae.operators.answers.rules import WORKED, Outcome, Way
from haetae.web.access import needs
from haetae.web.operator.desk.lines import line
from haetae.web.operator.desk.said import said_of
from haetae.web.operator.who import operator_of_request
from haetae.web.rights import may
from haetae.web.words.answers import outcome_words, reason_of_refusal, way_words, word_words
from haetae.web.words.bases import basis_words
from haetae.web.words.clocks import at_the_desk, to_the_second
from haetae.web.words.decided import decided
from haetae.web.words.desk import told_facts, told_words
from haetae.web.words.language import in_korean
from haetae.web.words.reviews import decision_words, ground_words
from haetae.web.words.states import block_mark
from haetae.web.words.terms import why_extended
from haetae.web.words.times import Moment, moment


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One entry of the history; `times` counts the same in a row."""

    at: str
    machine: str
    words: str
    facts: str
    times: int


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One answer that came in, and what became of it."""

    at: Moment
    number: str
    words: str
    way: str
    who: str
    outcome: str
    worked: bool


@needs(Permission.REQUEST_READ)
@require_safe
def request_page(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Everything between us and this operator about one picture at one place."""
    return page_of(request, request_id)


def page_of(request: HttpRequest, request_id: UUID, *, problem: str = "", status: int = 200) -> HttpResponse:
    """With what was wrong with an answer, if something was. Another's request is not there, and the try is kept."""
    operator, now = operator_of_request(request), clock.now()
    try:
        found = one(operator.pk, request_id)
    except DeletionRequest.DoesNotExist:
        outcome = why_not_shown(request_id)
        if (
            outcome is Outcome.NOT_YOURS
        ):  # a number that is nobody's was mistyped: reading a page writes nothing
            refuse_answer(operator_id=operator.pk, way=Way.DESK, outcome=outcome, request_id=request_id)
        return not_yours(request, outcome)
    shown_line = line(found.row, zone=operator.zone, now=now)
    block, ends = found.row.block, found.row.block_ends
    facts: dict[str, Any] = {
        "line": shown_line,
        "said": said_of(found.row, shown_line),
        "basis": basis_words(found.row.request.legal_basis, at=found.row.request.requested_at),
        "facts": list(_facts(found, zone=operator.zone)),
        "notice": text_of(found.notice, language="ko" if in_korean() else "en") if found.notice else "",
        "hiding": block_mark(block.state) if block else None,
        "hidden_until": at_the_desk(ends.due_at, zone=operator.zone) if ends and ends.due_at else "",
        "decision": decision_words(found.decided.state) if found.decided else "",
        "decision_at": at_the_desk(found.decided.changed_at, zone=operator.zone) if found.decided else "",
        "ground": ground_words(found.ground) if found.ground else "",
        "stated": decided(found.statement) if found.statement else None,
        "reasons": found.statement.reasons if found.statement else [],
        "articles": _articles(found),
        "extended": [
            (why_extended(one.why), at_the_desk(one.until, zone=operator.zone)) for one in found.extensions
        ],
        "asked_itself": found.asked_itself,
        "may_judge": found.row.may_judge,
        "happened": list(_happened(found, zone=operator.zone)),
        "answers": [answered(row, now=now) for row in found.answers],
        "earlier": [(other.pk, str(other.pk)[:8]) for other in found.earlier],
        "problem": problem,
        "form_key": new_id(),
        "may_answer": may(request, Permission.REQUEST_ANSWER),
    }
    return render(request, "operator/request.html", facts, status=status)


def not_yours(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    """The same sentence for what is another's and for what is nobody's."""
    return render(request, "operator/not_yours.html", {"why": outcome_words(outcome)}, status=404)


def answered(row: Inbound, *, now: datetime) -> Answered:
    """`who` is the colleague who clicked; empty where a system answered."""
    reason = reason_of_refusal(row.reason)
    said = word_words(row.word)
    return Answered(
        at=moment(row.at, now=now),
        number=str(row.request_id)[:8] if row.request_id else "",
        words=f"{said}: {reason}" if said and reason else said,
        way=way_words(row.way),
        who=row.official.get_username() if row.official else "",
        outcome=outcome_words(row.outcome),
        worked=row.outcome in WORKED,
    )


def _articles(found: One) -> str:
    """On what the vote and the remedy rest."""
    if found.statement is None:
        return ""
    vote = found.statement.law
    return vote.source.cite_ko(vote.article) if in_korean() else vote.source.cite_en(vote.article)


def _facts(found: One, *, zone: str) -> Iterator[tuple[str, str]]:
    """What our notice says: hashes and addresses, and nothing about any person."""
    request, prints = found.row.request, found.row.request.assessment.fingerprints or {}
    yield _("Number"), str(request.pk)
    yield _("Key of the request"), str(request.key)
    yield _("Asked"), at_the_desk(request.requested_at, zone=zone)
    if prints.get("sha256"):
        yield "SHA-256", str(prints["sha256"])
    for variant in _variants(prints):
        yield "PDQ", variant
    if request.operator_reference:
        yield _("Your reference"), request.operator_reference


def _variants(prints: dict[str, Any]) -> Sequence[str]:
    whole = [one for one in prints.get("perceptual") or [] if one.get("variant") != "trimmed"]
    return [str(one["pdq"]) for one in whole[:1] if one.get("pdq")]


def _happened(found: One, *, zone: str) -> Iterator[Happened]:
    """The same thing in a row is told once, with its first moment."""
    told: list[Happened] = []
    for event in found.events:
        words, facts = told_words(event.name), told_facts(event.name, event.facts)
        if told and (told[-1].words, told[-1].facts) == (words, facts):
            told[-1] = Happened(**{**vars(told[-1]), "times": told[-1].times + 1})
            continue
        told.append(
            Happened(
                at=to_the_second(event.at, zone=zone),
                machine=event.at.isoformat(),
                words=words,
                facts=facts,
                times=1,
            )
        )
    yield from told
