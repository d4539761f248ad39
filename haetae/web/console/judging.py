"""How people judge, for auditors: figures with their doubt, by the numbers of the log. Who reads them is recorded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from haetae.accounts.permissions import Permission
from haetae.agencies.second_looks.actions import figures_read
from haetae.agencies.second_looks.agreement import ENOUGH, Share
from haetae.agencies.second_looks.states import Of, State
from haetae.common import clock
from haetae.flow.overview.judging import Judge, Judging, Pair, judging
from haetae.flow.overview.lately import SUMS_EVERY, lately
from haetae.web.access import needs
from haetae.web.console.lines import number_of
from haetae.web.console.rights import official_of
from haetae.web.words.times import moment, span

_OF: Final[Mapping[Of, str | Promise]] = {
    Of.AUTOMATIC: _("acted by itself"),
    Of.JUDGED: _("judged by one person"),
    Of.DECIDED: _("decided by a majority of the commission"),
}
_STATES: Final[Mapping[State, str | Promise]] = {
    State.WAITING: _("waits"),
    State.AGREED: _("the same"),
    State.DIFFERED: _("differently"),
    State.NOT_OPENED: _("nothing left to judge"),
    State.LAPSED: _("taken by nobody"),
}
_PAIRS_SHOWN: Final = 50


@dataclass(frozen=True, kw_only=True)
class Line:
    """`name` is a number, or two, or what was judged; `cells` are told under the heads of the table."""

    name: str
    cells: Sequence[tuple[str, str]]


@needs(Permission.LOG_EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """What it says of people is a question to them, and no sanction. Shown when asked for, because that is recorded."""
    if request.method != "POST":
        return render(request, "console/judging.html", {"enough": ENOUGH})
    at = clock.now()
    found = lately("judging", lambda: judging(at=clock.now()), every=SUMS_EVERY).value
    figures_read(official=official_of(request))
    shown = {
        "tables": [
            (now("What was judged again"), list(_again(found))),
            (now("Who judged what waits for a person"), [_judge(one) for one in found.tasks]),
            (now("Who voted in the commission"), [_judge(one, votes=True) for one in found.votes]),
            (now("Who judged the same as whom"), [_pair(one) for one in found.pairs[:_PAIRS_SHOWN]]),
        ],
        "usual": "" if found.usual is None else f"{found.usual:.2f}",
        "draw": found.draw,
        "drawn_at": moment(found.draw.closed_at, now=at) if found.draw else None,
        "percent": f"{found.draw.share_ppm / 10_000:g}" if found.draw else "",
        "enough": ENOUGH,
    }
    return render(request, "console/judging.html", shown)


def _again(found: Judging) -> Iterator[Line]:
    for of, words in _OF.items():
        cells = [(str(said), str(found.again.get((of, state), 0))) for state, said in _STATES.items()]
        yield Line(name=str(words), cells=cells)


def _judge(one: Judge, *, votes: bool = False) -> Line:
    cells = [
        (now("decided"), str(one.decided)),
        (now("overturned"), _share(one.overturned)),
        (now("judged differently"), _share(one.differed)),
        (now("median time"), span(one.median) or now("a moment")),
        (now("without a look"), _share(one.unlooked)),
    ]
    return Line(name=number_of(one.official), cells=[cell for cell in cells if not votes or cell != cells[2]])


def _pair(one: Pair) -> Line:
    found = one.found
    cells = [
        (now("the same"), _share(found.agreed)),
        (now("by chance"), "–" if found.chance is None else f"{found.chance:.0%}"),
        ("κ", "–" if found.kappa is None else f"{found.kappa:.2f} ({found.low:.2f}–{found.high:.2f})"),
    ]
    return Line(name=f"{number_of(one.first)} · {number_of(one.second)}", cells=cells)


def _share(found: Share) -> str:
    """As a count, and as a share only where there is enough to tell one."""
    if not found.of:
        return "–"
    counted = now("%(count)s of %(of)s") % {"count": found.count, "of": found.of}
    return counted if found.low is None else f"{counted} ({found.low:.0%}–{found.high:.0%})"
