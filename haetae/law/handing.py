"""From which agency a matter goes to which other one, on what article, and by when it has to be answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from haetae.law.country.provisions import Provision
from haetae.law.dated import read_dated
from haetae.law.duration import Duration
from haetae.law.facts import Role
from haetae.law.reading import Sources, article_of, legal_source, verified
from haetae.law.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralGround(Provision):
    """`within` is the law's term for whoever receives it; None where the law gives none."""

    ground_id: str
    senders: tuple[Role, ...]
    receiver: Role
    as_soon_as_possible: bool
    within: Duration | None


def read_referral_grounds(tables: Sequence[Table], sources: Sources) -> tuple[ReferralGround, ...]:
    """Every ground in its order; two of one name never hold on one day."""
    return read_dated(tables, read=lambda table: _ground(table, sources), name=lambda row: row.ground_id)


def _ground(table: Table, sources: Sources) -> ReferralGround:
    with table:
        source = legal_source(table, sources)
        return ReferralGround(
            source=source,
            verified=verified(table, source),
            valid_from=table.day_or_none("from"),
            valid_to=table.day_or_none("to"),
            article=article_of(table, source),
            words_ko=table.text("words_ko"),
            words_en=table.text("words_en"),
            ground_id=table.text("id"),
            senders=table.choices("senders", Role),
            receiver=table.choice("receiver", Role),
            as_soon_as_possible=table.flag("as_soon_as_possible", default=False),
            within=table.duration_or_none("within"),
        )
