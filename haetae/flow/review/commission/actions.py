"""Everything that writes what is proposed and voted."""

from uuid import UUID

from django.db import transaction

from haetae.audit.actions import record
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock
from haetae.documents.document import Language
from haetae.flow.hearings.actions import CannotHearError
from haetae.flow.issued.actions import issue_document
from haetae.flow.issued.states import Kind
from haetae.flow.review import actions as reviews
from haetae.flow.review import rules as grounds
from haetae.flow.review.commission import queries, rules
from haetae.flow.review.commission.rules import Bias
from haetae.flow.review.commission.stating import state_reasons
from haetae.flow.review.models import Proposal, Recusal, Review, Vote
from haetae.flow.review.papers import statement_paper
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State


class CannotVoteError(Exception):
    """`code` says why this is not taken."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def propose(*, review_id: UUID, official_id: UUID, decision: State, reason: Reason, statement: str) -> UUID:
    """The secretariat proposes a decision; the same again is the one that stands. Raises CannotVoteError.

    It may be renewed until the first vote of the round: nobody's vote follows a text that changed under it.
    """
    review = _locked(review_id)
    round_ = queries.ballots(review).round
    standing = queries.proposal_of(review_id, round_=round_)
    if standing and _says(standing) == (decision, reason, statement.strip()):
        return standing.pk
    has_votes = review.votes.filter(round=round_).exists()
    _refuse(
        rules.why_not_open(State(review.state))
        or ("votes_cast" if has_votes else None)
        or grounds.why_not_text(decision, reason, statement=statement)
    )
    proposal = Proposal.objects.create(
        review=review,
        round=round_,
        official_id=official_id,
        decision=decision,
        reason=reason,
        statement=statement.strip(),
        at=clock.now(),
    )
    record(
        event="review.proposed",
        subject=review,
        actor=_by(official_id),
        facts={"decision": str(decision), "reason": str(reason), "round": round_},
    )
    return proposal.pk


@transaction.atomic
def vote(
    *, review_id: UUID, member_id: UUID, decision: State, reason: Reason, statement: str, round_: int
) -> State | None:
    """A member votes in its own words. Returns the decision when it is reached with this. Raises CannotVoteError."""
    wrong = grounds.why_not_text(decision, reason, statement=statement)
    said = Vote(
        official_id=member_id, round=round_, decision=decision, reason=reason, statement=statement.strip()
    )
    return _cast(_locked(review_id), said, wrong=wrong)


@transaction.atomic
def vote_as_proposed(*, review_id: UUID, member_id: UUID, proposal_id: UUID) -> State | None:
    """A member follows the proposal, word for word. Returns the decision when it is reached. Raises CannotVoteError."""
    review = _locked(review_id)
    proposal = Proposal.objects.filter(review_id=review_id, pk=proposal_id).first()
    if proposal is None:
        raise CannotVoteError("proposal_renewed")
    decision, reason, statement = _says(proposal)
    said = Vote(
        official_id=member_id, round=proposal.round, proposal=proposal, decision=decision, reason=reason,
        statement=statement,
    )  # fmt: skip
    newest = queries.proposal_of(review_id, round_=proposal.round)
    return _cast(review, said, wrong=None if newest == proposal else "proposal_renewed")


@transaction.atomic
def recuse(*, review_id: UUID, member_id: UUID, why: Bias) -> None:
    """A member takes no part; twice is once, and after its vote it is too late. Raises CannotVoteError."""
    review = _locked(review_id)
    if queries.has_recused(review_id, member_id=member_id):
        return
    round_ = queries.ballots(review).round
    _refuse(_why_not_take_part(review, member_id, round_=round_))
    Recusal.objects.create(review=review, official_id=member_id, why=why, at=clock.now())
    record(event="review.recused", subject=review, actor=_by(member_id), facts={"why": str(why)})
    _count(review)


@transaction.atomic
def refused(*, review_id: UUID, code: str, actor: Actor) -> None:
    """What somebody may not do was tried, and did not happen. Called outside of what failed."""
    review = Review.objects.filter(pk=review_id).first()
    if review is not None:
        record(event="review.refused", subject=review, actor=actor, facts={"code": code})


def _cast(review: Review, said: Vote, *, wrong: str | None) -> State | None:
    """Sent twice it is cast once, also when the round or the review is over with it."""
    standing = queries.vote_of(review.pk, member_id=said.official_id, round_=said.round)
    if standing and (standing.proposal_id, *_says(standing)) == (said.proposal_id, *_says(said)):
        return None
    ballots = queries.ballots(review)
    _refuse(
        _why_not_take_part(review, said.official_id, round_=ballots.round)
        or ("round_over" if said.round != ballots.round else None)
        or wrong
        or rules.why_not_hear_first(State(said.decision), hearing=ballots.hearing)
    )
    _begin_round(review, ballots.round)
    said.review, said.at = review, clock.now()
    said.save(force_insert=True)
    record(
        event="review.voted",
        subject=review,
        actor=_by(said.official_id),
        facts={"decision": said.decision, "reason": said.reason, "round": said.round},
    )
    return _count(review)


def _count(review: Review) -> State | None:
    """The decision if there is one by now; a round that nothing can come of any more gives way to the next."""
    ballots = queries.ballots(review)
    if ballots.tally.decision is not None:
        _decide(review, ballots.tally.decision)
    else:
        _begin_round(review, ballots.round)
    return ballots.tally.decision


def _decide(review: Review, decision: State) -> None:
    """Somebody who was asked in this very moment is heard first: the vote that would decide is not taken."""
    try:
        reviews.decided(review, decision)
    except CannotHearError as waiting:
        raise CannotVoteError(waiting.code) from waiting
    statement = state_reasons(review)
    assert statement is not None, "it has just been decided"
    papers = [statement_paper(statement, language=language) for language in Language]
    issue_document(kind=Kind.DECISION, subject_id=review.pk, documents=papers, official_id=None)


def _begin_round(review: Review, round_: int) -> None:
    if round_ == review.round:
        return
    review.round = round_
    review.save(update_fields=["round"])
    record(event="review.split", subject=review, actor=SYSTEM, facts={"round": round_})


def _why_not_take_part(review: Review, member_id: UUID, *, round_: int) -> str | None:
    return rules.why_not_take_part(
        State(review.state),
        is_member=member_id in queries.members_on(queries.today()),
        is_recused=queries.has_recused(review.pk, member_id=member_id),
        has_voted=queries.vote_of(review.pk, member_id=member_id, round_=round_) is not None,
    )


def _says(said: Vote | Proposal) -> tuple[State, Reason, str]:
    return State(said.decision), Reason(said.reason), said.statement


def _refuse(code: str | None) -> None:
    if code is not None:
        raise CannotVoteError(code)


def _by(official_id: UUID) -> Actor:
    return Actor(kind="official", id=str(official_id))


def _locked(review_id: UUID) -> Review:
    """Raises Review.DoesNotExist."""
    return Review.objects.select_for_update().get(pk=review_id)
