"""All that waits for the commission as plain data, in its order: for the command line and for other machines.

Ids, codes, days and numbers: no address of a picture, no name, and nothing of who reported it or who voted.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from haetae.flow.in_turn import Turn, turn_of
from haetae.flow.overview.contested import Contested, queue
from haetae.flow.overview.rows import PAGE_SIZE
from haetae.flow.review.commission.queries import standing
from haetae.flow.review.commission.rules import Standing

SETTLED = "settled"


def docket(*, at: datetime) -> dict[str, Any]:
    """`commission` as it stands today, and `waiting`, the most urgent first."""
    return {"at": _moment(at), "commission": _commission(standing()), "waiting": list(_waiting())}


def _waiting() -> Iterator[dict[str, Any]]:
    after: Turn | None = None
    while True:
        found = queue(after=after)
        yield from (_one(one) for one in found[:PAGE_SIZE])
        if len(found) <= PAGE_SIZE:
            return
        after = turn_of(found[PAGE_SIZE - 1].review)


def _one(found: Contested) -> dict[str, Any]:
    review, row, ballots = found.review, found.row, found.ballots
    urgency, proposal = review.urgency, found.proposal
    return {
        "review": str(review.pk),
        "sighting": str(review.sighting_id),
        "operator": row.operator,
        "because": review.because,
        "state": review.state,
        "minor": urgency.minor,
        "risk": urgency.risk.name.lower(),
        "reported": urgency.reported,
        "waiting_since": _moment(review.opened_at),
        "decide_by": _moment(found.decide_by.due_at if found.decide_by else None),
        "block": row.block.state if row.block else None,
        "block_ends": _moment(row.block_ends.due_at if row.block_ends else None),
        "hearing": ballots.hearing or SETTLED,
        "proposal": {"decision": proposal.decision, "reason": proposal.reason} if proposal else None,
        "round": ballots.round,
        "votes": ballots.tally.cast,
        "may_still_vote": ballots.tally.left,
        "recused": ballots.recused,
        "standing": str(ballots.tally.outcome),
    }


def _commission(found: Standing) -> dict[str, Any]:
    return {
        "on": _day(found.on),
        "seats": found.seats,
        "seated": found.seated,
        "needed": found.needed,
        "quorum": found.has_quorum,
        "without_quorum_since": _day(found.without_since),
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
