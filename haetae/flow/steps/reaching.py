"""Where the operator cannot be asked, or does not follow: to those who stand between the picture and everybody."""

from contextlib import suppress
from datetime import date
from uuid import UUID

from django.utils import timezone

from haetae.accounts.queries import origin_of
from haetae.audit.models import Event
from haetae.common import clock, jobs
from haetae.flow.arrival import queries as arrival
from haetae.flow.arrival.models import Sighting
from haetae.flow.arrival.states import Source
from haetae.flow.delivery import actions as delivery
from haetae.flow.delivery.states import Kind as Said
from haetae.flow.remedies import actions as remedies
from haetae.flow.remedies import queries as asked
from haetae.flow.remedies import rules
from haetae.flow.remedies.models import Remedy
from haetae.flow.remedies.states import SEEN_FROM_OUTSIDE, Ended, Kind
from haetae.flow.removal import queries as requests
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.states import Ordered
from haetae.flow.removal.states import State as Request
from haetae.flow.steps.asking import hand_over, keep_an_eye_on_it, people_decide_at
from haetae.flow.tasks.queries import was_ended_so
from haetae.flow.tasks.states import Outcome
from haetae.flow.verification import actions as verification

# The operator cannot be asked, has let the time pass, or refuses what was decided.
_NOT_FOLLOWED = frozenset({Request.UNDELIVERABLE, Request.OVERDUE})


def look_and_reach(event: Event) -> None:
    """Nobody can be asked to delete it: we look all the same, and ask those who stand between."""
    keep_an_eye_on_it(event)
    reach(requests.get_request(event.subject_id))


def reach_around(event: Event) -> None:
    """The time is up, or the claim was false: those who stand between are asked as well."""
    reach(requests.get_request(event.subject_id))


def reach(request: DeletionRequest) -> None:
    """Ask everybody who stands before this place, each for what it can do. Asked twice, they are asked once."""
    if people_decide_at(request) and not _a_person_asked(request):
        return  # asked for by itself before people decided here: no more is
    refuses_a_decision = bool(request.ordered) and request.state == Request.REFUSED
    if (Request(request.state) in _NOT_FOLLOWED or refuses_a_decision) and _is_wanted(request):
        _ask_all(request, only=None)


def block_access(request: DeletionRequest) -> None:
    """Decided to block access: it is the state's measure, and needs no operator that follows."""
    _ask_all(request, only=Kind.ACCESS_BLOCK)


def reach_through_it(event: Event) -> None:
    """Somebody is known to stand before a place: what waits there in vain is asked of them, too."""
    origin = asked.get_serving(event.subject_id).origin
    for request in requests.not_followed():
        if origin == rules.EVERYWHERE or origin in _origins(request.sighting):
            reach(request)


def ask_intermediary(event: Event) -> None:
    """An intermediary is asked."""
    remedy = asked.get_remedy(event.subject_id)
    said = delivery.open_delivery(
        kind=Said.REMEDY,
        subject_id=remedy.pk,
        sighting_id=remedy.sighting_id,
        operator=remedy.intermediary,
        key=remedy.key,
        anew=True,
    )
    hand_over(said.pk)


def ask_status(remedy_id: UUID) -> None:
    """The intermediary has it and has not decided: it is asked what became of it."""
    remedy = asked.get_remedy(remedy_id)
    lane = f"say:{remedy.intermediary_id}:{remedy.sighting_id.int % 2}"
    jobs.defer("haetae.remedies.ask_status", one_at_a_time=lane, remedy_id=str(remedy_id))


def look_whether_it_helped(event: Event) -> None:
    """An intermediary says that it has acted: we look, where our eyes can tell."""
    remedy = asked.get_remedy(event.subject_id)
    if Kind(remedy.kind) in SEEN_FROM_OUTSIDE:
        newest = requests.latest_by_sighting([remedy.sighting_id])[remedy.sighting_id]
        verification.plan_probes(request_id=newest.pk)


def have_it_undone(event: Event) -> None:
    """It is wanted no more: an intermediary that may have acted is asked to undo it, where that is right."""
    remedy = asked.get_remedy(event.subject_id)
    if remedy.must_be_told:
        hand_over(_lifting(remedy))


def follow_what_stands(request: DeletionRequest) -> None:
    """Whoever reported it has taken that back, or says it again. What somebody did, or what was decided, stays."""
    if _is_wanted(request):
        reach(request)
    else:
        remedies.withdraw(sighting_id=request.sighting_id, because=Ended.STOPPED)


def _ask_all(request: DeletionRequest, *, only: Kind | None) -> None:
    came_back = request.round > 1 and not request.ordered
    for intermediary in asked.standing_before(_origins(request.sighting), day=_today()):
        for kind in rules.wanted_of(intermediary.kind, is_decided=_is_decided(request)):
            if only in {None, kind}:
                remedies.want(
                    sighting_id=request.sighting_id,
                    request_id=request.pk,
                    intermediary=intermediary,
                    kind=kind,
                    came_back=came_back,
                )


def _a_person_asked(request: DeletionRequest) -> bool:
    return bool(request.ordered) or was_ended_so(
        request.assessment_id, sighting_id=request.sighting_id, outcomes=[Outcome.ASK]
    )


def _is_wanted(request: DeletionRequest) -> bool:
    """Whether anybody asks for it: it was decided, found by ourselves, or whoever reported it has not taken it back."""
    by_a_report_alone = request.sighting.source == Source.REPORT and not request.ordered
    return not by_a_report_alone or arrival.is_reported(request.sighting_id)


def _is_decided(request: DeletionRequest) -> bool:
    """Whether the state may have access blocked: that was decided, or a removal was and is not done in time."""
    if request.ordered == Ordered.BLOCK_ACCESS:
        return True
    return request.ordered == Ordered.REMOVE and request.state == Request.OVERDUE


def _lifting(remedy: Remedy) -> UUID:
    return delivery.open_delivery(
        kind=Said.LIFT,
        subject_id=remedy.pk,
        sighting_id=remedy.sighting_id,
        operator=remedy.intermediary,
        anew=True,
    ).pk


def _origins(sighting: Sighting) -> set[str]:
    """Of the page and of the picture, which may lie elsewhere; a link that is no web address has none."""
    found = set()
    for url in (sighting.page_url, sighting.media_url):
        with suppress(ValueError):
            found.add(origin_of(url))
    return found


def _today() -> date:
    return timezone.localdate(clock.now())
