"""The person and a counsellor write to each other."""

from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from haetae.agencies.support import queries as support
from haetae.agencies.support.actions import CannotWriteError, OpenCase, messages_seen, write_message
from haetae.agencies.support.rules import MESSAGE_LONGEST
from haetae.agencies.support.states import Sender
from haetae.audit.actor import PUBLIC
from haetae.common.ids import new_id
from haetae.web.access import public
from haetae.web.portal.mine.carrying import NOT_SENT, Page, keeping
from haetae.web.portal.mine.lines import day
from haetae.web.portal.mine.window import in_window, to

_PROBLEMS: Final[dict[str, str | Promise]] = {
    "message_empty": _("Nothing is written yet."),
    "message_too_long": _("This is longer than 4,000 characters. Send it in two messages."),
}


def unsent(request: HttpRequest) -> HttpResponse:
    """Without the database nothing can be read: what was typed stays, with the key of its form."""
    text, form_key = request.POST.get("text", ""), _form_key(request)
    shown = {"messages": (), "draft": text, "error": NOT_SENT, "form_key": form_key}
    return render(request, "portal/mine/talk.html", shown)


def again(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """As it was typed, with the key of its form: who had sent it already sends no second one."""
    return _page(request, opened, draft=request.POST.get("text", ""), form_key=_form_key(request))


@public
@require_http_methods(["GET", "HEAD", "POST"])
@keeping(Page.TALK, unsent=unsent)
@in_window
def talk(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Everything that was written, the newest last, and a field to write in."""
    if request.method != "POST":
        return _page(request, opened)
    text, form_key = request.POST.get("text", ""), _form_key(request)
    try:
        write_message(opened=opened, text=text, form_key=form_key, official_id=None, actor=PUBLIC)
    except CannotWriteError as problem:
        code = str(problem)
        words = _PROBLEMS.get(code, code)
        return _page(request, opened, draft=text[: 2 * MESSAGE_LONGEST], error=words, status=422)
    return to("portal:mine_talk", said="sent")


def _page(
    request: HttpRequest,
    opened: OpenCase,
    *,
    draft: str = "",
    form_key: UUID | None = None,
    error: str | Promise = "",
    status: int = 200,
) -> HttpResponse:
    written = support.messages_of(opened)
    messages_seen(case_id=opened.case.pk, by=Sender.PERSON)
    shown = {
        "messages": [
            {
                "is_mine": one.sender is Sender.PERSON,
                "text": one.text,
                "when": day(one.at),
                "is_new": one.seen_at is None and one.sender is not Sender.PERSON,
                "was_seen": one.seen_at is not None,
            }
            for one in written
        ],
        "draft": draft,
        "error": error,
        "form_key": form_key or new_id(),
        "is_back": form_key is not None,
        "was_sent": "sent" in request.GET,
    }
    return render(request, "portal/mine/talk.html", shown, status=status)


def _form_key(request: HttpRequest) -> UUID:
    """The key that was drawn with the form; a form without a readable one counts as a new form."""
    try:
        return UUID(request.POST.get("form_key", ""))
    except ValueError:
        return new_id()
