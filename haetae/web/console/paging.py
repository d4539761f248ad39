"""Pages of a list: which one is asked for, and what there is before and behind it."""

from typing import Any

from django.http import HttpRequest

from haetae.flow.overview import PAGE_SIZE


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
