"""Everything that reads what is known of operators."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from haetae.agencies.enforcement.filings.duties.rules import Duty, duties_of
from haetae.agencies.enforcement.filings.facts.rules import Known
from haetae.agencies.enforcement.filings.models import OperatorFact
from haetae.agencies.enforcement.filings.states import FactKind, Origin
from haetae.law.packs import load_pack


def facts_of(operator_id: UUID) -> QuerySet[OperatorFact]:
    """Everything that was ever noted and not withdrawn, the newest of each kind first."""
    return OperatorFact.objects.filter(operator_id=operator_id, withdrawn_at=None).order_by(
        "kind", "detail", "-since", "origin"
    )


def known(rows: Iterable[OperatorFact]) -> list[Known]:
    """As the rules read them."""
    return [
        Known(
            kind=FactKind(row.kind),
            detail=row.detail,
            number=row.number,
            text=row.text,
            origin=Origin(row.origin),
            verified=row.verified,
            since=row.since,
            until=row.until,
            source=row.source,
        )
        for row in rows
    ]


def duties_on(operator_id: UUID, *, day: date) -> Sequence[Duty]:
    """What the law of this installation asks of an operator on a day, by what is known of it."""
    laws = load_pack(settings.JURISDICTION).operator_duties
    return duties_of(known(facts_of(operator_id)), on=day, laws=laws)
