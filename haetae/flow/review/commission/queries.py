"""Everything that reads about the commission: who sits on a day, and how one vote stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from haetae.accounts.permissions import Role
from haetae.accounts.queries import seats_in
from haetae.common import clock
from haetae.flow.hearings import queries as hearings
from haetae.flow.review.commission import rules
from haetae.flow.review.commission.rules import MUST_BE_HEARD, Outcome, Standing, Tally, Term
from haetae.flow.review.models import Proposal, Recusal, Review, Vote
from haetae.flow.review.queries import undecided
from haetae.flow.review.states import State
from haetae.law.facts import Role as AgencyRole
from haetae.law.packs import load_pack

# The key under which the pack holds the commission by date, whatever it is called on a day.
COMMISSION: Final = str(AgencyRole.REVIEWER)


def today() -> date:
    """The day of the commission's own calendar."""
    return timezone.localdate(clock.now())


def standing(*, on: date | None = None) -> Standing:
    """The commission on a day: its seats, who sits, how many must agree, and since when there are too few."""
    vote = load_pack(settings.JURISDICTION).vote
    return rules.standing(_terms(), on=on or today(), seats=vote.seats, needed=vote.needed)


def needed() -> int:
    """How many must agree, by the law of this installation."""
    return load_pack(settings.JURISDICTION).vote.needed


def places_of(role: Role) -> int | None:
    """How many the law gives a role; None where it names no number."""
    return load_pack(settings.JURISDICTION).vote.seats if role is Role.COMMISSION_MEMBER else None


def members_on(day: date) -> frozenset[UUID]:
    """Who sits in the commission on a day: never more than the law has seats, whatever somebody gave."""
    seats = load_pack(settings.JURISDICTION).vote.seats
    return frozenset(UUID(member) for member in rules.in_office(_terms(), on=day, seats=seats))


def _terms() -> list[Term]:
    rows = seats_in(COMMISSION, role=Role.COMMISSION_MEMBER).order_by("since", "pk")
    return [
        Term(member=str(member), since=since, until=until)
        for member, since, until in rows.values_list("official_id", "since", "until")
    ]


@dataclass(frozen=True, kw_only=True)
class Ballots:
    """One vote as it stands today, without names. `round` is the one that the next vote is cast in.

    A round in which nothing can be agreed on any more is over although its last vote has not been cast: a member may
    have left since.
    """

    round: int
    tally: Tally
    recused: int
    hearing: str | None


def ballots_of(reviews: Iterable[Review]) -> dict[UUID, Ballots]:
    """How each of these votes stands, in four questions to the database for all of them together."""
    found = list(reviews)
    ids = [review.pk for review in found]
    members, must_agree = members_on(today()), needed()
    votes: dict[tuple[UUID, int], dict[UUID, State]] = {}
    for review_id, round_, member, decision in Vote.objects.filter(review_id__in=ids).values_list(
        "review_id", "round", "official_id", "decision"
    ):
        votes.setdefault((review_id, round_), {})[member] = State(decision)
    recused: dict[UUID, set[UUID]] = {}
    for review_id, member in Recusal.objects.filter(review_id__in=ids).values_list(
        "review_id", "official_id"
    ):
        recused.setdefault(review_id, set()).add(member)
    heard = hearings.why_not_act_on(ids, required=MUST_BE_HEARD)
    return {
        review.pk: _ballots(
            review.round,
            votes.get((review.pk, review.round), {}),
            may_vote=members - recused.get(review.pk, set()),
            must_agree=must_agree,
            recused=len(recused.get(review.pk, ())),
            hearing=heard[review.pk],
        )
        for review in found
    }


def ballots(review: Review) -> Ballots:
    return ballots_of([review])[review.pk]


def _ballots(
    round_: int, cast: dict[UUID, State], *, may_vote: frozenset[UUID], must_agree: int, recused: int,
    hearing: str | None,
) -> Ballots:  # fmt: skip
    tally = rules.tally(list(cast.values()), needed=must_agree, left=len(may_vote - cast.keys()))
    if tally.outcome is Outcome.SPLIT:
        round_, tally = round_ + 1, rules.tally([], needed=must_agree, left=len(may_vote))
    return Ballots(round=round_, tally=tally, recused=recused, hearing=hearing)


def proposal_of(review_id: UUID, *, round_: int) -> Proposal | None:
    """What the secretariat proposes for this round; an earlier round's proposal has failed with it."""
    return Proposal.objects.filter(review_id=review_id, round=round_).order_by("-at", "-pk").first()


def proposals_of(rounds: Mapping[UUID, int]) -> dict[UUID, Proposal]:
    """The proposal that stands for each of these reviews in its round."""
    rows = Proposal.objects.filter(review_id__in=list(rounds)).order_by("at", "pk")
    return {row.review_id: row for row in rows if row.round == rounds[row.review_id]}


def waiting_for(member_id: UUID) -> QuerySet[Review]:
    """What this member may still vote on, the most urgent first."""
    own = Vote.objects.filter(review=OuterRef("pk"), round=OuterRef("round"), official_id=member_id)
    recused = Recusal.objects.filter(review=OuterRef("pk"), official_id=member_id)
    return undecided().exclude(Exists(own)).exclude(Exists(recused))


def earlier_votes(review: Review, *, round_: int) -> list[Vote]:
    """What was said in the round before, in no order that tells who said it."""
    votes = Vote.objects.filter(review=review, round=round_ - 1)
    return sorted(votes, key=lambda vote: (vote.decision, vote.reason, vote.statement))


def vote_of(review_id: UUID, *, member_id: UUID, round_: int) -> Vote | None:
    """What this member voted in this round."""
    return Vote.objects.filter(review_id=review_id, official_id=member_id, round=round_).first()


@dataclass(frozen=True, kw_only=True)
class Done:
    """What a member did last about one review: a vote, or, without one, that it takes no part."""

    review_id: UUID
    sighting_id: UUID
    vote: Vote | None


def newest_act_of(member_id: UUID, *, review_id: UUID) -> Done | None:
    """None where this member has done nothing there."""
    vote = Vote.objects.filter(review_id=review_id, official_id=member_id).order_by("-round").first()
    if vote is None and not has_recused(review_id, member_id=member_id):
        return None
    sighting_id = Review.objects.values_list("sighting_id", flat=True).get(pk=review_id)
    return Done(review_id=review_id, sighting_id=sighting_id, vote=vote)


def has_recused(review_id: UUID, *, member_id: UUID) -> bool:
    return Recusal.objects.filter(review_id=review_id, official_id=member_id).exists()
