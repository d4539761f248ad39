"""Everything that writes when the commission is asked by a state body (ICT Act 44-7(4))."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.audit.actions import Fact, record
from haetae.audit.actor import Actor
from haetae.common import clock
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis, Kind
from haetae.flow.review import actions as review
from haetae.flow.review import queries
from haetae.flow.review.models import Review
from haetae.flow.review.states import Because
from haetae.law.packs import load_pack


@transaction.atomic
def ask_commission(
    *, request_id: UUID, sighting_id: UUID, agency: str, actor: Actor, since: datetime | None = None
) -> UUID:
    """A review is opened, or the one that is undecided there is asked for as well; asked twice, it is asked once.

    From the first time on the law's own term runs, beside our target. `agency` is the key of the agency that asks,
    `since` when it did; now, if it asks at this moment.
    """
    review.open_review(request_id=request_id, sighting_id=sighting_id, because=Because.ASKED)
    review_id = queries.undecided_at(sighting_id)
    assert review_id is not None
    found = Review.objects.select_for_update().get(pk=review_id)
    if found.asked_by:
        return review_id
    found.asked_by = agency
    found.save(update_fields=["asked_by"])
    pack, step = load_pack(settings.JURISDICTION), load_pack(settings.JURISDICTION).asked_review
    assert step.within is not None
    deadlines.set_deadline(
        kind=Kind.DECIDE,
        subject_id=review_id,
        basis=Basis.LEGAL,
        source=f"{step.source.key} {step.article}",
        due_at=pack.due_at(start=since or clock.now(), duration=step.within),
    )
    facts: dict[str, Fact] = {"agency": agency, "because": found.because}
    record(event="review.asked", subject=found, actor=actor, facts=facts)
    return review_id
