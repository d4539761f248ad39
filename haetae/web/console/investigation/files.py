"""Files: the list of one's own, a new one, why it is opened today, its page, and who works on it."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.models import Official
from haetae.accounts.permissions import Permission
from haetae.agencies.investigation.files import actions, queries
from haetae.agencies.investigation.files.actions import About, CannotInvestigateError
from haetae.agencies.investigation.files.queries import NotYoursError, OpenFile
from haetae.agencies.investigation.files.rules import NAME_LONGEST
from haetae.agencies.investigation.files.states import Reason, State, Victim
from haetae.agencies.investigation.linking.queries import unread_of
from haetae.agencies.investigation.self_reports.queries import waiting
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.flow.steps.closing import close_file
from haetae.law.packs import load_pack
from haetae.law.person.penalties import offences_on
from haetae.web.access import needs
from haetae.web.console.investigation.gate import in_file
from haetae.web.console.investigation.parts import PARTS
from haetae.web.console.rights import official_of
from haetae.web.sent import uuid_in
from haetae.web.words.agencies import Officials
from haetae.web.words.investigations import REASONS, VICTIMS, investigation_refusal
from haetae.web.words.language import in_korean
from haetae.web.words.times import moment

GET_TOO: Final = ["GET", "HEAD", "POST"]


@needs(Permission.INVESTIGATION_WORK)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """One's own files. A name shows where the file was opened today."""
    official, now = official_of(request), clock.now()
    own = queries.files_of(official.pk)
    news = unread_of([one.pk for one in own], official.pk)
    rows = [
        {
            "id": one.pk,
            "name": queries.opened_by(one.pk, official.pk).name
            if queries.is_open_today(one.pk, official.pk)
            else "",
            "is_closed": one.state == State.CLOSED,
            "victim": VICTIMS[Victim(one.victim)],
            "since": moment(one.opened_at, now=now),
            "is_shared": one.pk in news,
        }
        for one in own
    ]
    shown = {"rows": rows, "self_reports": len(waiting())}
    return render(request, "console/investigation/files.html", shown)


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
def new(request: HttpRequest) -> HttpResponse:
    """The form of a new file; sent twice it is one."""
    sent = {name: request.POST.get(name, "") for name in ("name", "victim", "offence")}
    problem = ""
    if request.method == "POST":
        try:
            about = About(name=sent["name"], victim=Victim(sent["victim"]), offence=sent["offence"])
            opened = actions.begin(
                about=about,
                form_key=uuid_in(request, "form_key") or new_id(),
                official_id=official_of(request).pk,
            )
        except CannotInvestigateError as refused:
            problem = str(refused)
        except ValueError:
            problem = "file_no_victim"
        else:
            return redirect("console:investigation", opened.investigation.pk)
    pack = load_pack()
    today = clock.now().astimezone(pack.zone).date()
    shown = {
        "sent": sent,
        "problem": investigation_refusal(problem) if problem else "",
        "victims": list(VICTIMS.items()),
        "offences": [
            (one.offence_id, f"{one.act_ko if in_korean() else one.act_en} ({one.article})")
            for one in offences_on(pack.all_offences, today)
        ],
        "most": NAME_LONGEST,
        "form_key": request.POST.get("form_key") or new_id(),
    }
    return render(request, "console/investigation/new.html", shown, status=422 if problem else 200)


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
def open_one(request: HttpRequest, investigation_id: UUID) -> HttpResponse:
    """Why it is opened today. Whoever does not work on it gets 404."""
    official = official_of(request)
    if not queries.is_member(investigation_id, official.pk):
        if request.method == "POST":
            actions.refused(investigation_id=investigation_id, code="file_of_others", official_id=official.pk)
        raise Http404
    problem = ""
    if request.method == "POST":
        if request.POST.get("reason", "") in set(Reason):
            actions.open_for(
                investigation_id=investigation_id,
                reason=Reason(request.POST["reason"]),
                official_id=official.pk,
            )
            return redirect("console:investigation", investigation_id)
        problem = investigation_refusal("reason_missing")
    shown = {"investigation_id": investigation_id, "reasons": list(REASONS.items()), "problem": problem}
    return render(request, "console/investigation/open.html", shown, status=422 if problem else 200)


@needs(Permission.INVESTIGATION_WORK)
@require_safe
@in_file
def one(request: HttpRequest, opened: OpenFile) -> HttpResponse:
    """The page of a file: what it is about, its parts, who works on it."""
    return _page(request, opened)


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def join(request: HttpRequest, opened: OpenFile) -> HttpResponse:
    """A colleague works on it too."""

    def joined(by: Official) -> None:
        colleague = uuid_in(request, "colleague")
        if colleague is None:
            raise CannotInvestigateError("file_no_officer")
        actions.add_member(
            investigation_id=opened.investigation.pk, colleague_id=colleague, official_id=by.pk
        )

    return _done(request, opened, joined)


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def leave(request: HttpRequest, opened: OpenFile, official_id: UUID) -> HttpResponse:
    """Somebody works on it no more."""

    def left(by: Official) -> None:
        actions.end_membership(
            investigation_id=opened.investigation.pk, colleague_id=official_id, official_id=by.pk
        )

    return _done(request, opened, left)


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def close(request: HttpRequest, opened: OpenFile) -> HttpResponse:
    """Nothing is added any more."""
    return _done(
        request,
        opened,
        lambda by: close_file(investigation_id=opened.investigation.pk, official_id=by.pk),
    )


def _done(request: HttpRequest, opened: OpenFile, act: Callable[[Official], None]) -> HttpResponse:
    """A refusal is said on the page, and recorded; a GET comes after a sign-in that came in between."""
    file_id, official = opened.investigation.pk, official_of(request)
    if request.method == "POST":
        try:
            act(official)
        except (CannotInvestigateError, NotYoursError) as refused:
            actions.refused(investigation_id=file_id, code=str(refused), official_id=official.pk)
            return _page(request, opened, problem=str(refused), status=409)
        if not queries.is_member(file_id, official.pk):
            return redirect("console:investigations")
    return redirect("console:investigation", file_id)


def _page(request: HttpRequest, opened: OpenFile, *, problem: str = "", status: int = 200) -> HttpResponse:
    file, now = opened.investigation, clock.now()
    members = queries.members_of(file.pk)
    officials = Officials(member.official_id for member in members)
    here = {member.official_id for member in members}
    shown = {
        "file": file,
        "name": opened.name,
        "is_closed": file.state == State.CLOSED,
        "victim": VICTIMS[Victim(file.victim)],
        "since": moment(file.opened_at, now=now),
        "parts": [(reverse(f"console:{part.address}", args=[file.pk]), part) for part in PARTS],
        "members": [
            {
                "id": one.official_id,
                "name": officials.named(
                    one.official.get_username(), official_id=one.official_id, at=one.since
                ),
                "since": moment(one.since, now=now),
            }
            for one in members
        ],
        "colleagues": [one for one in queries.officers() if one.pk not in here],
        "problem": investigation_refusal(problem) if problem else "",
    }
    return render(request, "console/investigation/file.html", shown, status=status)
