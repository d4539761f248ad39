"""From the votes of a decided review to its statement of reasons."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from haetae.flow.hearings import queries as hearings
from haetae.flow.hearings.states import Party, Unheard
from haetae.flow.hearings.states import State as Hearing
from haetae.flow.review.commission.rules import Ballot, ground_of
from haetae.flow.review.models import Review, Vote
from haetae.flow.review.rules import Reason
from haetae.flow.review.statement import Heard, Statement
from haetae.flow.review.states import DECISIONS, Because, State
from haetae.law.facts import Role
from haetae.law.packs import load_pack


def state_reasons(review: Review) -> Statement | None:
    """None while nothing is decided."""
    decision = State(review.state)
    if decision not in DECISIONS:
        return None
    pack = load_pack(settings.JURISDICTION)
    cast = list(review.votes.filter(round=review.round).order_by("at", "pk"))
    reason = ground_of(
        (Ballot(decision=State(vote.decision), reason=Reason(vote.reason)) for vote in cast),
        decision=decision,
    )
    won = [vote for vote in cast if vote.decision == decision]
    day = timezone.localdate(review.changed_at)
    commission = pack.agency(role=Role.REVIEWER, on=day)
    return Statement(
        review_id=review.pk,
        request_id=review.request_id,
        sighting_id=review.sighting_id,
        operator=review.sighting.operator.name if review.sighting.operator else "",
        because=Because(review.because),
        decision=decision,
        reason=reason,
        reasons=_reasons(won, reason),
        follows_proposal=any(vote.proposal_id for vote in won if vote.reason == reason),
        votes_for=len(won),
        votes_against=len(cast) - len(won),
        recused=review.recusals.count(),
        round=review.round,
        heard=list(_heard(review.pk)),
        law=pack.vote,
        commission_ko=commission.name_ko,
        commission_en=commission.name_en,
        decided_at=review.changed_at,
        decided_on=day,
        object_until=timezone.localdate(
            pack.due_at(start=review.changed_at, duration=pack.appeals.object_within)
        ),
    )


def _reasons(won: Sequence[Vote], reason: Reason) -> Sequence[str]:
    """What was said for the ground that stands, each text once, the proposal before anything else."""
    told = sorted((vote for vote in won if vote.reason == reason), key=lambda vote: vote.proposal_id is None)
    return list(dict.fromkeys(vote.statement for vote in told))


def _heard(review_id: UUID) -> Iterator[Heard]:
    for hearing in hearings.of_subject(review_id):
        exception = Unheard(hearing.exception) if hearing.exception else None
        yield Heard(party=Party(hearing.party), state=Hearing(hearing.state), exception=exception)
