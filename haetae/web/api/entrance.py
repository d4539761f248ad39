"""Who asks, and what: an operator by its token, and a question out of the headers. No byte of the body is read."""

from typing import Final

from django.db import Error
from django.http import HttpRequest, JsonResponse

from haetae.accounts.models import Operator
from haetae.accounts.queries import operator_with_token, origin_of
from haetae.flow.arrival.rules import Question, why_not_a_link, why_not_a_post_id
from haetae.web.api import answers, counting

_SCHEME: Final = "Bearer "
_BYTES: Final = "application/octet-stream"


def asking_operator(request: HttpRequest) -> Operator | JsonResponse:
    """The operator whose token is shown, or the refusal.

    The token is looked up by its digest, so the time that takes says nothing about how much of it was right.
    """
    shown = request.headers.get("Authorization", "")
    token = shown.removeprefix(_SCHEME).strip()
    if not token or not shown.startswith(_SCHEME):
        return answers.stranger()
    try:
        operator = operator_with_token(token)
    except Error:
        counting.count_unanswered(token)
        return answers.unread(answers.database_away())
    if operator is None:
        return answers.stranger()
    counting.remember(operator.pk, token)
    return operator


def question_in(request: HttpRequest, *, operator: Operator) -> Question | JsonResponse:
    """What is asked, or the refusal of a question that cannot be understood."""
    if request.method != "POST":
        refused = answers.refusal(
            status=405, code="method", message="Ask with POST; the body is the picture itself."
        )
        refused["Allow"] = "POST"
        return refused
    return _why_not_this_content(request) or _described(request, operator=operator)


def _why_not_this_content(request: HttpRequest) -> JsonResponse | None:
    if request.content_type and not (
        request.content_type == _BYTES or request.content_type.startswith("image/")
    ):
        return answers.refusal(
            status=415,
            code="content_type",
            field="Content-Type",
            message=f"Send the picture's own bytes as image/... or {_BYTES}; forms and JSON are not read.",
        )
    if request.META.get("CONTENT_LENGTH") == "0":
        return answers.refusal(
            status=400, code="body_empty", field="body", message="Send the picture's bytes as the body."
        )
    return None


def _described(request: HttpRequest, *, operator: Operator) -> Question | JsonResponse:
    post_id = request.headers.get("X-Post-Id", "")
    code = why_not_a_post_id(post_id)
    if code is not None:
        words = "Name the upload in X-Post-Id: 1 to 64 of the characters A-Z a-z 0-9 _ . : ~ and -."
        return answers.refusal(status=400, code=code, field="X-Post-Id", message=words)
    page, media = request.headers.get("X-Page"), request.headers.get("X-Media")
    if media is None and page is None:
        return Question(operator_id=operator.pk, post_id=post_id)
    for field, address in (("X-Media", media), ("X-Page", page)):
        if not _is_at_home(address, operator=operator):
            words = f"Send X-Page and X-Media together, each an address below {operator.origin}, or neither."
            return answers.refusal(status=400, code="address_elsewhere", field=field, message=words)
    return Question(operator_id=operator.pk, post_id=post_id, place=(str(page), str(media)))


def _is_at_home(address: str | None, *, operator: Operator) -> bool:
    if address is None or not address.isascii() or why_not_a_link(address) is not None:
        return False
    try:
        return origin_of(address) == operator.origin
    except ValueError:
        return False
