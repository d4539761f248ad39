"""Pages of a list: which one is asked for, and what there is before and behind it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

from django.http import HttpRequest

from haetae.flow.in_turn import Turn
from haetae.flow.overview import PAGE_SIZE

Row = TypeVar("Row")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
# Microseconds since 1970, rank, microseconds since 1970, id; nothing in it is secret.
_TURN: Final = re.compile(r"([0-9]{1,18})-([0-9]{1,4})-([0-9]{1,18})-([0-9a-f]{32})", re.ASCII)


def page_number(request: HttpRequest) -> int:
    """From 1; anything that is no page number is the first page."""
    asked = request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def pages(*, page: int, shown: int, total: int) -> dict[str, Any]:
    """What the pager needs: the numbers of the first and last line, and of the pages around; 0 where there is none."""
    first = (page - 1) * PAGE_SIZE + 1
    return {
        "page": page,
        "total": total,
        "first": first,
        "last": first + shown - 1,
        "newer": page - 1,
        "older": page + 1 if page * PAGE_SIZE < total else 0,
    }


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """One page of a queue that changes while it is read: it goes on behind a row, or up to one. `page` only counts."""

    page: int
    after: Turn | None = None
    before: Turn | None = None


def leaf_asked(request: HttpRequest) -> Leaf:
    """Anything that is no place in a queue is its beginning."""
    page = page_number(request)
    after, before = (_turn(request.GET.get(name, "")) for name in ("after", "before"))
    if page == 1 or (after is None and before is None):
        return Leaf(page=1)
    return Leaf(page=page, before=before) if before else Leaf(page=page, after=after)


def on_leaf(leaf: Leaf, found: Sequence[Row]) -> Sequence[Row]:
    """Without the one more that only tells whether the list goes on."""
    return found[:PAGE_SIZE] if leaf.before is None else found[-PAGE_SIZE:]


def leaves(leaf: Leaf, *, turns: Sequence[Turn], total: int) -> dict[str, Any]:
    """What the pager needs, from the places of the rows found: PAGE_SIZE and, where there is more, one more."""
    shown = on_leaf(leaf, turns)
    goes_on = len(turns) > PAGE_SIZE or leaf.before is not None
    around = pages(page=leaf.page, shown=len(shown), total=max(total, len(shown)))
    older = leaf.page + 1 if goes_on else 0
    return {
        **around,
        "older": older,
        "older_from": f"after={_text(shown[-1])}" if older and shown else "",
        "newer_from": f"before={_text(shown[0])}" if leaf.page > 2 and shown else "",
    }


def _text(turn: Turn) -> str:
    ends, opened = ((at - _EPOCH) // _MICROSECOND for at in (turn.law_ends_at, turn.opened_at))
    return f"{ends}-{turn.rank}-{opened}-{turn.id.hex}"


def _turn(text: str) -> Turn | None:
    parts = _TURN.fullmatch(text)
    if parts is None:
        return None
    try:
        ends, opened = (_EPOCH + int(parts[at]) * _MICROSECOND for at in (1, 3))
    except OverflowError:
        return None
    return Turn(law_ends_at=ends, rank=int(parts[2]), opened_at=opened, id=UUID(parts[4]))
