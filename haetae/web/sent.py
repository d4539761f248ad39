"""What somebody sent in a form about an operator: the same for officials and for the operator itself."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import get_current_timezone, is_naive

from haetae.agencies.enforcement.designation.channels.actions import Seen
from haetae.agencies.enforcement.designation.states import SeenOn
from haetae.agencies.enforcement.filings.facts.rules import NUMBERS, Known
from haetae.agencies.enforcement.filings.rules import TEXTS, Contents
from haetae.agencies.enforcement.filings.states import FactKind, Origin
from haetae.web.words.filings import FIELDS


class IncompleteError(Exception):
    """A form lacks something that no action could be asked without; `code` says what."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def day_in(request: HttpRequest, name: str, *, code: str) -> date:
    """A day that somebody typed. Raises IncompleteError."""
    try:
        day = parse_date(request.POST.get(name, ""))
    except ValueError:
        day = None
    if day is None:
        raise IncompleteError(code)
    return day


def moment_in(request: HttpRequest, name: str, *, code: str) -> datetime:
    """A moment that somebody typed, in the zone of the officials. Raises IncompleteError."""
    try:
        moment = parse_datetime(request.POST.get(name, ""))
    except ValueError:
        moment = None
    if moment is None:
        raise IncompleteError(code)
    return moment.replace(tzinfo=get_current_timezone()) if is_naive(moment) else moment


def uuid_in(request: HttpRequest, name: str) -> UUID | None:
    """An id that a form carries; None for everything else."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return None


def number_in(text: str) -> int | None:
    """A whole number, with or without separators; None for everything else."""
    digits = text.strip().replace(",", "")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= 16 else None


def channel_sent(request: HttpRequest) -> Seen:
    """What somebody saw of an open channel. Raises IncompleteError when it is not said where, or when."""
    seen_on, shown = request.POST.get("seen_on", ""), request.POST.get("subscribers", "").strip()
    if seen_on not in set(SeenOn):
        raise IncompleteError("channel_incomplete")
    if shown and number_in(shown) is None:
        raise IncompleteError("channel_subscribers")
    return Seen(
        seen_on=SeenOn(seen_on),
        source=request.POST.get("source", ""),
        day=day_in(request, "day", code="channel_incomplete"),
        is_public="is_public" in request.POST,
        title=request.POST.get("title", ""),
        subscribers=number_in(shown) if shown else None,
    )


def fact_sent(request: HttpRequest, *, origin: Origin) -> Known:
    """Raises IncompleteError when it is not said what it is, or from when on."""
    kind = request.POST.get("kind", "")
    if kind not in set(FactKind):
        raise IncompleteError("fact_incomplete")
    value, is_number = request.POST.get("value", "").strip(), kind in NUMBERS
    details = {
        FactKind.REVENUE.value: request.POST.get("year", "").strip(),
        FactKind.SERVICE.value: request.POST.get("service", ""),
    }
    return Known(
        kind=FactKind(kind),
        detail=details.get(kind, ""),
        number=number_in(value) if is_number else None,
        text="" if is_number or kind == FactKind.SERVICE else value,
        origin=origin,
        verified=origin is Origin.FINDING and "verified" in request.POST,
        since=day_in(request, "since", code="fact_incomplete"),
        source=request.POST.get("source", ""),
    )


def contents_sent(request: HttpRequest) -> Contents:
    """What stands in the form; a number that is none is refused, an empty one is a gap. Raises IncompleteError."""
    numbers = {name: request.POST.get(name, "").strip() for name in ("received", "removed")}
    read = {name: number_in(text) for name, text in numbers.items()}
    if any(text and read[name] is None for name, text in numbers.items()):
        raise IncompleteError("report_number")
    texts = {name: request.POST.get(name, "").replace("\r\n", "\n") for name in TEXTS}
    return Contents(received=read["received"], removed=read["removed"], **texts)


def report_fields(values: Mapping[str, str]) -> list[dict[str, str]]:
    """The five things, each with its question and what stands there; `values` is a form or a dictionary."""
    return [
        {
            "name": name,
            "words": str(FIELDS[name][0]),
            "help": str(FIELDS[name][1]),
            "value": values.get(name, ""),
        }
        for name in TEXTS
    ]
