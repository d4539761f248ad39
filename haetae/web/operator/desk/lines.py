"""One request as one line of the desk: an overview.desk.DeskRow in words, with the buttons that fit its state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haetae.flow.deadlines.models import Deadline
from haetae.flow.overview.desk.rows import DeskRow
from haetae.flow.removal.states import State
from haetae.flow.review.states import Block
from haetae.law.packs import load_pack
from haetae.operators.answers.rules import Word, can_be_said
from haetae.web.words.answers import REASONS
from haetae.web.words.bases import article_words
from haetae.web.words.clocks import at_the_desk
from haetae.web.words.countries import country_words
from haetae.web.words.desk import asked_words, desk_mark
from haetae.web.words.states import StateMark
from haetae.web.words.times import span

# In the order in which they stand; the letter works while the line has the focus.
_BUTTONS: Final = (
    (Word.REMOVED, gettext_lazy("Removed"), "r"),
    (Word.UNSURE, gettext_lazy("Cannot tell"), "u"),
)
_FOR_GOOD: Final = (Word.BLOCKED, gettext_lazy("Hidden for good"), "")
# That these wait needs no words: it is the list of what waits.
_PLAIN: Final = frozenset({State.REQUESTED, State.SENT, State.UNDELIVERABLE})
_MAY_BE_HIDDEN: Final = frozenset({Block.WANTED, Block.NOT_DONE})
_IS_HIDDEN: Final = frozenset({Block.CLAIMED, Block.HIDDEN, Block.KEPT, Block.LASTING})


@dataclass(frozen=True, kw_only=True)
class DueShown:
    """`left` is what the eye needs; `exact` in both zones, empty where the law names no hour.

    `country` is named where the law is not that of this installation.
    """

    country: str
    left: str
    exact: str
    machine: str
    late: bool


@dataclass(frozen=True, kw_only=True)
class Button:
    word: str
    words: str | Promise
    key: str


@dataclass(frozen=True, kw_only=True)
class DeskLine:
    """Everything that a line of the desk shows. `reasons` are empty where a refusal can no longer be said.

    `plain`: its state needs no words in the list of what waits. `between`: asked of one who stands between; it has no
    page of its own. `may_judge`: it is hidden longer than the law's term, or nobody can decide; showing it again is
    one way among others.
    """

    request_id: UUID
    number: str
    mark: StateMark
    asked: str
    page_url: str
    media_url: str
    basis: str
    legal: Sequence[DueShown]
    target: DueShown | None
    buttons: Sequence[Button]
    reasons: Sequence[tuple[str, str | Promise]]
    may_hide: bool
    is_hidden: bool
    may_show: bool
    awaited: bool
    plain: bool
    between: bool = False
    may_judge: bool = False


def line(row: DeskRow, *, zone: str, now: datetime) -> DeskLine:
    request, state = row.request, State(row.request.state)
    said, block = can_be_said(state), Block(row.block.state) if row.block else None
    # To hide it for good is the answer only where that was decided.
    offered = (_FOR_GOOD, *_BUTTONS) if request.ordered == "block_access" else _BUTTONS
    return DeskLine(
        request_id=request.pk,
        number=str(request.pk)[:8],
        mark=desk_mark(state, to_be_shown=row.to_be_shown, seen_live=row.seen_live),
        asked=asked_words(request.ordered, to_be_shown=row.to_be_shown),
        page_url=request.sighting.page_url,
        media_url=request.sighting.media_url,
        basis=article_words(request.legal_basis, at=request.requested_at),
        legal=[due(one, zone=zone, now=now) for one in row.legal],
        target=due(row.target, zone=zone, now=now) if row.target else None,
        buttons=[Button(word=word, words=words, key=key) for word, words, key in offered if word in said],
        reasons=list(REASONS.items()) if Word.REFUSED in said else [],
        may_hide=block in _MAY_BE_HIDDEN or (state is State.UNSURE and block is None),
        is_hidden=block in _IS_HIDDEN,
        may_show=row.to_be_shown or row.may_judge,
        awaited=Word.UNSURE in said,
        plain=state in _PLAIN,
        may_judge=row.may_judge,
    )


def due(deadline: Deadline, *, zone: str, now: datetime) -> DueShown:
    country = country_words(deadline.pack) if deadline.pack else ""
    if deadline.due_at is None:
        return DueShown(country=country, left=_("without delay"), exact="", machine="", late=False)
    left = deadline.due_at - now
    words = span(abs(left)) or _("a moment")
    late = left <= timedelta()
    return DueShown(
        country=country,
        left=(_("over since %(span)s") if late else _("%(span)s left")) % {"span": words},
        exact=at_the_desk(deadline.due_at, zone=zone),
        machine=deadline.due_at.isoformat(),
        late=late,
    )


def decides_within() -> str:
    """How long the review commission takes at most by our own target."""
    return span(load_pack(settings.JURISDICTION).review.decide_within.as_timedelta())
