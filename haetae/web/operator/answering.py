"""One click, one answer: what was pressed becomes what the operator said, and the page tells what follows."""

from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from haetae.accounts.permissions import Permission
from haetae.flow.overview.desk.between import remedies_of
from haetae.operators.answers.actions import take_answer
from haetae.operators.answers.rules import WORKED, Outcome, Reason, Said, Way, Word
from haetae.web.access import needs
from haetae.web.operator.one import not_yours, page_of
from haetae.web.operator.requests import list_page
from haetae.web.operator.who import operator_of_request
from haetae.web.rights import official_of
from haetae.web.words.answers import outcome_words

_NOT_FOUND: Final = frozenset({Outcome.NOT_YOURS, Outcome.UNKNOWN_REQUEST})
_UNREADABLE: Final = frozenset({Outcome.MALFORMED, Outcome.REASON_MISSING})


@needs(Permission.REQUEST_ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Take it. Sent twice it is taken once, and the second time leads to the same page as the first."""
    if request.method != "POST":
        return redirect("operator:request", request_id)  # after a sign-in that came in between
    said = said_in(request)
    outcome = Outcome.MALFORMED
    if said is not None:
        outcome = take_answer(
            operator_id=operator_of_request(request).pk,
            request_id=request_id,
            said=said,
            way=Way.DESK,
            message_id=_message_id(request, request_id, said),
            official_id=official_of(request).pk,
        )
    if outcome in WORKED or outcome is Outcome.REPLAYED:
        return redirect(_onwards(request, request_id))
    if outcome in _NOT_FOUND:
        return not_yours(request, outcome)
    status = 422 if outcome in _UNREADABLE else 409
    if remedies_of(operator_of_request(request).pk).filter(pk=request_id).exists():
        return list_page(request, problem=outcome_words(outcome), status=status)
    return page_of(request, request_id, problem=outcome_words(outcome), status=status)


def said_in(request: HttpRequest) -> Said | None:
    """What was pressed: a word, or a reason, which is a refusal. None for what no button of ours sends."""
    word, reason = request.POST.get("word", ""), request.POST.get("reason", "")
    if reason in set(Reason):
        return Said(word=Word.REFUSED, reason=Reason(reason))
    if word not in set(Word) or word == Word.RECEIVED:
        return None
    return Said(word=Word(word))


def _message_id(request: HttpRequest, request_id: UUID, said: Said) -> str:
    """A page has one key, and each of its buttons says one thing once: pressed twice, it is the same message."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        return ""
    return f"{key.hex}:{request_id.hex}:{said.word}"


def _onwards(request: HttpRequest, request_id: UUID) -> str:
    if request.POST.get("back") == "one":
        return reverse("operator:request", args=[request_id])
    return f"{reverse('operator:requests')}?said={request_id}"
