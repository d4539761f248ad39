"""How a vote stands, in words: for members, for the secretariat, and for whoever reads the decision."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from haetae.flow.issued.queries import of_subject
from haetae.flow.overview.contested import Contested
from haetae.flow.review.commission import queries as commission
from haetae.flow.review.commission.rules import Bias, Outcome, Standing, why_not_hear_first
from haetae.flow.review.models import Proposal, Vote
from haetae.flow.review.queries import statement_of
from haetae.flow.review.statement import Statement
from haetae.flow.review.states import UNDECIDED, State
from haetae.web.console.documents.reading import DocumentLine, document_line
from haetae.web.console.lines import number_of
from haetae.web.words.commission import bias_words, heard_words, hearing_words, quorum_words, vote_words
from haetae.web.words.language import in_korean
from haetae.web.words.reviews import decision_words, ground_words
from haetae.web.words.times import Moment, moment


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who reads the page, and what that person may do there."""

    official_id: UUID
    may_vote: bool
    may_prepare: bool


@dataclass(frozen=True, kw_only=True)
class Quorum:
    """The commission today: `loud` where too few sit to decide anything."""

    words: str
    loud: bool


@dataclass(frozen=True, kw_only=True)
class Written:
    """A decision with its ground and what was written, nobody's by name."""

    words: str
    statement: str
    proposal_id: UUID | None = None
    ground: str = ""
    at: Moment | None = None


@dataclass(frozen=True, kw_only=True)
class Stated:
    """The statement of reasons in words."""

    words: str
    reasons: Sequence[str]
    facts: Sequence[tuple[str, str]]
    documents: Sequence[DocumentLine]


@dataclass(frozen=True, kw_only=True)
class Voting:
    """The vote on one page. `own` is what the reader voted in this round; `before` is what the last round said."""

    round: int
    progress: str
    trouble: str
    hearing: str
    proposal_can_be_voted: bool
    has_votes: bool
    proposal: Written | None
    own: Written | None
    is_recused: bool
    can_vote: bool
    before: Sequence[Written]
    stated: Stated | None
    biases: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class JustVoted:
    """What the reader has just done about another review, for the line above the next one."""

    review_id: UUID
    words: str


def quorum(standing: Standing) -> Quorum:
    return Quorum(words=quorum_words(standing), loud=not standing.has_quorum)


def voting(found: Contested, *, reader: Reader, now: datetime) -> Voting:
    review, ballots = found.review, found.ballots
    tally, is_open = ballots.tally, State(review.state) in UNDECIDED
    own = commission.vote_of(review.pk, member_id=reader.official_id, round_=ballots.round)
    is_recused = commission.has_recused(review.pk, member_id=reader.official_id)
    standing = commission.standing()
    return Voting(
        round=ballots.round,
        progress=vote_words(tally, needed=standing.needed, recused=ballots.recused) if is_open else "",
        trouble=_("Too few members may vote on this one. It stays undecided until there are enough.")
        if is_open and tally.outcome is Outcome.NO_QUORUM
        else "",
        hearing=hearing_words(ballots.hearing) if is_open else "",
        proposal_can_be_voted=found.proposal is not None
        and why_not_hear_first(State(found.proposal.decision), hearing=ballots.hearing) is None,
        has_votes=tally.cast > 0,
        proposal=_proposed(found.proposal, now=now) if found.proposal and is_open else None,
        own=_written(own) if own else None,
        is_recused=is_recused,
        can_vote=is_open and reader.may_vote and own is None and not is_recused,
        before=[_written(vote) for vote in commission.earlier_votes(review, round_=ballots.round)],
        stated=_stated(statement_of(review.pk)) if not is_open else None,
        biases=[(str(bias), bias_words(bias)) for bias in Bias],
    )


def just_voted(review_id: str, *, reader: Reader) -> JustVoted | None:
    """Only what this reader has really done is said."""
    try:
        done = commission.newest_act_of(reader.official_id, review_id=UUID(review_id))
    except ValueError:
        return None
    if done is None:
        return None
    number, said = number_of(done.sighting_id), done.vote
    words = (
        _("Your vote on %(number)s is cast: %(decision)s.")
        % {"number": number, "decision": decision_words(said.decision)}
        if said
        else _("You take no part in %(number)s.") % {"number": number}
    )
    return JustVoted(review_id=done.review_id, words=words)


def _proposed(proposal: Proposal, *, now: datetime) -> Written:
    return Written(
        words=f"{decision_words(proposal.decision)}: {ground_words(proposal.reason)}",
        statement=proposal.statement,
        proposal_id=proposal.pk,
        ground=f"{proposal.decision}:{proposal.reason}",
        at=moment(proposal.at, now=now),
    )


def _written(vote: Vote) -> Written:
    return Written(
        words=f"{decision_words(vote.decision)}: {ground_words(vote.reason)}", statement=vote.statement
    )


def _stated(statement: Statement | None) -> Stated | None:
    if statement is None:
        return None
    return Stated(
        words=f"{decision_words(statement.decision)}: {ground_words(statement.reason)}",
        reasons=statement.reasons,
        facts=list(_facts(statement)),
        documents=[document_line(issued) for issued in of_subject(statement.review_id)],
    )


def _facts(statement: Statement) -> Iterator[tuple[str, str]]:
    votes = {
        "for": statement.votes_for,
        "against": statement.votes_against,
        "seats": statement.law.seats,
        "needed": statement.law.needed,
    }
    yield (
        _("Votes"),
        _("%(for)s for, %(against)s against; of %(seats)s seats %(needed)s must agree") % votes,
    )
    if statement.recused:
        yield _("Took no part"), str(statement.recused)
    if statement.round > 1:
        yield _("Round"), str(statement.round)
    for heard in statement.heard:
        yield heard_words(heard)
    law, korean = statement.law, in_korean()
    yield (
        _("Who decided"),
        f"{statement.commission_ko if korean else statement.commission_en}, {date_format(statement.decided_on)}",
    )
    articles = (law.article, law.hearing_article, law.appeal_article)
    yield (
        _("Articles"),
        "; ".join(law.source.cite_ko(one) if korean else law.source.cite_en(one) for one in articles),
    )
    until = date_format(statement.object_until)
    yield _("Objection"), _("whoever posted it may object until %(date)s") % {"date": until}
