"""What stands around one sighting: decisions, what is hidden, tasks, and the same picture elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from haetae.flow.overview import Detail
from haetae.flow.review.queries import reason_among
from haetae.web.console.blocks import BlockLine, block_line
from haetae.web.console.lines import Line, line
from haetae.web.words.codes import code_words
from haetae.web.words.remedies import remedy_mark, remedy_words
from haetae.web.words.reviews import because_words, decision_words, ground_words, review_mark
from haetae.web.words.states import StateMark
from haetae.web.words.tasks import outcome_words, task_words
from haetae.web.words.times import Moment, moment


@dataclass(frozen=True, kw_only=True)
class ReviewLine:
    """One review without its statements, which only those read who may open the review itself."""

    review_id: UUID
    mark: StateMark
    because: str
    at: Moment
    grounds: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """`ended` says how, where it has ended; a task that came right by itself has no outcome."""

    task_id: UUID
    words: str
    since: Moment
    waits: bool
    outcome: str
    ended: Moment | None


@dataclass(frozen=True, kw_only=True)
class RemedyLine:
    """What one intermediary was asked, and how it stands."""

    name: str
    what: str
    mark: StateMark
    since: Moment
    reason: str
    reference: str


@dataclass(frozen=True, kw_only=True)
class Around:
    reviews: Sequence[ReviewLine]
    blocks: Sequence[BlockLine]
    remedies: Sequence[RemedyLine]
    tasks: Sequence[TaskLine]
    elsewhere: Sequence[Line]
    elsewhere_more: int


def around(found: Detail, *, now: datetime) -> Around:
    return Around(
        reviews=list(_reviews(found, now=now)),
        blocks=list(_blocks(found, now=now)),
        remedies=list(_remedies(found, now=now)),
        tasks=list(_tasks(found, now=now)),
        elsewhere=[line(row, now=now) for row in found.elsewhere],
        elsewhere_more=found.elsewhere_count - len(found.elsewhere),
    )


def _reviews(found: Detail, *, now: datetime) -> Iterator[ReviewLine]:
    for review in found.reviews:
        ground = reason_among(review)
        yield ReviewLine(
            review_id=review.pk,
            mark=review_mark(review.state),
            because=because_words(review.because),
            at=moment(review.changed_at, now=now),
            grounds=[f"{decision_words(review.state)}: {ground_words(ground)}"] if ground else [],
        )


def _blocks(found: Detail, *, now: datetime) -> Iterator[BlockLine]:
    ends = {due.subject_id: due for due in found.deadlines if due.kind == "block_ends"}
    for block in found.blocks:
        yield block_line(block, ends=ends.get(block.pk), now=now, zone=found.row.operator_zone)


def _remedies(found: Detail, *, now: datetime) -> Iterator[RemedyLine]:
    for remedy in found.remedies:
        ended = f"ended_{remedy.ended}" if remedy.ended else ""
        yield RemedyLine(
            name=remedy.intermediary.name,
            what=remedy_words(remedy.kind),
            mark=remedy_mark(remedy.state, must_be_told=remedy.must_be_told),
            since=moment(remedy.changed_at, now=now),
            reason=code_words(ended or remedy.reason),
            reference=remedy.reference,
        )


def _tasks(found: Detail, *, now: datetime) -> Iterator[TaskLine]:
    for task in found.tasks:
        yield TaskLine(
            task_id=task.pk,
            words=task_words(task.kind),
            since=moment(task.opened_at, now=now),
            waits=task.state == "waiting",
            outcome=outcome_words(task.outcome),
            ended=moment(task.ended_at, now=now) if task.ended_at else None,
        )
