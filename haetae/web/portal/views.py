"""Three pages: where you are, one question and one that may stay unanswered, what happens next."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
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
from haetae.flow.arrival.states import Depicted
from haetae.flow.overview.places import places_of_report
from haetae.web.access import public
from haetae.web.errors import RETRY_AFTER_S
from haetae.web.portal.places import progress
from haetae.web.words.depicted import answers

_RECEIPT: Final = "receipt"
# Counted from the last look: who stays with it keeps it, and who leaves an open window behind does not for long.
_RECEIPT_VALID_S: Final = 3_600

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
    """The link, and who is in the picture for those who want to say. Nothing is saved before it is sent."""
    if request.method != "POST":
        return _form(request, link="", form_key=new_id(), depicted=Depicted.UNSAID)
    link, form_key, depicted = request.POST.get("link", ""), _form_key(request), _depicted(request)
    code = why_not_a_link(link)
    if code is not None:
        return _form(
            request,
            link=link[: 2 * LONGEST_LINK],
            form_key=form_key,
            depicted=depicted,
            error=_WHY_NOT.get(code, code),
            status=422,
        )
    try:
        # Somebody may go back and send a second link with the same form: that is a second report.
        key = derived_id("link-form", form_key, link.strip())
        report_id = receive_report(link=link, form_key=key, depicted=depicted)
    except (OperationalError, InterfaceError):
        answer = _form(request, link=link, form_key=form_key, depicted=depicted, error=_NOT_SAVED, status=503)
        answer["Retry-After"] = str(RETRY_AFTER_S)
        return answer
    return _with_receipt(redirect("portal:sent", number=str(report_id)[:8]), str(report_id))


@public
@require_safe
def sent(request: HttpRequest, number: str) -> HttpResponse:
    """Place by place what has become of it, for the browser that sent it; nobody else learns whether it exists."""
    receipt = request.get_signed_cookie(_RECEIPT, default="", max_age=_RECEIPT_VALID_S)
    if not receipt or receipt[:8] != number:
        return render(request, "portal/unknown.html", {"number": number})
    try:
        found = places_of_report(UUID(receipt))
    except (ValueError, ObjectDoesNotExist):
        return render(request, "portal/unknown.html", {"number": number})
    page = render(request, "portal/sent.html", {"number": number, "progress": progress(found)})
    return _with_receipt(page, receipt)


def _with_receipt(answer: HttpResponse, report_id: str) -> HttpResponse:
    """With the proof in a signed cookie that goes with the browser's window, for the page of this report alone."""
    answer.set_signed_cookie(
        _RECEIPT,
        report_id,
        path=reverse("portal:sent", kwargs={"number": report_id[:8]}),
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return answer


def _form(
    request: HttpRequest,
    *,
    link: str,
    form_key: UUID,
    depicted: Depicted,
    error: str | Promise = "",
    status: int = 200,
) -> HttpResponse:
    shown = {"link": link, "form_key": form_key, "depicted": depicted, "answers": answers(), "error": error}
    return render(request, "portal/report.html", shown, status=status)


def _depicted(request: HttpRequest) -> Depicted:
    """What was chosen; anything that cannot be chosen is no answer."""
    chosen = request.POST.get("depicted", "")
    return Depicted(chosen) if chosen in set(Depicted) else Depicted.UNSAID


def _form_key(request: HttpRequest) -> UUID:
    """The key that was drawn with the form; a form without a readable one counts as a new form."""
    try:
        return UUID(request.POST.get("form_key", ""))
    except ValueError:
        return new_id()
