"""What was decided is judged again by somebody who does not know it, and what follows where they see it differently."""

from dataclasses import replace
from uuid import UUID

from haetae.agencies.looks import queries as looks
from haetae.agencies.second_looks import actions as second
from haetae.agencies.second_looks import queries as seconds
from haetae.agencies.second_looks.blinding import as_it_waited
from haetae.agencies.second_looks.models import SecondLook
from haetae.agencies.second_looks.states import Of
from haetae.audit.models import Event
from haetae.flow.assessment import queries as assessments
from haetae.flow.removal import queries as requests
from haetae.flow.removal.states import DECIDED, MOVES
from haetae.flow.removal.states import State as Request
from haetae.flow.review import actions as review
from haetae.flow.review import queries as reviews
from haetae.flow.review.states import Because
from haetae.flow.steps.weighing import urgency_at
from haetae.flow.tasks import actions as tasks
from haetae.flow.tasks import queries as waiting
from haetae.flow.tasks.states import Kind, Outcome
from haetae.flow.urgency import risk_of


def put_before_another(event: Event) -> None:
    """What was drawn stands among what waits, for everybody but those who have had to do with it."""
    look = seconds.get_second_look(event.subject_id)
    examined = look.assessment
    why = _why_not(look)
    if why is not None:
        second.not_opened(look_id=look.pk, why=why)
        return
    risk = risk_of(reason["code"] for reason in as_it_waited(examined).reasons)
    task = tasks.open_second(
        subject_id=examined.pk,
        sighting_id=examined.sighting_id,
        urgency=replace(urgency_at(examined.sighting_id), law_ends_at=None, risk=risk),
        since=examined.examined_at or examined.opened_at,
        not_by=_had_to_do_with(examined.sighting_id),
    )
    if task is None:
        second.not_opened(look_id=look.pk, why="judged_anyway")
    else:
        second.opened(look_id=look.pk, task=task)


def compare(event: Event) -> None:
    """Both words stand beside each other."""
    look = seconds.of_task(event.subject_id)
    said = Outcome(str(event.facts["outcome"]))
    second.compare(look_id=look.pk, said=said, official_id=UUID(event.actor_id))


def have_it_decided(event: Event) -> None:
    """Two see it differently. Nothing is done by that: a third person judges, as of anything that is in doubt.

    What the commission has decided by the majority of all seats stands until somebody objects.
    """
    look = seconds.get_second_look(event.subject_id)
    place = look.assessment.sighting_id
    if look.of == Of.DECIDED or _why_not(look) is not None:
        return
    if look.first == Outcome.LEAVE:
        tasks.open_task(
            kind=Kind.JUDGE,
            subject_id=look.assessment_id,
            sighting_id=place,
            not_by=[*_had_to_do_with(place), *filter(None, [look.first_by, look.said_by])],
        )
        return
    newest = requests.latest_by_sighting([place]).get(place)
    if newest is not None and MOVES[Request(newest.state)] & DECIDED:
        review.open_review(request_id=newest.pk, sighting_id=place, because=Because.SECOND_LOOK)


def _why_not(look: SecondLook) -> str | None:
    place = look.assessment.sighting_id
    newest = assessments.latest_by_sighting([place]).get(place)
    if newest is None or newest.pk != look.assessment_id:
        return "examined_anew"
    if reviews.in_review([place]):
        return "in_review"
    return None


def _had_to_do_with(sighting_id: UUID) -> set[UUID]:
    """Who has ended a task there, looked, proposed or voted."""
    looked = looks.of_sightings([sighting_id]).values_list("official_id", flat=True)
    return {*waiting.had_to_do_with(sighting_id), *looked, *reviews.had_to_do_with(sighting_id)}
