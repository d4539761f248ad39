"""Three pages: where you are, one question, what happens next."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from haetae.common.ids import derived_id, new_id
from haetae.flow.arrival.actions import receive_report
from haetae.flow.arrival.rules import LONGEST_LINK, why_not_a_link
from haetae.web.access import public
from haetae.web.errors import RETRY_AFTER_S

_RECEIPT: Final = "receipt"
_RECEIPT_VALID_S: Final = 600

_WHY_NOT: Final[Mapping[str, str | Promise]] = {
    "link_missing": _("Paste the link here. It is the only thing we need."),
    "link_too_long": _("This is longer than a link can be. Copy only the address of the one page or post."),
    "link_without_scheme": _(
        "A link begins with http:// or https://. Copy the whole address from the browser."
    ),
    "link_with_spaces": _(
        "There is a space or a line break inside the link. Send one link at a time, without other text."
    ),
}
_NOT_SAVED: Final = _(
    "We could not save it just now. Nothing was sent; what you typed is still here."
    " Press the button again in a minute. You can also call one of the numbers below."
)


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The first screen."""
    return render(request, "portal/start.html")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """One question: the link. Nothing is saved before it is sent."""
    if request.method != "POST":
        return _form(request, link="", form_key=new_id())
    link, form_key = request.POST.get("link", ""), _form_key(request)
    code = why_not_a_link(link)
    if code is not None:
        return _form(
            request,
            link=link[: 2 * LONGEST_LINK],
            form_key=form_key,
            error=_WHY_NOT.get(code, code),
            status=422,
        )
    try:
        # Somebody may go back and send a second link with the same form: that is a second report.
        report_id = receive_report(link=link, form_key=derived_id("link-form", form_key, link.strip()))
    except (OperationalError, InterfaceError):
        answer = _form(request, link=link, form_key=form_key, error=_NOT_SAVED, status=503)
        answer["Retry-After"] = str(RETRY_AFTER_S)
        return answer
    return _with_receipt(str(report_id)[:8])


@public
@require_safe
def sent(request: HttpRequest, number: str) -> HttpResponse:
    """What happens next, for the browser that has just sent it; nobody else learns whether the number exists."""
    own = request.get_signed_cookie(_RECEIPT, default="", max_age=_RECEIPT_VALID_S) == number
    return render(request, "portal/sent.html" if own else "portal/unknown.html", {"number": number})


def _with_receipt(number: str) -> HttpResponse:
    """To the page of what was sent, with the proof in a signed cookie that goes with the browser's window."""
    answer = redirect("portal:sent", number=number)
    answer.set_signed_cookie(
        _RECEIPT,
        number,
        path=reverse("portal:sent", kwargs={"number": number}),
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return answer


def _form(
    request: HttpRequest, *, link: str, form_key: UUID, error: str | Promise = "", status: int = 200
) -> HttpResponse:
    return render(
        request, "portal/report.html", {"link": link, "form_key": form_key, "error": error}, status=status
    )


def _form_key(request: HttpRequest) -> UUID:
    """The key that was drawn with the form; a form without a readable one counts as a new form."""
    try:
        return UUID(request.POST.get("form_key", ""))
    except ValueError:
        return new_id()
