"""The wall-board of the coordinating office: one screen, read across a room, that renews itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.statistics.breakdowns import is_few
from haetae.agencies.statistics.hiding import FEWEST
from haetae.common import clock
from haetae.flow.overview.board import Board, board, today
from haetae.flow.overview.lately import lately, picture_lately
from haetae.web.access import needs
from haetae.web.console.alarms import alarms
from haetae.web.words.commission import quorum_words
from haetae.web.words.times import span


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One number. `loud` where somebody should do something; `shape` says the same without colour."""

    title: str
    number: str
    more: str = ""
    loud: bool = False

    @property
    def shape(self) -> str:
        return "!" if self.loud else ""


@needs(Permission.FIGURES_READ)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Sums only. What is under five is said to be so."""
    now = clock.now()
    picture = picture_lately()
    counted = lately("board", lambda: today(now=clock.now()))
    found = board(counts=picture.value.counts, health=picture.value.health, today=counted.value)
    troubles = len(list(alarms(picture.value.health, now=now)))
    shown = {
        "rows": [_today(found), _waiting(found, now=now)],
        "quorum": quorum_words(found.commission),
        "no_quorum": not found.commission.has_quorum,
        "troubles": troubles,
        "at": timezone.localtime(min(picture.at, counted.at)),
        "fewest": FEWEST,
    }
    return render(request, "console/board.html", shown)


def _today(found: Board) -> tuple[str, Sequence[Tile]]:
    numbers = found.today
    gone = span(numbers.until_gone) or _("under 1 min") if numbers.until_gone is not None else _("too few")
    return _("Today"), [
        Tile(title=_("asked of operators"), number=_number(numbers.requested)),
        Tile(title=_("said removed"), number=_number(numbers.claimed)),
        Tile(title=_("seen gone by us"), number=_number(numbers.verified)),
        Tile(
            title=_("said removed, still there"),
            number=_number(numbers.claim_false),
            loud=numbers.claim_false > 0,
        ),
        Tile(title=_("half were gone within"), number=gone),
    ]


def _waiting(found: Board, *, now: datetime) -> tuple[str, Sequence[Tile]]:
    return _("What waits"), [
        Tile(title=_("with operators"), number=_number(found.with_operators)),
        Tile(title=_("past our target"), number=_number(found.overdue), loud=found.overdue > 0),
        Tile(title=_("for a person"), number=_number(found.tasks), more=_oldest(found.tasks_oldest_at, now)),
        Tile(
            title=_("for a decision"),
            number=_number(found.reviews),
            more=_oldest(found.reviews_oldest_at, now),
            loud=not found.commission.has_quorum and found.reviews > 0,
        ),
        Tile(title=_("of these, too long"), number=_number(found.reviews_late), loud=found.reviews_late > 0),
    ]


def _number(count: int) -> str:
    return _("under %(fewest)s") % {"fewest": FEWEST} if is_few(count) else str(intcomma(count))


def _oldest(at: datetime | None, now: datetime) -> str:
    if at is None:
        return ""
    return _("the oldest for %(span)s") % {"span": span(now - at) or _("a moment")}
