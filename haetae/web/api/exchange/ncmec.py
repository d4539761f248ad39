"""Status, members, entries, reasons and votes, as the clients of NCMEC's hash sharing call them."""

from datetime import timedelta
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from haetae.accounts.models import KeyScope, Partner
from haetae.common import clock
from haetae.common.wires import LAST_SECOND, BadWireError, moment_of
from haetae.hashbank.exchange import actions, ncmec, queries
from haetae.hashbank.exchange.ncmec import Fingerprint
from haetae.hashbank.exchange.places import place_of
from haetae.hashbank.exchange.queries import Entry, Wanted
from haetae.hashbank.exchange.reading import Said
from haetae.hashbank.states import Wire
from haetae.web.access import Door, for_partners
from haetae.web.api import answers
from haetae.web.api.exchange.items import items_of

_PAGE: Final = 1_000
_SECOND: Final = timedelta(seconds=1)
_LAST: Final = moment_of(LAST_SECOND, field="to")  # no moment comes after it: "to the end of time"
_CLOCKS_DIFFER: Final = timedelta(minutes=15)
_KINDS: Final = frozenset(map(str, Fingerprint))
_ANY: Final = (KeyScope.LISTS_READ, KeyScope.LISTS_WRITE)


@require_GET
@for_partners(Door.NCMEC, *_ANY)
def status(request: HttpRequest, *, partner: Partner) -> HttpResponse:
    """Who asks."""
    address = request.META.get("REMOTE_ADDR") or ""
    return _xml(ncmec.status(reader=partner.name, address=address))


@require_GET
@for_partners(Door.NCMEC, *_ANY)
def members(_: HttpRequest, *, partner: Partner) -> HttpResponse:
    """Whoever is named on this wire: we, another, and the one who asks."""
    return _xml(ncmec.members(reader=partner.name))


@require_GET
@for_partners(Door.NCMEC, KeyScope.LISTS_READ)
def entries(request: HttpRequest, *, partner: Partner) -> HttpResponse:
    """One page of what changed between two seconds, both of them included."""
    try:
        wanted = _wanted(request)
        page = actions.hand_over(partner=partner, wanted=wanted)
    except BadWireError as problem:
        return _bad_wire(problem)
    except Error:
        return answers.unanswered(code="database_away", message="The lists cannot be read now.")
    query = {name: request.GET[name] for name in ("from", "to") if name in request.GET}
    next_path = None
    if page.behind is not None:
        next_path = "/v2/entries?" + urlencode({**query, "after": page.behind.word()})
    return _xml(ncmec.entries(items_of(partner, page.entries), reader=partner.name, next_path=next_path))


def _wanted(request: HttpRequest) -> Wanted:
    since = ncmec.time_in(request.GET.get("from"), name="from")
    if since > clock.now() + _CLOCKS_DIFFER:
        words = "It lies in the future. Today's clients write their local time as UTC: run yours with TZ=UTC."
        raise BadWireError("from", words)
    to = None if "to" not in request.GET else ncmec.time_in(request.GET["to"], name="to")
    word = request.GET.get("after", "")
    return Wanted(
        wire=Wire.NCMEC,
        since=since,
        until=None if to is None or to >= _LAST else to + _SECOND,
        most=_PAGE,
        after=place_of(word, field="after") if word else None,
    )


@require_GET
@for_partners(Door.NCMEC, *_ANY)
def reasons(_: HttpRequest, *, partner: Partner, kind: str) -> HttpResponse:  # noqa: ARG001 - every partner's are the same
    """Why a vote may be negative."""
    if kind not in _KINDS:
        return _unknown("type")
    return _xml(ncmec.reasons(Fingerprint(kind)))


# No browser is at the other end and no cookie counts: nothing is sent along by itself.
@csrf_exempt
@require_http_methods(["PUT", "POST"])
@for_partners(Door.NCMEC, KeyScope.LISTS_WRITE)
def feedback(
    request: HttpRequest, *, partner: Partner, member: int, entry_id: UUID, kind: str
) -> HttpResponse:
    """A vote on one entry, by its member, id and kind of hash."""
    try:
        value, tags = ncmec.vote_in(request.body)
    except BadWireError as problem:
        return _bad_wire(problem)
    found = queries.named_by_id(partner, entry_id)
    if member != ncmec.MEMBER or not found or not _has(found[0], kind):
        return _unknown("id")
    said = Said(value="", feedback=value, tags=tags)
    actions.take_vote(partner=partner, entry=found[0], said=said)
    return _xml(ncmec.accepted())


def _has(entry: Entry, kind: str) -> bool:
    held = {Fingerprint.MD5: entry.row.md5, Fingerprint.PDQ: entry.row.pdq}
    return kind in _KINDS and bool(held[Fingerprint(kind)])


def _bad_wire(problem: BadWireError) -> HttpResponse:
    return _refusal(400, "not_understood", problem.field, problem.words)


def _unknown(field: str) -> HttpResponse:
    return _refusal(404, "entry_unknown", field, "This is nothing that you were given or have sent.")


def _refusal(status_code: int, code: str, field: str, words: str) -> HttpResponse:
    return _xml(ncmec.refusal(code=code, field_name=field, words=words), status=status_code)


def _xml(body: bytes, *, status: int = 200) -> HttpResponse:
    return HttpResponse(body, status=status, content_type="application/xml; charset=utf-8")
