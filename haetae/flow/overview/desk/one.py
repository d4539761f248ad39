"""One request in full, as its operator may know it: what we asked, what it said, what our probes saw."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from haetae.audit import queries as events
from haetae.audit.models import Event
from haetae.flow.delivery import queries as deliveries
from haetae.flow.delivery.models import Attempt, Delivery
from haetae.flow.overview.desk.rows import DeskRow, requests_of, rows_of
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review import queries as reviews
from haetae.flow.review.block.term import queries as terms
from haetae.flow.review.models import BlockExtension, Review
from haetae.flow.review.statement import Statement
from haetae.flow.review.states import DECISIONS
from haetae.flow.verification import queries as probes
from haetae.flow.verification.models import Probe
from haetae.operators.answers.models import Inbound
from haetae.operators.answers.rules import Outcome

# What is told of the record: what was between the operator and us. Reports, examinations, opinions and the tasks of
# our own people are none of it.
TOLD: Final = frozenset(
    {
        "removal.requested", "removal.sent", "removal.claimed", "removal.refused", "removal.unsure",
        "removal.access_blocked", "removal.verified", "removal.claim_false", "removal.overdue",
        "removal.undeliverable", "removal.reappeared", "removal.superseded", "removal.not_harmful",
        "review.opened", "review.remove", "review.block_access", "review.not_harmful", "review.moot",
        "review.block_wanted", "review.block_claimed", "review.block_seen", "review.not_blocked",
        "review.block_lasting", "review.block_ended", "review.block_expired", "review.lift_wanted",
        "review.lift_claimed", "review.restored", "review.not_restored", "review.block_extended",
        "review.operator_asked_itself",
        "delivery.attempt_failed", "delivery.dead", "delivery.no_channel",
        "verification.gone_once", "verification.gone", "verification.live_once", "verification.live",
        "verification.unknown",
    }
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class One:
    """`notice` is the document as it went out, None before it did; `earlier` are the other requests about the place.

    `decided` is the newest decision about it, with its ground; `statement` its reasons, written to be read.
    What a single member voted is not here, nor what was said against the decision.
    """

    row: DeskRow
    notice: Mapping[str, Any] | None
    earlier: Sequence[DeletionRequest]
    decided: Review | None
    ground: str
    statement: Statement | None
    extensions: Sequence[BlockExtension]
    asked_itself: bool
    attempts: Sequence[Attempt]
    probes: Sequence[Probe]
    events: Sequence[Event]
    answers: Sequence[Inbound]


def one(operator_id: UUID, request_id: UUID) -> One:
    """Raises DeletionRequest.DoesNotExist where it is none of this operator's."""
    request = requests_of(operator_id).get(pk=request_id)
    rounds = list(requests_of(operator_id).filter(sighting_id=request.sighting_id).order_by("round"))
    reviewed = list(reviews.of_sightings([request.sighting_id]))
    blocks = list(reviews.blocks_of([request.sighting_id]))
    said = list(deliveries.of_subjects(thing.pk for thing in (*rounds, *blocks)))
    looked = list(probes.of_requests(thing.pk for thing in rounds))
    about = [thing.pk for thing in (*rounds, *reviewed, *blocks, *said, *looked)]
    decided = next((review for review in reversed(reviewed) if review.state in DECISIONS), None)
    return One(
        row=rows_of([request])[0],
        notice=_notice(said, request),
        earlier=[other for other in rounds if other.pk != request.pk],
        decided=decided,
        ground=reviews.reason_of(decided.pk) if decided else "",
        statement=reviews.statement_of(decided.pk) if decided else None,
        extensions=list(terms.extensions_of(blocks[-1].pk)) if blocks else [],
        asked_itself=terms.was_asked_itself(request.sighting_id) is not None,
        attempts=list(deliveries.attempts_of(thing.pk for thing in (*rounds, *blocks))),
        probes=looked,
        events=[event for event in events.about(about) if event.name in TOLD],
        answers=_answers(operator_id, rounds),
    )


def row_of(operator_id: UUID, request_id: UUID) -> DeskRow:
    """The line alone. Raises DeletionRequest.DoesNotExist where it is none of this operator's."""
    return rows_of([requests_of(operator_id).get(pk=request_id)])[0]


def why_not_shown(request_id: UUID) -> Outcome:
    """Of a request that is none of the operator's: somebody else's, or nobody's."""
    known = DeletionRequest.objects.filter(pk=request_id).exists()
    return Outcome.NOT_YOURS if known else Outcome.UNKNOWN_REQUEST


def _notice(said: Sequence[Delivery], request: DeletionRequest) -> Mapping[str, Any] | None:
    own = next((one for one in said if one.subject_id == request.pk), None)
    if own is None or own.notice is None:
        return None
    document: Mapping[str, Any] = json.loads(own.notice)
    return document


def _answers(operator_id: UUID, rounds: Sequence[DeletionRequest]) -> list[Inbound]:
    """By this operator: what somebody else sent about it is in that operator's log."""
    rows = Inbound.objects.select_related("official").filter(operator_id=operator_id)
    return list(rows.filter(request_id__in=[request.pk for request in rounds]).order_by("at"))
