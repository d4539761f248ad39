"""Records, evidence and orders in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from haetae.agencies.enforcement.orders.models import CorrectiveOrder
from haetae.agencies.enforcement.orders.queries import Item
from haetae.agencies.enforcement.orders.rules import may_ask_commission
from haetae.agencies.enforcement.orders.states import Ground
from haetae.agencies.enforcement.record.figures import Finding, Kind, Record
from haetae.agencies.enforcement.record.queries import Evidence
from haetae.flow.removal.states import State as Request
from haetae.law.country.provisions import Provision
from haetae.law.packs import load_pack
from haetae.web.console.lines import number_of
from haetae.web.words.answers import reason_of_refusal
from haetae.web.words.enforcement import (
    GROUNDS,
    KINDS,
    duty_line,
    finding_words,
    order_mark,
    outcome_mark,
    problem_words,
)
from haetae.web.words.events import event_words
from haetae.web.words.figures import FigureLine, figure_line
from haetae.web.words.language import in_korean
from haetae.web.words.states import StateMark, state_mark
from haetae.web.words.times import Moment, moment, span


@dataclass(frozen=True, kw_only=True)
class RecordLine:
    """One operator side by side with the others. `stands_out`: the finding is held against it."""

    operator_id: UUID
    name: str
    finding: str
    stands_out: bool
    line: FigureLine
    false_percent: int | None
    standing: Sequence["OrderLine"]


@dataclass(frozen=True, kw_only=True)
class FigureShown:
    """One figure with the way to its evidence."""

    kind: Kind
    words: str
    count: int
    note: str


@dataclass(frozen=True, kw_only=True)
class EvidenceLine:
    """One row of evidence; `may_ask` where nobody has decided and the commission can be asked."""

    number: str
    subject_id: UUID
    sighting_id: UUID | None
    event_id: int | None
    event: str
    at: Moment
    reason: str
    mark: StateMark | None
    is_decided: bool
    may_ask: bool
    ended: Moment | None


@dataclass(frozen=True, kw_only=True)
class OrderLine:
    """`late` where its time is over and it is neither followed nor found otherwise."""

    order_id: UUID
    number: str
    mark: StateMark
    ground: str
    drafted: Moment
    comply_by: Moment | None
    late: bool


@dataclass(frozen=True, kw_only=True)
class ItemLine:
    """One request in an order; `why_not` why it fits no longer."""

    request_id: UUID
    sighting_id: UUID
    number: str
    asked: Moment
    now: StateMark
    outcome: StateMark
    is_decided: bool
    why_not: str


def record_line(
    record: Record, *, name: str, standing: Sequence[CorrectiveOrder], now: datetime
) -> RecordLine:
    return RecordLine(
        operator_id=record.operator_id,
        name=name,
        finding=finding_words(record),
        stands_out=record.finding not in {Finding.NOTHING, Finding.TOO_FEW},
        line=figure_line(record.figures, now=now),
        false_percent=record.false_percent,
        standing=[order_line(order, now=now) for order in standing],
    )


def figures_shown(record: Record) -> list[FigureShown]:
    """Those that may be held against an operator first, then the rest; our own outages last."""
    order = (
        Kind.IGNORED, Kind.CLAIM_FALSE, Kind.OVERDUE, Kind.REAPPEARED, Kind.REFUSED, Kind.UNSURE,
        Kind.ASKED, Kind.CLAIMED, Kind.VERIFIED, Kind.OUTAGE,
    )  # fmt: skip
    return [
        FigureShown(kind=kind, words=str(KINDS[kind]), count=record.count(kind), note=_note(kind, record))
        for kind in order
    ]


def _note(kind: Kind, record: Record) -> str:
    if kind is Kind.CLAIM_FALSE and record.false_percent is not None:
        return f"{record.false_percent} %"
    if kind is Kind.OUTAGE and record.outages.open_for:
        return span(record.outages.open_for)
    return ""


def evidence_line(found: Evidence, *, now: datetime) -> EvidenceLine:
    is_outage = found.kind is Kind.OUTAGE
    return EvidenceLine(
        number=number_of(found.subject_id),
        subject_id=found.subject_id,
        sighting_id=found.sighting_id,
        event_id=found.event_id,
        event=event_words(found.event),
        at=moment(found.at, now=now),
        reason=reason_of_refusal(found.reason) if found.reason else "",
        mark=None if is_outage else state_mark(found.state),
        is_decided=bool(found.ordered),
        may_ask=not is_outage and may_ask_commission(Request(found.state), is_decided=bool(found.ordered)),
        ended=moment(found.ended_at, now=now) if found.ended_at else None,
    )


def order_line(order: CorrectiveOrder, *, now: datetime) -> OrderLine:
    return OrderLine(
        order_id=order.pk,
        number=number_of(order.pk),
        mark=order_mark(order.state),
        ground=ground_words(order),
        drafted=moment(order.drafted_at, now=now),
        comply_by=moment(order.comply_by, now=now) if order.comply_by else None,
        late=order.state == "issued" and order.comply_by is not None and order.comply_by <= now,
    )


def item_line(item: Item, *, now: datetime) -> ItemLine:
    request = item.row.request
    return ItemLine(
        request_id=request.pk,
        sighting_id=request.sighting_id,
        number=number_of(request.pk),
        asked=moment(request.requested_at, now=now),
        now=state_mark(request.state),
        outcome=outcome_mark(item.outcome),
        is_decided=bool(request.ordered),
        why_not=problem_words(item.why_not) if item.why_not else "",
    )


def ground_words(order: CorrectiveOrder) -> str:
    """What it rests on; a duty by its own words and article."""
    if order.ground != Ground.DUTY:
        return str(GROUNDS[Ground(order.ground)])
    return duties().get(order.duty, order.duty)


def duties() -> Mapping[str, str]:
    """Every duty that an order may name, with its article."""
    return {one.duty_id: provision_words(one) for one in load_pack(settings.JURISDICTION).orders.duties}


def provision_words(one: Provision) -> str:
    if in_korean():
        return duty_line(one.words_ko, one.citation_ko)
    return duty_line(one.words_en, one.citation_en)
