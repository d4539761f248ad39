"""The designation of one operator: what it rests on, the two officials, and how its hotline answers."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.enforcement.designation import actions, queries
from haetae.agencies.enforcement.designation.channels import actions as channels
from haetae.agencies.enforcement.designation.channels.queries import channels_of, questions_of, replies_of
from haetae.agencies.enforcement.designation.models import Designation
from haetae.agencies.enforcement.designation.papers import letters
from haetae.agencies.enforcement.designation.states import (
    IN_FORCE,
    MOVES,
    OPEN,
    State,
    WhyEnded,
)
from haetae.common import clock
from haetae.common.states import may_move
from haetae.documents.document import Language
from haetae.flow.hearings.states import About
from haetae.flow.issued.queries import of_subject as issued_for
from haetae.law.packs import load_pack
from haetae.web.access import needs
from haetae.web.console.documents.reading import document_line
from haetae.web.console.filing.acting import GET_TOO, act, operator_or_404
from haetae.web.console.filing.filings import designation_mark
from haetae.web.console.hearings.panel import hearing_panel
from haetae.web.console.rights import may, official_of
from haetae.web.documents import Form, document_answer, draft_answer
from haetae.web.sent import IncompleteError, channel_sent, moment_in
from haetae.web.words import designation as words
from haetae.web.words import filings as filing_words
from haetae.web.words.language import in_korean
from haetae.web.words.times import moment, span


@needs(Permission.ENFORCEMENT_READ)
@require_safe
def page(request: HttpRequest, operator_id: UUID) -> HttpResponse:
    """The one that is open, with its evidence; those that ended below."""
    return _page(request, operator_id)


@needs(Permission.ENFORCEMENT_READ)
@require_safe
def letter(request: HttpRequest, operator_id: UUID, designation_id: UUID, language: str) -> HttpResponse:
    """Its notice: as a draft until it is signed, and then as it was issued."""
    if language not in set(Language):
        raise Http404
    try:
        found = queries.get_designation(designation_id, operator_id=operator_id)
    except Designation.DoesNotExist as missing:
        raise Http404 from missing
    for issued in issued_for(found.pk):
        return document_answer(request, issued=issued, language=Language(language), form=Form.HTML)
    korean, english = letters(queries.notice_of(found.pk))
    return draft_answer(korean if language == Language.KO else english)


@needs(Permission.ENFORCEMENT_PREPARE)
@require_http_methods(GET_TOO)
def propose(request: HttpRequest, operator_id: UUID) -> HttpResponse:
    """The first of two officials."""

    def run() -> None:
        reason = request.POST.get("reason", "").replace("\r\n", "\n")
        actions.propose(operator_id=operator_id, reason=reason, official_id=official_of(request).pk)

    return _act(request, operator_id, run)


@needs(Permission.ENFORCEMENT_PREPARE)
@require_http_methods(GET_TOO)
def note_channel(request: HttpRequest, operator_id: UUID) -> HttpResponse:
    """An invitation that everybody can read."""

    def run() -> None:
        channels.note_channel(
            operator_id=operator_id,
            link=request.POST.get("link", ""),
            seen=channel_sent(request),
            official_id=official_of(request).pk,
        )

    return _act(request, operator_id, run)


@needs(Permission.ENFORCEMENT_SIGN)
@require_http_methods(GET_TOO)
def sign(request: HttpRequest, operator_id: UUID, designation_id: UUID) -> HttpResponse:
    """The second of two officials."""
    return _one(
        request,
        operator_id,
        designation_id,
        lambda: actions.designate(designation_id=designation_id, official_id=official_of(request).pk),
    )


def _ended(request: HttpRequest, designation_id: UUID) -> None:
    why = request.POST.get("why", "")
    if why not in set(WhyEnded):
        raise IncompleteError("reason_missing")
    actions.end(designation_id=designation_id, why=WhyEnded(why), official_id=official_of(request).pk)


def _asked(request: HttpRequest, designation_id: UUID) -> None:
    at = moment_in(request, "asked_at", code="question_incomplete")
    channels.note_question(designation_id=designation_id, asked_at=at, official_id=official_of(request).pk)


def _by_official(action: Callable[..., object]) -> Callable[[HttpRequest, UUID], object]:
    return lambda request, designation_id: action(
        designation_id=designation_id, official_id=official_of(request).pk
    )


_VERBS: Final[Mapping[str, Callable[[HttpRequest, UUID], object]]] = {
    "hearing": _by_official(actions.open_hearing),
    "complied": _by_official(actions.complied),
    "not-complied": _by_official(actions.not_complied),
    "drop": _by_official(actions.drop),
    "end": _ended,
    "question": _asked,
}


def _view(verb: str) -> Callable[..., HttpResponse]:
    @needs(Permission.ENFORCEMENT_PREPARE)
    @require_http_methods(GET_TOO)
    def view(request: HttpRequest, operator_id: UUID, designation_id: UUID) -> HttpResponse:
        return _one(request, operator_id, designation_id, lambda: _VERBS[verb](request, designation_id))

    return view


VERBS: Final = {verb: _view(verb) for verb in _VERBS}


@needs(Permission.ENFORCEMENT_PREPARE)
@require_http_methods(GET_TOO)
def note_answer(
    request: HttpRequest, operator_id: UUID, designation_id: UUID, question_id: UUID
) -> HttpResponse:
    """The hotline answered a question."""

    def run() -> None:
        at = moment_in(request, "answered_at", code="question_incomplete")
        channels.note_answer(
            question_id=question_id,
            designation_id=designation_id,
            answered_at=at,
            official_id=official_of(request).pk,
        )

    return _one(request, operator_id, designation_id, run)


def _one(
    request: HttpRequest, operator_id: UUID, designation_id: UUID, run: Callable[[], object]
) -> HttpResponse:
    if request.method != "POST":
        return redirect("console:designation", operator_id)
    try:
        queries.get_designation(designation_id, operator_id=operator_id)
    except Designation.DoesNotExist as missing:
        raise Http404 from missing
    return _act(request, operator_id, run)


def _act(request: HttpRequest, operator_id: UUID, run: Callable[[], object]) -> HttpResponse:
    return act(
        request,
        operator_id,
        run,
        to=reverse("console:designation", args=[operator_id]),
        again=lambda code: _page(request, operator_id, problem=code, status=409),
    )


def _page(request: HttpRequest, operator_id: UUID, *, problem: str = "", status: int = 200) -> HttpResponse:
    operator, now = operator_or_404(operator_id), clock.now()
    law = load_pack(settings.JURISDICTION).designation
    users = queries.daily_users(operator_id, day=timezone.localdate(now))
    shown: dict[str, Any] = {
        "operator": operator,
        "users": users,
        "users_origin": filing_words.ORIGINS[users.origin] if users else "",
        "least": law.daily_users_at_least,
        "article": law.source.cite_ko(law.article) if in_korean() else law.source.cite_en(law.article),
        "name_within": span(law.name_within.exact),
        "channels": [
            {"row": row, "seen_on": words.SEEN_ON[row.seen_on]} for row in channels_of(operator_id)[:50]
        ],
        "seen_ons": words.SEEN_ON.items(),
        "today": timezone.localdate(now).isoformat(),
        "may_prepare": may(request, Permission.ENFORCEMENT_PREPARE),
        "ended": [
            {"row": row, "mark": designation_mark(row.state), "why": words.ENDED.get(row.why_ended, "")}
            for row in queries.of_operator(operator_id)
            if State(row.state) not in OPEN
        ],
        "problem": words.problem_words(problem) if problem else "",
        "sent": request.POST,
    }
    found = queries.open_of(operator_id)
    return render(
        request,
        "console/filing/designation.html",
        shown | (_open(request, found) if found else {}),
        status=status,
    )


def _open(request: HttpRequest, found: Designation) -> dict[str, Any]:
    """What the open one shows: its state, what may be done now, and how the hotline answers."""
    now, state, law = clock.now(), State(found.state), load_pack(settings.JURISDICTION).designation
    why_not = queries.why_not_sign(found, official_id=official_of(request).pk)
    replies = replies_of(found.pk)
    heard = (
        {} if state is State.PROPOSED else {"hearings": hearing_panel(request, About.DESIGNATION, found.pk)}
    )
    return heard | {
        "designation": found,
        "mark": designation_mark(found.state),
        "issued": [document_line(one) for one in issued_for(found.pk)],
        "proposed": moment(found.proposed_at, now=now),
        "name_by": moment(found.name_by, now=now) if found.name_by else None,
        "is_proposed": state is State.PROPOSED,
        "is_heard": state is State.HEARING,
        "in_force": state in IN_FORCE,
        "may_comply": may_move(MOVES, state, State.COMPLIED),
        "may_fail": may_move(MOVES, state, State.NOT_COMPLIED),
        "may_drop": may_move(MOVES, state, State.DROPPED),
        "may_sign": may(request, Permission.ENFORCEMENT_SIGN),
        "why_not": words.problem_words(why_not) if why_not else "",
        "why_ends": words.ENDED.items(),
        "questions": [
            {
                "row": row,
                "asked": moment(row.asked_at, now=now),
                "took": span(row.answered_at - row.asked_at) if row.answered_at else "",
            }
            for row in questions_of(found.pk)
        ],
        "replies": replies,
        "median": (span(replies.median) or _("a moment")) if replies.median is not None else "",
        "target": span(law.reply_within.exact),
        "now": timezone.localtime(now).strftime("%Y-%m-%dT%H:%M"),
    }
