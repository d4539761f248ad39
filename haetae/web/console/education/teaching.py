"""A session: recorded by a form, read on its page, withdrawn, and certified."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.education import queries
from haetae.agencies.education.lessons.facts import Audience
from haetae.agencies.education.lessons.reading import read
from haetae.agencies.education.models import Session
from haetae.agencies.education.sessions import rules
from haetae.agencies.education.sessions.actions import certify, record_session, withdraw_session
from haetae.agencies.education.sessions.rules import Held
from haetae.agencies.education.states import Method, SessionState
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.documents.document import Language
from haetae.flow.issued.queries import of_subject
from haetae.law.packs import load_pack
from haetae.web.access import needs
from haetae.web.console.education.own import GET_TOO, institution_of, tried
from haetae.web.documents import Form, document_answer
from haetae.web.sent import IncompleteError, day_in, number_in, uuid_in
from haetae.web.words.education import METHODS, education_refusal
from haetae.web.words.language import in_korean


@needs(Permission.EDUCATION_WORK)
@require_http_methods(GET_TOO)
def new(request: HttpRequest) -> HttpResponse:
    """The form; sent twice it is one session."""
    institution = institution_of(request)
    if request.method != "POST":
        return _form(request)
    form_key = uuid_in(request, "form_key") or new_id()
    made: list[UUID] = []
    problem = tried(
        request,
        lambda by: made.append(
            record_session(
                institution_id=institution.pk,
                held=_held(request),
                method=_method(request),
                form_key=form_key,
                official_id=by.pk,
            )
        ),
    )
    if problem:
        return _form(request, problem=problem, status=422)
    return redirect("console:session", made[0])


@needs(Permission.EDUCATION_WORK)
@require_safe
def one(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """What is recorded, and its certificate."""
    return _page(request, _found(request, session_id))


@needs(Permission.EDUCATION_WORK)
@require_http_methods(GET_TOO)
def certified(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """A certificate is issued for the session; names are written by hand."""
    found = _found(request, session_id)
    if request.method == "POST":
        problem = tried(
            request,
            lambda by: certify(institution_id=found.institution_id, session_id=session_id, official_id=by.pk),
            institution_id=found.institution_id,
        )
        if problem:
            return _page(request, found, problem=problem, status=409)
    return redirect("console:session", session_id)


@needs(Permission.EDUCATION_WORK)
@require_http_methods(GET_TOO)
def withdrawn(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """It was recorded by mistake."""
    found = _found(request, session_id)
    if request.method == "POST":
        problem = tried(
            request,
            lambda by: withdraw_session(
                institution_id=found.institution_id,
                session_id=session_id,
                why=request.POST.get("why", ""),
                official_id=by.pk,
            ),
            institution_id=found.institution_id,
        )
        if problem:
            return _page(request, found, problem=problem, status=409)
    return redirect("console:session", session_id)


@needs(Permission.EDUCATION_WORK)
@require_safe
def certificate(request: HttpRequest, session_id: UUID, language: str, form: str) -> HttpResponse:
    """As it was issued."""
    found = _found(request, session_id)
    if language not in set(Language) or form not in set(Form):
        raise Http404
    for issued in of_subject(found.pk):
        return document_answer(request, issued=issued, language=Language(language), form=Form(form))
    raise Http404


def _found(request: HttpRequest, session_id: UUID) -> Session:
    try:
        return queries.get_session(institution_of(request).pk, session_id)
    except Session.DoesNotExist as missing:
        raise Http404 from missing


def _held(request: HttpRequest) -> Held:
    return Held(
        on=day_in(request, "on", code="session_day"),
        minutes=number_in(request.POST.get("minutes", "")),
        learners=number_in(request.POST.get("learners", "") or "0"),
        staff=number_in(request.POST.get("staff", "") or "0"),
        parents=number_in(request.POST.get("parents", "") or "0"),
        head_was_there="head" in request.POST,
        lessons=request.POST.getlist("lessons"),
        content=request.POST.get("content", ""),
        list_kept=request.POST.get("list_kept", ""),
    )


def _method(request: HttpRequest) -> Method:
    method = request.POST.get("method", "")
    if method not in set(Method):
        raise IncompleteError("session_method")
    return Method(method)


def _titles() -> dict[str, str]:
    pack, on = load_pack(settings.JURISDICTION), timezone.localdate(clock.now())
    lessons = read("ko" if in_korean() else "en", pack=pack, on=on)
    return {lesson.audience.value: lesson.title for lesson in lessons}


def _form(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    shown = {
        "sent": request.POST,
        "chosen": request.POST.getlist("lessons"),
        "problem": education_refusal(problem) if problem else "",
        "methods": list(METHODS.items()),
        "lessons": list(_titles().items()),
        "content_most": rules.CONTENT_LONGEST,
        "list_most": rules.LIST_LONGEST,
        "minutes_most": rules.MINUTES_MOST,
        "today": timezone.localdate(clock.now()).isoformat(),
        "form_key": request.POST.get("form_key") or new_id(),
    }
    return render(request, "console/education/session_new.html", shown, status=status)


def _page(request: HttpRequest, found: Session, *, problem: str = "", status: int = 200) -> HttpResponse:
    titles, is_recorded = _titles(), SessionState(found.state) is SessionState.RECORDED
    issued = next(iter(of_subject(found.pk)), None)
    shown: dict[str, Any] = {
        "session": found,
        "method": METHODS[Method(found.method)],
        "lessons": [(titles[Audience(one).value], day) for one, day in sorted(found.lessons.items())],
        "is_recorded": is_recorded,
        "is_reported": queries.is_reported(found),
        "issued": issued,
        "forms": [(form.value, form.value.upper()) for form in Form],
        "why_most": rules.WHY_LONGEST,
        "sent": request.POST if problem else {},
        "problem": education_refusal(problem) if problem else "",
    }
    return render(request, "console/education/session.html", shown, status=status)
