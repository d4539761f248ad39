"""What waits for a person, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from haetae.flow.overview.waiting import ForPeople
from haetae.flow.tasks.queries import Waiting
from haetae.flow.tasks.states import OUTCOMES, Kind, Outcome
from haetae.web.console.lines import Line, line
from haetae.web.words.notices import lacks
from haetae.web.words.tasks import outcome_follows, outcome_whose, outcome_words, task_advice, task_words
from haetae.web.words.times import Moment, moment
from haetae.web.words.urgency import urgency_words


@dataclass(frozen=True, kw_only=True)
class TaskShown:
    """One task. `line` is its place, where it has one; `operator` whom it is about, where it has none.

    `may_be_second`: among its kind are second looks, which nothing tells apart.
    """

    task_id: UUID
    words: str
    advice: str
    urgency: str
    since: Moment
    may_be_second: bool
    line: Line | None
    operator: str
    review_id: UUID | None
    waits: bool
    outcome: str
    follows: str
    ended: Moment | None
    note: str
    choices: Sequence["Choice"]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One way in which it may end. `is_mine` says whether whoever reads may choose it, `whose` who else may."""

    value: str
    words: str
    follows: str
    is_mine: bool
    whose: str


@dataclass(frozen=True, kw_only=True)
class KindShown:
    key: str
    words: str
    count: int
    oldest: Moment


def shown(found: ForPeople, *, not_mine: frozenset[Outcome], now: datetime) -> TaskShown:
    """`not_mine` are the outcomes that whoever reads may not choose."""
    task = found.task
    waits = task.state == "waiting"
    return TaskShown(
        task_id=task.pk,
        words=task_words(task.kind),
        advice=" ".join(part for part in (lacks(found.why), task_advice(task.kind)) if part),
        urgency=urgency_words(task.urgency, at=now) if waits else "",
        since=moment(task.opened_at, now=now),
        may_be_second=task.kind == Kind.JUDGE,
        line=line(found.row, now=now) if found.row else None,
        operator=found.operator,
        review_id=found.review_id,
        waits=waits,
        outcome=outcome_words(task.outcome),
        follows=outcome_follows(task.outcome),
        ended=moment(task.ended_at, now=now) if task.ended_at else None,
        note=task.note,
        choices=list(_choices(Kind(task.kind), not_mine=not_mine)) if waits else [],
    )


def _choices(kind: Kind, *, not_mine: frozenset[Outcome]) -> Iterator[Choice]:
    for outcome in sorted(OUTCOMES[kind]):
        yield Choice(
            value=outcome,
            words=outcome_words(outcome),
            follows=outcome_follows(outcome),
            is_mine=outcome not in not_mine,
            whose=outcome_whose(outcome) if outcome in not_mine else "",
        )


def kinds(found: Sequence[Waiting], *, now: datetime) -> list[KindShown]:
    return [
        KindShown(
            key=it.kind, words=task_words(it.kind), count=it.count, oldest=moment(it.oldest_at, now=now)
        )
        for it in found
    ]
