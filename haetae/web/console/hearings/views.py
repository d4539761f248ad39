"""The three things that an official does before an act: ask a party, leave it out by the law, write down what came."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from haetae.accounts.actions import official_actor
from haetae.accounts.models import Operator
from haetae.flow.hearings import actions
from haetae.flow.hearings.actions import CannotHearError
from haetae.flow.hearings.states import About, Party
from haetae.law.packs import load_pack
from haetae.web.access import needs
from haetae.web.console.hearings.draft import Draft, sent, until
from haetae.web.console.hearings.panel import hearing_panel
from haetae.web.errors import RETRY_AFTER_S
from haetae.web.hearings.subjects import PREPARES, SUBJECTS, Subject
from haetae.web.rights import official_of
from haetae.web.words.hearings import ABOUT
from haetae.web.words.refusals import refusal_words

_TOO_LATE: Final = frozenset({"hearing_over", "hearing_closed", "act_over"})
View = Callable[[HttpRequest, UUID], HttpResponse]
Act = Callable[[About, UUID, Subject, Draft, UUID], None]


def _ask(about: About, subject_id: UUID, subject: Subject, draft: Draft, official_id: UUID) -> None:
    moment, party = until(draft), draft.asked
    if moment is None or party is None or subject.operator is None:
        raise CannotHearError("hearing_no_day")
    actions.ask(
        about=about,
        subject_id=subject_id,
        party=party,
        operator=subject.operator,
        until=moment,
        source=load_pack(settings.JURISDICTION).hearings.source.key,
        official_id=official_id,
        matter=subject.text,
    )


def _leave_out(about: About, subject_id: UUID, subject: Subject, draft: Draft, official_id: UUID) -> None:
    why, party = draft.why, draft.asked
    if why is None or party is None:
        raise CannotHearError("hearing_no_exception")
    actions.leave_out(
        about=about,
        subject_id=subject_id,
        party=party,
        operator=_whose(subject, party),
        why=why,
        note=draft.text,
        official_id=official_id,
    )


def _written(about: About, subject_id: UUID, subject: Subject, draft: Draft, official_id: UUID) -> None:
    way, party = draft.way, draft.asked
    if way is None or party is None:
        raise CannotHearError("hearing_no_way")
    actions.written(
        about=about,
        subject_id=subject_id,
        party=party,
        operator=_whose(subject, party),
        opinion=draft.text,
        way=way,
        official_id=official_id,
    )


def _whose(subject: Subject, party: Party) -> Operator | None:
    """An operator reads at its desk what is its own: what whoever posted it says is not."""
    return subject.operator if party is Party.OPERATOR else None


_VERBS: Final[dict[str, Act]] = {"ask": _ask, "leave_out": _leave_out, "written": _written}


def addresses() -> list[URLPattern]:
    """Three for each kind of act, each with the mark of who prepares such acts."""
    return [
        path(
            f"hearings/{about}/<uuid:subject_id>/{verb.replace('_', '-')}/",
            _view(about, verb),
            name=f"hearing_{verb}_{about}",
        )
        for about in About
        for verb in _VERBS
    ]


def _view(about: About, verb: str) -> View:
    @needs(PREPARES[about])
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(_VERBS[verb])
    def view(request: HttpRequest, subject_id: UUID) -> HttpResponse:
        return _done(request, about, verb, subject_id)

    return view


def _done(request: HttpRequest, about: About, verb: str, subject_id: UUID) -> HttpResponse:
    """Back on the act's own page, or what was written with why it was not taken. Sent twice it happens once."""
    if about not in SUBJECTS:
        raise Http404
    draft = sent(request, verb)
    try:
        subject = SUBJECTS[about](subject_id)
        code = "" if request.method != "POST" else _why_not(about, subject_id, subject, draft, request)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    except (OperationalError, InterfaceError):
        return _kept(request, about, draft, subject_id)
    if not code:  # also after a sign-in that came in between
        return redirect(subject.page.name, subject.page.number)
    shown = {
        "hearings": hearing_panel(request, about, subject_id, draft=replace(draft, problem=code)),
        "about": ABOUT[about],
        "back": reverse(subject.page.name, args=[subject.page.number]),
    }
    return render(request, "console/hearing.html", shown, status=409 if code in _TOO_LATE else 422)


def _why_not(about: About, subject_id: UUID, subject: Subject, draft: Draft, request: HttpRequest) -> str:
    official_id = official_of(request).pk
    if not subject.is_open:
        code = "act_over"
    else:
        try:
            _VERBS[draft.verb](about, subject_id, subject, draft, official_id)
        except CannotHearError as refused:
            code = refused.code
        else:
            return ""
    if code in _TOO_LATE and draft.asked is not None:
        actions.refused(
            about=about,
            subject_id=subject_id,
            party=draft.asked,
            code=code,
            actor=official_actor(official_id),
        )
    return code


def _kept(request: HttpRequest, about: About, draft: Draft, subject_id: UUID) -> HttpResponse:
    """A page that needs no database, with everything that was sent."""
    fields = [
        ("party", draft.party),
        ("within", draft.within),
        ("day", draft.day),
        ("code", draft.code),
    ]
    shown = {
        "problem": refusal_words("not_saved"),
        "where": reverse(f"console:hearing_{draft.verb}_{about}", args=[subject_id]),
        "fields": fields,
        "text_name": "text",
        "text": draft.text,
    }
    answer = render(request, "console/kept.html", shown, status=503)
    answer["Retry-After"] = str(RETRY_AFTER_S)
    return answer
