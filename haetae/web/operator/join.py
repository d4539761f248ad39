"""Asking to be reached by us: a form for everybody, and a page for whoever has sent it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final
from uuid import UUID
from zoneinfo import available_timezones

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haetae.accounts.models import OperatorKind
from haetae.common.ids import new_id
from haetae.law.countries import packs
from haetae.operators.onboarding import actions, queries, rules
from haetae.operators.onboarding.actions import CannotJoinError
from haetae.operators.onboarding.models import Application
from haetae.operators.onboarding.rules import Known, Wanted
from haetae.operators.onboarding.states import OPEN, UNPROVEN
from haetae.web.access import public
from haetae.web.limits.asking import too_often, wait_for_source
from haetae.web.words import onboarding as words

# Offered first; any other name of the database of time zones is taken too.
_USUAL_ZONES: Final = (
    "Asia/Seoul", "Asia/Tokyo", "Asia/Shanghai", "Asia/Singapore", "Asia/Kolkata", "Australia/Sydney",
    "Europe/London", "Europe/Berlin", "Europe/Amsterdam", "America/New_York", "America/Chicago",
    "America/Los_Angeles", "America/Sao_Paulo", "UTC",
)  # fmt: skip
_FIRST: Final = Wanted(zone="Asia/Seoul")
_TOO_MANY: Final = "too_many_applications"
_STATUS: Final = {"operator_known": 409, _TOO_MANY: 429}
_AGAIN_AFTER_S: Final = 900.0


@public
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    """Sent twice it is one application."""
    if request.method != "POST":
        return _form(request, _FIRST, {}, key=new_id())
    wanted, key = _sent(request), _key(request)
    problems = rules.why_not_apply(wanted, known=_known())
    if problems:
        return _form(request, wanted, problems, key=key, status=422)
    wait_s = wait_for_source(request, "joining_of_source")
    if wait_s:
        return too_often(_form(request, wanted, {"": _TOO_MANY}, key=key), wait_s)
    try:
        actions.apply(wanted=wanted, form_key=key)
    except CannotJoinError as refused:
        answer = _form(request, wanted, {"": str(refused)}, key=key, status=_STATUS[str(refused)])
        return too_often(answer, _AGAIN_AFTER_S) if answer.status_code == 429 else answer
    return redirect("operator:joining", key=key)


@public
@require_safe
def status(request: HttpRequest, key: UUID) -> HttpResponse:
    """How it stands. Whoever has this address has sent the form."""
    return _status(request, key)


@public
@require_POST
def look(request: HttpRequest, key: UUID) -> HttpResponse:
    """It is shown now: look again."""
    try:
        actions.ask_to_look(application_id=_application(key).pk)
    except CannotJoinError as refused:
        return _status(request, key, problem=str(refused), code=409)
    return redirect("operator:joining", key=key)


@public
@require_POST
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Wanted no more. Sent twice it is withdrawn once."""
    try:
        actions.withdraw(application_id=_application(key).pk)
    except CannotJoinError as refused:
        return _status(request, key, problem=str(refused), code=409)
    return redirect("operator:joining", key=key)


def _known() -> Known:
    return Known(
        kinds=frozenset(OperatorKind.values),
        packs=frozenset(packs()),
        zones=available_timezones(),
        languages=frozenset(words.LANGUAGES),
    )


def _sent(request: HttpRequest) -> Wanted:
    def said(name: str) -> str:
        return request.POST.get(name, "").strip()

    return Wanted(
        name=said("name"),
        origin=rules.read_origin(said("origin")),
        kind=said("kind"),
        country=said("country"),
        zone=said("zone"),
        language=said("language"),
        mailbox=said("mailbox"),
        way=said("way"),
        endpoint=said("endpoint"),
        public_only=said("public_only") == "yes",
        in_charge=said("in_charge") == "yes",
    )


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("form_key", ""))
    except ValueError:
        return new_id()


def _form(
    request: HttpRequest, wanted: Wanted, problems: Mapping[str, str], *, key: UUID, status: int = 200
) -> HttpResponse:
    shown: dict[str, Any] = {
        "draft": asdict(wanted),
        "problems": {field: words.problem_words(code) for field, code in problems.items() if field},
        "refused": words.problem_words(problems[""]) if "" in problems else "",
        "form_key": key,
        "kinds": words.KINDS.items(),
        "countries": [(one, said) for one, said in words.COUNTRIES.items() if one in {*packs(), "other"}],
        "languages_known": words.LANGUAGES.items(),
        "ways": words.WAYS.items(),
        "zones": _USUAL_ZONES,
    }
    return render(request, "operator/join.html", shown, status=status)


def _application(key: UUID) -> Application:
    try:
        return queries.application_with_key(key)
    except Application.DoesNotExist as missing:
        raise Http404 from missing


def _status(request: HttpRequest, key: UUID, *, problem: str = "", code: int = 200) -> HttpResponse:
    found = _application(key)
    shown = {
        "key": key,
        "application": found,
        "is_open": found.state in OPEN,
        "to_prove": found.state in UNPROVEN,
        "where": f"{found.origin}{rules.PROOF_PATH}",
        "looks": found.look_asked_at is not None
        and (found.looked_at is None or found.looked_at < found.look_asked_at),
        "found": words.found_words(found.found) if found.found and found.state in UNPROVEN else "",
        "declined": words.DECLINED[found.why_declined] if found.why_declined else "",
        "problem": words.problem_words(problem) if problem else "",
    }
    return render(request, "operator/joining.html", shown, status=code)
