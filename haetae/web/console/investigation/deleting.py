"""An officer's one form by which everybody is asked for a deletion, and what was asked so far."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from haetae.accounts.permissions import Permission
from haetae.agencies.investigation.deletions import queries, rules
from haetae.agencies.investigation.deletions.rules import Word
from haetae.agencies.investigation.files.queries import OpenFile
from haetae.agencies.investigation.files.rules import counts_as_minor
from haetae.agencies.investigation.files.states import State as File
from haetae.agencies.investigation.files.states import Victim
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.flow.steps.official import ask_everywhere
from haetae.law.packs import load_pack
from haetae.web.access import needs
from haetae.web.console.investigation.acting import GET_TOO, done_or_refused
from haetae.web.console.investigation.gate import in_file
from haetae.web.console.referrals.lines import cited
from haetae.web.console.rights import official_of
from haetae.web.sent import uuid_in
from haetae.web.words.official_requests import deletion_mark, official_refusal
from haetae.web.words.times import moment


@needs(Permission.DELETION_ASK)
@require_http_methods(GET_TOO)
@in_file
def listed(request: HttpRequest, opened: OpenFile) -> HttpResponse:
    """The form, and what was asked; sent twice it is one."""

    def asked() -> HttpResponse:
        sent = request.POST
        ask_everywhere(
            investigation_id=opened.investigation.pk,
            word=Word(
                link=sent.get("link", "").strip(),
                note=sent.get("note", "").replace("\r\n", "\n").strip(),
                confirmed="confirmed" in sent,
                centre_too="centre_too" in sent,
            ),
            form_key=uuid_in(request, "form_key") or new_id(),
            official_id=official_of(request).pk,
        )
        return redirect("console:deletions", opened.investigation.pk)

    if request.method != "POST":
        return _page(request, opened)
    return done_or_refused(
        request, opened, act=asked, page=lambda code: _page(request, opened, problem=code, status=422)
    )


def _page(request: HttpRequest, opened: OpenFile, *, problem: str = "", status: int = 200) -> HttpResponse:
    file, now, pack = opened.investigation, clock.now(), load_pack()
    wanted = rules.grounds_for(Victim(file.victim))
    day = now.astimezone(pack.zone).date()
    grounds = [one for one in pack.all_referral_grounds if one.ground_id in wanted and one.covers(day)]
    shown = {
        "file": file,
        "is_closed": file.state == File.CLOSED,
        "articles": [cited(one) for one in grounds],
        "is_minor": counts_as_minor(Victim(file.victim)),
        "rows": [
            {
                "said": queries.said_of(word, opened.key),
                "mark": deletion_mark(word.state),
                "asked": moment(word.asked_at, now=now),
                "centre_too": word.centre_too,
                "places": word.places.count(),
            }
            for word in queries.of_file(file.pk)
        ],
        "sent": {name: request.POST.get(name, "") for name in ("link", "note")},
        "confirmed": "confirmed" in request.POST,
        "centre_too": request.method != "POST" or "centre_too" in request.POST,
        "longest": rules.NOTE_LONGEST,
        "problem": official_refusal(problem) if problem else "",
        "form_key": request.POST.get("form_key") or new_id(),
    }
    return render(request, "console/investigation/deletions.html", shown, status=status)
