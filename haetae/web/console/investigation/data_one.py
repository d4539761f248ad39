"""One request for data: its letter, who signs, what was noted of it, and an answer read with a record."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.investigation.files.queries import OpenFile
from haetae.agencies.investigation.files.states import State as File
from haetae.agencies.investigation.subscribers import actions, queries, rules
from haetae.agencies.investigation.subscribers.actions import Heard
from haetae.agencies.investigation.subscribers.states import MOVES, SAID, Refusal, State, Way
from haetae.audit.queries import about
from haetae.common import clock
from haetae.flow.deadlines.queries import of_subjects
from haetae.law.asking import DataKind, Instrument
from haetae.law.packs import load_pack
from haetae.web.access import needs
from haetae.web.console.investigation.acting import GET_TOO, LANGUAGES, chosen, done_or_refused, several
from haetae.web.console.investigation.data import back
from haetae.web.console.investigation.gate import in_file
from haetae.web.console.lines import due
from haetae.web.console.rights import official_of
from haetae.web.documents import Form, letter_answer
from haetae.web.sent import moment_in
from haetae.web.words.agencies import acting
from haetae.web.words.language import in_korean
from haetae.web.words.official_requests import (
    DATA,
    INSTRUMENTS,
    REFUSED_FOR,
    WAYS,
    noted_mark,
    official_refusal,
    request_mark,
)
from haetae.web.words.times import moment


@needs(Permission.INVESTIGATION_WORK)
@require_safe
@in_file
def one(request: HttpRequest, opened: OpenFile, request_id: UUID) -> HttpResponse:
    """What is asked, where it stands, what may be done now."""
    return _page(request, opened, request_id)


@needs(Permission.INVESTIGATION_WORK)
@require_safe
@in_file
def letter(
    request: HttpRequest, opened: OpenFile, request_id: UUID, language: str, form: str
) -> HttpResponse:
    """The letter as signed; before that, as a draft that says so."""
    if language not in LANGUAGES or form not in set(Form):
        raise Http404
    try:
        row = queries.in_file(request_id, opened.investigation.pk)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    document = next(one for one in queries.letters_of(row, opened.key) if one.language == language)
    if not row.letters:
        document = replace(document, reference="")
    return letter_answer(request, document=document, form=Form(form))


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def sign(request: HttpRequest, opened: OpenFile, request_id: UUID) -> HttpResponse:
    """Another officer of the file signs."""
    return _act(
        request,
        opened,
        request_id,
        lambda by: actions.sign(
            request_id=request_id, investigation_id=opened.investigation.pk, official_id=by
        ),
    )


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def drop(request: HttpRequest, opened: OpenFile, request_id: UUID) -> HttpResponse:
    """It will not be sent."""
    return _act(
        request,
        opened,
        request_id,
        lambda by: actions.drop(
            request_id=request_id, investigation_id=opened.investigation.pk, official_id=by
        ),
    )


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def sent(request: HttpRequest, opened: OpenFile, request_id: UUID) -> HttpResponse:
    """People have sent it, and say how and when."""

    def noted(by: UUID) -> None:
        heard = Heard(
            state=State.SENT,
            at=moment_in(request, "at", code="moment_missing"),
            way=chosen(request, "way", Way),
            note=request.POST.get("note", ""),
        )
        actions.sent(
            request_id=request_id, investigation_id=opened.investigation.pk, heard=heard, official_id=by
        )

    return _act(request, opened, request_id, noted)


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def answered(request: HttpRequest, opened: OpenFile, request_id: UUID) -> HttpResponse:
    """What the platform said."""

    def noted(by: UUID) -> None:
        heard = Heard(
            state=chosen(request, "state", State) or State.DRAFT,
            at=moment_in(request, "at", code="moment_missing"),
            reasons=several(request, "reasons", Refusal),
            note=request.POST.get("note", ""),
            data=request.POST.get("data", "").replace("\r\n", "\n"),
        )
        actions.answered(
            request_id=request_id, investigation_id=opened.investigation.pk, heard=heard, official_id=by
        )

    return _act(request, opened, request_id, noted)


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def read(request: HttpRequest, opened: OpenFile, request_id: UUID, step_id: UUID) -> HttpResponse:
    """What was handed over, in this one answer; each reading is recorded."""
    if request.method != "POST":
        return back(opened, request_id)

    def told() -> HttpResponse:
        answer = actions.read_answer(
            step_id=step_id,
            investigation_id=opened.investigation.pk,
            official_id=official_of(request).pk,
        )
        return _page(request, opened, request_id, answer=answer)

    return done_or_refused(
        request,
        opened,
        act=told,
        page=lambda code: _page(request, opened, request_id, problem=code, status=409),
    )


def _act(
    request: HttpRequest, opened: OpenFile, request_id: UUID, act: Callable[[UUID], None]
) -> HttpResponse:
    if request.method != "POST":
        return back(opened, request_id)

    def done() -> HttpResponse:
        act(official_of(request).pk)
        return back(opened, request_id)

    return done_or_refused(
        request,
        opened,
        act=done,
        page=lambda code: _page(request, opened, request_id, problem=code, status=409),
    )


def _page(
    request: HttpRequest,
    opened: OpenFile,
    request_id: UUID,
    *,
    problem: str = "",
    answer: str = "",
    status: int = 200,
) -> HttpResponse:
    try:
        row = queries.in_file(request_id, opened.investigation.pk)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    now, asked, state = clock.now(), queries.asked_of(row, opened.key), State(row.state)
    is_open, pack = opened.investigation.state != File.CLOSED, load_pack(settings.JURISDICTION)
    basis = next(one for one in pack.asking.bases if one.basis_id == row.basis)
    use = pack.asking.use
    clocks = [one for one in of_subjects([row.pk]) if one.state == "set"]
    readings = [event for event in about([row.pk]) if event.name == "subscribers.read"]
    actors = acting(readings)
    own_kinds = [kind for kind in DataKind if kind in asked.data]
    shown: dict[str, Any] = {
        "file": opened.investigation,
        "row": row,
        "mark": request_mark(row.state),
        "asked": asked,
        "accounts": "\n".join(asked.accounts),
        "data": ", ".join(str(DATA[kind]) for kind in own_kinds),
        "since": timezone.localtime(asked.since),
        "until": timezone.localtime(asked.until),
        "instrument": INSTRUMENTS[Instrument(row.instrument)],
        "basis": basis.citation_ko if in_korean() else basis.citation_en,
        "unchecked": not basis.verified,
        "use": f"{use.words_ko if in_korean() else use.words_en}",
        "use_article": use.citation_ko if in_korean() else use.citation_en,
        "steps": [_step(one, now=now) for one in queries.steps_of(row, opened.key)],
        "readings": [(moment(event.at, now=now), actors.words(event)) for event in readings],
        "due": due(clocks[0], now=now) if clocks else None,
        "is_own": row.drafted_by_id == official_of(request).pk,
        "may_sign": is_open and state is State.DRAFT,
        "may_drop": is_open and State.DROPPED in MOVES[state],
        "may_send": is_open and state is State.SIGNED,
        "said": [(one.value, request_mark(one).words) for one in State if one in SAID & MOVES[state]]
        if is_open
        else [],
        "ways": list(WAYS.items()),
        "refusals": list(REFUSED_FOR.items()),
        "most": rules.DATA_LONGEST,
        "now": timezone.localtime(now).strftime("%Y-%m-%dT%H:%M"),
        "problem": official_refusal(problem) if problem else "",
        "answer": answer,
        "sent": {name: request.POST.get(name, "") for name in ("data", "note")},
    }
    return render(request, "console/investigation/data_one.html", shown, status=status)


def _step(noted: queries.Noted, *, now: Any) -> dict[str, Any]:
    return {
        "id": noted.id,
        "mark": noted_mark(noted.state),
        "at": moment(noted.at, now=now),
        "way": WAYS[noted.way] if noted.way else "",
        "reasons": ", ".join(str(REFUSED_FOR[Refusal(code)]) for code in noted.reasons),
        "note": noted.note,
        "has_answer": noted.has_answer,
    }
