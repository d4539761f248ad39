"""The addresses for operators, and their description for machines."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Header, Query
from ninja.errors import ValidationError

from haetae.accounts.models import Operator, OperatorKind
from haetae.accounts.signing.queries import in_force
from haetae.common import clock, webhooks
from haetae.flow.hearings.queries import waiting_at_operator
from haetae.flow.remedies.block_list import signed_list
from haetae.flow.remedies.queries import blocked_by
from haetae.flow.remedies.states import State as Remedied
from haetae.notice.document import Text
from haetae.operators.answers.actions import take_answer
from haetae.operators.answers.rules import Said, Way, Word
from haetae.operators.outbox import queries as outbox
from haetae.operators.outbox.rules import PAGE_MOST, BadCursorError, Cursor
from haetae.operators.trials import queries as trials
from haetae.web.access import for_operating, for_signed_answers, public
from haetae.web.api import answers
from haetae.web.api.keyed import KEY_NEEDED, KeyedAPI
from haetae.web.api.operators import telling, wording
from haetae.web.api.operators.bodies import BodyRefused, body_of
from haetae.web.api.operators.schemas import (
    ERRORS,
    AskedOut,
    BlockListOut,
    HearingsOut,
    MeOut,
    OurKeysOut,
    RequestsOut,
    ToldOut,
    answer_body,
)
from haetae.web.api.operators.signed import Signed
from haetae.web.api.operators.taking import Sender, take_body
from haetae.web.api.scan import keys
from haetae.web.api.scan.schemas import Error

PUBLIC: Final = {"openapi-json", "api-root", "keys"}
SIGNED: Final = {"answers"}


api: Final = KeyedAPI(
    title="haetae for operators",
    version="1",
    description="What is asked of you, and how you answer it. docs/operators.md says what follows from an answer.",
    urls_namespace="operators",
    docs_url=None,  # its pages load scripts from elsewhere
    openapi_url="/openapi.json",
    openapi_extra=KEY_NEEDED,
)


@api.get(
    "/me", response={200: MeOut, **ERRORS}, url_name="me", summary="Whether your key opens, and our clock"
)
def me(request: HttpRequest) -> Any:
    operator = Operator.objects.get(pk=_asker(request).holder)
    return JsonResponse(
        {
            "operator": str(operator.pk),
            "name": operator.name,
            "connector": operator.connector,
            "endpoint": operator.endpoint,
            "signing_keys": [{"use": key.use, "since": key.since} for key in in_force(operator.pk)],
            "now": clock.now(),
        }
    )


@api.get(
    "/requests/", response={200: RequestsOut, **ERRORS}, url_name="requests", summary="What is asked of you"
)
def requests(
    request: HttpRequest,
    state: Literal["open", "all"] = "open",
    after: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=PAGE_MOST)] = 50,
) -> Any:
    """Begin each round without `after` and go on with `next` until a page is empty.

    Going on says that the page has arrived: until then a request does not count as received, and is shown again.
    """
    operator_id, now = _asker(request).holder, clock.now()
    try:
        cursor = Cursor.read(after) if after else None
    except BadCursorError:
        words = "`after` is the `next` of an earlier page, as it was; leave it out to begin anew."
        raise _Refused(answers.refusal(status=400, code="invalid", field="after", message=words)) from None
    if cursor is not None:
        _note_received(operator_id, outbox.not_yet_received(operator_id, up_to=cursor, most=2 * PAGE_MOST))
    page = outbox.page_of(operator_id, only_open=state == "open", after=cursor, limit=limit, now=now)
    shown = [telling.asked(one) for one in page.asked]
    if cursor is None:
        shown = [telling.trial(one) for one in trials.under_way(operator_id, now=now)] + shown
    return JsonResponse({"requests": shown, "next": page.next and page.next.text()})


@api.get(
    "/requests/{uuid:notice_id}",
    response={200: AskedOut, **ERRORS},
    url_name="request",
    summary="One of them",
)
def one_request(request: HttpRequest, notice_id: UUID) -> Any:
    operator_id = _asker(request).holder
    trial = trials.trial_named(operator_id=operator_id, key=notice_id)
    if trial is not None:
        return JsonResponse(telling.trial(trial))
    found = outbox.asked_under(notice_id, operator_id=operator_id)
    if found is None:
        words = "Nothing was asked of you under this number."
        raise _Refused(answers.refusal(status=404, code="unknown_request", message=words))
    return JsonResponse(telling.asked(found))


@api.get(
    "/hearings/",
    response={200: HearingsOut, **ERRORS},
    url_name="hearings",
    summary="Acts before which you are asked what you think",
)
def hearings(request: HttpRequest) -> Any:
    """Tell your people: they answer at the desk, where what it is about stands."""
    waiting = waiting_at_operator(_asker(request).holder)
    return JsonResponse({"hearings": [telling.hearing(one) for one in waiting]})


@api.post(
    "/requests/{uuid:notice_id}/answer",
    response={200: ToldOut, **ERRORS},
    url_name="answer",
    summary="Answer one",
    openapi_extra=answer_body(names_it=True),
)
def answer(
    request: HttpRequest,
    notice_id: UUID,
    idempotency_key: Annotated[str, Header(max_length=120)] = "",
    webhook_id: Annotated[str, Header(max_length=120)] = "",
) -> Any:
    """With an Idempotency-Key (or webhook-id) of your own the same answer is taken once, however often it is sent."""
    sender = Sender(operator_id=_asker(request).holder, way=Way.API, message_id=idempotency_key or webhook_id)
    return wording.told(take_body(sender, body_of(request, who=sender.operator_id), named=notice_id))


@api.post(
    "/answers",
    response={200: ToldOut, **ERRORS},
    url_name="answers",
    summary="Answer by a signature instead of a key",
    openapi_extra=answer_body(names_it=False),
)
def signed_answers(
    request: HttpRequest,
    haetae_operator: Annotated[str, Header()] = "",  # noqa: ARG001 - these four were read at the entrance
    webhook_id: Annotated[str, Header()] = "",  # noqa: ARG001
    webhook_timestamp: Annotated[str, Header()] = "",  # noqa: ARG001
    webhook_signature: Annotated[str, Header()] = "",  # noqa: ARG001
) -> Any:
    """Standard Webhooks: v1 with the secret that we gave you for it, or v1a with the public key that you registered."""
    signed = request.META["haetae.signed"]
    assert isinstance(signed, Signed)
    return wording.told(take_body(signed.sender, signed.body))


@api.get(
    "/block-list",
    response={200: BlockListOut, 403: Error, **ERRORS},
    url_name="block-list",
    summary="The addresses that an access provider is to open no more, signed",
)
def block_list(request: HttpRequest) -> Any:
    """Whole each time. What a fresh list does not name is to be opened again, and so is all of one that has run out.

    Whoever fetches it has received what stands on it.
    """
    operator = Operator.objects.get(pk=_asker(request).holder)
    if operator.kind != OperatorKind.ACCESS_PROVIDER:
        words = "Only an access provider fetches this list."
        raise _Refused(answers.refusal(status=403, code="not_an_access_provider", message=words))
    agency, entries = settings.AGENCY, list(blocked_by(operator.pk))
    _note_received(operator.pk, [entry.pk for entry in entries if entry.state == Remedied.WANTED])
    listed = signed_list(
        entries,
        recipient=operator.name,
        issuer=Text(ko=agency.name_ko, en=agency.name_en),
        at=clock.now(),
        signer=settings.KEYS.operators_key,
    )
    return JsonResponse(listed)


@api.get("/keys.json", response={200: OurKeysOut}, url_name="keys", summary="By which you check what we sign")
def our_keys(request: HttpRequest) -> Any:  # noqa: ARG001 - the name is what ninja hands over
    """Of every generation: one that comes into use soon, and those with which older messages were signed."""
    public_keys = map(webhooks.public_text, settings.KEYS.public_keys("operator-messages"))
    return JsonResponse({"keys": [{"kind": "v1a", "public_key": key} for key in public_keys]})


def _note_received(operator_id: UUID, request_ids: Iterable[UUID]) -> None:
    for request_id in request_ids:
        take_answer(
            operator_id=operator_id, request_id=request_id, said=Said(word=Word.RECEIVED), way=Way.API
        )


class _Refused(Exception):  # noqa: N818 - an answer on its way out
    def __init__(self, answer: JsonResponse) -> None:
        super().__init__(answer.status_code)
        self.answer = answer


def _asker(request: HttpRequest) -> keys.Asker:
    """Whose key opened this address, when it may ask once more now."""
    asker = request.META["haetae.asker"]
    assert isinstance(asker, keys.Asker)
    refused = keys.why_not_now(asker, count=1)
    if refused is not None:
        raise _Refused(answers.unread(refused))
    return asker


@api.exception_handler(_Refused)
@api.exception_handler(BodyRefused)
def _refused(_request: HttpRequest, refused: _Refused | BodyRefused) -> HttpResponse:
    return refused.answer


@api.exception_handler(ValidationError)
def _invalid(_request: HttpRequest, invalid: ValidationError) -> HttpResponse:
    first = invalid.errors[0]
    field = str(first["loc"][-1])
    return answers.unread(
        answers.refusal(status=400, code="invalid", field=field, message=f"{first['msg']}.")
    )


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
    """Every address with its mark."""
    patterns: list[Any] = api.urls[0]
    for pattern in patterns:
        pattern.callback = _as_declared(pattern.callback)
        mark = (
            public
            if pattern.name in PUBLIC
            else for_signed_answers
            if pattern.name in SIGNED
            else for_operating
        )
        mark(pattern.callback)
    return patterns
