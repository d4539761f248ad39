"""FetchHashes, SubmitHashes and SubmitFeedback, as the clients of StopNCII call them."""

from typing import Final

from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from haetae.accounts.models import KeyScope, Partner
from haetae.common.wires import BadWireError, moment_of, second_of
from haetae.hashbank.actions import CannotEnterError
from haetae.hashbank.exchange import actions, stopncii
from haetae.hashbank.exchange.actions import Page, UnknownHashError
from haetae.hashbank.exchange.places import place_of
from haetae.hashbank.exchange.queries import Wanted
from haetae.hashbank.states import Wire
from haetae.web.access import Door, for_partners
from haetae.web.api import answers
from haetae.web.api.exchange.records import records_of
from haetae.web.api.exchange.refusals import bad_wire, cannot_enter, number_in, unknown_hash

_PAGE: Final = 800
_LARGEST_PAGE: Final = 1_000


@require_GET
@for_partners(Door.STOPNCII, KeyScope.LISTS_READ)
def fetch_hashes(request: HttpRequest, *, partner: Partner) -> JsonResponse:
    """One page of what changed since `startTimestamp`.

    `nextSetTimestamp` is the second of the last record of this page, so that whoever resumes there gets that
    second once more and misses nothing of it. At the end, when that second is over, it is the next one: nothing comes
    into it any more, and who begins behind a tombstone has kept it.
    """
    try:
        start_s = number_in(request, "startTimestamp", default=0)
        word = request.GET.get("nextPageToken", "")
        wanted = Wanted(
            wire=Wire.STOPNCII,
            since=moment_of(start_s, field="startTimestamp"),
            most=min(max(1, number_in(request, "pageSize", default=_PAGE)), _LARGEST_PAGE),
            after=place_of(word, field="nextPageToken") if word else None,
        )
        page = actions.hand_over(partner=partner, wanted=wanted)
    except BadWireError as problem:
        return bad_wire(problem)
    except Error:
        return answers.unanswered(code="database_away", message="The lists cannot be read now.")
    return JsonResponse(
        stopncii.page(
            records_of(partner, page.entries),
            next_token=None if page.behind is None else page.behind.word(),
            next_set_s=_next_set_s(page, wanted, start_s=start_s),
        )
    )


def _next_set_s(page: Page, wanted: Wanted, *, start_s: int) -> int:
    reached = [entry.row.changed_at for entry in page.entries]
    if wanted.after is not None:
        reached.append(wanted.after.changed_at)
    if not reached:
        return start_s
    last_s = second_of(max(reached))
    is_over = page.behind is None and last_s < second_of(page.read_at)
    return last_s + 1 if is_over else last_s


# No browser is at the other end and no cookie counts: the key stands in a header that no other site can fill in.
@csrf_exempt
@require_POST
@for_partners(Door.STOPNCII, KeyScope.LISTS_WRITE)
def submit_hashes(request: HttpRequest, *, partner: Partner) -> JsonResponse:
    """A partner's own hashes, all of them or none."""
    try:
        new, known = actions.submit(partner=partner, batch=stopncii.submitted(request.body))
    except BadWireError as problem:
        return bad_wire(problem)
    except CannotEnterError as problem:
        return cannot_enter(problem)
    return JsonResponse({"count": new + known, "new": new, "known": known})


@csrf_exempt
@require_POST
@for_partners(Door.STOPNCII, KeyScope.LISTS_WRITE)
def submit_feedback(request: HttpRequest, *, partner: Partner) -> JsonResponse:
    """What a partner made of hashes that it was given, all of it or nothing."""
    try:
        count = actions.take_feedback(partner=partner, batch=stopncii.said(request.body))
    except BadWireError as problem:
        return bad_wire(problem)
    except UnknownHashError as problem:
        return unknown_hash(f"hashFeedbacks[{problem.number}].hashValue")
    return JsonResponse({"count": count})
