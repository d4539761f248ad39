"""What holds for every answer: a body small enough to read, headers that close things, and a mark."""

from collections.abc import Callable
from typing import Any, Final, cast

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.security import SecurityMiddleware
from django.shortcuts import render, resolve_url

from haetae.accounts.models import KeyScope, Official
from haetae.accounts.permissions import Permission
from haetae.web import errors, rights, second_step
from haetae.web.access import ForPartners, Machine, Public, access_of, is_of_sign_in, refusal, when_refused
from haetae.web.api import answers, entrance
from haetae.web.api.exchange import entrance as exchange
from haetae.web.api.operators import signed
from haetae.web.api.scan import keys
from haetae.web.sides.which import home_of, side_of

Answer = Callable[[HttpRequest], HttpResponseBase]
_SCOPES: Final = {Machine.SCANNING: KeyScope.SCAN, Machine.OPERATING: KeyScope.OPERATE}
_CARRIES_A_BODY: Final = frozenset({"POST", "PUT", "PATCH"})
# What a browser could be asked for on our pages. Passkeys need publickey-credentials, on our own origin only.
_CLOSED: Final = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock",
    "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
_OWN: Final = ("publickey-credentials-create", "publickey-credentials-get")
_PERMISSIONS: Final = ", ".join(
    [*(f"{feature}=()" for feature in _CLOSED), *(f"{feature}=(self)" for feature in _OWN)]
)
# A script of ours may run as a worker, which follows the policy of its own file: it loads ours and asks nobody.
_POLICY_OF_FILES: Final = "default-src 'none'; script-src 'self'; frame-ancestors 'none'"

# What a machine is answered is no page: nothing may be loaded from it, and it may stand in no frame.
_POLICY_OF_ANSWERS: Final = "default-src 'none'; frame-ancestors 'none'"


# A file that is handed out: whatever opens it as a page may do nothing there, not even as one of ours.
_POLICY_OF_DOWNLOADS: Final = "default-src 'none'; sandbox; frame-ancestors 'none'"

# The ways out of a session, and to another one.
_LEAVES: Final = frozenset({"account_login", "account_logout"})


class ContentPolicy(CSPMiddleware):
    """The policy of our pages, as the settings have it, built for each; an answer to a machine needs none built."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(answers.MACHINES):
            response["Content-Security-Policy"] = _POLICY_OF_ANSWERS
            return response
        if "Content-Disposition" in response:
            response["Content-Security-Policy"] = _POLICY_OF_DOWNLOADS
            return response
        return super().process_response(request, response)


class BodyLimit:
    """Refuses a body by its announced length, before anything reads a byte of it.

    A refusal carries the same headers as every other answer, although their places in the line come later.
    """

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_file = request.path_info in answers.TAKE_FILES
        limit_bytes = settings.UPLOAD_LIMIT_BYTES if is_file else settings.BODY_LIMIT_BYTES
        status = _why_not_read(request, limit_bytes=limit_bytes)
        if status is None:
            return self._get_response(request)
        as_json = request.path_info.startswith(answers.MACHINES)
        refusing = cast("Answer", SecurityMiddleware(_refuse_with(status, as_json=as_json)))
        return SecurityHeaders(cast("Answer", ContentPolicy(refusing)))(request)


def _refuse_with(status: int, *, as_json: bool) -> Callable[[HttpRequest], HttpResponse]:
    def refuse(request: HttpRequest) -> HttpResponse:
        if as_json:
            return answers.body_refusal(status=status)
        answer = errors.plain_page(request, status=status)
        # The body stays unread, so what follows on this connection cannot be understood.
        answer["Connection"] = "close"
        return answer

    return refuse


def _why_not_read(request: HttpRequest, *, limit_bytes: int) -> int | None:
    """The status of the refusal: 411 without a length, 400 for one that is no number, 413 above the limit."""
    length = str(request.META.get("CONTENT_LENGTH") or "")
    if "HTTP_TRANSFER_ENCODING" in request.META or (not length and request.method in _CARRIES_A_BODY):
        return 411
    if not length:
        return None
    if not (length.isascii() and length.isdigit()):
        return 400
    # A number of more than 18 digits is above any limit, and int() has one of its own.
    return 413 if len(length) > 18 or int(length) > limit_bytes else None


class SecurityHeaders:
    """What Django's own middleware does not send, on every answer, errors included."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self._get_response(request)
        answer["X-Frame-Options"] = settings.X_FRAME_OPTIONS
        answer["Permissions-Policy"] = _PERMISSIONS
        # Nothing to other sites. Not "no-referrer": with it browsers send "Origin: null" along with our own
        # forms (measured in Chromium), and every one of them would be taken for a forgery.
        answer["Referrer-Policy"] = "same-origin"
        answer["Cross-Origin-Resource-Policy"] = "same-origin"
        answer["Cross-Origin-Embedder-Policy"] = "require-corp"
        answer["Server"] = ""  # granian would name itself
        is_file = (
            request.path_info.startswith(f"/{settings.STATIC_URL.strip('/')}/") and answer.status_code < 400
        )
        if is_file:
            answer["Content-Security-Policy"] = _POLICY_OF_FILES
        elif not answers.is_for_everybody(answer):
            answer["Cache-Control"] = "no-store"
        return answer


