"""What machines are told: JSON, one shape for every answer and one for every refusal."""

from typing import Final

from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

MACHINES: Final = ("/api/", "/exchange/")  # addresses below them answer in JSON, refusals too
TAKE_FILES: Final = frozenset(
    {"/api/upload-check/", "/api/upload-check", "/api/v1/media", "/api/v1/media/batch"}
)
_RETRY_AFTER_S: Final = 5
_FOR_EVERYBODY: Final = "haetae_for_everybody"
_BODY_REFUSALS: Final = {
    400: ("length_no_number", "Content-Length must be a number of bytes in digits."),
    411: ("length_missing", "Send the picture with a Content-Length; chunked bodies are not read."),
    413: ("too_large", "The body is larger than this installation reads; docs/operators.md says how large."),
}


def refusal(*, status: int, code: str, message: str, field: str | None = None) -> JsonResponse:
    """Something is wrong with the question; `field` names the header or the part that is."""
    return JsonResponse({"error": code, "field": field, "message": message}, status=status)


def body_refusal(*, status: int) -> JsonResponse:
    """The body is not read, for what its announced length says."""
    code, message = _BODY_REFUSALS[status]
    field = "body" if status == 413 else "Content-Length"
    return unread(refusal(status=status, code=code, field=field, message=message))


def stranger() -> JsonResponse:
    """No token of an operator that asks us; which part of it was wrong is not said."""
    answer = refusal(
        status=401,
        code="token_unknown",
        field="Authorization",
        message="Send Authorization: Bearer TOKEN with the token that you got when you declared that you ask.",
    )
    answer["WWW-Authenticate"] = "Bearer"
    return unread(answer)


def wrong_method(*, allowed: str) -> JsonResponse:
    """`allowed` as the header Allow names it."""
    answer = refusal(status=405, code="method", message=f"This address takes {allowed} alone.")
    answer["Allow"] = allowed
    return answer


def unanswered(*, code: str, message: str) -> JsonResponse:
    """Our own failure: the platform does what it declared for it."""
    answer = refusal(status=503, code=code, message=message)
    answer["Retry-After"] = str(_RETRY_AFTER_S)
    return answer


def database_away() -> JsonResponse:
    """Without the database nobody knows who asks, or what is known."""
    return unanswered(code="database_away", message="The check cannot be made now: our database is away.")


def keys_away() -> JsonResponse:
    """Without the key service no address can be read or sealed."""
    return unanswered(code="keys_away", message="The check cannot be made now: our key service is away.")


def unread(answer: JsonResponse) -> JsonResponse:
    """The body was not read to its end, so what follows on this connection cannot be understood."""
    answer["Connection"] = "close"
    return answer


def for_everybody(answer: HttpResponse, *, kept_for_s: int) -> HttpResponse:
    """An answer that is the same for whoever asks, and may be kept by caches on the way."""
    answer["Cache-Control"] = f"public, max-age={kept_for_s}"
    setattr(answer, _FOR_EVERYBODY, True)
    return answer


def is_for_everybody(answer: HttpResponseBase) -> bool:
    """Whether it was marked so. Every other answer is kept by nobody."""
    return getattr(answer, _FOR_EVERYBODY, False)
