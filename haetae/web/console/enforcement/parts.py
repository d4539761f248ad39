"""What other rooms of the regulator show on the page of one operator, each with its template and what that needs.

A room adds one line: the page knows nothing of it beyond that.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.http import HttpRequest

from haetae.accounts.models import Operator
from haetae.agencies.enforcement.sanctions.queries import of_operator
from haetae.web.console.filing.filings import filings_part
from haetae.web.sanctions import lines

Gather = Callable[[HttpRequest, Operator], Mapping[str, Any]]


def sanctions_of(_: HttpRequest, operator: Operator) -> Mapping[str, Any]:
    """Surcharges and fines, the newest first."""
    return {"sanctions": lines(of_operator(operator.pk))}


# Template and function, in the order in which they stand below the orders.
PARTS: Final[Sequence[tuple[str, Gather]]] = (
    ("console/filing/_part.html", filings_part),
    ("console/sanctions/_part.html", sanctions_of),
)


def parts_of(request: HttpRequest, operator: Operator) -> list[tuple[str, Mapping[str, Any]]]:
    return [(template, gather(request, operator)) for template, gather in PARTS]
