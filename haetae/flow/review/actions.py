"""Everything that writes about reviews. How one is voted on stands in commission/, what is hidden in block/."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.audit.actions import record
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.states import check_move
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis, Kind
from haetae.flow.hearings import actions as hearings
from haetae.flow.review.commission.rules import BINDING, MUST_BE_HEARD
from haetae.flow.review.models import Review
from haetae.flow.review.states import MOVES, UNDECIDED, Because, State
from haetae.flow.tasks import actions as tasks
from haetae.flow.tasks.states import Kind as Why
from haetae.flow.urgency import NO_TERM, Urgency
from haetae.law.packs import load_pack


@transaction.atomic
def open_review(*, request_id: UUID, sighting_id: UUID, because: Because) -> UUID | None:
    """A contested request goes to the regulator's side; None when one about this place is undecided already.

    One that was opened for an objection has this reason, too, and is no longer over when that is taken back.
    """
    undecided = Review.objects.select_for_update().filter(
        sighting_id=sighting_id, state__in=sorted(UNDECIDED)
    )
    running = undecided.first()
    if running is not None:
        if running.because == Because.APPEAL:
            running.because = because
            running.save(update_fields=["because"])
        return None
    now = clock.now()
    review = Review.objects.create(
        request_id=request_id, sighting_id=sighting_id, because=because, opened_at=now, changed_at=now
    )
    pack = load_pack(settings.JURISDICTION)
    deadlines.set_deadline(
        kind=Kind.DECIDE,
        subject_id=review.pk,
        basis=Basis.POLICY,
        source=pack.review.source.key,
        due_at=pack.due_at(start=now, duration=pack.review.decide_within),
    )
    record(event="review.opened", subject=review, actor=SYSTEM, facts={"because": str(because)})
    return review.pk


@transaction.atomic
def mark_late(*, review_id: UUID) -> None:
    """Our term for a decision is up: it stays to be decided, and a person is told."""
    review = Review.objects.select_for_update().get(pk=review_id)
    if State(review.state) is State.OPEN:
        _move(review, State.LATE)
        tasks.open_task(kind=Why.REVIEW_LATE, subject_id=review.pk, sighting_id=review.sighting_id)


@transaction.atomic
def end_as_moot(*, sighting_id: UUID, but: Sequence[UUID] = ()) -> None:
    """It is gone: nothing is left to decide, `but` for reviews in which somebody wants it back."""
    undecided = Review.objects.select_for_update().filter(
        sighting_id=sighting_id, state__in=sorted(UNDECIDED)
    )
    for review in undecided.exclude(pk__in=list(but)):
        _end(review)


@transaction.atomic
def drop(*, review_id: UUID) -> None:
    """The objection behind it was taken back. What is contested for another reason stays to be decided."""
    review = Review.objects.select_for_update().get(pk=review_id)
    if review.because == Because.APPEAL and State(review.state) in UNDECIDED:
        _end(review)


def weigh(*, sighting_id: UUID, urgency: Urgency) -> None:
    """What is undecided about this place has its turn by this from now on; part of the step that has gathered it."""
    undecided = Review.objects.filter(sighting_id=sighting_id, state__in=sorted(UNDECIDED))
    undecided.update(law_ends_at=urgency.law_ends_at or NO_TERM, rank=urgency.rank)


def decided(review: Review, decision: State) -> None:
    """The vote that made it so has been cast; part of its transaction. Raises CannotHearError."""
    if decision in BINDING:
        hearings.settle(subject_id=review.pk, required=MUST_BE_HEARD)
    else:
        hearings.close(subject_id=review.pk)
    _move(review, decision)
    deadlines.meet(subject_id=review.pk, kinds=[Kind.DECIDE])
    tasks.resolve(subject_id=review.pk)


def _end(review: Review) -> None:
    hearings.close(subject_id=review.pk)
    _move(review, State.MOOT)
    deadlines.close(subject_id=review.pk, kinds=[Kind.DECIDE])
    tasks.resolve(subject_id=review.pk)


def _move(review: Review, after: State) -> None:
    check_move(MOVES, State(review.state), after)
    review.state = after
    review.changed_at = clock.now()
    review.save(update_fields=["state", "changed_at"])
    record(event=f"review.{after}", subject=review, actor=SYSTEM, facts={"because": review.because})
