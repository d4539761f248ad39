"""The tables that are shown: counted, and hidden where they are small. Keys here; the pages word them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from haetae.agencies.enforcement.orders.states import State as Order
from haetae.agencies.enforcement.sanctions.states import Kind as SanctionKind
from haetae.agencies.enforcement.sanctions.states import State as Sanction
from haetae.agencies.referrals.states import State as Referral
from haetae.agencies.statistics.hiding import FEWEST, Counts, Shown, without_small
from haetae.agencies.statistics.queries import never_hidden
from haetae.agencies.support.states import Age
from haetae.flow.arrival.states import Depicted
from haetae.flow.overview.figures import sums
from haetae.flow.review.states import Because, Block

MONTHS = 12
OTHERS = "others"  # operators with few requests, together
DATA_OUTCOMES = ("answered", "partly", "refused", "no_answer", "waiting")


@dataclass(frozen=True, kw_only=True)
class Figures:
    """`by_operator` is None where its sums would tell what is hidden by month; `until_gone` where few were."""

    months: Sequence[str]
    reports: Shown
    people: Shown
    requests: Shown
    until_gone: dict[str, timedelta | None]
    by_operator: Shown | None
    reviews: Shown
    blocks: Shown
    orders: Shown
    sanctions: Shown
    referrals: Shown
    platforms: Shown


def figures(*, at: datetime) -> Figures:
    """The last twelve months, the newest first, and what stands now."""
    months, since = _months(at)
    found = {
        name: sums.counted(query, since=since, until=at)
        for name, query in (
            ("requests", sums.REQUESTS), ("operators", sums.BY_OPERATOR), ("people", sums.PEOPLE),
            ("reports", sums.REPORTS), ("referrals", sums.REFERRALS), ("reviews", sums.REVIEWS),
            ("blocks", sums.BLOCKS), ("orders", sums.ORDERS), ("sanctions", sums.SANCTIONS), ("gone", sums.UNTIL_GONE),
            ("platforms", sums.PLATFORMS),
        )
    }  # fmt: skip
    # What is published for everybody shows the sums of these rows: they are no place to hide anything.
    requests = without_small(
        _counts(found["requests"], rows=months, columns=sums.OUTCOMES), totals_published=True
    )
    gone = {month: length if count >= FEWEST else None for month, count, length in found["gone"]}
    return Figures(
        months=months,
        reports=without_small(_counts(found["reports"], rows=months, columns=list(Depicted))),
        people=without_small(_counts(found["people"], rows=months, columns=list(Age)), totals_published=True),
        requests=requests,
        until_gone={month: gone.get(month) for month in months},
        by_operator=_by_operator(found["operators"], requests, never_hidden=never_hidden(months)),
        reviews=without_small(_counts(found["reviews"], rows=list(Because), columns=sums.AGES)),
        blocks=without_small(_counts(found["blocks"], rows=list(Block), columns=["blocks"])),
        orders=without_small(_counts(found["orders"], rows=list(Order), columns=["orders"])),
        sanctions=without_small(_counts(found["sanctions"], rows=list(Sanction), columns=list(SanctionKind))),
        referrals=without_small(
            _counts(found["referrals"], rows=_firsts(found["referrals"]), columns=list(Referral))
        ),
        platforms=_platforms(found["platforms"]),
    )


def _by_operator(
    found: Sequence[sums.Row], by_month: Shown, *, never_hidden: frozenset[str] | None
) -> Shown | None:
    """Those with few requests are one row. Both tables have the same sums: neither may tell what the other hides.

    Nor may this one tell what a published month hides: who is not shown in each of them is in that row, too.
    """
    if by_month.whole is None or None in by_month.sums:
        return None
    if never_hidden is not None:
        found = [(name if name in never_hidden else "", outcome, count) for name, outcome, count in found]
    merged, rows = _merged(found)
    shown = without_small(_counts(merged, rows=rows, columns=sums.OUTCOMES), totals_published=True)
    return None if shown.whole is None or None in shown.sums else shown


def _platforms(found: Sequence[sums.Row]) -> Shown:
    """Those that were asked seldom are one row: the name of one would tell of a file."""
    merged, rows = _merged(found)
    return without_small(_counts(merged, rows=rows, columns=DATA_OUTCOMES))


def _merged(found: Sequence[sums.Row]) -> tuple[list[sums.Row], list[str]]:
    """With one row for all that have few, and the names of the rows, the largest first."""
    whole: defaultdict[str, int] = defaultdict(int)
    for name, _, count in found:
        whole[name] += count
    named = sorted(
        (name for name, count in whole.items() if count >= FEWEST and name), key=lambda one: -whole[one]
    )
    merged = [(name if name in set(named) else OTHERS, outcome, count) for name, outcome, count in found]
    return merged, [*named, *([OTHERS] if len(named) < len(whole) else [])]


def _counts(found: Sequence[sums.Row], *, rows: Iterable[str], columns: Iterable[str]) -> Counts:
    numbers: defaultdict[tuple[str, str], int] = defaultdict(int)
    for row, column, count in found:
        numbers[row, column] += count
    names, over = [str(row) for row in rows], [str(column) for column in columns]
    return Counts(
        rows=tuple(names),
        columns=tuple(over),
        cells=tuple(tuple(numbers[row, column] for column in over) for row in names),
    )


def _months(at: datetime) -> tuple[list[str], datetime]:
    """The names of the months, and the moment at which the first begins where the officials are."""
    here = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    first = here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    begins = [first]
    while len(begins) < MONTHS:
        begins.append((begins[-1] - timedelta(days=1)).replace(day=1))
    return [begin.strftime("%Y-%m") for begin in begins], begins[-1]


def _firsts(found: Sequence[sums.Row]) -> list[str]:
    return sorted({row[0] for row in found})
