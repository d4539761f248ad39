"""The addresses of the scan service, and its description for machines."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import P
from ninja.errors import HttpError, ValidationError
from ninja.params import QueryEx
from ninja.responses import Response

from haetae.detect.examination import signals_of
from haetae.detect.policy import decide
from haetae.web.access import for_scanning, public
from haetae.web.api import answers, looking
from haetae.web.api.keyed import KEY_NEEDED, KeyedAPI
from haetae.web.api.scan import batch, keys, wording
from haetae.web.api.scan import models as asked_models
from haetae.web.api.scan.parts import MalformedError, boundary_of
from haetae.web.api.scan.schemas import (
    ERRORS,
    FILES_BODY,
    FILES_MOST,
    MEDIA_BODY,
    Answer,
    FilesOut,
    HashesIn,
    HashesOut,
    HashIn,
    Hex64,
    MediaAnswer,
    Status,
)
from haetae.web.api.taking import NotTakenError, busy, no_opener, taken

WithModels = QueryEx[
    bool,
    P(
        description="Ask models about what the hashes do not settle. Each file then counts as"
        f" {asked_models.COUNTS_AS}. One question with models of each key is inside at once."
    ),
]
BANK_AT_MOST_S: Final = 0.25  # old: added and withdrawn hashes act within a second


# No cookie counts here, so no form of another site can use it: the key stands in a header.
api: Final = KeyedAPI(
    title="haetae scan service",
    version="1",
    description="Is this picture known, and what follows? Hashes and files are answered and forgotten.",
    urls_namespace="scan",
    docs_url=None,  # its pages load scripts from elsewhere
    openapi_url="/openapi.json",
    openapi_extra=KEY_NEEDED,
)


@api.get(
    "/status", response={200: Status, **ERRORS}, summary="Whether this key opens, and how new the bank is"
)
def status(request: HttpRequest) -> Any:  # noqa: ARG001 - the name is what ninja hands over
    _, version = looking.bank(max_age_s=BANK_AT_MOST_S)
    return {"ok": True, "bank_version": version}


@api.get("/hash/pdq/{pdq}", response={200: Answer, **ERRORS}, summary="Look one PDQ up")
def hash_pdq(request: HttpRequest, pdq: Hex64) -> Any:
    """A PDQ alone never leads to a request: it can be forged."""
    (answered,) = _answered(request, [HashIn(pdq=pdq)])[0]
    return _told(answered)


@api.post(
    "/hashes",
    response={200: HashesOut, **ERRORS},
    summary="Look up to a thousand pictures up by their hashes",
)
def hashes(request: HttpRequest, asked: HashesIn) -> Any:
    results, version = _answered(request, asked.hashes)
    return _told({"results": results, "bank_version": version})


@api.post(
    "/media",
    response={200: MediaAnswer, **ERRORS},
    summary="Examine one file",
    openapi_extra=MEDIA_BODY,
)
def media(request: HttpRequest, *, models: WithModels = False) -> Any:
    """The body is the file itself, as image/..., video/... or application/octet-stream."""
    kind = request.content_type or "application/octet-stream"
    if not (kind == "application/octet-stream" or kind.startswith(("image/", "video/"))):
        words = "Send the file's own bytes as image/..., video/... or application/octet-stream."
        raise _Refused(
            answers.unread(
                answers.refusal(status=415, code="content_type", field="Content-Type", message=words)
            )
        )
    if request.META.get("CONTENT_LENGTH") == "0":
        raise _Refused(
            answers.refusal(
                status=400, code="body_empty", field="body", message="Send the file's bytes as the body."
            )
        )
    who = _holder(request).holder
    try:
        with asked_models.place(who, wanted=models):
            _asker(request, count=asked_models.COUNTS_AS if models else 1)
            with taken(request, who=who) as data:
                known, _ = looking.bank(max_age_s=BANK_AT_MOST_S)
                return _told(asked_models.answer(looking.look_with(known, data), data, wanted=models))
    except NotTakenError as refused:
        raise _Refused(refused.answer) from refused
    except asked_models.NoPlaceError:
        raise _Refused(answers.unread(asked_models.busy())) from None
    except looking.ModelsBusyError:
        raise _Refused(asked_models.busy()) from None
    except looking.BusyError:
        raise _Refused(busy()) from None
    except looking.NoOpenerError:
        raise _Refused(no_opener()) from None


@api.post(
    "/media/batch",
    response={200: FilesOut, **ERRORS},
    summary=f"Examine up to {FILES_MOST} files",
    openapi_extra=FILES_BODY,
)
def media_batch(request: HttpRequest, *, models: WithModels = False) -> Any:
    """multipart/form-data, each file a part named file. Each counts, and has an answer or a refusal of its own."""
    boundary = _boundary(request)
    asker = _holder(request)
    refused = keys.why_not_any(asker)
    if refused is not None:
        raise _Refused(answers.unread(refused))
    try:
        with asked_models.place(asker.holder, wanted=models), taken(request, who=asker.holder) as body:
            return _files_answered(request, body, boundary=boundary, with_models=models)
    except NotTakenError as problem:
        raise _Refused(problem.answer) from problem
    except asked_models.NoPlaceError:
        raise _Refused(answers.unread(asked_models.busy())) from None


def _told(answer: dict[str, Any]) -> JsonResponse:
    """As the description says, which the tests hold every answer against: to do it here took a tenth of a look-up."""
    return JsonResponse(answer)


class _Refused(Exception):  # noqa: N818 - an answer on its way out
    def __init__(self, answer: JsonResponse) -> None:
        super().__init__(answer.status_code)
        self.answer = answer


def _boundary(request: HttpRequest) -> bytes:
    if request.content_type != "multipart/form-data":
        words = "Send the files as multipart/form-data, each as a part named file."
        refused = answers.refusal(status=415, code="content_type", field="Content-Type", message=words)
        raise _Refused(answers.unread(refused))
    try:
        return boundary_of(request.headers["Content-Type"])
    except MalformedError as wrong:
        refused = answers.refusal(status=400, code="unreadable", field=wrong.field, message=str(wrong))
        raise _Refused(answers.unread(refused)) from None


def _files_answered(
    request: HttpRequest, body: bytes, *, boundary: bytes, with_models: bool
) -> dict[str, Any]:
    parts = batch.files_in(body, boundary=boundary)
    if isinstance(parts, batch.Refused):
        raise _Refused(answers.refusal(status=400, code=parts.code, field=parts.field, message=parts.message))
    _asker(request, count=len(parts) * (asked_models.COUNTS_AS if with_models else 1))
    known, version = looking.bank(max_age_s=BANK_AT_MOST_S)
    results = batch.results_of(body, parts, known=known, with_models=with_models)
    ours = batch.all_ours(results)
    if ours is not None:
        raise _Refused(ours)
    told = [batch.as_json(part, result) for part, result in zip(parts, results, strict=True)]
    return {"results": told, "bank_version": version}


def _answered(request: HttpRequest, asked: list[HashIn]) -> tuple[list[dict[str, Any]], int]:
    for place, one in enumerate(asked):
        if not (one.pdq or one.sha256 or one.md5):
            words = "Give a pdq, a sha256 or an md5; a dhash alone only confirms."
            raise _Refused(
                answers.refusal(status=400, code="no_hash", field=f"hashes.{place}", message=words)
            )
    _asker(request, count=len(asked))
    bank, version = looking.bank(max_age_s=BANK_AT_MOST_S)
    results = []
    for question, matches in zip(
        asked, bank.match_many([wording.as_asked(one) for one in asked]), strict=True
    ):
        signals = signals_of(matches)
        verdict, reasons = decide(signals=signals, reported=False)
        results.append(wording.answer(verdict, signals, reasons, reference=question.reference))
    return results, version


def _asker(request: HttpRequest, *, count: int) -> keys.Asker:
    """Whose key opened this address, when so many may be asked about now."""
    asker = _holder(request)
    refused = keys.why_not_now(asker, count=count)
    if refused is not None:
        raise _Refused(answers.unread(refused))
    return asker


def _holder(request: HttpRequest) -> keys.Asker:
    asker = request.META["haetae.asker"]
    assert isinstance(asker, keys.Asker)
    return asker


@api.exception_handler(_Refused)
def _refused(_request: HttpRequest, refused: _Refused) -> HttpResponse:
    return refused.answer


@api.exception_handler(ValidationError)
def _invalid(_request: HttpRequest, invalid: ValidationError) -> HttpResponse:
    """The first thing that is wrong, by its name in the body or the address."""
    first = invalid.errors[0]
    field = ".".join(str(part) for part in first["loc"] if part not in {"body", "asked", "path", "query"})
    hint = "Hashes are hex digits: 64, an MD5 32; at most 1,000 pictures at once. models is true or false."
    words = f"{first['msg']}. {hint}"
    return answers.refusal(status=400, code="invalid", field=field or "body", message=words)


@api.exception_handler(HttpError)
def _unreadable(_request: HttpRequest, problem: HttpError) -> HttpResponse:
    return answers.refusal(
        status=400, code="unreadable", field="body", message=f"{problem}. Send JSON in UTF-8."
    )


@api.exception_handler(DatabaseError)
def _database_away(_request: HttpRequest, _problem: DatabaseError) -> Response | HttpResponse:
    return answers.database_away()


def _as_declared(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ninja's own refusal of a method is a page; and every answer says what the key may still ask."""

    @wraps(view)
    def answered(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        answer = view(request, *given, **named)
        if answer.status_code == 405:
            answer = answers.unread(answers.wrong_method(allowed=answer.headers["Allow"]))
        asker = request.META.get("haetae.asker")
        if isinstance(asker, keys.Asker):
            keys.say_what_is_left(answer, asker)
        return answer

    return answered


def marked() -> list[Any]:
    """Every address with its mark: the description is for everybody, all else for holders of a key."""
    patterns: list[Any] = api.urls[0]
    for pattern in patterns:
        pattern.callback = _as_declared(pattern.callback)
        (public if pattern.name in {"openapi-json", "api-root"} else for_scanning)(pattern.callback)
    return patterns
