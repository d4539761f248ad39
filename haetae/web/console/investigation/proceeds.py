"""Proceeds in a file: traced, and proposed to the prosecutor. Nothing is taken from anybody here."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.models import Official
from haetae.accounts.permissions import Permission
from haetae.agencies.investigation.files.actions import refused
from haetae.agencies.investigation.files.queries import NotYoursError, OpenFile
from haetae.agencies.investigation.files.states import State as FileState
from haetae.agencies.investigation.proceeds import actions, queries
from haetae.agencies.investigation.proceeds.actions import CannotTraceError, Found
from haetae.agencies.investigation.proceeds.models import Proceeds
from haetae.agencies.investigation.proceeds.queries import Opened
from haetae.agencies.investigation.proceeds.states import MOVES, Form, State
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.law.packs import load_pack
from haetae.web.access import needs
from haetae.web.console.investigation.gate import in_file
from haetae.web.console.rights import official_of
from haetae.web.sent import IncompleteError, day_in, number_in, uuid_in
from haetae.web.words.language import in_korean
from haetae.web.words.proceeds import FORMS, STATES, proceeds_refusal
from haetae.web.words.sanctions import won
from haetae.web.words.times import moment

GET_TOO: Final = ["GET", "HEAD", "POST"]  # a GET comes after a sign-in that came in between


@needs(Permission.INVESTIGATION_WORK)
@require_safe
@in_file
def page(request: HttpRequest, opened: OpenFile) -> HttpResponse:
    """What was traced, how it stands, and the form for more."""
    return _page(request, opened)


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def add(request: HttpRequest, opened: OpenFile) -> HttpResponse:
    """Something was found; the form sent twice is one."""

    def added(by: Official) -> None:
        form, sum_ = request.POST.get("form", ""), request.POST.get("won", "").strip()
        if form not in set(Form):
            raise CannotTraceError("proceeds_form")
        if sum_ and number_in(sum_) is None:
            raise CannotTraceError("proceeds_sum")
        found = Found(
            form=Form(form),
            what=request.POST.get("what", "").replace("\r\n", "\n"),
            where=request.POST.get("where", "").replace("\r\n", "\n"),
            won=number_in(sum_) if sum_ else None,
            offence=request.POST.get("offence", ""),
            offence_on=day_in(request, "offence_on", code="proceeds_day"),
        )
        key = uuid_in(request, "form_key") or new_id()
        actions.trace(investigation_id=opened.investigation.pk, found=found, form_key=key, official_id=by.pk)

    return _done(request, opened, added)


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def propose(request: HttpRequest, opened: OpenFile, proceeds_id: UUID) -> HttpResponse:
    """It is laid before the prosecutor."""
    return _done(
        request,
        opened,
        lambda by: actions.propose(
            investigation_id=opened.investigation.pk,
            proceeds_id=proceeds_id,
            reason=request.POST.get("reason", "").replace("\r\n", "\n"),
            official_id=by.pk,
        ),
        about=proceeds_id,
    )


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def withdraw(request: HttpRequest, opened: OpenFile, proceeds_id: UUID) -> HttpResponse:
    """It is not followed after all."""
    return _done(
        request,
        opened,
        lambda by: actions.withdraw(
            investigation_id=opened.investigation.pk, proceeds_id=proceeds_id, official_id=by.pk
        ),
        about=proceeds_id,
    )


def shown_of(one: Opened) -> dict[str, Any]:
    """One of them in words, for officers and for the prosecutor alike."""
    row, now = one.row, clock.now()
    tone, shape, words = STATES[State(row.state)]
    offences = {found.offence_id: found for found in load_pack(settings.JURISDICTION).all_offences}
    offence = offences.get(row.offence)
    return {
        "id": row.pk,
        "tone": tone,
        "shape": shape,
        "words": words,
        "form": FORMS[Form(row.form)],
        "what": one.what,
        "where": one.where,
        "won": won(one.won) if one.won is not None else "",
        "offence": "" if offence is None else offence.act_ko if in_korean() else offence.act_en,
        "offence_on": row.offence_on,
        "reason": one.reason,
        "decision": one.decision,
        "traced_by": row.traced_by.get_username(),
        "traced": moment(row.traced_at, now=now),
        "proposed_by": row.proposed_by.get_username() if row.proposed_by else "",
        "proposed": moment(row.proposed_at, now=now) if row.proposed_at else None,
        "decided_by": row.decided_by.get_username() if row.decided_by else "",
        "decided": moment(row.decided_at, now=now) if row.decided_at else None,
        "may_propose": State.PROPOSED in MOVES[State(row.state)],
        "may_withdraw": State.WITHDRAWN in MOVES[State(row.state)],
    }


def confiscation_article() -> dict[str, Any]:
    """What both pages say of the law: its article, and from which day of the deed it reaches."""
    law = load_pack(settings.JURISDICTION).confiscation
    article = law.source.cite_ko(law.article) if in_korean() else law.source.cite_en(law.article)
    return {"article": article, "since": law.valid_from}


def _done(
    request: HttpRequest,
    opened: OpenFile,
    act: Callable[[Official], None],
    *,
    about: UUID | None = None,
) -> HttpResponse:
    """A refusal is said on the page with what was typed, and recorded."""
    file_id, official = opened.investigation.pk, official_of(request)
    if request.method != "POST":
        return redirect("console:proceeds", file_id)
    try:
        act(official)
    except (CannotTraceError, IncompleteError, NotYoursError) as problem:
        if about is None:
            refused(investigation_id=file_id, code=str(problem), official_id=official.pk)
        else:
            actions.refused(proceeds_id=about, code=str(problem), official_id=official.pk)
        return _page(request, opened, problem=str(problem), about=about, status=409)
    except Proceeds.DoesNotExist as missing:
        raise Http404 from missing
    return redirect("console:proceeds", file_id)


def _page(
    request: HttpRequest,
    opened: OpenFile,
    *,
    problem: str = "",
    about: UUID | None = None,
    status: int = 200,
) -> HttpResponse:
    pack = load_pack(settings.JURISDICTION)
    shown = {
        "file": opened.investigation,
        "name": opened.name,
        "is_closed": opened.investigation.state == FileState.CLOSED,
        "rows": [shown_of(one) for one in queries.of_file(opened)],
        "forms": list(FORMS.items()),
        "offences": list(
            {one.offence_id: one.act_ko if in_korean() else one.act_en for one in pack.all_offences}.items()
        ),
        "today": timezone.localdate(clock.now()).isoformat(),
        "form_key": request.POST.get("form_key") or new_id(),
        "sent": request.POST if problem else {},
        "about": about,
        "problem": proceeds_refusal(problem) if problem else "",
        **confiscation_article(),
    }
    return render(request, "console/investigation/proceeds.html", shown, status=status)
