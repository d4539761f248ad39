"""The case: what is proven gone, place by place, and what the person can do."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from haetae.agencies.support import queries as support
from haetae.agencies.support.actions import OpenCase
from haetae.agencies.support.notices.queries import mailbox_of
from haetae.agencies.support.recovery.queries import running
from haetae.agencies.support.states import IDENTITY, Age, Cadence, Sender, State
from haetae.flow.overview.places import places_of_case
from haetae.web.portal.mine.lines import progress
from haetae.web.portal.mine.window import in_window

_SAID = {
    "added": _("Added. We are looking at it."),
    "changed": _("Changed."),
    "asked": _("Changed as far as we may. A counsellor asks you about the rest: look under messages."),
    "stopped": _("Stopped. What still goes on is said below."),
    "resumed": _("We go on."),
    "noted": _("Noted. You can change it at any time."),
    "erased": _("Your name and how to reach you are erased. Everything else goes on."),
}
_MOST_PAGES_DIGITS = 4


@in_window
def case_page(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Newest good news first."""
    case = opened.case
    found = progress(places_of_case(case, page=_page_wanted(request)))
    shown = {
        "case": case,
        "progress": found,
        "is_withdrawn": case.state == State.WITHDRAWN,
        "is_minor": case.age == Age.UNDER_19,
        "unread": support.unread_count(case, by=Sender.PERSON),
        "words_asked": running(case.pk) is not None,
        "only_told": not (found.count or found.opening or found.nowhere or found.fingerprints),
        "has_identity": support.has_texts(case, IDENTITY) or mailbox_of(case.pk) is not None,
        "offers_notices": settings.MAIL is not None and case.state == State.OPEN,
        "is_written_to": case.cadence != Cadence.NEVER,
        "can_act": any(line.can_act for line in found.places) or bool(found.nowhere),
        "said": next((words for code, words in _SAID.items() if code in request.GET), ""),
    }
    return render(request, "portal/mine/case.html", shown)


def _page_wanted(request: HttpRequest) -> int:
    typed = request.GET.get("page", "")
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= _MOST_PAGES_DIGITS
    return int(typed) if is_number else 1
