"""The statement of reasons of one decision, as it is told, printed and read. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from haetae.flow.hearings.states import Party, Unheard
from haetae.flow.hearings.states import State as Hearing
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import Because, State
from haetae.law.commission import Vote


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One party before the decision. `exception` where the law's exception was recorded."""

    party: Party
    state: Hearing
    exception: Unheard | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Numbers and no names: nobody learns who voted how, who took no part, or who reported anything.

    `reasons` are the majority's own words, the proposal's first where the decision follows it. `law` holds the articles
    on the vote, the hearing before it and the notice of remedies; `votes_against` are all other votes of the round that
    decided. Whoever posted it may object until `object_until`, a day.
    """

    review_id: UUID
    request_id: UUID
    sighting_id: UUID
    operator: str
    because: Because
    decision: State
    reason: Reason
    reasons: Sequence[str]
    follows_proposal: bool
    votes_for: int
    votes_against: int
    recused: int
    round: int
    heard: Sequence[Heard]
    law: Vote
    commission_ko: str
    commission_en: str
    decided_at: datetime
    decided_on: date
    object_until: date