class DenyByDefault:
    """A view is opened only by whom its mark allows; one without a mark by nobody."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: list[Any], names: dict[str, Any]
    ) -> HttpResponse | None:
        """None lets the view answer."""
        access = access_of(view)
        if access is Public.PUBLIC:
            return None
        if access is None and _is_sign_in(request):
            return _ask_for_the_step_itself(request)
        if access is None:
            return errors.refused(request)
        if isinstance(access, Permission):
            return _ask_who(request, access, view, names)
        return _ask_which_machine(request, access, names)


def _is_sign_in(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and not match.namespaces and is_of_sign_in(match.url_name or "")


def _ask_for_the_step_itself(request: HttpRequest) -> HttpResponse | None:
    """Whoever has a second step and has not taken it may take it, and neither look at it nor change anything of it.

    allauth alone would ask again only for what the session began with: a password, and the step could be removed.
    """
    official, match = getattr(request, "user", None), request.resolver_match
    if match is None or not isinstance(official, Official):
        return None
    if match.url_name not in _LEAVES and rights.belongs_elsewhere(request, official):
        return errors.other_side(request)
    if not second_step.is_missing(request):
        return None
    takes_it = match.url_name in second_step.TAKEN_AT or not second_step.kinds_of(official)
    return None if takes_it else _send_to_second_step(request, official)


def _ask_which_machine(
    request: HttpRequest, access: Machine | ForPartners, names: dict[str, Any]
) -> HttpResponse | None:
    """The view gets whoever asks as an argument: without one it cannot be called at all."""
    asking: object
    if isinstance(access, ForPartners):
        name, asking = "partner", exchange.asking_partner(request, access)
    elif access is Machine.ASKING_OPERATOR:
        name, asking = "operator", entrance.asking_operator(request)
    elif access is Machine.SIGNED_ANSWERS:
        name, asking = "haetae.signed", signed.signed_answer(request)
    else:
        name, asking = "haetae.asker", keys.asker_of(request, scope=_SCOPES[access])
    if isinstance(asking, HttpResponse):
        return asking
    if name.startswith("haetae."):
        request.META[name] = asking  # these views take only what their description names
    else:
        names[name] = asking
    return None


def _ask_who(
    request: HttpRequest, permission: Permission, view: Callable[..., Any], names: dict[str, Any]
) -> HttpResponse | None:
    official = getattr(request, "user", None)  # on the portal nobody is signed in
    if not isinstance(official, Official):
        return _send_to_sign_in(request)
    if second_step.is_missing(request):
        return _send_to_second_step(request, official)
    sentence = refusal(permission, roles=rights.roles_here(request, official))
    if sentence is None:
        return None
    note = when_refused(view)
    if note is not None and request.method == "POST":
        note(request, names)
    if rights.belongs_elsewhere(request, official):
        return errors.other_side(request)
    return errors.refused(request, why=sentence)


def _send_to_second_step(request: HttpRequest, official: Official) -> HttpResponse:
    home = resolve_url(home_of(request))
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=401, headers={"HX-Redirect": home})
    back = request.get_full_path() if request.method == "GET" else home
    shown = {"kinds": second_step.kinds_of(official), "next": back}
    return render(request, f"{side_of(request)}/second_step.html", shown, status=403)


def _send_to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        # A part of a page must not be replaced by the sign-in page: the whole page goes there.
        return HttpResponse(status=401, headers={"HX-Redirect": resolve_url(settings.LOGIN_URL)})
    return redirect_to_login(request.get_full_path())
