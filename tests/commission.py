"""The review commission at work, for stories that need a decision and are about something else."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from haetae.accounts.actions import seat_official
from haetae.accounts.models import Official
from haetae.accounts.permissions import Role
from haetae.audit.actor import SYSTEM
from haetae.flow.hearings import actions as hearings
from haetae.flow.hearings.states import About, Party, Unheard
from haetae.flow.review.commission.actions import vote
from haetae.flow.review.commission.queries import COMMISSION, ballots
from haetae.flow.review.queries import get_review
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State
from tests import people

LONG_AGO = date(2026, 1, 1)
STATEMENT = "The picture was edited without the consent of the person in it."
# As many as must agree. The other seats are filled where a story is about them.
_MAJORITY = 5


def seat(person: people.Person, role: Role = Role.COMMISSION_MEMBER, *, agency: str = COMMISSION) -> Official:
    """In office long before any day on which a story plays."""
    return seat_official(username=person.name, role=role, agency=agency, since=LONG_AGO, actor=SYSTEM)


def seat_commission(count: int = _MAJORITY) -> list[Official]:
    """So many members, the chair first; those who sit already stay."""
    return [seat(person) for person in (people.CHAIR, *people.MEMBERS)[:count]]


def leave_out_hearing(review_id: UUID, *, official: Official | None = None) -> None:
    """The secretariat records the law's exception: it was urgent."""
    review = get_review(review_id)
    by = official or seat(people.REVIEWER, Role.REVIEWER)
    hearings.leave_out(
        about=About.REVIEW,
        subject_id=review_id,
        party=Party.OPERATOR,
        operator=review.sighting.operator,
        why=Unheard.URGENT,
        note="It spreads from hour to hour.",
        official_id=by.pk,
    )


def commission_decides(
    review_id: UUID,
    *,
    decision: State,
    reason: Reason,
    statement: str = STATEMENT,
    members: Sequence[Official] | None = None,
) -> State | None:
    """A majority votes for it, one after another; nobody is heard, because it is urgent."""
    if decision is not State.NOT_HARMFUL and ballots(get_review(review_id)).hearing == "not_heard":
        leave_out_hearing(review_id)
    decided = None
    for member in members or seat_commission():
        decided = vote(
            review_id=review_id,
            member_id=member.pk,
            decision=decision,
            reason=reason,
            statement=statement,
            round_=ballots(get_review(review_id)).round,
        )
    return decided
