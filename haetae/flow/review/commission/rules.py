"""Who votes, when a vote decides, and what stands against one. Pure: codes that the page words.

A decision needs a majority of all seats by law. Empty seats and members who take no part count against it, and nothing
is presumed while there are too few: it stays undecided.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from haetae.flow.hearings.states import Party
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import UNDECIDED, State

# These ask something of the operator, so somebody is heard before them. That it may stay asks nothing of anybody.
BINDING: Final = frozenset({State.REMOVE, State.BLOCK_ACCESS})
MUST_BE_HEARD: Final = frozenset({Party.OPERATOR})


class Bias(StrEnum):
    """Why a member takes no part."""

    PARTY = "party"  # the member, or somebody close, is in it or posted it
    OPERATOR = "operator"  # works or worked for the operator, or owns a share
    EARLIER = "earlier"  # has dealt with it in another office
    OTHER = "other"  # would not be believed to be impartial


class Outcome(StrEnum):
    OPEN = "open"  # votes are still to come, and can decide it
    DECIDED = "decided"
    SPLIT = "split"  # whoever is left cannot make a majority for anything
    NO_QUORUM = "no_quorum"  # fewer may vote than must agree


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """What one member decided, without who that was."""

    decision: State
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """`decision` only where it is decided; `left` members may still vote in this round."""

    outcome: Outcome
    decision: State | None
    cast: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The commission on one day. `without_since` is the first day without a quorum; None too where it never had one."""

    on: date
    seats: int
    seated: int
    needed: int
    without_since: date | None

    @property
    def has_quorum(self) -> bool:
        return self.seated >= self.needed


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Whose seat it is, from one day to its last."""

    member: str
    since: date
    until: date | None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def tally(votes: Sequence[State], *, needed: int, left: int) -> Tally:
    """What the votes of one round come to, `left` being those who sit, take part, and have not voted in it.

    Votes count although the member has left since.
    """
    counts = Counter(votes).most_common(1)
    leading, most = counts[0] if counts else (None, 0)
    if most >= needed:
        outcome = Outcome.DECIDED
    elif len(votes) + left < needed:
        outcome = Outcome.NO_QUORUM
    elif most + left < needed:
        outcome = Outcome.SPLIT
    else:
        outcome = Outcome.OPEN
    decision = leading if outcome is Outcome.DECIDED else None
    return Tally(outcome=outcome, decision=decision, cast=len(votes), left=left)


def ground_of(ballots: Iterable[Ballot], *, decision: State) -> Reason:
    """The ground that most of the majority gave; of two with as many, the one that protects a minor, then any."""
    counts = Counter(ballot.reason for ballot in ballots if ballot.decision is decision)
    return max(counts, key=lambda reason: (counts[reason], reason is Reason.MINOR, reason))


def why_not_open(state: State) -> str | None:
    """Whether there is anything left to decide."""
    if state in UNDECIDED:
        return None
    return "review_moot" if state is State.MOOT else "review_over"


def why_not_take_part(state: State, *, is_member: bool, is_recused: bool, has_voted: bool) -> str | None:
    """What stands against a vote or a recusal of this person."""
    if not is_member:
        return "not_a_member"
    if is_recused:
        return "recused"
    return why_not_open(state) or ("voted_already" if has_voted else None)


def why_not_hear_first(decision: State, *, hearing: str | None) -> str | None:
    """`hearing` is what the hearing's own rules say against an act; what may stay needs none."""
    return hearing if decision in BINDING else None


# What somebody may not do at all, and not how a form was filled in: these are recorded.
ILLEGAL: Final = frozenset(
    {
        "not_a_member", "recused", "review_over", "review_moot", "voted_already", "votes_cast", "not_heard",
        "hearing_runs", "not_permitted",
    }
)  # fmt: skip


def standing(terms: Sequence[Term], *, on: date, seats: int, needed: int) -> Standing:
    """How many sit on a day; where they are too few, since when, by the days on which somebody came or left."""
    return Standing(
        on=on,
        seats=seats,
        seated=len(in_office(terms, on=on, seats=seats)),
        needed=needed,
        without_since=_without_since(terms, on=on, seats=seats, needed=needed),
    )


def in_office(terms: Iterable[Term], *, on: date, seats: int) -> list[str]:
    """Who sits on a day, the first to come first: whoever comes when every seat of the law is taken has none."""
    there = sorted((term for term in terms if term.covers(on)), key=lambda term: term.since)
    return list(dict.fromkeys(term.member for term in there))[:seats]


def _without_since(terms: Sequence[Term], *, on: date, seats: int, needed: int) -> date | None:
    changes = {term.since for term in terms}
    changes |= {term.until + timedelta(days=1) for term in terms if term.until is not None}
    since: date | None = None
    had_one = False
    for day in sorted(change for change in changes if change <= on):
        if len(in_office(terms, on=day, seats=seats)) >= needed:
            had_one, since = True, None
        elif had_one and since is None:
            since = day
    return since
