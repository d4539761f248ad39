"""Evidence before deletion: what an investigator asked to keep is kept first, and nobody waits for it for long."""

from uuid import UUID

from haetae.agencies.investigation.evidence import queries as evidence
from haetae.agencies.investigation.evidence.capture import actions as capturing
from haetae.agencies.investigation.evidence.models import Evidence
from haetae.agencies.investigation.evidence.rules import deletion_goes_at
from haetae.audit.models import Event
from haetae.common import clock, jobs
from haetae.common.sealed import search_digests_of
from haetae.flow.arrival import queries as arrival
from haetae.flow.delivery import actions as delivery
from haetae.flow.delivery import queries as deliveries
from haetae.flow.delivery.models import Delivery
from haetae.flow.delivery.states import Kind as Said
from haetae.flow.removal import queries as requests
from haetae.flow.tasks import actions as tasks
from haetae.flow.tasks.states import Kind as Needed
from haetae.law.packs import load_pack

# What makes a place disappear. To hide it for now, or to show it again, waits for nothing.
_REMOVES = frozenset({Said.DELETE, Said.REMEDY})


def keep_page(event: Event) -> None:
    """An investigator wants a page kept: it is visited at once. What was handed in as text lies there already."""
    _say_if_asked_before(evidence.get_evidence(event.subject_id))
    jobs.defer("haetae.evidence.capture", evidence_id=str(event.subject_id))


def stamp_it(event: Event) -> None:
    """It is kept: an authority outside confirms since when."""
    jobs.defer("haetae.evidence.stamp", evidence_id=str(event.subject_id))


def stamp_again(evidence_id: UUID) -> None:
    """The authority did not answer, or not with a stamp of this: it is asked again."""
    jobs.defer("haetae.evidence.stamp", evidence_id=str(evidence_id))


def let_deletion_go(event: Event) -> None:
    """It is sealed, or could not be kept: what waited for it goes out now."""
    kept = evidence.get_evidence(event.subject_id)
    _say_if_asked_before(kept)
    delivery.end_wait(sighting_ids=arrival.sightings_by_digests(kept.place_digests))


def call_custodians(event: Event) -> None:
    """What was kept is not what it was: its custodians are called."""
    tasks.open_task(kind=Needed.EVIDENCE_DAMAGED, subject_id=event.subject_id)


def waits_for_evidence(said: Delivery) -> bool:
    """Whether this waits until the place was kept; if so, it has been planned for when the wait is over."""
    if Said(said.kind) not in _REMOVES:
        return False
    place = arrival.get_sighting(said.sighting_id)
    # By the addresses themselves: what was kept for them may lie under an older key than the place does.
    digests = list(search_digests_of([place.media_url, place.page_url]))
    kept, first = evidence.waited_for_at(digests), evidence.first_wait_at(digests)
    if kept is None or first is None:
        return False
    request, now = requests.latest_by_sighting([place.pk]).get(place.pk), clock.now()
    goes_at = deletion_goes_at(
        held_until=first,  # a second word about another address of the same place makes nobody wait again
        requested_at=request.requested_at if request else said.waiting_since,
        may_be_a_minor=request is None or request.minor_protected,
        waits_for_minors=load_pack().evidence.deletion_waits_for_minors.as_timedelta(),
    )
    if goes_at <= now:
        capturing.overtaken(evidence_id=kept.pk)
        return False
    delivery.wait_until(delivery_id=said.pk, moment=goes_at)
    return True


def _say_if_asked_before(kept: Evidence) -> None:
    """Its operator was asked to delete it before it was sealed: whoever reads the evidence is told."""
    for place_id in arrival.sightings_by_digests(kept.place_digests):
        if deliveries.was_ever_said(place_id, kinds=_REMOVES):
            capturing.overtaken(evidence_id=kept.pk)
