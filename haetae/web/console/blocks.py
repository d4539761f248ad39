"""A provisional block in words: what is hidden by whom, and how much is left of its time by law."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from haetae.flow.deadlines.models import Deadline
from haetae.flow.deadlines.states import Basis
from haetae.flow.review.models import ProvisionalBlock
from haetae.flow.review.states import ON_THE_CLOCK, Block
from haetae.web.words.clocks import officials_first
from haetae.web.words.reviews import by_words
from haetae.web.words.states import StateMark, block_mark
from haetae.web.words.times import Moment, moment, span


@dataclass(frozen=True, kw_only=True)
class Term:
    """How long a block lasts. `gone_percent` is the bar; `over` when it ended without a decision.

    `by_law`: the term of the law runs; otherwise it was extended by our own rule.
    """

    gone_percent: int
    words: str
    ends: Moment
    clocks: Sequence[str]
    over: bool
    soon: bool
    by_law: bool


@dataclass(frozen=True, kw_only=True)
class BlockLine:
    mark: StateMark
    by: str
    since: Moment
    term: Term | None


def block_line(block: ProvisionalBlock, *, ends: Deadline | None, now: datetime, zone: str) -> BlockLine:
    """The term is shown while it runs, and when it has run out; a decision ends it. `zone`: of the operator's desk."""
    state = Block(block.state)
    runs = state in ON_THE_CLOCK | {Block.EXPIRED}
    begun = block.begun_at
    return BlockLine(
        mark=block_mark(block.state),
        by="" if state in {Block.WANTED, Block.NOT_DONE} else by_words(block.by),
        since=moment(begun or block.changed_at, now=now),
        term=term(begun, ends, now=now, zone=zone) if runs and begun and ends and ends.due_at else None,
    )


def term(begun_at: datetime, ends: Deadline, *, now: datetime, zone: str) -> Term:
    """`ends` has its moment."""
    ends_at = ends.due_at
    assert ends_at is not None, "a block ends at some moment"
    whole, left = ends_at - begun_at, ends_at - now
    gone = min(max((now - begun_at) / whole, 0), 1)
    return Term(
        gone_percent=round(gone * 100),
        words=_left(left, whole),
        ends=moment(ends_at, now=now),
        clocks=officials_first(ends_at, zone=zone),
        over=left <= timedelta(),
        soon=left <= timedelta(days=7),
        by_law=ends.basis == Basis.LEGAL,
    )


def _left(left: timedelta, whole: timedelta) -> str:
    if left <= timedelta():
        return _("over since %(span)s") % {"span": span(-left) or _("a moment")}
    if left < timedelta(days=1):
        return _("%(span)s left, less than a day") % {"span": span(left) or _("a moment")}
    return _("%(left)s of %(whole)s days left") % {"left": left.days, "whole": whole.days}
