"""From a report or a watched page to an examined picture."""

from typing import Final
from uuid import UUID

from haetae.audit.models import Event
from haetae.common import jobs
from haetae.flow.arrival import queries as arrival
from haetae.flow.arrival.states import Source
from haetae.flow.assessment import actions as assessment
from haetae.flow.assessment import queries as assessments
from haetae.flow.assessment.states import State
from haetae.flow.by_hand import actions as by_hand
from haetae.flow.removal import queries as requests
from haetae.flow.removal.states import State as Request
from haetae.flow.review import actions as review
from haetae.flow.review import queries as reviews
from haetae.flow.review.states import Because
from haetae.flow.steps.reaching import follow_what_stands
from haetae.flow.steps.weighing import weigh
from haetae.flow.verification import actions as verification

_EXAMINE: Final = "haetae.assessment.examine"


def look_up_link(event: Event) -> None:
    """A reported link is looked up, and counted for its host."""
    report = arrival.get_report(event.subject_id)
    by_hand.count_report(link=report.link, at=report.received_at)
    behind = arrival.stands_behind(event.subject_id)
    jobs.defer(
        "haetae.arrival.look_up",
        priority=jobs.BEYOND_A_SHARE if behind else None,
        report_id=str(event.subject_id),
    )


def assess_sighting(event: Event) -> None:
    """A new place is examined; one that is known and was reported now, if that is news."""
    _examine_if_new(event.subject_id)


def take_report_seriously(event: Event) -> None:
    """A person reports a known place: examined if that is news, looked at now, or an objection to what may stay."""
    newest = requests.latest_by_sighting([event.subject_id]).get(event.subject_id)
    if newest is None:
        assess_sighting(event)
    elif Request(newest.state) is not Request.NOT_HARMFUL:
        verification.look_now(request_id=newest.pk)
    elif not reviews.has_been_objected(newest.pk):
        review.open_review(request_id=newest.pk, sighting_id=event.subject_id, because=Because.OBJECTION)
    weigh(event.subject_id)


def judge_by_the_other_answer(event: Event) -> None:
    """Somebody says otherwise who is in the picture: examined again, unless the operator is asked already."""
    for sighting in arrival.get_report(event.subject_id).sightings.order_by("found_at"):
        if not requests.latest_by_sighting([sighting.pk]):
            _examine_if_new(sighting.pk)


def judge_by_what_stands(event: Event) -> None:
    """Somebody has taken back what they said, or says it again: examined anew, unless the operator is asked already."""
    for sighting in arrival.get_report(event.subject_id).sightings.order_by("found_at"):
        newest = requests.latest_by_sighting([sighting.pk]).get(sighting.pk)
        if newest is not None:
            follow_what_stands(requests.get_request(newest.pk))
            continue
        assessment.judge_anew(
            sighting_id=sighting.pk,
            reported=arrival.is_reported(sighting.pk),
            for_depicted=arrival.is_for_depicted(sighting.pk),
        )


def _examine_if_new(sighting_id: UUID) -> None:
    reported, for_depicted = arrival.is_reported(sighting_id), arrival.is_for_depicted(sighting_id)
    opened = assessment.open_assessment(sighting_id=sighting_id, reported=reported, for_depicted=for_depicted)
    latest = assessments.latest_by_sighting([sighting_id]).get(sighting_id)
    if opened is None and reported and latest is not None and State(latest.state) is State.OPEN:
        # It waits behind what people wait for, and a person waits for it now.
        jobs.defer_unless_waiting(
            _EXAMINE, waiting_as=f"examine {latest.pk}", priority=jobs.AHEAD, assessment_id=str(latest.pk)
        )


def examine(event: Event) -> None:
    """An open examination is made: what a person reported first, the first one of what watching found last."""
    opened = assessments.get_assessment(event.subject_id)
    is_a_find = not opened.reported and opened.round == 1 and opened.sighting.source == Source.WATCH
    if is_a_find:
        lane: int | None = jobs.BEHIND
    elif opened.reported:
        lane = jobs.BEYOND_A_SHARE if arrival.is_behind(opened.sighting_id) else jobs.AHEAD
    else:
        lane = None
    jobs.defer(_EXAMINE, priority=lane, assessment_id=str(opened.pk))


def examine_again(assessment_id: UUID) -> None:
    """The pause after a picture that could not be fetched is over: it is tried again."""
    assessment.open_again(assessment_id=assessment_id)


def look_back(event: Event) -> None:
    """Something is known from now on: what was left alone before is held against it."""
    # One that waits already looks from an earlier version on, so at this one too.
    version = int(event.facts["version"])
    jobs.defer_unless_waiting("haetae.assessment.look_back", waiting_as="look_back", version=version)


def judge_again(event: Event) -> None:
    """What is known carries more weight: the places that matched it are examined again, without another person."""
    jobs.defer("haetae.assessment.judge_again", entry_id=str(event.subject_id))
