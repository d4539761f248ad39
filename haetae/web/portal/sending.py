"""The form: one document, whose answers are saved when it is sent and not before."""

from contextlib import suppress
from dataclasses import replace
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from haetae.agencies.support import receipt
from haetae.agencies.support.actions import CannotWriteError, OpenCase, open_case
from haetae.agencies.support.rules import Problem, Told
from haetae.agencies.support.steering.actions import Wish, correct
from haetae.agencies.support.steering.queries import answers_of
from haetae.agencies.support.steering.rules import CHOOSABLE_BASES, Answers
from haetae.common import clock
from haetae.common.ids import derived_id
from haetae.common.keys import KeysUnavailableError
from haetae.law.facts import LegalBasis
from haetae.law.packs import load_pack
from haetae.web.access import public
from haetae.web.errors import RETRY_AFTER_S
from haetae.web.limits.asking import too_often, wait_for, wait_for_source
from haetae.web.portal import pockets
from haetae.web.portal.filled import Filled, read_form, readable, told_by, why_not_send
from haetae.web.words.telling import AGES, CIRCUMSTANCES, RELATIONS, choices, problem_words, wish_words

_NOT_SAVED: Final = _(
    "We could not save it just now. Nothing was sent; what you typed is still here."
    " Press the button again in a minute. You can also call one of the numbers below."
)
_TOO_MANY: Final = _(
    "Very many people report something just now. Nothing was sent; what you typed is still here."
    " Press the button again in a few minutes. You can also call one of the numbers below."
)
# In which part of the form a field stands.
_PART_OF: Final = {
    "links": "where",
    "hashes": "where",
    "story": "where",
    "keywords": "where",
    "poster": "danger",
}
_PARTS: Final = frozenset({"where", "who", "danger", "check"})


class SeeOther(HttpResponseRedirect):
    """What was sent is there: the browser asks for the next page, and sends nothing twice."""

    status_code = 303


@public
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Where it is, who is in it, what makes it urgent; then a case and the words that open it."""
    if request.method != "POST":
        return _form(request, Filled(token=pockets.draw_form_token()), is_open="other" in request.GET)
    filled = read_form(request.POST, token=_token(request))
    if request.POST.get("language") in dict(settings.LANGUAGES):
        return _in_another_language(request, readable(filled))
    if "continue" in request.POST:  # with codes out of the page that makes them: nothing is sent yet
        return _form(request, readable(filled))
    told = told_by(filled, language=(get_language() or settings.LANGUAGE_CODE)[:2])
    problem = why_not_send(filled, told)
    if problem:
        return _form(request, readable(filled), problem=problem, error=problem_words(problem), status=422)
    wait_s = wait_for("reports", count=weight(told))
    if wait_s:
        return too_often(_form(request, filled, error=_TOO_MANY, part="check"), wait_s)
    try:
        return _taken(filled, in_its_place(request, told))
    except (OperationalError, InterfaceError, KeysUnavailableError):
        answer = _form(request, filled, error=_NOT_SAVED, part="check", status=503)
        answer["Retry-After"] = str(RETRY_AFTER_S)
        return answer


def weight(told: Told) -> int:
    """As how many reports it counts: each link is one, and so is what comes without any."""
    return max(1, len(told.links))


def in_its_place(request: HttpRequest, told: Told) -> Told:
    """Behind others where its network has sent very many within the hour; it is taken in all the same."""
    is_behind = wait_for_source(request, "reports_of_source", count=weight(told)) > 0
    return replace(told, behind=is_behind)


def _taken(filled: Filled, told: Told) -> HttpResponse:
    bits = pockets.receipt_for(filled.token)
    try:
        opened = open_case(receipt=bits, told=told)
    except CannotWriteError:  # its case was stopped meanwhile: what is sent after that is a new one
        bits = receipt.draw()
        opened = open_case(receipt=bits, told=told)
    _answer_anew(opened, told, form_key=derived_id("form-again", filled.token))
    answer = SeeOther(pockets.PATH + "new/")
    pockets.keep_receipt(answer, bits)
    pockets.open_window(answer, opened)
    return answer


def _in_another_language(request: HttpRequest, filled: Filled) -> HttpResponse:
    """Whoever changes the language in the middle keeps what they wrote, and the part at which they are."""
    translation.activate(request.POST["language"])
    part = request.POST.get("part", "")
    answer = _form(request, filled, part=part if part in _PARTS else "")
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, request.POST["language"], httponly=True, samesite="Strict"
    )
    return answer


def _answer_anew(opened: OpenCase, told: Told, *, form_key: UUID) -> None:
    """Somebody has gone back and sent the same form with other answers: they correct those of the case."""
    wanted = Answers(
        relation=told.relation,
        age=told.age,
        circumstances=frozenset(told.circumstances),
        legal_basis=told.legal_basis,
    )
    if answers_of(opened.case) != wanted:
        with suppress(CannotWriteError):  # stopped meanwhile: what stands there stands
            correct(opened=opened, wanted=wanted, wish=Wish(text=wish_words(wanted), form_key=form_key))


def _form(
    request: HttpRequest,
    filled: Filled,
    *,
    is_open: bool = False,
    problem: Problem | None = None,
    error: str | Promise = "",
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = {
        "filled": filled,
        "is_open": is_open or filled.is_without_link,
        "relations": choices(RELATIONS),
        "ages": choices(AGES),
        "circumstances": choices(CIRCUMSTANCES),
        "bases": _bases(),
        "error": error,
        "wrong": problem.field if problem else "",
        "part": _PART_OF.get(problem.field, "") if problem else part,
    }
    return render(request, "portal/report.html", shown, status=status)


def _bases() -> list[tuple[str, str]]:
    """What a request may rest on today by the person's own choice, as the law calls it."""
    today = timezone.localdate(clock.now())
    korean = (get_language() or settings.LANGUAGE_CODE).startswith("ko")

    def words(basis: LegalBasis) -> str:
        return basis.citation_ko if korean else basis.citation_en

    bases = [basis for basis in load_pack(settings.JURISDICTION).legal_bases if basis.covers(today)]
    return [(basis.basis_id, words(basis)) for basis in bases if basis.basis_id in CHOOSABLE_BASES]


def _token(request: HttpRequest) -> str:
    """As it came with the form; a form whose own is not ours, or old, gets another."""
    token = request.POST.get("form_key", "")
    return token if pockets.receipt_of_form_token(token) else pockets.draw_form_token()
