"""Where the operator is unsure or refuses: hidden for now, decided by the regulator's side, removed or shown again."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from haetae.accounts.queries import may_block_for
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.common import clock
from haetae.detect.alike import alike
from haetae.detect.matching import Tier
from haetae.flow.assessment.models import Assessment
from haetae.flow.delivery import actions as delivery
from haetae.flow.delivery.states import Kind as Said
from haetae.flow.remedies import actions as remedies
from haetae.flow.remedies.states import Ended
from haetae.flow.removal import actions as removal
from haetae.flow.removal import queries as requests
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.rules import Depicts
from haetae.flow.removal.states import TAKEN_DOWN, Ordered
from haetae.flow.review import actions as review
from haetae.flow.review import queries as reviews
from haetae.flow.review.block import actions as block
from haetae.flow.review.models import ProvisionalBlock, Review
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import Because, By
from haetae.flow.steps.asking import hand_over, people_decide_at
from haetae.flow.steps.reaching import block_access, reach
from haetae.flow.steps.weighing import weigh, weigh_all_of_the_picture
from haetae.flow.verification import actions as verification
from haetae.flow.verification.states import Purpose
from haetae.hashbank import actions as hashbank
from haetae.hashbank import queries as bank
from haetae.hashbank.rules import entry_of
from haetae.operators.appeals import actions as appeals


def open_review(event: Event) -> None:
    """The operator is unsure: the regulator's side decides, in a new review or in the one that is open there."""
    request = requests.get_request(event.subject_id)
    opened = review.open_review(
        request_id=request.pk, sighting_id=request.sighting_id, because=Because.UNSURE
    )
    if opened is None and reviews.running_block(request.sighting_id) is None:
        _block_for_now(request)  # it was opened when nothing was in doubt yet


def review_refusal(event: Event) -> None:
    """The operator refuses: the regulator's side decides, and we look, because it may go without a word."""
    request = requests.get_request(event.subject_id)
    verification.plan_probes(request_id=request.pk)
    reach(request)  # where it refuses what was decided
    review.open_review(request_id=request.pk, sighting_id=request.sighting_id, because=Because.REFUSED)


def block_for_now(event: Event) -> None:
    """While it is reviewed nobody should see it: hidden by the operator, by us in its name, or a person sees to it."""
    found = reviews.get_review(event.subject_id)
    weigh(found.sighting_id)
    if found.because != Because.UNSURE:
        return  # who refuses or objects has not asked for a block
    _block_for_now(found.request)


def ask_to_block(event: Event) -> None:
    """Under its delegation the operator's system is asked to hide it for now."""
    hand_over(_open(Said.BLOCK, reviews.get_block(event.subject_id)))


def see_it_hidden(event: Event) -> None:
    """The operator says that nobody can see it: we look."""
    found = reviews.get_block(event.subject_id)
    verification.plan_probes(request_id=found.request_id, purpose=Purpose.BLOCK)


def see_it_hidden_for_good(event: Event) -> None:
    """Hidden and not removed: no term runs any more, and we look. Where nobody ordered that, it is reviewed."""
    request = requests.get_request(event.subject_id)
    block.make_lasting(sighting_id=request.sighting_id)
    verification.plan_probes(request_id=request.pk, purpose=Purpose.BLOCK)
    if request.ordered != Ordered.BLOCK_ACCESS:
        review.open_review(
            request_id=request.pk, sighting_id=request.sighting_id, because=Because.HIDDEN_ONLY
        )


def order_removal(event: Event) -> None:
    """Decided to remove: the operator gets the decision, and the picture is known from now on wherever it appears."""
    found = reviews.get_review(event.subject_id)
    _order(found, Ordered.REMOVE)


def order_block(event: Event) -> None:
    """Decided to block access: the operator gets the decision, and so do the access providers."""
    found = reviews.get_review(event.subject_id)
    ordered = _order(found, Ordered.BLOCK_ACCESS)
    if ordered is not None:
        block_access(requests.get_request(ordered))


def give_it_back(event: Event) -> None:
    """Decided not harmful: nothing more is asked, what is hidden is shown again, what called it known acts no more."""
    found = reviews.get_review(event.subject_id)
    newest = requests.latest_by_sighting([found.sighting_id])[found.sighting_id]
    objected = appeals.decide(review_id=found.pk, upheld=True)
    was_taken_down = objected or newest.state in TAKEN_DOWN
    removal.let_be(request_id=newest.pk)
    remedies.withdraw(sighting_id=found.sighting_id, because=Ended.NOT_HARMFUL)
    if reviews.reason_of(found.pk) == Reason.LAWFUL:
        _dispute(found.request.assessment, decided_anew=objected)
    running, others = reviews.running_block(found.sighting_id), others_with(found.request.assessment)
    if running is not None:
        block.lift(block_id=running.pk, others=others)
    elif was_taken_down:
        verification.stop_looking(request_id=newest.pk, purpose=Purpose.REMOVAL)
        block.bring_back(request_id=newest.pk, sighting_id=found.sighting_id, others=others)
    show_what_was_kept(found.request.assessment)


