"""Whether, when and where the person is written to. Nobody is, unless they choose it here."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from haetae.agencies.support.actions import CannotWriteError, OpenCase
from haetae.agencies.support.notices import queries
from haetae.agencies.support.notices.actions import choose_notices, confirm_mailbox
from haetae.agencies.support.notices.models import Mailbox
from haetae.agencies.support.notices.rules import ADDRESS_LONGEST
from haetae.agencies.support.notices.states import State as Sent
from haetae.agencies.support.states import Cadence, Circumstance, State
from haetae.web.access import public
from haetae.web.portal.mine.window import in_window, to
from haetae.web.words.noticing import CADENCES, notice_problem
from haetae.web.words.telling import choices

_SAID: Final[dict[str, str | Promise]] = {
    "confirmed": _("Done. We write to you as you have chosen."),
    "chosen": _("Changed."),
    "ended": _("Nobody writes to you. The mailbox is erased here."),
    "kept": _(
        "Nobody writes to you. The address stays sealed for now: it was forbidden to erase it, for an investigation."
    ),
    "sent": _("A mail with a number is on its way. It can take some minutes."),
}


@public
@require_http_methods(["GET", "HEAD", "POST"])
@in_window
def notices(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Never, or when and where to; then the number that came there."""
    if settings.MAIL is None or State(opened.case.state) is not State.OPEN:
        return to("portal:mine")
    if request.method != "POST":
        return _page(request, opened)
    return _confirm(request, opened) if "code" in request.POST else _choose(request, opened)


def _choose(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    chosen, address = request.POST.get("cadence", ""), request.POST.get("mailbox", "").strip()
    if chosen not in set(Cadence):
        return to("portal:mine_notices")
    try:
        choose_notices(opened=opened, cadence=Cadence(chosen), address=address)
    except CannotWriteError as problem:
        return _page(
            request,
            opened,
            chosen=chosen,
            typed=address[:ADDRESS_LONGEST],
            error=notice_problem(str(problem)),
            field="mailbox",
        )
    return to("portal:mine_notices", said=_what_follows(opened, chosen=Cadence(chosen)))


def _what_follows(opened: OpenCase, *, chosen: Cadence) -> str:
    mailbox = queries.mailbox_of(opened.case.pk)
    if mailbox is None or chosen is Cadence.NEVER:
        return "ended" if mailbox is None else "kept"
    return "sent" if mailbox.confirmed_at is None else "chosen"


def _confirm(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    problem = confirm_mailbox(opened=opened, code=request.POST["code"])
    if problem:
        return _page(request, opened, error=notice_problem(problem), field="code")
    return to("portal:mine_notices", said="confirmed")


def _page(
    request: HttpRequest,
    opened: OpenCase,
    *,
    chosen: str = "",
    typed: str = "",
    error: str | Promise = "",
    field: str = "",
) -> HttpResponse:
    mailbox = queries.mailbox_of(opened.case.pk)
    confirmed = mailbox is not None and mailbox.confirmed_at is not None
    waits = mailbox is not None and queries.waits_for_number(mailbox)
    now = mailbox.cadence if mailbox is not None and (confirmed or waits) else Cadence.NEVER.value
    shown = {
        "cadences": choices(CADENCES),
        "chosen": chosen or now,
        "typed": typed,
        "where": _hidden(opened, mailbox),
        "is_unsafe": Circumstance.GUARDIAN_UNSAFE in opened.case.circumstances,
        "is_confirmed": confirmed,
        "waits_for_number": waits,
        "did_not_arrive": waits and _has_failed(opened),
        "error": error,
        "field": field,
        "said": "" if error else next((words for code, words in _SAID.items() if code in request.GET), ""),
    }
    return render(request, "portal/mine/notices.html", shown, status=422 if error else 200)


def _has_failed(opened: OpenCase) -> bool:
    last = queries.last_confirmation(opened.case.pk)
    return last is not None and last.state in {Sent.FAILED, Sent.UNSURE}


def _hidden(opened: OpenCase, mailbox: Mailbox | None) -> str:
    """As much of the address as its owner needs, for whoever looks over a shoulder."""
    if mailbox is None:
        return ""
    name, _at, domain = queries.address_of(opened, mailbox).rpartition("@")
    return f"{name[:2]}…@{domain}"
