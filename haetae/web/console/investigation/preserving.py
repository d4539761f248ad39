"""Requests to keep data, as the file's people see them. Nothing that a platform sent can be entered here."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.investigation.files.queries import OpenFile
from haetae.agencies.investigation.files.states import State as File
from haetae.agencies.investigation.preservation import actions, queries, rules
from haetae.agencies.investigation.preservation.actions import CannotKeepError
from haetae.agencies.investigation.preservation.rules import Wanted
from haetae.agencies.investigation.preservation.states import MOVES, Origin, State
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.flow.deadlines.queries import of_subjects
from haetae.law.packs import load_pack
from haetae.web.access import needs
from haetae.web.console.investigation.acting import GET_TOO, LANGUAGES, done_or_refused, lines
from haetae.web.console.investigation.gate import in_file
from haetae.web.console.lines import due
from haetae.web.console.rights import official_of
from haetae.web.documents import Form, letter_answer
from haetae.web.sent import moment_in, uuid_in
from haetae.web.words.language import in_korean
from haetae.web.words.official_requests import ORIGINS, keeping_mark, official_refusal
from haetae.web.words.times import moment

FIELDS: Final = ("platform", "accounts", "why", "office", "contact", "urgent_because", "at")


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def listed(request: HttpRequest, opened: OpenFile) -> HttpResponse:
    """Those of this file, and the form: apply, or ask at once and have it approved after."""

    def asked() -> HttpResponse:
        file_id, by = opened.investigation.pk, official_of(request).pk
        wanted, form_key = wanted_in(request), uuid_in(request, "form_key") or new_id()
        if "urgent" in request.POST:
            found = actions.ask_urgently(
                investigation_id=file_id,
                wanted=wanted,
                sent_at=moment_in(request, "at", code="moment_missing"),
                form_key=form_key,
                official_id=by,
            )
        else:
            found = actions.apply(investigation_id=file_id, wanted=wanted, form_key=form_key, official_id=by)
        return redirect("console:preservation", opened.investigation.pk, found)

    if request.method != "POST":
        return _list(request, opened)
    return done_or_refused(
        request, opened, act=asked, page=lambda code: _list(request, opened, problem=code, status=422)
    )


@needs(Permission.INVESTIGATION_WORK)
@require_safe
@in_file
def one(request: HttpRequest, opened: OpenFile, preservation_id: UUID) -> HttpResponse:
    """One of them."""
    return _page(request, opened, preservation_id)


@needs(Permission.INVESTIGATION_WORK)
@require_safe
@in_file
def letter(
    request: HttpRequest, opened: OpenFile, preservation_id: UUID, language: str, form: str
) -> HttpResponse:
    """Its letter, once it may go out."""
    try:
        row = queries.in_file(preservation_id, opened.investigation.pk)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    if language not in LANGUAGES or form not in set(Form) or State(row.state) not in queries.WITH_LETTER:
        raise Http404
    document = next(one for one in queries.letters_of(row, opened.key) if one.language == language)
    return letter_answer(request, document=document, form=Form(form))


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def sent(request: HttpRequest, opened: OpenFile, preservation_id: UUID) -> HttpResponse:
    """People have asked the platform."""

    def noted(by: UUID) -> None:
        actions.sent(
            preservation_id=preservation_id,
            investigation_id=opened.investigation.pk,
            at=moment_in(request, "at", code="moment_missing"),
            official_id=by,
        )

    return _act(request, opened, preservation_id, noted)


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def reported(request: HttpRequest, opened: OpenFile, preservation_id: UUID) -> HttpResponse:
    """The platform reports back. Whoever enters data is told where data is asked for."""

    def noted(by: UUID) -> None:
        if request.POST.get("data", "").strip() or request.FILES:
            raise CannotKeepError("preservation_holds_no_data")
        kept = request.POST.get("kept", "")
        if kept not in {"yes", "no"}:
            raise CannotKeepError("not_chosen")
        actions.reported(
            preservation_id=preservation_id,
            investigation_id=opened.investigation.pk,
            kept=kept == "yes",
            at=moment_in(request, "at", code="moment_missing"),
            official_id=by,
        )

    return _act(request, opened, preservation_id, noted)


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def end(request: HttpRequest, opened: OpenFile, preservation_id: UUID) -> HttpResponse:
    """It is needed no more."""
    return _act(
        request,
        opened,
        preservation_id,
        lambda by: actions.end(
            preservation_id=preservation_id, investigation_id=opened.investigation.pk, official_id=by
        ),
    )


def wanted_in(request: HttpRequest) -> Wanted:
    """What was sent of it."""
    sent = request.POST
    texts = {
        name: sent.get(name, "").replace("\r\n", "\n").strip()
        for name in ("why", "office", "contact", "urgent_because")
    }
    return Wanted(
        platform=sent.get("platform", "").strip().lower(), accounts=lines(sent.get("accounts", "")), **texts
    )


def law_shown() -> dict[str, Any]:
    """The article, and that nobody has read it in force; our own terms beside it."""
    preserving = load_pack(settings.JURISDICTION).asking.preserving
    return {
        "article": preserving.citation_ko if in_korean() else preserving.citation_en,
        "law_words": preserving.words_ko if in_korean() else preserving.words_en,
        "unchecked": not preserving.verified,
        "approve_hours": int(preserving.approve_within.as_timedelta().total_seconds() // 3600),
        "keep_days": preserving.keep_for.as_timedelta().days,
    }


def _act(
    request: HttpRequest, opened: OpenFile, preservation_id: UUID, act: Callable[[UUID], None]
) -> HttpResponse:
    def done() -> HttpResponse:
        if request.method == "POST":
            act(official_of(request).pk)
        return redirect("console:preservation", opened.investigation.pk, preservation_id)

    return done_or_refused(
        request,
        opened,
        act=done,
        page=lambda code: _page(request, opened, preservation_id, problem=code, status=409),
    )


def _list(request: HttpRequest, opened: OpenFile, *, problem: str = "", status: int = 200) -> HttpResponse:
    now = clock.now()
    shown = law_shown() | {
        "file": opened.investigation,
        "is_closed": opened.investigation.state == File.CLOSED,
        "rows": [
            {"row": one, "mark": keeping_mark(one.state), "applied": moment(one.applied_at, now=now)}
            for one in queries.of_file(opened.investigation.pk)
        ],
        "sent": {name: request.POST.get(name, "") for name in FIELDS},
        "urgent": "urgent" in request.POST,
        "problem": official_refusal(problem) if problem else "",
        "longest": rules.TEXT_LONGEST,
        "now": timezone.localtime(now).strftime("%Y-%m-%dT%H:%M"),
        "form_key": request.POST.get("form_key") or new_id(),
    }
    return render(request, "console/investigation/preservations.html", shown, status=status)


def _page(
    request: HttpRequest, opened: OpenFile, preservation_id: UUID, *, problem: str = "", status: int = 200
) -> HttpResponse:
    try:
        row = queries.in_file(preservation_id, opened.investigation.pk)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    now, state = clock.now(), State(row.state)
    wanted = queries.wanted_of(row, opened.key)
    is_open = opened.investigation.state != File.CLOSED
    clocks = [one for one in of_subjects([row.pk]) if one.state == "set" and one.due_at]
    shown = law_shown() | {
        "file": opened.investigation,
        "row": row,
        "mark": keeping_mark(row.state),
        "origin": ORIGINS[Origin(row.origin)],
        "wanted": wanted,
        "accounts": "\n".join(wanted.accounts),
        "why_refused": queries.why_refused(row, opened.key),
        "applied": moment(row.applied_at, now=now),
        "sent_at": moment(row.sent_at, now=now) if row.sent_at else None,
        "reported_at": moment(row.reported_at, now=now) if row.reported_at else None,
        "due": due(clocks[0], now=now) if clocks else None,
        "has_letter": state in queries.WITH_LETTER,
        "may_send": is_open and state is State.APPROVED,
        "may_report": is_open and state is State.SENT,
        "may_end": is_open and State.OVER in MOVES[state],
        "may_acquire": is_open and state in {State.SENT, State.KEPT},
        "tell_platform": state is State.LAPSED or (state is State.REFUSED and row.sent_at is not None),
        "now": timezone.localtime(now).strftime("%Y-%m-%dT%H:%M"),
        "problem": official_refusal(problem) if problem else "",
    }
    return render(request, "console/investigation/preservation.html", shown, status=status)