def show_what_was_kept(ended: Assessment) -> None:
    """What only another case with this picture kept hidden is shown again when there is none any more."""
    for kept in reviews.kept_blocks().filter(request__assessment__lineage=ended.lineage_id):
        if not reviews.in_review([kept.sighting_id]) and not others_with(kept.request.assessment):
            block.lift(block_id=kept.pk, others=[])


def ask_to_restore(event: Event) -> None:
    """The operator's system is asked to show it again."""
    found = reviews.get_block(event.subject_id)
    verification.stop_looking(request_id=found.request_id, purpose=Purpose.BLOCK)
    hand_over(_open(Said.RESTORE, found))


def see_it_back(event: Event) -> None:
    """The operator says that it is back: we look."""
    found = reviews.get_block(event.subject_id)
    verification.plan_probes(request_id=found.request_id, purpose=Purpose.RESTORE)


def see_whether_it_is_back(event: Event) -> None:
    """Nobody could be asked to show it again: we look, because it may never have been hidden."""
    if event.facts["code"] != "seen_gone":
        see_it_back(event)


def late(review_id: UUID) -> None:
    """The term for a decision is up: people are told."""
    review.mark_late(review_id=review_id)


def not_seen_back(block_id: UUID) -> None:
    """The operator says that it is back, and we have not seen it in time: people are told."""
    block.not_seen_back(block_id=block_id)


def _block_for_now(request: DeletionRequest) -> None:
    delegated = may_block_for(request.sighting.operator, day=timezone.localdate(clock.now()))
    # Where people decide, whoever holds the task sees to it.
    may_hide = delegated and not people_decide_at(request)
    by = By.OPERATOR if request.operator_blocked else By.US if may_hide else None
    block.begin_block(request_id=request.pk, sighting_id=request.sighting_id, by=by)


def _order(found: Review, ordered: Ordered) -> UUID | None:
    """What is hidden stays hidden, nothing of ours shows it again, and the operator gets the decision."""
    appeals.decide(review_id=found.pk, upheld=False)
    _make_known(found.request.assessment)
    for earlier in requests.of_sighting(found.sighting_id):
        verification.stop_looking(request_id=earlier.pk, purpose=Purpose.RESTORE)
    block.make_lasting(sighting_id=found.sighting_id)
    reason = reviews.reason_of(found.pk)
    # One member of the majority who sees a minor is enough, whatever ground most of them gave.
    minor = reason == Reason.MINOR or reviews.decided_about_a_minor(found.request.assessment.lineage_id)
    new_request = removal.order_after_review(
        request_id=found.request_id,
        review_id=found.pk,
        ordered=ordered,
        depicts=Depicts(minor=minor, manipulated=reason == Reason.MANIPULATED),
    )
    if minor:
        weigh_all_of_the_picture(found.sighting_id)
    return new_request


def _dispute(assessment: Assessment, *, decided_anew: bool) -> None:
    """What called a lawful picture known acts by itself no more.

    An earlier decision is not undone by a later one about another place, but by one on the objection to it.
    """
    known = [signal["facts"] for signal in assessment.signals if signal["kind"] == "known_hash"]
    doubted = {
        UUID(str(facts["entry_id"]))
        for facts in known
        if decided_anew or int(facts["tier"]) < Tier.REGULATOR_DECIDED
    }
    if decided_anew:
        doubted |= set(bank.known_by_bytes(str(assessment.fingerprints.get("sha256") or "")))
    for known_id in sorted(doubted):
        hashbank.dispute_known_picture(known_id=known_id, actor=SYSTEM)


def _open(kind: Said, found: ProvisionalBlock) -> UUID:
    return delivery.open_delivery(
        kind=kind,
        subject_id=found.pk,
        sighting_id=found.sighting_id,
        operator=found.sighting.operator,
        anew=True,
    ).pk


def others_with(assessment: Assessment) -> list[UUID]:
    """Open requests about other places whose picture is this one."""
    open_ones = {str(other.pk): other for other in requests.open_requests()}
    among: list[tuple[str, Mapping[str, Any]]] = [
        (name, other.assessment.fingerprints)
        for name, other in open_ones.items()
        if other.sighting_id != assessment.sighting_id
    ]
    return [open_ones[name].pk for name in alike(assessment.fingerprints, among=among)]


def _make_known(assessment: Assessment) -> None:
    """What the regulator's side has decided is found by itself from now on, wherever it appears."""
    prints = assessment.fingerprints
    if prints.get("sha256"):
        entry = entry_of(prints, seen=assessment.media, tier=Tier.REGULATOR_DECIDED)
        hashbank.make_known(list_name="decided", entry=entry, actor=SYSTEM)
