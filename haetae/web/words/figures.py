"""Figures about requests in words: the same lines for the operator itself and for officials who compare."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from haetae.flow.removal.numbers.figures import Apart, Figures
from haetae.web.words.answers import reason_of_refusal
from haetae.web.words.bases import basis_words
from haetae.web.words.desk import connector_words
from haetae.web.words.times import span

PERIODS: Final = (30, 180, 365)
DEFAULT_DAYS: Final = 180


@dataclass(frozen=True, kw_only=True)
class FigureLine:
    """One group. `percent` is the share that we saw gone, None while nothing is settled; `low` where that is little."""

    basis: str
    channel: str
    figures: Figures
    percent: int | None
    answer: str
    removal: str
    reasons: Sequence[tuple[str, int]]


def figure_line(figures: Figures, *, now: datetime) -> FigureLine:
    return FigureLine(
        basis=ground_of(figures, now=now),
        channel=connector_words(figures.channel) if figures.channel else "",
        figures=figures,
        percent=figures.removed_percent,
        answer=_times(figures.answer_median, figures.answer_p90),
        removal=_times(figures.removal_median, figures.removal_p90),
        reasons=list(_reasons(figures)),
    )


def ground_of(figures: Figures, *, now: datetime) -> str:
    """On what it was asked; empty where the group is over all bases."""
    if not figures.basis:
        return ""
    return (
        _("a decision of the review commission")
        if figures.by_decision
        else basis_words(figures.basis, at=now)
    )


def apart_words(found: Apart, *, now: datetime) -> str:
    """The finding as a sentence: it must not have to be read out of a table."""
    return _(
        "%(more)s %% removed of what is asked by: %(this)s. %(less)s %% of what is asked by: %(that)s."
    ) % {
        "more": found.more.removed_percent,
        "this": ground_of(found.more, now=now),
        "less": found.less.removed_percent,
        "that": ground_of(found.less, now=now),
    }


def days_asked(text: str) -> int:
    """One of the periods that are offered."""
    return int(text) if text in map(str, PERIODS) else DEFAULT_DAYS


def _times(median: timedelta | None, p90: timedelta | None) -> str:
    if median is None or p90 is None:
        return "–"
    return f"{span(median) or _('a moment')} · {span(p90) or _('a moment')}"


def _reasons(figures: Figures) -> Iterator[tuple[str, int]]:
    for reason, count in sorted(figures.reasons.items(), key=lambda one: -one[1]):
        yield reason_of_refusal(reason) or _("no reason given"), count
