"""What waits for a decision in words: a line of the queue, and the page on which somebody decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from haetae.audit.queries import about
from haetae.flow.overview import Detail
from haetae.flow.overview.contested import Contested
from haetae.flow.review.commission.rules import BINDING
from haetae.flow.review.models import Review
from haetae.flow.review.rules import REASONS, Reason
from haetae.flow.review.states import UNDECIDED, Because, State
from haetae.operators.appeals import queries as appeals
from haetae.web.console.account import Account, account
from haetae.web.console.lines import Due, Line, due, line
from haetae.web.words.agencies import agency_words
from haetae.web.words.appeals import brought_words, ground_said, state_words
from haetae.web.words.codes import code_words
from haetae.web.words.commission import hearing_words, vote_count
from haetae.web.words.reasons import match_words
from haetae.web.words.reviews import (
    because_words,
    decision_follows,
    decision_words,
    ground_words,
    review_mark,
)
from haetae.web.words.states import StateMark, state_mark
from haetae.web.words.times import Moment, moment
from haetae.web.words.urgency import urgency_words


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One line of the queue."""

    review_id: UUID
    line: Line
    mark: StateMark
    because: str
    urgency: str
    since: Moment
    decide_by: Due | None
    proposed: str
    votes: str
    hearing: str


@dataclass(frozen=True, kw_only=True)
class Ground:
    """One thing to choose: a decision together with a reason that fits it. `value` is `remove:minor`."""

    value: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One decision with the reasons that fit it, and what follows from it. `binds`: somebody is heard before it."""

    binds: bool
    words: str
    follows: str
    grounds: Sequence[Ground]


@dataclass(frozen=True, kw_only=True)
class Objection:
    """What whoever posted it says; `statement` only for those who decide, and while it is kept."""

    state: str
    ground: str
    by: str
    statement: str
    at: Moment


@dataclass(frozen=True, kw_only=True)
class Case:
    """The facts of the page, and never a picture; what can be chosen, or what follows."""

    waiting: Waiting
    account: Account
    facts: Sequence[tuple[str, str]]
    matches: Sequence[str]
    is_open: bool
    choices: Sequence[Decision]
    follows: str
    objection: Objection | None


def waiting(found: Contested, *, now: datetime) -> Waiting:
    review = found.review
    return Waiting(
        review_id=review.pk,
        line=line(found.row, now=now),
        mark=review_mark(review.state),
        because=because_words(review.because),
        urgency=urgency_words(review.urgency, at=now) if State(review.state) in UNDECIDED else "",
        since=moment(review.opened_at, now=now),
        decide_by=due(found.decide_by, now=now, zone=found.row.operator_zone),
        proposed=_proposed(found),
        votes=vote_count(found.ballots.tally, needed=found.needed),
        hearing=hearing_words(found.ballots.hearing),
    )


def case(found: Contested, whole: Detail, *, reads_objection: bool, now: datetime) -> Case:
    review = found.review
    is_open = State(review.state) in UNDECIDED
    return Case(
        waiting=waiting(found, now=now),
        account=account(whole, now=now),
        facts=list(_facts(review)),
        matches=list(_matches(review)),
        is_open=is_open,
        choices=choices() if is_open else [],
        follows="" if is_open else decision_follows(review.state),
        objection=_objection(review, reads=reads_objection, now=now),
    )


def _proposed(found: Contested) -> str:
    proposal = found.proposal
    return f"{decision_words(proposal.decision)}: {ground_words(proposal.reason)}" if proposal else ""


def choices() -> list[Decision]:
    """What can be decided, each with the reasons that fit it: nothing that does not fit can be chosen."""
    return [
        Decision(
            binds=decision in BINDING,
            words=decision_words(decision),
            follows=decision_follows(decision),
            grounds=[
                Ground(value=f"{decision}:{reason}", words=ground_words(reason))
                for reason in Reason
                if reason in reasons
            ],
        )
        for decision, reasons in REASONS.items()
    ]


def _objection(review: Review, *, reads: bool, now: datetime) -> Objection | None:
    found = appeals.appeal_before(review.pk)
    if found is None:
        return None
    return Objection(
        state=state_words(found.state),
        ground=ground_said(found.ground),
        by=brought_words(found.by),
        statement=found.statement if reads else "",
        at=moment(found.filed_at, now=now),
    )


def _facts(review: Review) -> Iterator[tuple[str, str]]:
    request = review.request
    if review.because not in {Because.APPEAL, Because.ASKED, Because.SECOND_LOOK}:
        yield _("Operator's answer"), because_words(review.because)
    if review.asked_by:
        asked = about([review.pk]).filter(name="review.asked").get()
        yield _("Asked by"), agency_words(review.asked_by, at=asked.at)
    yield (
        _("Operator's reason"),
        code_words(request.operator_reason) if request.operator_reason else _("none given"),
    )
    if request.operator_reference:
        yield _("Operator's reference"), request.operator_reference
    yield _("Request"), state_mark(request.state).words


def _matches(review: Review) -> Iterator[str]:
    """Every known picture that it matches, the reasons of the verdict apart."""
    signals: Sequence[dict[str, Any]] = review.request.assessment.signals
    for signal in signals:
        if signal.get("kind") == "known_hash":
            yield match_words(signal.get("facts") or {})
