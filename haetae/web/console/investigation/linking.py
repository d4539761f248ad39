"""What a file holds to be compared, and what it shares with other files: by what, and whom to ask."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.models import Official, Operator
from haetae.accounts.permissions import Permission
from haetae.accounts.queries import operators
from haetae.agencies.enforcement.designation.channels.actions import CannotNoteChannelError
from haetae.agencies.enforcement.designation.channels.queries import channels_with
from haetae.agencies.investigation.files.actions import refused
from haetae.agencies.investigation.files.queries import NotYoursError, OpenFile
from haetae.agencies.investigation.files.states import State
from haetae.agencies.investigation.linking import actions, queries
from haetae.agencies.investigation.linking.actions import CannotLinkError
from haetae.agencies.investigation.linking.states import Kind
from haetae.agencies.support.queries import people_with
from haetae.common import clock
from haetae.flow.assessment.queries import known_at
from haetae.flow.steps.linking import note_channel_of_file
from haetae.web.access import needs
from haetae.web.console.investigation.gate import in_file
from haetae.web.console.rights import official_of
from haetae.web.sent import IncompleteError, channel_sent, uuid_in
from haetae.web.words.designation import SEEN_ON
from haetae.web.words.linking import BY, KINDS, linking_refusal, people_words
from haetae.web.words.times import moment

GET_TOO: Final = ["GET", "HEAD", "POST"]  # a GET comes after a sign-in that came in between


@needs(Permission.INVESTIGATION_WORK)
@require_safe
@in_file
def page(request: HttpRequest, opened: OpenFile) -> HttpResponse:
    """What it shares stands first."""
    return _page(request, opened)


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def place(request: HttpRequest, opened: OpenFile) -> HttpResponse:
    """A place by its number or its address."""

    def added(by: Official) -> None:
        typed = request.POST.get("place", "")
        if not actions.add_place(investigation_id=opened.investigation.pk, typed=typed, official_id=by.pk):
            raise CannotLinkError("place_here_already")

    return _done(request, opened, added)


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def identifier(request: HttpRequest, opened: OpenFile) -> HttpResponse:
    """An account or a watermark."""

    def added(by: Official) -> None:
        kind = request.POST.get("kind", "")
        if kind not in {Kind.ACCOUNT, Kind.WATERMARK}:
            raise CannotLinkError("identifier_kind")
        actions.add_identifier(
            investigation_id=opened.investigation.pk,
            kind=Kind(kind),
            text=request.POST.get("text", ""),
            service=request.POST.get("service", ""),
            official_id=by.pk,
        )

    return _done(request, opened, added)


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def channel(request: HttpRequest, opened: OpenFile) -> HttpResponse:
    """An open channel: into this file, and into the registry if whoever notes it wants that."""

    def added(by: Official) -> None:
        link = request.POST.get("link", "")
        if "registry" not in request.POST:
            actions.add_identifier(
                investigation_id=opened.investigation.pk, kind=Kind.CHANNEL, text=link, official_id=by.pk
            )
            return
        operator_id = uuid_in(request, "operator")
        if operator_id is None or not Operator.objects.filter(pk=operator_id).exists():
            raise CannotLinkError("channel_operator")
        note_channel_of_file(
            investigation_id=opened.investigation.pk,
            operator_id=operator_id,
            link=link,
            seen=channel_sent(request),
            official_id=by.pk,
        )

    return _done(request, opened, added)


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def take_out(request: HttpRequest, opened: OpenFile, row_id: UUID) -> HttpResponse:
    """It was put there by mistake."""
    return _done(
        request,
        opened,
        lambda by: actions.take_out(
            investigation_id=opened.investigation.pk, row_id=row_id, official_id=by.pk
        ),
    )


@needs(Permission.INVESTIGATION_WORK)
@require_http_methods(GET_TOO)
@in_file
def read(request: HttpRequest, opened: OpenFile) -> HttpResponse:
    """Whoever reads knows now whom to ask."""
    return _done(
        request,
        opened,
        lambda by: actions.links_read(investigation_id=opened.investigation.pk, official_id=by.pk),
    )


def _done(request: HttpRequest, opened: OpenFile, act: Callable[[Official], None]) -> HttpResponse:
    """A refusal is said on the page with what was typed, and recorded."""
    file_id, official = opened.investigation.pk, official_of(request)
    if request.method != "POST":
        return redirect("console:linking", file_id)
    try:
        act(official)
    except (CannotLinkError, CannotNoteChannelError, IncompleteError, NotYoursError) as problem:
        refused(investigation_id=file_id, code=str(problem), official_id=official.pk)
        return _page(request, opened, problem=str(problem), status=409)
    return redirect("console:linking", file_id)


def _page(request: HttpRequest, opened: OpenFile, *, problem: str = "", status: int = 200) -> HttpResponse:
    file, official, now = opened.investigation, official_of(request), clock.now()
    typed = queries.identifiers_of(opened)
    registry = channels_with(one.row.digest for one in typed if one.row.kind == Kind.CHANNEL)
    places = queries.places_of(file.pk)
    same = queries.same_pictures(file.pk)
    what: dict[UUID, str] = {one.row.pk: one.text for one in typed}
    what |= {one.pk: one.sighting.page_url for one in places}
    shared = queries.shared_with(file.pk, official.pk)
    shown: dict[str, Any] = {
        "file": file,
        "name": opened.name,
        "is_closed": file.state == State.CLOSED,
        "shared": [
            {"by": BY[one.by], "what": what.get(one.what_id, ""), "ask": one.ask.get_username(),
             "other_id": one.other_id, "is_read": one.is_read}
            for one in shared
        ],
        "is_news": any(not one.is_read for one in shared),
        "places": [
            {
                "id": one.pk,
                "sighting": one.sighting,
                "operator": one.sighting.operator,
                "seen_at": len(same[one.sighting_id]),
                "people": people_words(_people_of(same[one.sighting_id])),
                "added": moment(one.added_at, now=now),
            }
            for one in places
        ],
        "identifiers": [
            {
                "id": one.row.pk,
                "kind": KINDS[Kind(one.row.kind)],
                "text": one.text,
                "service": one.service,
                "added": moment(one.row.added_at, now=now),
                "registered": registry.get(one.row.digest),
            }
            for one in typed
        ],
        "operators": list(operators()),
        "seen_ons": list(SEEN_ON.items()),
        "today": timezone.localdate(now).isoformat(),
        "sent": request.POST if problem else {},
        "problem": linking_refusal(problem) if problem else "",
    }  # fmt: skip
    return render(request, "console/investigation/linking.html", shown, status=status)


def _people_of(sighting_ids: set[UUID]) -> int:
    known = {entry for sighting_id in sighting_ids for entry in known_at(sighting_id)}
    return people_with(sighting_ids, known_ids=known)
