"""What only a person can settle, and what follows when they have."""

from uuid import UUID

from haetae.agencies.looks import queries as looks
from haetae.agencies.looks.rules import may_rise
from haetae.audit.actor import SYSTEM, Actor
from haetae.audit.models import Event
from haetae.common import clock
from haetae.detect.finding import Verdict
from haetae.detect.matching import Tier
from haetae.flow.assessment import actions as assessment
from haetae.flow.assessment import queries as assessments
from haetae.flow.deadlines.queries import is_ahead
from haetae.flow.deadlines.states import Kind as Due
from haetae.flow.delivery import actions as delivery
from haetae.flow.removal import actions as removal
from haetae.flow.steps.asking import basis_at, is_of_a_minor
from haetae.flow.steps.referring import ask_the_operator
from haetae.flow.steps.terms import lift_by_hand
from haetae.flow.steps.weighing import weigh, weigh_all_of_the_picture
from haetae.flow.tasks import actions as tasks
from haetae.flow.tasks import queries as waiting
from haetae.flow.tasks.states import Kind, Outcome
from haetae.hashbank import actions as hashbank
from haetae.hashbank import queries as bank
from haetae.hashbank.sources import queries as sources


def call_a_person(event: Event) -> None:
    """Only a person can say whether to ask the operator: they get it as a task."""
    found = assessments.get_assessment(event.subject_id)
    if not assessments.is_held_as_newest(found.pk):
        return  # the newer one asks, if it has to
    if ask_the_operator(found.sighting_id):
        return  # the police have seen it, and their word asks
    if is_ahead(found.pk, Due.EXAMINE_AGAIN, at=clock.now()):
        return  # the machine tries again first
    before = assessments.round_before(found)
    # What spoke for it before is not lost because this look told nothing.
    if found.reported or Verdict.REVIEW in {found.state, before.state if before else ""}:
        since = waiting.waited_since(before.pk, sighting_id=found.sighting_id) if before else None
        tasks.open_task(kind=Kind.JUDGE, subject_id=found.pk, sighting_id=found.sighting_id, since=since)


def believe_what_was_seen(event: Event) -> None:
    """An official has seen the published picture and says that it is the match: what it surely is known as may rise."""
    if looks.is_second(event.subject_id):
        return
    found = assessments.get_assessment(UUID(str(event.facts["assessment"])))
    could = bank.may_rise(looks.sure_matches(found), to=Tier.COUNSELLOR_CHECKED)
    rising = [known for known in could if may_rise(said=looks.words_on(known))]
    seen_by = Actor(kind="official", id=event.actor_id)
    hashbank.raise_tier(known_ids=rising, tier=Tier.COUNSELLOR_CHECKED, saw_the_match=True, actor=seen_by)


def protect_what_was_seen(event: Event) -> None:
    """Seen before a decision: where somebody in it looks like a minor, all that waits about it comes first."""
    if event.facts["minor"]:
        weigh_all_of_the_picture(UUID(str(event.facts["sighting"])))


def examine_what_lies_there(event: Event) -> None:
    """Another picture lies at the place than the one to be judged: that one is examined, and asks anew if it has to."""
    if event.facts["code"] == "another_picture" and looks.get_look(event.subject_id).task_id is not None:
        before = UUID(str(event.facts["assessment"]))
        if assessment.examine_another(sighting_id=UUID(str(event.facts["sighting"])), before=before):
            tasks.resolve(subject_id=before)


def put_in_turn(event: Event) -> None:
    """A person is needed: the task takes its place among all that wait."""
    task = waiting.get_task(event.subject_id)
    if task.sighting_id is not None:
        weigh(task.sighting_id)


def look_at_a_list(event: Event) -> None:
    """More hashes came in at once than anybody could have checked: a person looks before any of them counts."""
    tasks.open_task(kind=Kind.LIST_FLOODED, subject_id=event.subject_id)


def ask_about_a_source(event: Event) -> None:
    """A list that we fetch has not come for a day, and no withdrawal with it: a person finds out why."""
    if sources.is_silent(event.subject_id):
        tasks.open_task(kind=Kind.SOURCE_SILENT, subject_id=event.subject_id)


def ask_about_canaries(event: Event) -> None:
    """Harmless pictures of ours would have been asked for: a person finds out which list or model did it."""
    tasks.open_task(kind=Kind.CANARY, subject_id=event.subject_id)


def ask_no_more_about_a_source(event: Event) -> None:
    """It comes again, or is fetched no more."""
    tasks.resolve(subject_id=event.subject_id)


def act_on_task(event: Event) -> None:
    """A person has ended a task: what they chose happens."""
    subject_id = UUID(str(event.facts["for"]))
    if event.facts["outcome"] == Outcome.SEND_AGAIN:
        delivery.revive(delivery_id=subject_id)
    elif event.facts["outcome"] == Outcome.RESTORE:
        lift_by_hand(subject_id, official_id=UUID(event.actor_id))
    elif event.facts["outcome"] == Outcome.RELEASE:
        hashbank.release_list(list_id=subject_id, actor=SYSTEM)
    elif event.facts["outcome"] == Outcome.ASK:
        found = assessments.get_assessment(subject_id)
        removal.request_deletion(
            sighting_id=found.sighting_id,
            assessment_id=found.pk,
            legal_basis=basis_at(found.sighting_id),
            minor_protected=is_of_a_minor(found),
        )
