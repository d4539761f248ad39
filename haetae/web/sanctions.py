"""A sanction as a line of a list: the same for officials and for the operator itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from haetae.agencies.enforcement.sanctions import queries
from haetae.agencies.enforcement.sanctions.models import Sanction
from haetae.agencies.enforcement.sanctions.states import CAME_TO_NOTHING, PAYABLE, Kind, State
from haetae.common import clock
from haetae.law.packs import load_pack
from haetae.web.words.language import in_korean
from haetae.web.words.sanctions import KINDS, mark, won
from haetae.web.words.states import StateMark
from haetae.web.words.times import Moment, moment


@dataclass(frozen=True, kw_only=True)
class SanctionLine:
    """One of them in a list. `pay_by` while something is to be paid, `late` once that time is over."""

    sanction_id: UUID
    number: str
    kind: str
    operator: str
    article: str
    amount: str
    rest: str
    mark: StateMark
    since: Moment
    pay_by: Moment | None
    late: bool


def lines(rows: Iterable[Sanction]) -> Sequence[SanctionLine]:
    now = clock.now()
    return [line(row, now=now) for row in rows]


def line(row: Sanction, *, now: datetime) -> SanctionLine:
    state = State(row.state)
    due = row.pay_by if state in PAYABLE else None
    rest = queries.balance_of(row) if state in PAYABLE | CAME_TO_NOTHING | {State.PAID} else 0
    return SanctionLine(
        sanction_id=row.pk,
        number=str(row.pk)[:8],
        kind=str(KINDS[Kind(row.kind)]),
        operator=row.operator.name,
        article=article_words(row.article),
        amount=won(row.amount),
        rest=won(abs(rest)) if rest and abs(rest) != row.amount else "",
        mark=mark(state),
        since=moment(row.changed_at, now=now),
        pay_by=moment(due, now=now) if due else None,
        late=due is not None and due <= now,
    )


def article_words(sanction_id: str) -> str:
    """What the article of a sanction is for."""
    found = next(one for one in load_pack().country.sanctions if one.sanction_id == sanction_id)
    return found.words_ko if in_korean() else found.words_en
