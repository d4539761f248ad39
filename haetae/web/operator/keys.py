"""Keys and secrets between this operator and us: what is in force, a new one, and the end of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.actions import official_actor
from haetae.accounts.api_keys import actions as api_keys
from haetae.accounts.api_keys.queries import has_operate_key, operate_keys
from haetae.accounts.models import KeyUse, Operator
from haetae.accounts.permissions import Permission
from haetae.accounts.shown_once import ShownAlreadyError
from haetae.accounts.signing import actions as signing
from haetae.accounts.signing.queries import has_signing_key, in_force
from haetae.audit.actor import Actor
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.web.access import needs
from haetae.web.operator.who import operator_of_request
from haetae.web.rights import official_of
from haetae.web.words.operators import KEY_USES, OPERATE_KEY, problem_words
from haetae.web.words.times import Moment, moment

_GET_TOO: Final = ["GET", "HEAD", "POST"]  # a GET comes after a sign-in that came in between
_SHARED: Final = (KeyUse.WE_SIGN_SHARED, KeyUse.THEY_SIGN_SHARED)
_SHOWN: Final = 4  # characters: enough to tell two apart, too few to be of use


@dataclass(frozen=True, kw_only=True)
class KeyLine:
    """`mark` are its last characters; of a key of which we keep a digest, the digest's first."""

    key_id: UUID
    what: str
    mark: str
    since: Moment


@needs(Permission.OPERATOR_MANAGE)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What is in force, the newest first, and forms for new ones."""
    return _page(request)


@needs(Permission.OPERATOR_MANAGE)
@require_http_methods(_GET_TOO)
def shared(request: HttpRequest) -> HttpResponse:
    """A new shared secret, shown in this answer. A double click makes one."""
    if request.method != "POST":
        return redirect("operator:keys")
    use = request.POST.get("use", "")
    if use not in {one.value for one in _SHARED}:
        return _page(request, problem="choose_use", status=422)
    try:
        secret = signing.new_shared_key(
            operator=operator_of_request(request),
            use=KeyUse(use),
            actor=_actor(request),
            form_key=_form_key(request),
        )
    except ShownAlreadyError:
        return _page(request, problem="shown_already", status=409)
    return _page(request, secret=secret, of=KEY_USES[KeyUse(use)])


@needs(Permission.OPERATOR_MANAGE)
@require_http_methods(_GET_TOO)
def register(request: HttpRequest) -> HttpResponse:
    """The operator's own public key. Said twice it is one."""
    if request.method == "POST":
        typed = request.POST.get("public_key", "").strip()
        try:
            signing.register_public_key(
                operator=operator_of_request(request), public_key=typed, actor=_actor(request)
            )
        except signing.NotAKeyError:
            return _page(request, problem="not_a_key", typed=typed, status=422)
    return redirect("operator:keys")


@needs(Permission.OPERATOR_MANAGE)
@require_http_methods(_GET_TOO)
def fetching(request: HttpRequest) -> HttpResponse:
    """A new key for the polling interface, shown in this answer. A double click makes one."""
    if request.method != "POST":
        return redirect("operator:keys")
    try:
        secret = api_keys.new_operate_key(
            operator=operator_of_request(request), form_key=_form_key(request), actor=_actor(request)
        )
    except ShownAlreadyError:
        return _page(request, problem="shown_already", status=409)
    return _page(request, secret=secret, of=OPERATE_KEY)


@needs(Permission.OPERATOR_MANAGE)
@require_http_methods(_GET_TOO)
def end(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """One of them ends now, of whichever kind. Said twice it ends once."""
    if request.method == "POST":
        operator, actor = operator_of_request(request), _actor(request)
        _refuse_unless_own(operator, key_id)
        ended = signing.end_signing_key(key_id=key_id, operator=operator, actor=actor)
        if not ended:
            api_keys.end_operate_key(key_id=key_id, operator=operator, actor=actor)
    return redirect("operator:keys")


def _refuse_unless_own(operator: Operator, key_id: UUID) -> None:
    if not has_signing_key(operator.pk, key_id) and not has_operate_key(operator, key_id):
        raise Http404


def _page(request: HttpRequest, *, problem: str = "", status: int = 200, **more: Any) -> HttpResponse:
    operator = operator_of_request(request)
    shown = {
        "lines": _lines(operator),
        "uses": [(use.value, KEY_USES[use]) for use in _SHARED],
        "form_key": new_id(),
        "problem": problem_words(problem) if problem else "",
    }
    return render(request, "operator/keys.html", {**shown, **more}, status=status)


def _lines(operator: Operator) -> Sequence[KeyLine]:
    now = clock.now()
    signs = [
        KeyLine(
            key_id=key.pk,
            what=str(KEY_USES[KeyUse(key.use)]),
            mark=f"…{(key.public_key or str(key.secret)).rstrip('=')[-_SHOWN:]}",
            since=moment(key.since, now=now),
        )
        for key in in_force(operator.pk)
    ]
    opens = [
        KeyLine(
            key_id=key.pk,
            what=str(OPERATE_KEY),
            mark=f"SHA-256 {key.digest[: 2 * _SHOWN]}…",
            since=moment(key.issued_at, now=now),
        )
        for key in operate_keys(operator)
    ]
    return [*signs, *opens]


def _form_key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("form_key", ""))
    except ValueError:
        return new_id()


def _actor(request: HttpRequest) -> Actor:
    return official_actor(official_of(request).pk)
