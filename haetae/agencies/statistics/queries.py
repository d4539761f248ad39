"""Everything that reads about published months. What everybody reads was stored when it was published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from haetae.accounts.models import Operator
from haetae.agencies.statistics.counting import count_month, read_elsewhere
from haetae.agencies.statistics.hiding import FEWEST
from haetae.agencies.statistics.measures import By
from haetae.agencies.statistics.models import PublishedMonth
from haetae.agencies.statistics.tables import FORMAT, Document, Earlier, Readable, digest_of, readable

_MONTHS: Final = 12


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A month as it would be published now. `digest` is of what everybody would read of it."""

    month: str
    revision: int
    body: Document
    operators: dict[str, str]
    digest: str
    is_changed: bool


def published(month: str) -> Sequence[PublishedMonth]:
    """Every publication of one month, the newest first."""
    return list(PublishedMonth.objects.filter(month=month).order_by("-revision"))


def newest(month: str) -> PublishedMonth | None:
    return PublishedMonth.objects.filter(month=month).order_by("-revision").first()


def of_revision(month: str, revision: int) -> PublishedMonth | None:
    return PublishedMonth.objects.filter(month=month, revision=revision).first()


def months() -> Sequence[PublishedMonth]:
    """The newest publication of each month, the newest month first."""
    return list(PublishedMonth.objects.order_by("-month", "-revision").distinct("month"))


def line_of(rows: Sequence[PublishedMonth], measure: str) -> Sequence[tuple[str, int | None]]:
    """Month and sum of one measure over the last year, the oldest first; None where it is hidden."""
    last = sorted(rows, key=lambda row: row.month)[-_MONTHS:]
    return [(row.month, row.document["measures"][measure]["total"]) for row in last]


def draft_of(month: str) -> Draft:
    """Counts the month. What an earlier publication hid stays hidden."""
    before = published(month)
    found = _readable(month, before)
    body: Document = {
        "format": FORMAT,
        "month": month,
        "zone": settings.TIME_ZONE,
        "fewest": FEWEST,
        "measures": found.measures,
        "times": found.times,
    }
    changed = not before or any(before[0].document[part] != body[part] for part in ("measures", "times"))
    return Draft(
        month=month,
        revision=len(before) + 1,
        body=body,
        operators=found.ids,
        digest=digest_of(body),
        is_changed=changed,
    )


def document_of(draft: Draft, *, reason: str, at: datetime) -> Document:
    """What is published: the draft, with its number, its reason and the day."""
    return draft.body | {"revision": draft.revision, "reason": reason, "published_at": at.isoformat()}


def shown_all_year(operator_id: str, year: int) -> bool:
    """Whether a sum of our requests to this operator over that year tells nothing that its months hide.

    Either none of its months is published with its name, or all twelve are, and each shows its number.
    """
    rows = list(PublishedMonth.objects.filter(month__startswith=f"{year}-"))
    numbers = [_requests_to(row, operator_id) for row in rows]
    if not any(isinstance(number, int) for number in numbers):
        return True
    return len({row.month for row in rows}) == _MONTHS and all(isinstance(number, int) for number in numbers)


def never_hidden(months_: Sequence[str]) -> frozenset[str] | None:
    """Operators, by the names they have now, whose requests every publication of these months shows.

    None where none of these months is published.
    """
    rows = PublishedMonth.objects.filter(month__in=list(months_))
    found: frozenset[str] | None = None
    for row in rows:
        shown = frozenset(key for key in row.operators.values() if isinstance(_requests_to(row, key), int))
        found = shown if found is None else found & shown
    if found is None:
        return None
    return frozenset(Operator.objects.filter(pk__in=found).values_list("name", flat=True))


_NOT_NAMED: Final = "not_named"
_HIDDEN: Final = "hidden"


def _requests_to(row: PublishedMonth, operator_id: str) -> int | str:
    """The number, or why there is none. Where the parts are not shown at all, nothing can be worked out from them."""
    parts: list[list[Any]] | None = row.document["measures"]["requests"]["by"][By.OPERATOR]
    if parts is None:
        return _HIDDEN
    for name, count in parts:
        if row.operators.get(name) == operator_id:
            return _HIDDEN if count is None else int(count)
    return _NOT_NAMED


def _readable(month: str, before: Sequence[PublishedMonth]) -> Readable:
    earlier = [Earlier(document=row.document, ids=row.operators) for row in reversed(before)]
    apart = read_elsewhere(int(month[:4]), fewest=FEWEST)
    return readable(count_month(month), earlier=earlier, apart=apart)
